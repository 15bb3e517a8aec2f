"""The polite backlog: wanted movies searched one by one, who waits longest first, while their indexers have room."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

import structlog

from radarr_desktop.domain.records import OPEN_STATES
from radarr_desktop.engine import correlation
from radarr_desktop.engine.budget import Urgency, urgency
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.engine.search.asking import Asking
from radarr_desktop.engine.search.hindrance import hindrance
from radarr_desktop.engine.search.turns import Turns
from radarr_desktop.store import backlog as store
from radarr_desktop.store import grabs
from radarr_desktop.store.database import Database

JOB = "backlog"
TOGETHER = timedelta(hours=12)
"""A turn at another indexer that is due so soon is taken along: the best of all is chosen then."""
BUSY = timedelta(days=1)
"""A movie that is being downloaded is looked at again after so long."""
ROUND = timedelta(minutes=4)
"""After which others get their turn in the queue of jobs."""

log = structlog.get_logger(__name__)


class Searcher(Protocol):
    """What searches a movie by itself."""

    async def by_itself(self, movie_id: int, indexers: Collection[int]) -> frozenset[int]:
        """Search there and take what is good; the ids of the indexers that answered."""
        ...


class Backlog:
    """A job comes by every few minutes; where there is no room it leaves at once."""

    def __init__(
        self, db: Database, jobs: Jobs, plugins: PluginHost, asking: Asking, turns: Turns, searcher: Searcher
    ) -> None:
        self._db = db
        self._plugins = plugins
        self._asking = asking
        self._turns = turns
        self._searcher = searcher
        jobs.handle(JOB, self._job)

    async def work(self) -> int:
        """Search what is due and fits into the limits; how many movies that were."""
        await self._turns.plan()
        if hindrance(self._plugins):
            return 0
        tired: set[int] = set()
        count, end = 0, self._turns.now + ROUND
        while self._turns.now < end and (chosen := await self._choose(tired)):
            movie_id, indexers = chosen
            with correlation.correlated(correlation.new()), urgency(Urgency.BACKLOG):
                answered = await self._searcher.by_itself(movie_id, indexers)
            tired |= indexers - answered
            count += 1
        if count:
            log.info("backlog.searched", movies=count)
        return count

    async def _choose(self, tired: Collection[int]) -> tuple[int, frozenset[int]] | None:
        """The movie that waits longest for an indexer that has room, and where it is to be searched."""
        ready = [live.id for live in self._asking.searched() if live.id not in tired and _has_room(live)]
        now = self._turns.now
        while ready:
            movie_id, there, is_busy = await self._db.read(lambda: _most_overdue(ready, now))
            if not movie_id:
                return None
            if not is_busy:
                return movie_id, there
            await self._db.run(partial(store.put_off, movie_id, now + BUSY))
        return None

    async def _job(self, payload: Mapping[str, Any]) -> None:
        await self.work()


def _has_room(live: Live[Any]) -> bool:
    """May it be asked now, or after the pause that lies between any two requests?"""
    return live.wait(Urgency.BACKLOG) <= max(live.pace().pause, 1.0)


def _most_overdue(ready: Collection[int], now: datetime) -> tuple[int, frozenset[int], bool]:
    """The movie, where it is searched, and is a copy on its way? Elsewhere it passes nobody who waits much longer."""
    line = store.first_in_line(ready)
    due, movie_id = min(line.values(), default=(now, 0))
    if due > now or not movie_id:
        return 0, frozenset(), False
    turns = store.turns([movie_id])
    there = [id_ for (_, id_), turn in turns.items() if id_ in line and turn.due <= min(now, line[id_][0]) + TOGETHER]
    return movie_id, frozenset(there), any(grab.state in OPEN_STATES for grab in grabs.of_movie(movie_id))
