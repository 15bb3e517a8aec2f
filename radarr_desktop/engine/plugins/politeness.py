"""Guards for instances: what was asked of an indexer and how long it is left alone outlives the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.budget import HOUR, Budget, Urgency
from radarr_desktop.engine.clock import Clock
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.plugins.live import Live
from radarr_desktop.engine.resilience import LADDER, LOCAL_LADDER, Guard, Standing
from radarr_desktop.store import limits as store
from radarr_desktop.store.database import Database
from radarr_desktop.store.plugins import StoredInstance

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class IndexerLimits:
    """What an indexer was asked, and what it may still be asked."""

    id: int
    name: str
    pause: float
    """Seconds between two requests."""
    hourly: int
    """Requests an hour; 0: no limit."""
    last_hour: int
    left: int | None
    """Of the hour, for the user; None where there is no limit."""
    free_at: datetime | None
    """When the user may ask again; None: now."""
    paused_until: datetime | None
    """Left alone after a fault, or because it asked for that."""
    why: str


class Politeness:
    """Makes guards and writes down what they must not forget."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._written: dict[int, Standing] = {}

    async def guard(self, stored: StoredInstance, secrets: Iterable[str], *, anew: bool) -> Guard:
        """For an instance; ``anew``: the user changed something, so it may be asked at once."""
        if stored.kind == PluginKind.DOWNLOAD_CLIENT.value:
            return Guard(stored.name, LOCAL_LADDER, secrets, clock=self._clock)
        if stored.kind != PluginKind.INDEXER.value or not stored.id:
            return Guard(stored.name, LADDER, secrets, clock=self._clock)
        if anew:
            await self.forget(stored.id)
        sent = await self._db.read(lambda: store.requests(stored.id))
        standing = Standing(*await self._db.read(lambda: store.left_alone(stored.id)))
        self._written[stored.id] = standing
        spent = [each.timestamp() for each in sent]
        budget = Budget(stored.name, self._clock, spent, lambda at: self._sending(stored.id, at))
        return Guard(stored.name, LADDER, secrets, clock=self._clock, budget=budget, standing=standing)

    async def follow(self, live: Live[Any]) -> None:
        """A call has ended: write down how its service stands, where that changed."""
        standing = live.guard.standing
        known = self._written.get(live.id)
        if known is None or live.retired or (known.level, known.until) == (standing.level, standing.until):
            return
        self._written[live.id] = standing
        await self._try(lambda: store.leave_alone(live.id, standing.level, standing.until, standing.problem))

    async def forget(self, instance_id: int) -> None:
        """It may be asked again; what it was asked still counts."""
        if self._written.pop(instance_id, None) is not None:
            self._written[instance_id] = Standing()
        await self._db.run(lambda: store.forget(instance_id))

    async def _sending(self, instance_id: int, at: float) -> None:
        moment = datetime.fromtimestamp(at, UTC)
        await self._try(lambda: store.requested(instance_id, moment, moment - timedelta(seconds=HOUR)))

    async def _try(self, work: Callable[[], None]) -> None:
        try:
            await self._db.run(work)
        except Problem as problem:  # a full disk is no reason not to ask; it is all in memory too
            log.warning("indexer.not_written", problem=str(problem))


def limits_of(live: Live[Any], now: float) -> IndexerLimits:
    """What an indexer was asked, and what it may still be asked."""
    pace, guard = live.pace(), live.guard
    guard.budget.pace = pace
    wait = guard.budget.wait(Urgency.USER)
    used = guard.budget.last_hour
    return IndexerLimits(
        id=live.id,
        name=live.name,
        pause=pace.pause,
        hourly=pace.hourly,
        last_hour=used,
        left=max(0, pace.hourly - used) if pace.hourly else None,
        free_at=datetime.fromtimestamp(now + wait, UTC) if wait > 0 else None,
        paused_until=guard.disabled_until if guard.is_open() else None,
        why=guard.problem if guard.is_open() else "",
    )
