"""The calendar: what comes out when, and when each wanted movie is searched next, and why."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from radarr_desktop.domain.backlog import Turn, Why
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.budget import Urgency
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.engine.search.hindrance import hindrance
from radarr_desktop.engine.search.outlook import SOON, Line, Outlook, Place, PlannedSearch, foreseen, planned, why_not
from radarr_desktop.engine.search.turns import Turns
from radarr_desktop.plugin_api import Indexer
from radarr_desktop.store import backlog, calendar, grabs, movies
from radarr_desktop.store.database import Database

LONGEST = 400
"""Days in one look."""
MOST = 20_000
"""Releases, and searches, in one look: all of a large library."""
_EVER = datetime.min.replace(tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Coming:
    """One release of a movie."""

    movie_id: int
    title: str
    day: date
    kind: Why
    """``CINEMA``, ``DIGITAL`` or ``DISC``."""
    monitored: bool
    has_file: bool


class Calendar:
    """Only looks."""

    def __init__(self, db: Database, plugins: PluginHost, turns: Turns) -> None:
        self._db = db
        self._plugins = plugins
        self._turns = turns

    async def releases(self, start: date, end: date) -> list[Coming]:
        """What comes out from one day to another, these too."""
        if not 0 <= (end - start).days <= LONGEST:
            why = f"From {start} to {end} are {(end - start).days + 1:,} days."
            todo = f"Ask for 1 to {LONGEST + 1} days."
            raise Problem(Kind.BAD_INPUT, "This span cannot be shown.", why, todo, field="end")
        return [_coming(row) for row in await self._db.read(lambda: calendar.between(start, end, MOST))]

    async def next_release(self, after: date) -> Coming | None:
        """The first that comes out after a day."""
        return next((_coming(row) for row in await self._db.read(lambda: calendar.after(after, 1))), None)

    async def searches(
        self, start: datetime | None = None, end: datetime | None = None, most: int = MOST
    ) -> list[PlannedSearch]:
        """The next search of each movie that has one in this span, the soonest first."""
        await self._turns.plan()
        since, until = start or _EVER, end or _NEVER
        names = self._names()

        def work() -> list[PlannedSearch]:
            found = backlog.soonest(names, since, until, most)
            return _told(found, grabs.titles_of_movies([movie_id for movie_id, _, _ in found]), names)

        return await self._db.read(work)

    async def waiting(self) -> int:
        """How many movies are due and wait for room."""
        indexers, now = [live.id for live in self._plugins.indexers()], self._turns.now
        return await self._db.read(lambda: backlog.due_count(indexers, now))

    async def held(self) -> Problem | None:
        """What keeps all searches up; None: nothing does."""
        return hindrance(self._plugins)

    async def outlook(self, movie_id: int) -> Outlook:
        """When a movie is searched next by itself, or why it is not."""
        await self._turns.plan()
        now, lives = self._turns.now, {live.id: live for live in self._plugins.indexers()}

        def work() -> tuple[Movie | None, list[tuple[int, int, Turn]], dict[int, int]]:
            turns = [(*key, turn) for key, turn in backlog.turns([movie_id]).items() if key[1] in lives]
            ahead = {id_: backlog.ahead(id_, turn.due) for _, id_, turn in turns if turn.due <= now}
            return movies.get(movie_id), turns, ahead

        movie, found, ahead = await self._db.read(work)
        if movie is None:
            raise Problem(Kind.NOT_FOUND, f"There is no movie {movie_id} in the library.")
        if not found:
            return Outlook(why_not(movie, has_indexer=self._turns.has_indexer(movie)))
        places = {id_: _place(lives[id_], count) for id_, count in ahead.items()}

        def nearness(each: tuple[int, int, Turn]) -> tuple[bool, float, datetime]:
            """One that only its user can mend comes last, who stands in line before who is due later."""
            _, id_, turn = each
            return lives[id_].guard.login_failed, places[id_].seconds if id_ in places else math.inf, turn.due

        found.sort(key=nearness)
        searches, held = _told(found, {movie_id: movie.title}, self._names()), hindrance(self._plugins)
        return Outlook(foreseen(searches[0], places.get(found[0][1]), held, now), tuple(searches))

    async def lines(self) -> list[Line]:
        """What waits at each indexer for more than a moment, the longest line first."""
        lives, now = self._plugins.indexers(), self._turns.now
        waiting = await self._db.read(lambda: {live.id: backlog.ahead(live.id, now) for live in lives})
        found = [Line(live.name, _place(live, waiting[live.id] - 1)) for live in lives if waiting[live.id]]
        found = [line for line in found if line.place.seconds >= SOON]
        return sorted(found, key=lambda line: line.place.seconds, reverse=True)

    def _names(self) -> dict[int, str]:
        return {live.id: live.name for live in self._plugins.indexers()}


def _told(
    found: Iterable[tuple[int, int, Turn]], titles: Mapping[int, str], names: Mapping[int, str]
) -> list[PlannedSearch]:
    return [planned(id_, titles.get(id_, ""), turn, names.get(indexer, "")) for id_, indexer, turn in found]


def _place(live: Live[Indexer[Any]], ahead: int) -> Place:
    return Place(ahead, live.forecast(ahead + 1, Urgency.BACKLOG), live.guard.problem)


def _coming(row: calendar.Row) -> Coming:
    id_, title, day, kind, monitored, has_file = row
    return Coming(id_, title, day, Why(kind), monitored, has_file)
