"""The schedule of the backlog: a turn for every wanted movie at every indexer, kept up with what changes."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

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
from radarr_desktop.engine.search.asking import Asking, Places, ids_among
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import backlog as store
from radarr_desktop.store import movies as movie_store
from radarr_desktop.store import profiles as profile_store
from radarr_desktop.store.database import Database

_OF_ONE = (MovieAdded, MovieChanged, MovieImported, OperationDone, OperationUndone)
_AT_ONCE = 100
"""Movies planned in one look at the database, some milliseconds long: others want to read too."""


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

    def has_indexer(self, movie: Movie) -> bool:
        """Is it searched anywhere?"""
        return bool(self._asking.ids_for(movie))

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
        profiles = await self._db.read(lambda: {one.id: one for one in profile_store.all_profiles()})
        delay, formats = (await self._settings.policy()).availability_delay, await self._formats.compiled()
        rules = _Rules(self.now, delay, formats, profiles, self._asking.places())
        rest = await self._db.read(movie_store.ids) if ids is None else sorted(ids)
        for begin in range(0, len(rest), _AT_ONCE):
            some = rest[begin : begin + _AT_ONCE]
            changed, lost = await self._db.read(partial(_planned, some, rules))
            if changed or lost:
                await self._db.run(partial(_write, changed, lost))

    def _changed(self, event: Event) -> None:
        if isinstance(event, PluginsChanged):
            indexers = self._asking.places()
            if indexers == self._indexers:  # one answers again, or not
                return
            self._indexers = indexers
        if not isinstance(event, _OF_ONE):
            self._stale = None
        elif self._stale is not None:
            self._stale.add(event.movie_id)


@dataclass(frozen=True, slots=True)
class _Rules:
    """By what movies are planned."""

    now: datetime
    delay: int
    formats: CompiledFormats
    profiles: Mapping[int, QualityProfile]
    indexers: Places


def _planned(ids: Sequence[int], rules: _Rules) -> tuple[dict[store.Key, Turn], list[store.Key]]:
    """The turns of these movies that are new or others now, and those that are over."""
    known, planned, wanted = store.turns(ids), {}, set()
    searched_once = {key[0] for key, turn in known.items() if turn.asked}
    for movie in movie_store.some(ids):
        profile = rules.profiles.get(movie.slot.profile_id)
        if profile is None or not movie.monitored or _is_enough(movie, profile, rules.formats):
            continue
        wanted.add(movie.id)
        for indexer in ids_among(rules.indexers, movie):
            turn, mark = known.get((movie.id, indexer)), _mark(profile)
            if turn is None:
                new = first(movie, rules.now, mark, delay=rules.delay)
                if new is not None and movie.id in searched_once:  # the indexer is new, not the movie
                    new = behind(new, rules.now)
            else:
                new = revised(movie, turn, rules.now, mark, delay=rules.delay)
            if new is not None:
                planned[movie.id, indexer] = new
    active = {id_ for id_, _ in rules.indexers}  # turns at an indexer that is only switched off stay
    lost = [key for key in known.keys() - planned.keys() if key[1] in active or key[0] not in wanted]
    return {key: turn for key, turn in planned.items() if known.get(key) != turn}, lost


def _is_enough(movie: Movie, profile: QualityProfile, formats: CompiledFormats) -> bool:
    """Is it there, and nothing better looked for?"""
    if movie.file is None:
        return False
    if not profile.upgrades:
        return True
    matched = formats.match(subject_of_file(movie.file, movie.info)) if profile.format_scores else ()
    return profile.is_enough(movie.file.quality, profile.format_score(matched))


def _write(changed: Mapping[store.Key, Turn], lost: Iterable[store.Key]) -> None:
    store.put(changed)
    store.drop(lost)


def _mark(profile: QualityProfile) -> str:
    return f"{profile.id}.{profile.version}"
