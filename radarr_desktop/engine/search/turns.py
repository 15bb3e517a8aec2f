"""The schedule of the backlog: a turn for every wanted movie at every indexer, kept up with what changes."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from radarr_desktop.domain.backlog import Turn, behind, first, revised, searched
from radarr_desktop.domain.custom_formats import CompiledFormats
from radarr_desktop.domain.decision.rating import subject_of_file
from radarr_desktop.domain.events import (
    Event,
    MovieAdded,
    MovieChanged,
    MovieImported,
    OperationDone,
    OperationUndone,
    PluginsChanged,
    RulesChanged,
)
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.clock import Clock
from radarr_desktop.engine.quality.formats import Formats
from radarr_desktop.engine.search.asking import Asking
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import backlog as store
from radarr_desktop.store import movies as movie_store
from radarr_desktop.store import profiles as profile_store
from radarr_desktop.store.database import Database

_OF_ONE = (MovieAdded, MovieChanged, MovieImported, OperationDone, OperationUndone)
_AT_ONCE = 200
"""Movies looked at without letting others run."""


class Turns:
    """Plans; ``engine.search.backlog`` searches."""

    def __init__(
        self, db: Database, bus: Bus, asking: Asking, settings: AppSettings, formats: Formats, clock: Clock
    ) -> None:
        self._db = db
        self._asking = asking
        self._settings = settings
        self._formats = formats
        self._clock = clock
        self._changing = asyncio.Lock()
        self._stale: set[int] | None = None
        """Movies that have to be planned anew; None, as after a start: all."""
        self._indexers: object = None
        for kind in (*_OF_ONE, RulesChanged, PluginsChanged):
            bus.subscribe(kind, self._changed)

    @property
    def now(self) -> datetime:
        """By the program's clock."""
        return datetime.fromtimestamp(self._clock.now(), UTC)

    async def plan(self) -> None:
        """Bring the schedule up to what has changed since the last time."""
        async with self._changing:
            stale, self._stale = self._stale, set()
            if stale is None or stale:
                try:
                    await self._plan(stale)
                except BaseException:
                    self._stale = None
                    raise

    async def searched(self, movie: Movie, indexers: Collection[int]) -> None:
        """A movie was searched at these indexers, and they answered."""
        await self.plan()  # one that was added a moment ago has no turns yet
        now, mark = self.now, await self._mark(movie)
        async with self._changing:

            def work() -> None:
                known = store.turns([movie.id])
                new = {key: searched(movie, turn, now, mark) for key, turn in known.items() if key[1] in indexers}
                if new and all(turn.asked is None for turn in known.values()):
                    new |= {key: behind(turn, now) for key, turn in known.items() if key not in new}
                store.put(new)

            await self._db.run(work)

    async def _mark(self, movie: Movie) -> str:
        profile = await self._db.read(lambda: profile_store.get_profile(movie.slot.profile_id))
        return _mark(profile) if profile else ""

    async def _plan(self, ids: Collection[int] | None) -> None:
        now, delay = self.now, (await self._settings.policy()).availability_delay

        def read() -> tuple[list[Movie], dict[int, QualityProfile], dict[store.Key, Turn]]:
            movies = movie_store.all_movies() if ids is None else _existing(ids)
            return movies, {one.id: one for one in profile_store.all_profiles()}, store.turns(ids)

        movies, profiles, known = await self._db.read(read)
        planned: dict[store.Key, Turn] = {}
        wanted = await self._wanted(movies, profiles)
        for place, (movie, mark) in enumerate(wanted):
            if place % _AT_ONCE == _AT_ONCE - 1:
                await asyncio.sleep(0)
            for indexer in self._asking.ids_for(movie):
                turn = known.get((movie.id, indexer))
                new = revised(movie, turn, now, mark, delay=delay) if turn else first(movie, now, mark, delay=delay)
                if new is not None:
                    planned[movie.id, indexer] = new
        await self._db.run(lambda: _write(known, planned, self._lost(known, planned, wanted)))

    def _lost(
        self, known: Mapping[store.Key, Turn], planned: Mapping[store.Key, Turn], wanted: Iterable[tuple[Movie, str]]
    ) -> list[store.Key]:
        """Turns that are over; those at an indexer that is only switched off stay."""
        active, kept = {live.id for live in self._asking.searched()}, {movie.id for movie, _ in wanted}
        return [key for key in known.keys() - planned.keys() if key[1] in active or key[0] not in kept]

    async def _wanted(self, movies: Sequence[Movie], profiles: Mapping[int, QualityProfile]) -> list[tuple[Movie, str]]:
        """Those that are missing or not good enough, each with the mark of its profile."""
        compiled, wanted = await self._formats.compiled(), []
        for place, movie in enumerate(movies):
            if place % _AT_ONCE == _AT_ONCE - 1:
                await asyncio.sleep(0)
            profile = profiles.get(movie.slot.profile_id)
            if profile is not None and movie.monitored and not _is_enough(movie, profile, compiled):
                wanted.append((movie, _mark(profile)))
        return wanted

    def _changed(self, event: Event) -> None:
        if isinstance(event, PluginsChanged):
            indexers = [(live.id, live.stored.tags) for live in self._asking.searched()]
            if indexers == self._indexers:  # one answers again, or not
                return
            self._indexers = indexers
        if not isinstance(event, _OF_ONE):
            self._stale = None
        elif self._stale is not None:
            self._stale.add(event.movie_id)


def _is_enough(movie: Movie, profile: QualityProfile, formats: CompiledFormats) -> bool:
    """Is it there, and nothing better looked for?"""
    if movie.file is None:
        return False
    if not profile.upgrades:
        return True
    matched = formats.match(subject_of_file(movie.file, movie.info)) if profile.format_scores else ()
    return profile.is_enough(movie.file.quality, profile.format_score(matched))


def _write(known: Mapping[store.Key, Turn], planned: Mapping[store.Key, Turn], lost: Iterable[store.Key]) -> None:
    store.put({key: turn for key, turn in planned.items() if known.get(key) != turn})
    store.drop(lost)


def _existing(ids: Iterable[int]) -> list[Movie]:
    return [movie for movie in map(movie_store.get, sorted(ids)) if movie is not None]


def _mark(profile: QualityProfile) -> str:
    return f"{profile.id}.{profile.version}"
