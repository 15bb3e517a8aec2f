"""/movie: the library."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import structlog

from radarr_desktop.api.answers import Failure, NotAccepted, failure
from radarr_desktop.api.endpoint import Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.v3.movie_files import file_resources
from radarr_desktop.api.v3.movie_shapes import MovieResource, movie_resource
from radarr_desktop.domain.movie import Availability
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.library.movies import NewMovie

if TYPE_CHECKING:
    from radarr_desktop.domain.movie import Movie
    from radarr_desktop.domain.profiles import QualityProfile
    from radarr_desktop.engine.engine import Engine

log = structlog.get_logger(__name__)

AT_ONCE = 100
"""Movies written without letting others run: 4 ms."""
_AVAILABILITY = {one.value.lower(): one for one in Availability} | {
    "tba": Availability.ANNOUNCED,
    "predb": Availability.RELEASED,
}


class AddOptions(Body):
    search_for_movie: bool | None = None


class MovieBody(Body):
    id: Id = 0
    tmdb_id: Id = 0
    quality_profile_id: Id | None = None
    profile_id: Id | None = None
    """As clients of older servers call it."""
    root_folder_path: str | None = None
    path: str | None = None
    monitored: bool | None = None
    minimum_availability: str | None = None
    tags: list[Id] | None = None
    add_options: AddOptions | None = None


class MoviesQuery(Query):
    tmdb_id: Id | None = None


class UpdateQuery(Query):
    move_files: bool = False


class DeleteQuery(Query):
    delete_files: bool = False
    add_import_exclusion: bool = False


async def resource_of(engine: Engine, movie: Movie) -> MovieResource:
    """One movie; its profile is asked only when a file is to be judged by it."""
    profile = await engine.profiles.get(movie.slot.profile_id) if movie.file else None
    resource = movie_resource(movie, profile, datetime.now(UTC).date())
    if movie.file:
        (resource.movie_file,) = await file_resources(engine, [(movie, movie.file)])
    return resource


async def resources_of(engine: Engine, movies: list[Movie]) -> list[MovieResource]:
    """Many movies."""
    profiles: dict[int, QualityProfile] = {profile.id: profile for profile in await engine.profiles.all()}
    today = datetime.now(UTC).date()
    resources = []
    for start in range(0, len(movies), AT_ONCE):
        await asyncio.sleep(0)  # a large library must not hold up the loop
        part = movies[start : start + AT_ONCE]
        resources += [movie_resource(movie, profiles.get(movie.slot.profile_id), today) for movie in part]
    return resources


async def _list(call: Call[MoviesQuery, None]) -> list[MovieResource]:
    if call.query.tmdb_id is None:
        return await resources_of(call.engine, await call.engine.movies.all())
    movie = await call.engine.movies.by_tmdb(call.query.tmdb_id)
    return [] if movie is None else [await resource_of(call.engine, movie)]


async def _get(call: Call[Query, None]) -> MovieResource:
    return await resource_of(call.engine, await call.engine.movies.get(call.id))


async def _add(call: Call[Query, MovieBody]) -> MovieResource:
    return await resource_of(call.engine, await _added(call.engine, call.body))


async def _added(engine: Engine, body: MovieBody) -> Movie:
    profile_id = body.quality_profile_id or body.profile_id or 0
    await _check_new(engine, body, profile_id)
    options = body.add_options or AddOptions()
    new = NewMovie(
        tmdb_id=body.tmdb_id,
        profile_id=profile_id,
        root_folder=body.root_folder_path or "",
        monitored=body.monitored is not False,
        minimum_availability=_availability(body.minimum_availability) or Availability.RELEASED,
        tags=tuple(body.tags or ()),
        folder=body.path or "",
        search=bool(options.search_for_movie),
    )
    return await engine.movies.add(new)


async def _import(call: Call[Query, list[MovieBody]]) -> list[MovieResource]:
    """Add many movies, each with the file in its folder; one that cannot be added is passed over."""
    added = []
    for body in call.body:
        try:
            movie = await _added(call.engine, body)
        except (NotAccepted, Problem) as fault:
            log.info("movie.not_added", tmdb_id=body.tmdb_id, problem=str(fault))
            continue
        await call.engine.jobs.enqueue("rescan_movie", {"movie_id": movie.id})
        added.append(movie)
    return await resources_of(call.engine, added)


async def _check_new(engine: Engine, body: MovieBody, profile_id: int) -> None:
    failures: list[Failure] = []
    if body.tmdb_id <= 0:
        failures.append(failure("tmdbId", "'Tmdb Id' must be greater than '0'.", body.tmdb_id))
    elif await engine.movies.by_tmdb(body.tmdb_id):
        message = "This movie has already been added"
        failures.append(failure("tmdbId", message, body.tmdb_id, code="MovieExistsValidator"))
    if not body.root_folder_path and not body.path:
        failures.append(failure("rootFolderPath", "Name a root folder or the movie's path."))
    if profile_id not in {profile.id for profile in await engine.profiles.all()}:
        failures.append(failure("qualityProfileId", "Quality profile does not exist", profile_id))
    if failures:
        raise NotAccepted(*failures)


def _availability(word: str | None) -> Availability | None:
    if not word:
        return None
    if word.lower() not in _AVAILABILITY:
        raise NotAccepted(failure("minimumAvailability", "Known are announced, inCinemas and released.", word))
    return _AVAILABILITY[word.lower()]


async def _update(call: Call[UpdateQuery, MovieBody]) -> MovieResource:
    body, movies = call.body, call.engine.movies
    id = call.id if "id" in call.path else body.id
    if id <= 0:
        raise Problem(Kind.BAD_INPUT, f"'{id}' is not a valid ID", field="id")
    movie = await movies.get(id)
    moved = bool(body.path) and PurePath(body.path or "") != PurePath(movie.folder)
    if moved and call.query.move_files:
        await call.engine.moving.move(id, body.path or "")  # the path changes once the files are there
        moved = False
    changes: dict[str, Any] = {
        "monitored": body.monitored,
        "profile_id": body.quality_profile_id or body.profile_id,
        "minimum_availability": _availability(body.minimum_availability),
        "tags": None if body.tags is None else tuple(body.tags),
        "folder": body.path if moved else None,
    }
    return await resource_of(call.engine, await movies.update(id, **changes))


async def _delete(call: Call[DeleteQuery, None]) -> Empty:
    await call.engine.movies.remove(call.id, delete_files=call.query.delete_files)
    return Empty()


ENDPOINTS = (
    Endpoint("GET", "/api/v3/movie", _list, list[MovieResource], MoviesQuery),
    Endpoint("POST", "/api/v3/movie", _add, MovieResource, body=MovieBody, status=201),
    Endpoint("POST", "/api/v3/movie/import", _import, list[MovieResource], body=list[MovieBody]),
    Endpoint("PUT", "/api/v3/movie", _update, MovieResource, UpdateQuery, MovieBody, status=202),
    Endpoint("GET", "/api/v3/movie/{id}", _get, MovieResource),
    Endpoint("PUT", "/api/v3/movie/{id}", _update, MovieResource, UpdateQuery, MovieBody, status=202),
    Endpoint("DELETE", "/api/v3/movie/{id}", _delete, Empty, DeleteQuery),
)
