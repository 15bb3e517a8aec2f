"""/release: what indexers offer for a movie, judged; and taking one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query
from radarr_desktop.api.v3.custom_formats import CustomFormatResource
from radarr_desktop.api.v3.indexer_flags import bits_of
from radarr_desktop.api.v3.languages import Language, languages_of
from radarr_desktop.api.v3.matched_formats import Asked, Matched, matched
from radarr_desktop.api.v3.shapes import QualityModel, moment, quality_model
from radarr_desktop.domain.decision.verdict import Outcome
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.plugin_api import IndexerFlag

if TYPE_CHECKING:
    from radarr_desktop.domain.movie import Movie
    from radarr_desktop.domain.profiles import QualityProfile
    from radarr_desktop.domain.records import StoredRelease

UNKNOWN_MOVIE = "Unknown Movie. No movie of the library has this name."
_INDEXER_FAULTS = (Kind.LOGIN, Kind.UNREACHABLE, Kind.RATE_LIMITED)


class ReleaseResource(Answer, kw_only=True):
    guid: str
    quality: QualityModel
    custom_formats: list[CustomFormatResource]
    custom_format_score: int
    quality_weight: int
    age: int
    age_hours: float
    age_minutes: float
    size: int
    indexer_id: int
    indexer: str
    release_group: str | None = None
    title: str
    scene_source: bool
    movie_titles: list[str]
    languages: list[Language]
    mapped_movie_id: int | None = None
    approved: bool
    temporarily_rejected: bool
    rejected: bool
    tmdb_id: int
    imdb_id: int
    rejections: list[str]
    publish_date: datetime
    info_url: str | None = None
    movie_requested: bool
    download_allowed: bool
    release_weight: int
    edition: str | None = None
    info_hash: str | None = None
    seeders: int | None = None
    leechers: int | None = None
    protocol: str
    indexer_flags: int


class ReleaseBody(Body):
    guid: str = ""
    indexer_id: Id = 0
    movie_id: Id | None = None


class ReleasesQuery(Query):
    movie_id: Id | None = None


def release_resource(
    stored: StoredRelease, movie: Movie | None, profile: QualityProfile | None, formats: Matched, place: int = 0
) -> ReleaseResource:
    """A release and its verdict; ``place`` is its position, best is 0. Addresses that may hold a key stay out."""
    release, parsed, verdict = stored.release, stored.parsed, stored.verdict
    published = moment(release.published or stored.first_seen)
    minutes = max(0.0, (datetime.now(UTC) - published).total_seconds() / 60)
    outcome = verdict.outcome if verdict else Outcome.REJECTED
    imdb = release.imdb_id.removeprefix("tt")
    rank, revision = max(0, profile.rank(parsed.quality)) if profile else 0, parsed.revision
    return ReleaseResource(
        guid=release.guid,
        quality=quality_model(parsed.quality, revision),
        custom_formats=formats.formats,
        custom_format_score=formats.score,
        quality_weight=rank * 100 + revision.real * 10 + revision.version,
        age=int(minutes // 1440),
        age_hours=minutes / 60,
        age_minutes=minutes,
        size=release.size,
        indexer_id=stored.indexer_id,
        indexer=stored.indexer,
        release_group=parsed.group or None,
        title=release.title,
        scene_source=IndexerFlag.SCENE in release.flags,
        movie_titles=list(parsed.titles),
        languages=languages_of(parsed.languages, movie.info.original_language if movie else ""),
        mapped_movie_id=movie.id if movie else None,
        approved=outcome is Outcome.ACCEPTED,
        temporarily_rejected=outcome is Outcome.DELAYED,
        rejected=outcome is Outcome.REJECTED,
        tmdb_id=release.tmdb_id,
        imdb_id=int(imdb) if imdb.isdecimal() and len(imdb) < 10 else 0,
        rejections=verdict.rejections if verdict else [UNKNOWN_MOVIE],
        publish_date=published,
        info_url=release.info_url or None,
        movie_requested=movie is not None,
        download_allowed=movie is not None,
        release_weight=place,
        edition=parsed.edition or None,
        info_hash=release.info_hash or None,
        seeders=release.seeders,
        leechers=release.leechers,
        protocol="torrent",
        indexer_flags=bits_of(release.flags),
    )


def asked(stored: StoredRelease, movie: Movie | None) -> Asked:
    """What custom formats are asked about."""
    return Asked(stored.parsed, stored.release.size, stored.release.flags, movie)


async def _search(call: Call[ReleasesQuery, None]) -> list[ReleaseResource]:
    if call.query.movie_id is None:
        return await _recent(call)
    movie = await call.engine.movies.get(call.query.movie_id)
    profile = await call.engine.profiles.get(movie.slot.profile_id)
    found = await call.engine.search.releases(movie.id)
    call.shown.remember(movie.id, found)
    formats = await matched(call.engine, [asked(stored, movie) for stored in found])
    pairs = zip(found, formats, strict=True)
    return [release_resource(stored, movie, profile, theirs, place) for place, (stored, theirs) in enumerate(pairs)]


async def _recent(call: Call[ReleasesQuery, None]) -> list[ReleaseResource]:
    """Without a movie: what is new on the indexers of all movies, as it is judged by itself."""
    profiles = {profile.id: profile for profile in await call.engine.profiles.all()}
    found = await call.engine.search.recent()
    formats = await matched(call.engine, [asked(recent.release, recent.movie) for recent in found])
    answers = []
    for place, (recent, theirs) in enumerate(zip(found, formats, strict=True)):
        call.shown.remember(recent.movie.id, [recent.release])
        profile = profiles[recent.movie.slot.profile_id]
        answers.append(release_resource(recent.release, recent.movie, profile, theirs, place))
    return answers


async def _grab(call: Call[Query, ReleaseBody]) -> ReleaseResource:
    shown = call.shown.find(call.body.indexer_id, call.body.guid)
    if shown is None:
        raise Problem(Kind.NOT_FOUND, "Couldn't find requested release in cache, try searching again")
    stored, movie_id = shown
    movie = await call.engine.movies.get(call.body.movie_id or movie_id)
    profile = await call.engine.profiles.get(movie.slot.profile_id)
    try:
        await call.engine.search.grab(stored.id, movie.id, force=True)
    except Problem as problem:
        if problem.kind in _INDEXER_FAULTS:
            raise Problem(Kind.CONFLICT, problem.what, problem.why, problem.todo) from problem
        raise
    (formats,) = await matched(call.engine, [asked(stored, movie)])
    return release_resource(stored, movie, profile, formats)


ENDPOINTS = (
    Endpoint("GET", "/api/v3/release", _search, list[ReleaseResource], ReleasesQuery),
    Endpoint("POST", "/api/v3/release", _grab, ReleaseResource, body=ReleaseBody),
)
