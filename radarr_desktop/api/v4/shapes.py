"""Releases with their verdicts, and grabs, as we tell them."""

from __future__ import annotations

from datetime import datetime

from radarr_desktop.api.endpoint import Answer
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.domain.decision.verdict import Verdict
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.naming import quality_title
from radarr_desktop.domain.records import Grab, StoredRelease


class MovieAnswer(Answer):
    id: int
    tmdb_id: int
    title: str
    """With the year."""
    monitored: bool
    path: str | None = None
    """Of its file."""


class CheckAnswer(Answer):
    name: str
    observed: str
    limit: str
    outcome: str
    sentence: str


class ScorePartAnswer(Answer):
    name: str
    points: int


class VerdictAnswer(Answer):
    outcome: str
    score: int
    parts: list[ScorePartAnswer]
    checks: list[CheckAnswer]


class ReleaseAnswer(Answer, kw_only=True):
    id: int
    title: str
    indexer: str
    quality: str
    group: str
    size: int
    seeders: int | None = None
    published: datetime | None = None
    first_seen: datetime
    last_seen: datetime
    times_seen: int
    info_url: str | None = None
    verdict: VerdictAnswer | None = None


class GrabAnswer(Answer):
    id: int
    movie_id: int
    release_id: int
    title: str
    indexer: str
    quality: str
    size: int
    score: int
    state: str
    added: datetime
    by_user: bool
    problem: str | None = None


def movie_answer(movie: Movie) -> MovieAnswer:
    """Which movie it is."""
    return MovieAnswer(
        id=movie.id,
        tmdb_id=movie.info.tmdb_id,
        title=movie.title,
        monitored=movie.monitored,
        path=movie.file.path if movie.file else None,
    )


def release_answer(stored: StoredRelease) -> ReleaseAnswer:
    """A release as it was seen; addresses that may hold a key stay out."""
    release, parsed = stored.release, stored.parsed
    return ReleaseAnswer(
        id=stored.id,
        title=release.title,
        indexer=stored.indexer,
        quality=quality_title(parsed.quality, parsed.revision),
        group=parsed.group,
        size=release.size,
        seeders=release.seeders,
        published=moment(release.published) if release.published else None,
        first_seen=moment(stored.first_seen),
        last_seen=moment(stored.last_seen),
        times_seen=stored.times_seen,
        info_url=release.info_url or None,
        verdict=_verdict(stored.verdict) if stored.verdict else None,
    )


def _verdict(verdict: Verdict) -> VerdictAnswer:
    return VerdictAnswer(
        outcome=verdict.outcome.value,
        score=verdict.score,
        parts=[ScorePartAnswer(name=part.name, points=part.points) for part in verdict.parts],
        checks=[
            CheckAnswer(
                name=check.name,
                observed=check.observed,
                limit=check.limit,
                outcome=check.outcome.value,
                sentence=check.sentence,
            )
            for check in verdict.checks
        ],
    )


def grab_answer(grab: Grab) -> GrabAnswer:
    """A release that was taken."""
    return GrabAnswer(
        id=grab.id,
        movie_id=grab.movie_id,
        release_id=grab.release_id,
        title=grab.title,
        indexer=grab.indexer,
        quality=quality_title(grab.parsed.quality, grab.parsed.revision),
        size=grab.size,
        score=grab.score,
        state=grab.state.value,
        added=moment(grab.added),
        by_user=grab.by_user,
        problem=grab.problem or None,
    )
