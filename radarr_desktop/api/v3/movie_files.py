"""/moviefile: the files of the library."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.v3.custom_formats import CustomFormatResource
from radarr_desktop.api.v3.indexer_flags import bits_of, flags_of
from radarr_desktop.api.v3.languages import Language, LanguageBody, language_of, languages_of, told_languages
from radarr_desktop.api.v3.matched_formats import Asked, Matched, matched
from radarr_desktop.api.v3.media_info import MediaInfoResource, media_info
from radarr_desktop.api.v3.shapes import QualityModel, QualityModelBody, moment, quality_model
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
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
    edition: str | None = None
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


class SaidBody(Body):
    """What is left out stays as it is."""

    quality: QualityModelBody | None = None
    languages: list[LanguageBody] | None = None
    edition: str | None = None
    release_group: str | None = None
    scene_name: str | None = None
    indexer_flags: int | None = None


class FileBody(SaidBody):
    id: Id = 0


class FilesBody(SaidBody):
    movie_file_ids: list[Id] = msgspec.field(default_factory=list)


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
        edition=(_parsed(file).edition if formats else " ".join(file.editions or ())) or None,
        languages=_languages(movie, file),
        quality=quality_model(file.quality, file.revision),
        custom_formats=formats.formats if formats else [],
        custom_format_score=formats.score if formats else 0,
        indexer_flags=bits_of(file.flags),
        media_info=media_info(movie, file) if formats else None,
        original_file_path=file.original_path or None,
        quality_cutoff_not_met=profile is not None and not profile.cutoff_met(file.quality),
    )


def _languages(movie: Movie, file: MovieFile) -> list[Language]:
    """Those it is said to be spoken in, or as far as its bytes tell; else the movie's own."""
    if file.languages is not None:
        return languages_of(file.languages, movie.info.original_language)
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
    return Asked(_parsed(file), file.release_size or file.size, file.flags, movie)


def _parsed(file: MovieFile) -> ParsedRelease:
    return file.as_told(parse_release(file.release_title or file.path.rpartition(os.sep)[2]))


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
    raise _unknown(id_)


def _unknown(id_: int) -> Problem:
    return Problem(Kind.NOT_FOUND, f"There is no movie file {id_}.")


async def _delete(call: Call[Query, None]) -> Empty:
    await call.engine.files.remove([call.id])
    return Empty()


async def _delete_many(call: Call[Query, FilesBody]) -> Empty:
    await call.engine.files.remove(_ids(call.body))
    return Empty()


async def _update(call: Call[Query, FileBody]) -> MovieFileResource:
    (changed,) = await _change(call.engine, {call.id: call.body})
    return changed


async def _edit(call: Call[Query, FilesBody]) -> list[MovieFileResource]:
    return await _change(call.engine, dict.fromkeys(_ids(call.body), call.body))


async def _update_many(call: Call[Query, list[FileBody]]) -> list[MovieFileResource]:
    if not call.body:
        raise NotAccepted(failure("id", "ids must be provided"))
    return await _change(call.engine, {body.id: body for body in call.body})


async def _change(engine: Engine, said: Mapping[int, SaidBody]) -> list[MovieFileResource]:
    shown = {file.id: file for file in await _files(engine, lambda file: file.id in said)}
    if missing := said.keys() - shown:
        raise _unknown(min(missing))
    for id_, body in said.items():
        flags = None if body.indexer_flags is None else flags_of(body.indexer_flags)
        told = _told(body, shown[id_])
        await engine.files.change(id_, told, release_title=body.scene_name, flags=flags)
    return await _files(engine, lambda file: file.id in said)


def _told(body: SaidBody, shown: MovieFileResource) -> Told:
    """What is said. Clients send all of a file back: what was only read from its name or bytes nobody said."""
    languages = told_languages(body.languages or ())
    if languages and set(languages) == {language.name for language in shown.languages}:
        languages = None
    edition = body.edition if body.edition != (shown.edition or "") else None
    return Told(
        quality_id=body.quality.quality.id if body.quality else None,
        version=body.quality.revision.version if body.quality else None,
        languages=languages,
        group=body.release_group,
        editions=None if edition is None else tuple(filter(None, [edition.strip()])),
    )


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
