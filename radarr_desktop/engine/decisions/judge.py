"""The evaluator with what it must know: profile, settings, blocklist, queue, history, disk, the moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from radarr_desktop.domain.decision import Candidate, Policy, Purpose, Situation, Verdict
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import Grab, ProfileMark
from radarr_desktop.domain.reputation.standing import Reputation
from radarr_desktop.engine.decisions.deciding import Decider, Docket
from radarr_desktop.engine.decisions.surroundings import Surroundings
from radarr_desktop.plugin_api import Release
from radarr_desktop.store import releases, verdicts
from radarr_desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate and what was decided about it."""

    candidate: Candidate
    verdict: Verdict
    situation: Situation


class Judge:
    """Judges releases and remembers every verdict."""

    def __init__(
        self, db: Database, surroundings: Surroundings, decider: Decider, reputation: Callable[[], Reputation]
    ) -> None:
        self._db = db
        self._surroundings = surroundings
        self._decider = decider
        self._reputation = reputation

    async def policy(self) -> Policy:
        """The general settings it decides by."""
        return await self._surroundings.policy()

    async def situation(self, movie: Movie, purpose: Purpose) -> tuple[QualityProfile, Situation]:
        """What an evaluation for this movie starts from, as of now."""
        ((profile, situation),) = await self._surroundings.of([movie], purpose)
        if profile is None:
            raise Problem(Kind.CONFLICT, f"{movie.title} has a quality profile that does not exist any more.")
        return profile, situation

    async def of_grab(self, movie: Movie, slot: Slot, grab: Grab) -> Verdict:
        """What the evaluator says of a finished download, on what was frozen when it was taken. Nothing is remembered.

        It is the same question as before the grab: as long as the file is the same, it gets the same answer.
        """
        digest = next((one for one in grab.hashes if len(one) == 40), "")
        release = Release("", grab.title, size=grab.size, info_hash=digest, flags=grab.flags)
        candidate = Candidate(release, grab.parsed, 0, grab.indexer)
        return await self.of(replace(movie, slots=(slot,)), candidate, Purpose.IMPORT)

    async def of_file(self, movie: Movie, slot: Slot, parsed: ParsedRelease, size: int) -> Verdict:
        """What the evaluator says of a file that lies somewhere on the disk, by its name. Nothing is remembered."""
        candidate = Candidate(Release("", parsed.name, size=size), parsed, 0, "")
        return await self.of(replace(movie, slots=(slot,)), candidate, Purpose.IMPORT)

    async def of(self, movie: Movie, candidate: Candidate, purpose: Purpose) -> Verdict:
        """What the evaluator says of one release; nothing is remembered."""
        profile, situation = await self.situation(movie, purpose)
        docket = Docket(movie, movie.slot, profile, situation, self._reputed([candidate]))
        (((_, verdict),),) = await self._decider.decide([docket])
        return verdict

    async def if_(
        self,
        movie: Movie,
        candidates: Sequence[Candidate],
        purpose: Purpose,
        changed: Callable[[Situation], Situation],
    ) -> list[tuple[Candidate, Verdict]]:
        """What the evaluator would say if the situation were another one; nothing is remembered."""
        profile, situation = await self.situation(movie, purpose)
        docket = Docket(movie, movie.slot, profile, changed(situation), self._reputed(candidates))
        (answers,) = await self._decider.decide([docket])
        return answers

    async def judge(self, movie: Movie, candidates: Sequence[Candidate], purpose: Purpose) -> list[Judged]:
        """Judge the releases of one movie."""
        if not candidates:
            return []
        await self.situation(movie, purpose)
        return (await self.judge_all([(movie, candidates)], purpose))[0]

    async def judge_all(
        self, found: Sequence[tuple[Movie, Sequence[Candidate]]], purpose: Purpose, *, seen: bool = True
    ) -> list[list[Judged]]:
        """Judge the releases of many movies, and remember what was seen and why in one transaction.

        A movie without a profile gets no verdicts. ``seen`` False: they are stored ones, nobody offered them anew.
        """
        around = await self._surroundings.of([movie for movie, _ in found], purpose)
        dockets = [
            Docket(movie, movie.slot, profile, situation, self._reputed(candidates)) if profile else None
            for (movie, candidates), (profile, situation) in zip(found, around, strict=True)
        ]
        decided = iter(await self._decider.decide([docket for docket in dockets if docket]))
        judged = [(docket, next(decided) if docket else []) for docket in dockets]
        now = datetime.now(UTC)

        def work() -> list[list[Judged]]:
            return [_remembered(docket, given, now, seen=seen) if docket else [] for docket, given in judged]

        return await self._db.run(work)

    def _reputed(self, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """With the points of their groups as of now."""
        known = self._reputation()
        return tuple(known.on(candidate) for candidate in candidates)


def _remembered(
    docket: Docket, given: Sequence[tuple[Candidate, Verdict]], now: datetime, *, seen: bool
) -> list[Judged]:
    known = [candidate for candidate, _ in given]
    if seen:
        known = releases.remember(known, now)
    judged = [
        Judged(candidate, verdict, docket.situation) for candidate, (_, verdict) in zip(known, given, strict=True)
    ]
    mark = ProfileMark(docket.profile.id, docket.profile.version)
    verdicts.remember(docket.slot.id, ((one.candidate.release_id, one.verdict) for one in judged), now, mark)
    return judged
