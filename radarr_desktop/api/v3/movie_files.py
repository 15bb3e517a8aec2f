"""/moviefile: the files of the library."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Id, Query
from radarr_desktop.api.v3.languages import Language, language_of
from radarr_desktop.api.v3.shapes import QualityModel, moment, quality_model
from radarr_desktop.domain.problem import Kind, Problem

if TYPE_CHECKING:
    from radarr_desktop.domain.movie import Movie, MovieFile
    from radarr_desktop.domain.profiles import QualityProfile


class MovieFileResource(Answer, kw_only=True):
    id: int
    movie_id: int
    relative_path: str
    path: str
    size: int
    date_added: datetime
    scene_name: str | None = None
    release_group: str | None = None
    languages: list[Language]
    quality: QualityModel
    custom_formats: list[Answer]
    custom_format_score: int
    indexer_flags: int
    original_file_path: str | None = None
    quality_cutoff_not_met: bool


class FilesQuery(Query):
    movie_id: list[Id] = msgspec.field(default_factory=list)
    movie_file_ids: list[Id] = msgspec.field(default_factory=list)


def movie_file_resource(movie: Movie, file: MovieFile, profile: QualityProfile | None) -> MovieFileResource:
    """A file as the API has it."""
    inside = file.path.removeprefix(f"{movie.folder}{os.sep}")
    return MovieFileResource(
        id=file.id,
        movie_id=movie.id,
        relative_path=inside if inside != file.path else file.path.rpartition(os.sep)[2],
        path=file.path,
        size=file.size,
        date_added=moment(file.added),
        scene_name=file.release_title or None,
        release_group=file.group or None,
        languages=[language_of(movie.info.original_language)],
        quality=quality_model(file.quality, file.revision),
        custom_formats=[],
        custom_format_score=0,
        indexer_flags=0,
        original_file_path=file.original_path or None,
        quality_cutoff_not_met=profile is not None and not profile.cutoff_met(file.quality),
    )


async def _files(call: Call[Query, None]) -> list[MovieFileResource]:
    profiles = {profile.id: profile for profile in await call.engine.profiles.all()}
    movies = [movie for movie in await call.engine.movies.all() if movie.file]
    return [
        movie_file_resource(movie, movie.file, profiles.get(movie.slot.profile_id)) for movie in movies if movie.file
    ]


async def _list(call: Call[FilesQuery, None]) -> list[MovieFileResource]:
    wanted = call.query
    if not wanted.movie_id and not wanted.movie_file_ids:
        raise NotAccepted(failure("movieId", "Name movieId or movieFileIds."))
    files = await _files(call)
    return [file for file in files if file.movie_id in wanted.movie_id or file.id in wanted.movie_file_ids]


async def _get(call: Call[Query, None]) -> MovieFileResource:
    for file in await _files(call):
        if file.id == call.id:
            return file
    raise Problem(Kind.NOT_FOUND, f"There is no movie file {call.id}.")


ENDPOINTS = (
    Endpoint("GET", "/api/v3/moviefile", _list, list[MovieFileResource], FilesQuery),
    Endpoint("GET", "/api/v3/moviefile/{id}", _get, MovieFileResource),
)
