"""/api/v4/indexers: how each of them is doing, and those that another program keeps."""

from __future__ import annotations

from datetime import datetime

from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.domain.feed import Place
from radarr_desktop.engine.plugins.politeness import IndexerLimits
from radarr_desktop.engine.search.indexer_states import IndexerState
from radarr_desktop.engine.search.sources import Synced


class TallyAnswer(Answer, kw_only=True):
    """Of the last seven days."""

    answers: int
    failures: int
    found: int
    """Releases."""
    median: float | None = None
    """Seconds an answer took."""
    last_answer: datetime | None = None
    last_failure: datetime | None = None
    last_problem: str


class LimitsAnswer(Answer, kw_only=True):
    pause: float
    """Seconds between two requests."""
    hourly: int
    """Requests an hour; 0: no limit."""
    last_hour: int
    """Requests that were sent in it."""
    left: int | None = None
    """Of the hour; null where there is no limit."""
    free_at: datetime | None = None
    """When the hour has room again; null: now."""


class FeedAnswer(Answer, kw_only=True):
    looked: datetime
    newest: datetime | None = None
    """When the newest release came out."""
    missed: str
    """What may have been missed last, as a sentence; empty: nothing."""
    missed_at: datetime | None = None


class IndexerAnswer(Answer, kw_only=True):
    id: int
    name: str
    enabled: bool
    priority: int
    weight: int
    """Points that its releases have before freeleech and group count."""
    state: str
    problem: str
    left_alone_until: datetime | None = None
    tally: TallyAnswer
    feed: FeedAnswer | None = None
    limits: LimitsAnswer | None = None
    """Null where it is off."""


class SyncBody(Body):
    source_id: Id | None = None
    """Null: all of them."""


class SyncedAnswer(Answer, kw_only=True):
    """Names of indexers."""

    source: str
    added: list[str]
    changed: list[str]
    removed: list[str]
    same: list[str]
    problems: list[str]


def _answer(one: IndexerState) -> IndexerAnswer:
    tally, feed = one.tally, one.feed
    return IndexerAnswer(
        id=one.id,
        name=one.name,
        enabled=one.enabled,
        priority=one.priority,
        weight=one.weight,
        state=one.state,
        problem=one.problem,
        left_alone_until=_moment(one.left_alone_until),
        tally=TallyAnswer(
            answers=tally.answers,
            failures=tally.failures,
            found=tally.found,
            median=tally.median,
            last_answer=_moment(tally.last_answer),
            last_failure=_moment(tally.last_failure),
            last_problem=tally.last_problem,
        ),
        feed=_feed(feed) if feed else None,
        limits=_limits(one.limits) if one.limits else None,
    )


def _feed(feed: Place) -> FeedAnswer:
    return FeedAnswer(
        looked=moment(feed.at),
        newest=_moment(feed.published),
        missed=feed.missed,
        missed_at=_moment(feed.missed_at),
    )


def _limits(limits: IndexerLimits) -> LimitsAnswer:
    return LimitsAnswer(
        pause=limits.pause,
        hourly=limits.hourly,
        last_hour=limits.last_hour,
        left=limits.left,
        free_at=_moment(limits.free_at),
    )


def _moment(at: datetime | None) -> datetime | None:
    return moment(at) if at else None


async def _list(call: Call[Query, None]) -> list[IndexerAnswer]:
    return [_answer(one) for one in await call.engine.indexers.all()]


def _synced(one: Synced) -> SyncedAnswer:
    return SyncedAnswer(
        source=one.source,
        added=list(one.added),
        changed=list(one.changed),
        removed=list(one.removed),
        same=list(one.same),
        problems=list(one.problems),
    )


async def _sync(call: Call[Query, SyncBody]) -> list[SyncedAnswer]:
    return [_synced(one) for one in await call.engine.sources.sync(call.body.source_id)]


ENDPOINTS = (
    Endpoint("GET", "/api/v4/indexers", _list, list[IndexerAnswer]),
    Endpoint("POST", "/api/v4/indexers/sync", _sync, list[SyncedAnswer], body=SyncBody),
)
