"""/manualimport: files with suggestions, and what the user says of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query
from radarr_desktop.api.v3.custom_formats import CustomFormatResource
from radarr_desktop.api.v3.languages import Language, LanguageBody, languages_of, told_languages
from radarr_desktop.api.v3.matched_formats import Asked, Matched, matched
from radarr_desktop.api.v3.movie_shapes import MovieResource, movie_resource
from radarr_desktop.api.v3.shapes import QualityModel, QualityModelBody, quality_model
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.engine.imports.told import Told, Wish

if TYPE_CHECKING:
    from radarr_desktop.domain.movie import Movie
    from radarr_desktop.engine.engine import Engine
    from radarr_desktop.engine.imports.suggest import ManualFile


class Rejection(Answer):
    reason: str
    type: str


class ManualImportResource(Answer, kw_only=True):
    id: int
    path: str
    relative_path: str
    folder_name: str
    name: str
    size: int
    movie: MovieResource | None = None
    movie_file_id: int | None = None
    release_group: str | None = None
    quality: QualityModel
    languages: list[Language]
    quality_weight: int
    download_id: str | None = None
    custom_formats: list[CustomFormatResource]
    custom_format_score: int
    indexer_flags: int
    rejections: list[Rejection]


class ManualQuery(Query):
    folder: str = ""
    download_id: str = ""
    movie_id: Id = 0
    filter_existing_files: bool = True


class FileBody(Body):
    path: str
    movie_id: Id = 0
    quality: QualityModelBody | None = None
    languages: list[LanguageBody] | None = None
    release_group: str | None = None
    download_id: str | None = None

    async def wish(self, engine: Engine) -> Wish:
        """What it asks for."""
        if not PurePath(self.path).is_absolute():
            raise NotAccepted(failure("path", "Give the whole path, from the root on.", self.path))
        told = Told(
            quality_id=self.quality.quality.id if self.quality else None,
            version=self.quality.revision.version if self.quality else None,
            languages=told_languages(self.languages or ()),
            group=self.release_group or None,
        )
        grab_id = await engine.manual.grab_of(self.download_id) if self.download_id else 0
        return Wish(self.path, self.movie_id, told, grab_id)


async def _look(call: Call[ManualQuery, None]) -> list[ManualImportResource]:
    asked, manual = call.query, call.engine.manual
    if not (asked.folder or asked.download_id or asked.movie_id):
        raise NotAccepted(failure("folder", "Name a folder, a downloadId or a movieId."))
    grab_id = await manual.grab_of(asked.download_id) if asked.download_id else 0
    found = await manual.look(
        asked.folder, grab_id=grab_id, movie_id=asked.movie_id, only_new=asked.filter_existing_files
    )
    return await _resources(call.engine, found, asked.download_id)


async def _reconsider(call: Call[Query, list[FileBody]]) -> list[ManualImportResource]:
    wishes = [await each.wish(call.engine) for each in call.body]
    return await _resources(call.engine, await call.engine.manual.reconsider(wishes))


async def _resources(engine: Engine, files: Sequence[ManualFile], download_id: str = "") -> list[ManualImportResource]:
    movies = {id_: await engine.movies.get(id_) for id_ in {file.movie_id for file in files if file.movie_id}}
    asked = [Asked(_parsed(file), file.size, movie=movies.get(file.movie_id)) for file in files]
    formats = await matched(engine, asked)
    return [
        _resource(number, file, movies.get(file.movie_id), told, download_id)
        for number, (file, told) in enumerate(zip(files, formats, strict=True), start=1)
    ]


def _parsed(file: ManualFile) -> ParsedRelease:
    return ParsedRelease(
        name=PurePath(file.path).stem,
        quality=file.quality,
        source=file.quality.source,
        resolution=file.quality.resolution,
        modifier=file.quality.modifier,
        revision=file.revision,
        group=file.group,
        editions=file.editions,
        languages=file.languages,
    )


def _resource(
    number: int, file: ManualFile, movie: Movie | None, formats: Matched, download_id: str
) -> ManualImportResource:
    path = PurePath(file.path)
    return ManualImportResource(
        id=number,
        path=file.path,
        relative_path=file.name,
        folder_name=path.parent.name,
        name=path.stem,
        size=file.size,
        movie=movie_resource(movie, None, datetime.now(UTC).date()) if movie else None,
        movie_file_id=file.movie_file_id or None,
        release_group=file.group or None,
        quality=quality_model(file.quality, file.revision),
        languages=languages_of(file.languages, movie.info.original_language if movie else ""),
        quality_weight=file.quality.weight,
        download_id=download_id or None,
        custom_formats=formats.formats,
        custom_format_score=formats.score,
        indexer_flags=0,
        rejections=[Rejection(reason=reason, type="permanent") for reason in file.rejections],
    )


ENDPOINTS = (
    Endpoint("GET", "/api/v3/manualimport", _look, list[ManualImportResource], ManualQuery),
    Endpoint("POST", "/api/v3/manualimport", _reconsider, list[ManualImportResource], body=list[FileBody]),
)
