"""/api/v4/reputation and /api/v4/statistics: how groups stand and why, and what the releases seen were like."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.domain.quality import BY_ID, Quality
from radarr_desktop.domain.reputation.evidence import LABELS, Evidence, weight
from radarr_desktop.domain.reputation.standing import Standing
from radarr_desktop.domain.statistics import Share

Days = Annotated[int, msgspec.Meta(ge=1, le=3650)]


class StandingAnswer(Answer):
    quality: str
    share: float
    """Of such releases: how many are expected to go well."""
    points: int
    events: int
    weight: float
    """What the events count today."""


class GroupAnswer(Answer):
    name: str
    """What the group is known by."""
    written: str
    events: int
    last: datetime
    qualities: list[StandingAnswer]


class EventAnswer(Answer):
    at: datetime
    outcome: str
    label: str
    title: str
    quality: str
    movie_id: int
    why: str
    is_good: bool
    weight: float
    """What it counts today."""


class EventsQuery(Query):
    group: str


class DaysQuery(Query):
    days: Days = 180


class ShareAnswer(Answer):
    name: str
    count: int
    of: int


class GroupShareAnswer(Answer):
    name: str
    count: int
    of: int
    quality: str
    special: float


class SizeAnswer(Answer):
    """MB per minute."""

    quality: str
    count: int
    low: float
    middle: float
    high: float


class StatisticsOfReleases(Answer):
    days: int
    total: int
    resolutions: list[ShareAnswer]
    sources: list[ShareAnswer]
    codecs: list[ShareAnswer]
    markers: list[ShareAnswer]
    faults: list[ShareAnswer]
    groups: list[GroupShareAnswer]
    sizes: list[SizeAnswer]


class ReportAnswer(Answer):
    html: str


async def _groups(call: Call[Query, None]) -> list[GroupAnswer]:
    return [
        GroupAnswer(
            name=group.name,
            written=group.written,
            events=group.events,
            last=moment(group.last),
            qualities=[_standing(quality, standing) for quality, standing in group.qualities],
        )
        for group in await call.engine.reputations.groups()
    ]


def _standing(quality: Quality, standing: Standing) -> StandingAnswer:
    return StandingAnswer(
        quality=quality.name,
        share=round(standing.share, 4),
        points=standing.points,
        events=standing.events,
        weight=round(standing.weight, 4),
    )


async def _events(call: Call[EventsQuery, None]) -> list[EventAnswer]:
    now = datetime.now(UTC)
    return [_event(event, now) for event in await call.engine.reputations.events(call.query.group)]


def _event(event: Evidence, now: datetime) -> EventAnswer:
    return EventAnswer(
        at=moment(event.at),
        outcome=event.outcome.value,
        label=LABELS[event.outcome],
        title=event.title,
        quality=BY_ID[event.quality_id].name,
        movie_id=event.movie_id,
        why=event.why,
        is_good=event.outcome.is_good,
        weight=round(weight(event.outcome, event.at, now), 4),
    )


async def _statistics(call: Call[DaysQuery, None]) -> StatisticsOfReleases:
    told = await call.engine.statistics.seen(call.query.days)
    return StatisticsOfReleases(
        days=told.days,
        total=told.total,
        resolutions=_shares(told.resolutions),
        sources=_shares(told.sources),
        codecs=_shares(told.codecs),
        markers=_shares(told.markers),
        faults=_shares(told.faults),
        groups=[
            GroupShareAnswer(one.name, one.count, one.of, one.quality, round(one.special, 4)) for one in told.groups
        ],
        sizes=[
            SizeAnswer(one.quality, one.count, round(one.low, 2), round(one.middle, 2), round(one.high, 2))
            for one in told.sizes
        ],
    )


def _shares(shares: tuple[Share, ...]) -> list[ShareAnswer]:
    return [ShareAnswer(one.name, one.count, one.of) for one in shares]


async def _report(call: Call[DaysQuery, None]) -> ReportAnswer:
    return ReportAnswer(await call.engine.statistics.report(call.query.days))


ENDPOINTS = (
    Endpoint("GET", "/api/v4/reputation", _groups, list[GroupAnswer]),
    Endpoint("GET", "/api/v4/reputation/events", _events, list[EventAnswer], EventsQuery),
    Endpoint("GET", "/api/v4/statistics", _statistics, StatisticsOfReleases, DaysQuery),
    Endpoint("GET", "/api/v4/statistics/report", _report, ReportAnswer, DaysQuery),
)
