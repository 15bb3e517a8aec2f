"""What if profiles, custom formats or sizes were others? Answered by the releases that were seen, before saving."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec

from radarr_desktop.domain.blocklist import Blocked, blocks_of
from radarr_desktop.domain.custom_formats import CompiledFormats, CustomFormat
from radarr_desktop.domain.decision import Purpose, Situation
from radarr_desktop.domain.decision.replay import Basis, Compared, Difference, Loop
from radarr_desktop.domain.events import WhatIfProgressed
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import ProfileError, QualityProfile, check_profile
from radarr_desktop.domain.reputation.standing import Reputation
from radarr_desktop.domain.sizes import SizeLimits
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.decisions import replaying
from radarr_desktop.engine.decisions.crew import Crew
from radarr_desktop.engine.decisions.replaying import Bundle, Question, RawRelease, Replayer
from radarr_desktop.engine.decisions.surroundings import Surroundings
from radarr_desktop.engine.quality.formats import check_all
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import blocklist, delays, movies, profiles, replays
from radarr_desktop.store.database import Database

USUAL_DAYS = 30
PORTION = 400
"""Releases handed over at once."""
IN_A_THREAD = 400
"""Up to so many are replayed here: processes would take longer to start."""

WEAK = 50
"""Fewer stored releases than this say little."""
TOLD_EVERY = 0.2
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be changed; what is None stays as it is."""

    profiles: Mapping[int, QualityProfile] = field(default_factory=dict)
    """By the id of the profile in whose place they would decide."""
    formats: tuple[CustomFormat, ...] | None = None
    """All of them, as they would be."""
    definitions: Mapping[int, SizeLimits] | None = None
    """Size limits by quality id."""


@dataclass(frozen=True, slots=True)
class WhatIfAnswer:
    """What would have come of it in these days."""

    days: int
    slots: int
    """Of movies for which releases were seen."""
    seconds: float
    compared: Compared

    @property
    def releases(self) -> int:
        """How many were replayed."""
        return self.compared.releases

    @property
    def is_weak(self) -> bool:
        """Are they too few to rely on?"""
        return self.releases < WEAK

    @property
    def grabs(self) -> list[Difference]:
        """Movies without a file that would get one."""
        return [one for one in self.compared.differences if one.before is None and not one.has_file]

    @property
    def upgrades(self) -> list[Difference]:
        """Files of the library that would be replaced, and are not now."""
        return [one for one in self.compared.differences if one.before is None and one.has_file]

    @property
    def drops(self) -> list[Difference]:
        """What would not be taken any more."""
        return [one for one in self.compared.differences if one.after is None]

    @property
    def swaps(self) -> list[Difference]:
        """Where another release would be taken."""
        return [one for one in self.compared.differences if one.before is not None and one.after is not None]

    @property
    def loops(self) -> tuple[Loop, ...]:
        """Releases that would replace each other for ever."""
        return self.compared.loops

    @property
    def bytes(self) -> int:
        """More to download (or, below 0, less)."""
        after = sum(one.after.size for one in self.compared.differences if one.after)
        return after - sum(one.before.size for one in self.compared.differences if one.before)


