"""Why a movie is, or is not, in the library: one sentence, then the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from radarr_desktop.domain.decision import Outcome
from radarr_desktop.domain.decision.nearness import is_near
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, HistoryEntry, StoredRelease
from radarr_desktop.engine.decisions.answer import explain, rank
from radarr_desktop.engine.decisions.timeline import Turn, timeline
from radarr_desktop.store import grabs, history, movies, profiles, releases, verdicts
from radarr_desktop.store.database import Database

MOST_HISTORY = 200


@dataclass(frozen=True, slots=True)
class Why:
    """The answer for one movie."""

    movie: Movie
    sentence: str
    detail: str
    releases: tuple[StoredRelease, ...]
    """Judged ones: what would be taken, what waits, then the rejected, nearest first."""
    grabs: tuple[Grab, ...]
    history: tuple[HistoryEntry, ...]
    """Newest first."""
    timeline: tuple[Turn, ...]
    """Judgements and history together, newest first."""

    @property
    def nearest(self) -> StoredRelease | None:
        """The best one that only a single thing kept from being taken."""
        rejected = (one for one in self.releases if one.verdict and one.verdict.outcome is Outcome.REJECTED)
        return next((one for one in rejected if one.verdict and is_near(one.verdict)), None)

    @property
    def next_best(self) -> StoredRelease | None:
        """What would be next: good, waiting or nearly good, and neither the file nor grabbed before."""
        done = {grab.release_id for grab in self.grabs}
        titles = {slot.file.release_title for slot in self.movie.slots if slot.file}
        for one in self.releases:
            if one.id in done or one.release.title in titles or one.verdict is None:
                continue
            return one if one.verdict.accepted or is_near(one.verdict) else None
        return None


class Decisions:
    """What was decided, and why."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def why(self, movie_id: int) -> Why:
        """The whole story of one movie."""
        why = await self._db.read(lambda: _why(movie_id))
        if why is None:
            raise Problem(Kind.NOT_FOUND, f"There is no movie {movie_id} in the library.")
        return why


def _why(movie_id: int) -> Why | None:
    movie = movies.get(movie_id)
    if movie is None:
        return None
    judged = verdicts.of_movie(movie_id)
    seen = sorted(releases.judged_in(judged), key=rank)
    taken = tuple(grabs.of_movie(movie_id))
    past, _ = history.page(offset=0, limit=MOST_HISTORY, movie_id=movie_id)
    known = {profile.id: profile for profile in profiles.all_profiles()}
    sentence, detail = explain(movie, known.get(movie.slot.profile_id), seen, taken, datetime.now(UTC).date())
    names = {id_: profile.name for id_, profile in known.items()}
    story = timeline(judged, seen, past, names)
    return Why(movie, sentence, detail, tuple(seen), taken, tuple(past), story)
