"""/api/v4/blocklist: entries of every scope, with reasons and ends, and what failed in numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.domain.blocklist import Blocked, Count, Scope
from radarr_desktop.domain.failures import DAY, FOREVER, STRATEGIES, Strategy, label_of

Days = Annotated[int, msgspec.Meta(ge=1, le=3650)]


class BlockedAnswer(Answer, kw_only=True):
    id: int
    movie_id: int = 0
    """Left out: it holds for all movies."""
    scope: str
    title: str
    info_hash: str
    group: str
    pattern: str
    indexer: str
    cause: str
    label: str
    """The cause in words."""
    reason: str
    attempts: int
    added: datetime
    expires: datetime | None = None
    """Left out: it holds for good."""
    automatic: bool


class CountAnswer(Answer, kw_only=True):
    name: str
    label: str = ""
    count: int
    blocked: int


class StatisticsAnswer(Answer, kw_only=True):
    since: str
    total: int
    reasons: list[CountAnswer]
    groups: list[CountAnswer]
    indexers: list[CountAnswer]
    days: list[CountAnswer]


class StrategyAnswer(Answer, kw_only=True):
    reason: str
    label: str
    blame: str
    attempts: int
    pause: float
    """Seconds before the second attempt; doubled with each further one."""
    longest_pause: float
    blocks: bool
    block_days: float | None = None
    """After the first time; left out: for good, or it is not blocked at all."""


class BlocklistQuery(Query):
    movie_id: Id = 0


class StatisticsQuery(Query):
    days: Days = 90


class BlockBody(Body):
    scope: str
    value: str
    movie_id: Id = 0
    """0: for all movies."""
    reason: str = ""
    days: Days | None = None


def _answer(entry: Blocked) -> BlockedAnswer:
    return BlockedAnswer(
        id=entry.id,
        movie_id=entry.movie_id,
        scope=entry.scope.value,
        title=entry.title,
        info_hash=entry.info_hash,
        group=entry.group,
        pattern=entry.pattern,
        indexer=entry.indexer,
        cause=entry.cause,
        label=label_of(entry.cause),
        reason=entry.reason,
        attempts=entry.attempts,
        added=moment(entry.added),
        expires=moment(entry.expires) if entry.expires else None,
        automatic=entry.automatic,
    )


async def _list(call: Call[BlocklistQuery, None]) -> list[BlockedAnswer]:
    return [_answer(entry) for entry in await call.engine.blocklist.all(call.query.movie_id)]


async def _add(call: Call[Query, BlockBody]) -> BlockedAnswer:
    body = call.body
    if body.scope not in list(Scope):
        raise NotAccepted(failure("scope", f"Scopes are {', '.join(Scope)}.", body.scope))
    add = call.engine.blocklist.add
    return _answer(await add(Scope(body.scope), body.value, movie_id=body.movie_id, reason=body.reason, days=body.days))


async def _remove(call: Call[Query, None]) -> Empty:
    await call.engine.blocklist.remove(call.id)
    return Empty()


async def _statistics(call: Call[StatisticsQuery, None]) -> StatisticsAnswer:
    told = await call.engine.blocklist.statistics(call.query.days)
    return StatisticsAnswer(
        since=told.since.isoformat(),
        total=told.total,
        reasons=[_count(one, label_of(one.name)) for one in told.by_reason],
        groups=[_count(one) for one in told.by_group],
        indexers=[_count(one) for one in told.by_indexer],
        days=[_count(one) for one in told.by_day],
    )


def _count(count: Count, label: str = "") -> CountAnswer:
    return CountAnswer(name=count.name, label=label, count=count.count, blocked=count.blocked)


async def _strategies(call: Call[Query, None]) -> list[StrategyAnswer]:
    return [_strategy(reason.value, strategy) for reason, strategy in STRATEGIES.items()]


def _strategy(reason: str, strategy: Strategy) -> StrategyAnswer:
    return StrategyAnswer(
        reason=reason,
        label=strategy.label,
        blame=strategy.blame.value,
        attempts=strategy.attempts,
        pause=strategy.pause.total_seconds(),
        longest_pause=strategy.longest.total_seconds(),
        blocks=strategy.block is not None,
        block_days=None if strategy.block in (None, FOREVER) else strategy.block / DAY,
    )


ENDPOINTS = (
    Endpoint("GET", "/api/v4/blocklist", _list, list[BlockedAnswer], BlocklistQuery),
    Endpoint("POST", "/api/v4/blocklist", _add, BlockedAnswer, body=BlockBody, status=201),
    Endpoint("DELETE", "/api/v4/blocklist/{id}", _remove),
    Endpoint("GET", "/api/v4/blocklist/statistics", _statistics, StatisticsAnswer, StatisticsQuery),
    Endpoint("GET", "/api/v4/blocklist/strategies", _strategies, list[StrategyAnswer]),
)