class WhatIf:
    """Replays; changes nothing and asks nobody."""

    def __init__(
        self,
        db: Database,
        bus: Bus,
        settings: AppSettings,
        surroundings: Surroundings,
        formats: Callable[[], Awaitable[CompiledFormats]],
        reputation: Callable[[], Reputation],
    ) -> None:
        self._db = db
        self._bus = bus
        self._reputation = reputation
        self._settings = settings
        self._surroundings = surroundings
        self._formats = formats

    async def replay(self, proposal: Proposal, *, days: int = USUAL_DAYS) -> WhatIfAnswer:
        """Compare what is decided with what would be; told on the way (``WhatIfProgressed``). Cancel it to stop it."""
        begin, now = time.monotonic(), datetime.now(UTC)
        await asyncio.to_thread(_check, proposal)
        compiled = await self._formats()
        before, after = await self._bases(proposal, compiled.formats)
        concerned = [id for id in before.profiles if _differs(id, before, after)]
        question = Question(before, after, await self._situation(now), compiled.version, self._reputation())
        seen = await self._db.read(lambda: replays.judged_since(now - timedelta(days=days), concerned))
        total = sum(len(ids) for _, ids in seen)
        compared, told = Compared(), begin
        async with aclosing(self._compare(question, seen, total)) as parts:
            async for part in parts:
                compared += part
                if time.monotonic() - told > TOLD_EVERY:
                    told = time.monotonic()
                    event = WhatIfProgressed(correlation=correlation.current(), done=compared.releases, total=total)
                    self._bus.publish(event)
        return WhatIfAnswer(days, len(seen), time.monotonic() - begin, _sorted(compared))

    async def _compare(
        self, question: Question, seen: Sequence[tuple[int, list[int]]], total: int
    ) -> AsyncGenerator[Compared, None]:
        portions = self._bundles(seen)
        if total <= IN_A_THREAD:
            replayer = await asyncio.to_thread(Replayer, question)
            async for portion in portions:
                yield await asyncio.to_thread(replayer.compare, portion)
            return
        packed = await asyncio.to_thread(msgspec.msgpack.encode, question)
        try:
            async with Crew(replaying.begin, packed) as crew:
                async for answer in crew.map(replaying.compare, _packed(portions)):
                    yield replaying.unpack(answer)
        except BrokenProcessPool as fault:
            why = "A process that worked on it was ended from outside, perhaps for want of memory."
            raise Problem(Kind.INTERNAL, "The replay broke off.", why, "Try fewer days.") from fault

    async def _bundles(self, seen: Sequence[tuple[int, list[int]]]) -> AsyncIterator[list[Bundle]]:
        library = await self._db.read(_library)
        for portion in _portions(seen):
            ids = [id for _, some in portion for id in some]
            rows = await self._db.read(partial(replays.raw_releases, ids))
            yield [
                library.bundle(slot_id, [rows[id] for id in some if id in rows])
                for slot_id, some in portion
                if slot_id in library.by_slot
            ]

    async def _bases(self, proposal: Proposal, formats: tuple[CustomFormat, ...]) -> tuple[Basis, Basis]:
        known = {one.id: one for one in await self._db.read(profiles.all_profiles)}
        missing = set(proposal.profiles) - set(known)
        if missing:
            raise Problem(Kind.NOT_FOUND, f"There is no quality profile {min(missing)}.", field="profile_id")
        changed = {id: _sized(proposal.profiles.get(id, one), one, proposal) for id, one in known.items()}
        return Basis(known, formats), Basis(changed, formats if proposal.formats is None else proposal.formats)

    async def _situation(self, now: datetime) -> Situation:
        terms = tuple(replace(one, away_until=None) for one in self._surroundings.terms())
        words = tuple(await self._db.read(delays.all_words))
        return Situation(now, Purpose.RECENT, await self._settings.policy(), words=words, indexers=terms)


def _check(proposal: Proposal) -> None:
    """What could not be saved cannot be tried either."""
    check_all(proposal.formats or ())
    for profile in proposal.profiles.values():
        try:
            check_profile(profile)
        except ProfileError as fault:
            raise Problem(Kind.BAD_INPUT, str(fault), field=fault.field) from None


def _sized(wanted: QualityProfile, known: QualityProfile, proposal: Proposal) -> QualityProfile:
    """With the size limits of the qualities, which are no part of what a profile says itself."""
    definitions = known.definitions if proposal.definitions is None else proposal.definitions
    return replace(wanted, definitions=definitions)


@dataclass(frozen=True, slots=True)
class _Library:
    by_slot: dict[int, Movie]
    blocked: dict[int, list[Blocked]]
    """By movie; 0: of all."""
    now: datetime
    imported: dict[int, list[tuple[str, tuple[str, ...]]]]

    def bundle(self, slot_id: int, releases: Sequence[RawRelease]) -> Bundle:
        movie = self.by_slot[slot_id]
        imported = self.imported.get(movie.id, [])
        return Bundle(
            movie,
            slot_id,
            tuple(releases),
            blocked=blocks_of([*self.blocked.get(0, []), *self.blocked.get(movie.id, [])], self.now),
            imported_hashes=frozenset(digest[:40] for _, hashes in imported for digest in hashes),
            imported_titles=frozenset(title.casefold() for title, _ in imported),
        )


def _library() -> _Library:
    blocked: dict[int, list[Blocked]] = defaultdict(list)
    for one in blocklist.all_of():
        blocked[one.movie_id].append(one)
    by_slot = {slot.id: movie for movie in movies.all_movies() for slot in movie.slots}
    return _Library(by_slot, blocked, datetime.now(UTC), replays.imported())


def _differs(profile_id: int, before: Basis, after: Basis) -> bool:
    """Could another answer come of it for the slots of this profile?"""
    old, new = before.profiles[profile_id], after.profiles[profile_id]
    return old != new or old.definitions != new.definitions or before.formats != after.formats


def _portions(seen: Sequence[tuple[int, list[int]]]) -> Iterator[list[tuple[int, list[int]]]]:
    """Slots together until they have enough releases; a slot is never cut: its releases compete."""
    portion: list[tuple[int, list[int]]] = []
    count = 0
    for slot in seen:
        portion.append(slot)
        count += len(slot[1])
        if count >= PORTION:
            yield portion
            portion, count = [], 0
    if portion:
        yield portion


async def _packed(portions: AsyncIterator[list[Bundle]]) -> AsyncIterator[bytes]:
    async for portion in portions:
        yield await asyncio.to_thread(msgspec.msgpack.encode, portion)


def _sorted(compared: Compared) -> Compared:
    """In an order that does not depend on which process was first."""
    differences = sorted(compared.differences, key=lambda one: (one.movie, one.slot_id))
    return replace(
        compared, differences=tuple(differences), loops=tuple(sorted(compared.loops, key=lambda one: one.movie))
    )
