"""The evaluator with what it must know: profile, blocklist, queue, the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from radarr_desktop.domain.decision import Candidate, Situation, Verdict, evaluate
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import OPEN_STATES, ProfileMark
from radarr_desktop.store import grabs, profiles, releases, verdicts
from radarr_desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate and what was decided about it."""

    candidate: Candidate
    verdict: Verdict


class Judge:
    """Judges releases of one movie and remembers every verdict."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def situation(self, movie: Movie, *, by_user: bool) -> tuple[QualityProfile, Situation]:
        """What an evaluation for this movie starts from, as of now."""

        def work() -> tuple[QualityProfile | None, Situation]:
            blocked = grabs.blocked(movie.id)
            queued = [grab for grab in grabs.of_movie(movie.id) if grab.state in OPEN_STATES]
            return profiles.get_profile(movie.slot.profile_id), Situation(
                today=datetime.now(UTC).date(),
                blocked_hashes=frozenset(entry.info_hash for entry in blocked if entry.info_hash),
                blocked_titles=frozenset(entry.title.casefold() for entry in blocked),
                queued_hashes=frozenset(one for grab in queued for one in grab.hashes),
                queued_titles=tuple(grab.title for grab in queued),
                asked_by_user=by_user,
            )

        profile, situation = await self._db.read(work)
        if profile is None:
            raise Problem(Kind.CONFLICT, f"{movie.title} has a quality profile that does not exist any more.")
        return profile, situation

    async def judge(self, movie: Movie, candidates: Sequence[Candidate], *, by_user: bool) -> list[Judged]:
        """Judge all and remember what was seen and why, in one transaction."""
        profile, situation = await self.situation(movie, by_user=by_user)
        given = [evaluate(candidate, movie, movie.slot, profile, situation) for candidate in candidates]
        mark, now = ProfileMark(profile.id, 0), datetime.now(UTC)

        def work() -> list[Judged]:
            known = releases.remember(candidates, now)
            judged = [Judged(candidate, verdict) for candidate, verdict in zip(known, given, strict=True)]
            verdicts.remember(movie.slot.id, ((one.candidate.release_id, one.verdict) for one in judged), now, mark)
            return judged

        return await self._db.run(work)
