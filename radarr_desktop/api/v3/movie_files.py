"""/moviefile: the files of the library."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.v3.custom_formats import CustomFormatResource
from radarr_desktop.api.v3.languages import Language, language_of
from radarr_desktop.api.v3.matched_formats import Asked, Matched, matched
from radarr_desktop.api.v3.media_info import MediaInfoResource, media_info
from radarr_desktop.api.v3.shapes import QualityModel, QualityModelBody, moment, quality_model
from radarr_desktop.domain.custom_formats import FLAG_BITS
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.imports.told import Told

if TYPE_CHECKING:
    from radarr_desktop.domain.movie import Movie, MovieFile
    from radarr_desktop.domain.profiles import QualityProfile
    from radarr_desktop.engine.engine import Engine


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
    custom_formats: list[CustomFormatResource]
    custom_format_score: int
    indexer_flags: int
    media_info: MediaInfoResource | None = None
    original_file_path: str | None = None
    quality_cutoff_not_met: bool


class FilesQuery(Query):
    movie_id: list[Id] = msgspec.field(default_factory=list)
    movie_file_ids: list[Id] = msgspec.field(default_factory=list)


class FileBody(Body):
    id: Id = 0
    quality: QualityModelBody | None = None
    release_group: str | None = None
    scene_name: str | None = None


class FilesBody(Body):
    movie_file_ids: list[Id] = msgspec.field(default_factory=list)
    quality: QualityModelBody | None = None
    release_group: str | None = None
    scene_name: str | None = None


def movie_file_resource(
    movie: Movie, file: MovieFile, profile: QualityProfile | None, formats: Matched | None = None
) -> MovieFileResource:
    """A file as the API has it; without ``formats``, where thousands are shown at once, in short."""
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
        languages=_languages(movie, file),
        quality=quality_model(file.quality, file.revision),
        custom_formats=formats.formats if formats else [],
        custom_format_score=formats.score if formats else 0,
        indexer_flags=sum(FLAG_BITS.get(flag, 0) for flag in file.flags),
        media_info=media_info(movie, file) if formats else None,
        original_file_path=file.original_path or None,
        quality_cutoff_not_met=profile is not None and not profile.cutoff_met(file.quality),
    )


def _languages(movie: Movie, file: MovieFile) -> list[Language]:
    """Those it is spoken in, as far as its bytes tell; else the movie's own."""
    tracks = file.media.audio if file.media else ()
    codes = dict.fromkeys(track.language for track in tracks if track.language and not track.is_commentary)
    return [language_of(code) for code in codes] or [language_of(movie.info.original_language)]


async def file_resources(engine: Engine, found: Sequence[tuple[Movie, MovieFile]]) -> list[MovieFileResource]:
    """Files with the custom formats they match."""
    profiles = {profile.id: profile for profile in await engine.profiles.all()}
    formats = await matched(engine, [_asked(movie, file) for movie, file in found])
    return [
        movie_file_resource(movie, file, profiles.get(movie.slot.profile_id), told)
        for (movie, file), told in zip(found, formats, strict=True)
    ]


async def _files(engine: Engine, wanted: Callable[[MovieFile], bool]) -> list[MovieFileResource]:
    movies = await engine.movies.all()
    return await file_resources(engine, [(one, one.file) for one in movies if one.file and wanted(one.file)])


def _asked(movie: Movie, file: MovieFile) -> Asked:
    """As the release it was."""
    name = file.release_title or file.path.rpartition(os.sep)[2]
    return Asked(parse_release(name), file.release_size or file.size, file.flags, movie)


async def _list(call: Call[FilesQuery, None]) -> list[MovieFileResource]:
    asked = call.query
    if not asked.movie_id and not asked.movie_file_ids:
        raise NotAccepted(failure("movieId", "Name movieId or movieFileIds."))
    return await _files(call.engine, lambda file: file.movie_id in asked.movie_id or file.id in asked.movie_file_ids)


async def _get(call: Call[Query, None]) -> MovieFileResource:
    return await _one(call.engine, call.id)


async def _one(engine: Engine, id_: int) -> MovieFileResource:
    for file in await _files(engine, lambda file: file.id == id_):
        return file
    raise Problem(Kind.NOT_FOUND, f"There is no movie file {id_}.")


async def _delete(call: Call[Query, None]) -> Empty:
    await call.engine.files.remove([call.id])
    return Empty()


async def _delete_many(call: Call[Query, FilesBody]) -> Empty:
    await call.engine.files.remove(_ids(call.body))
    return Empty()


async def _update(call: Call[Query, FileBody]) -> MovieFileResource:
    await _change(call.engine, call.id, call.body)
    return await _one(call.engine, call.id)


async def _edit(call: Call[Query, FilesBody]) -> list[MovieFileResource]:
    ids = _ids(call.body)
    for id_ in ids:
        await _change(call.engine, id_, call.body)
    return await _files(call.engine, lambda file: file.id in ids)


async def _update_many(call: Call[Query, list[FileBody]]) -> list[MovieFileResource]:
    ids = [body.id for body in call.body]
    if not ids:
        raise NotAccepted(failure("id", "ids must be provided"))
    for body in call.body:
        await _change(call.engine, body.id, body)
    return await _files(call.engine, lambda file: file.id in ids)


async def _change(engine: Engine, id_: int, body: FileBody | FilesBody) -> None:
    told = Told(
        quality_id=body.quality.quality.id if body.quality else None,
        version=body.quality.revision.version if body.quality else None,
        group=body.release_group,
    )
    await engine.files.change(id_, told, release_title=body.scene_name)


def _ids(body: FilesBody) -> list[int]:
    if not body.movie_file_ids:
        raise NotAccepted(failure("movieFileIds", "ids must be provided"))
    return body.movie_file_ids


ENDPOINTS = (
    Endpoint("GET", "/api/v3/moviefile", _list, list[MovieFileResource], FilesQuery),
    Endpoint("PUT", "/api/v3/moviefile/editor", _edit, list[MovieFileResource], body=FilesBody, status=202),
    Endpoint("PUT", "/api/v3/moviefile/bulk", _update_many, list[MovieFileResource], body=list[FileBody], status=202),
    Endpoint("DELETE", "/api/v3/moviefile/bulk", _delete_many, body=FilesBody),
    Endpoint("GET", "/api/v3/moviefile/{id}", _get, MovieFileResource),
    Endpoint("PUT", "/api/v3/moviefile/{id}", _update, MovieFileResource, body=FileBody, status=202),
    Endpoint("DELETE", "/api/v3/moviefile/{id}", _delete),
)
