"""Why a movie is, or is not, in the library: one sentence, then the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from radarr_desktop.domain.decision import Outcome
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, GrabState, HistoryEntry, StoredRelease
from radarr_desktop.store import grabs, journal, movies, releases
from radarr_desktop.store.database import Database

MOST_HISTORY = 200


@dataclass(frozen=True, slots=True)
class Why:
    """The answer for one movie."""

    movie: Movie
    sentence: str
    detail: str
    releases: tuple[StoredRelease, ...]
    """Judged ones, best first."""
    grabs: tuple[Grab, ...]
    history: tuple[HistoryEntry, ...]
    """Newest first."""


class Decisions:
    """What was decided, and why."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def why(self, movie_id: int) -> Why:
        """The whole story of one movie."""

        def work() -> Why | None:
            movie = movies.get(movie_id)
            if movie is None:
                return None
            seen = sorted(releases.of_movie(movie_id), key=_rank)
            taken = tuple(grabs.of_movie(movie_id))
            past, _ = journal.history(offset=0, limit=MOST_HISTORY, movie_id=movie_id)
            sentence, detail = explain(movie, seen, taken)
            return Why(movie, sentence, detail, tuple(seen), taken, tuple(past))

        why = await self._db.read(work)
        if why is None:
            raise Problem(Kind.NOT_FOUND, f"There is no movie {movie_id} in the library.")
        return why


def explain(movie: Movie, seen: Sequence[StoredRelease], taken: Sequence[Grab]) -> tuple[str, str]:
    """One sentence that answers, one that adds to it."""
    title = movie.info.title
    running = next((grab for grab in taken if grab.state in _RUNNING), None)
    if running is not None:
        return _RUNNING[running.state].format(title=title), running.problem or running.title
    if movie.file is not None:
        came_as = movie.file.release_title or movie.file.path
        return f"{title} is in your library as {movie.file.quality.name}.", f"It came as {came_as}."
    if not movie.monitored:
        return f"{title} is not looked for: it is not monitored.", ""
    if not seen:
        return f"No release of {title} has been seen yet.", _searched(movie)
    failed = next((grab.problem for grab in taken if grab.problem), "")
    good = sum(1 for release in seen if release.verdict and release.verdict.accepted)
    waiting = [release.verdict for release in seen if release.verdict and release.verdict.outcome is Outcome.DELAYED]
    held_up = failed or " ".join(waiting[0].rejections if waiting else ())
    if good:
        return f"{_releases(good)} of {title} would be good enough.", held_up or _searched(movie)
    if waiting:
        return f"{_releases(len(waiting))} of {title} cannot be taken yet.", held_up
    reasons = Counter(_first_reason(release) for release in seen)
    listed = ", ".join(f"{count} by {name}" for name, count in reasons.most_common(4))
    none = "none good enough" if len(seen) > 1 else "not good enough"
    return f"{_releases(len(seen))} of {title} seen, {none}.", failed or f"Rejected: {listed}."


_RUNNING = {
    GrabState.SENDING: "{title} waits to be sent to the download client.",
    GrabState.DOWNLOADING: "{title} is being downloaded.",
    GrabState.COMPLETED: "{title} is downloaded and about to be imported.",
    GrabState.BLOCKED: "{title} is downloaded, but its import needs you.",
}


def _releases(count: int) -> str:
    return f"{count} releases" if count > 1 else "One release"


def _rank(release: StoredRelease) -> tuple[bool, int, str]:
    verdict = release.verdict
    if verdict is None:
        return (True, 0, release.release.title)
    return (verdict.outcome is not Outcome.ACCEPTED, -verdict.score, release.release.title)


def _first_reason(release: StoredRelease) -> str:
    checks = release.verdict.checks if release.verdict else ()
    return next((check.name for check in checks if check.outcome is not Outcome.ACCEPTED), "nothing")


def _searched(movie: Movie) -> str:
    if movie.last_search is None:
        return "It has not been searched yet."
    return f"Last searched {movie.last_search.astimezone():%d %b %H:%M}."
