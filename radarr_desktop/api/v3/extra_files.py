"""/extrafile: the files beside a movie."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Id, Query
from radarr_desktop.domain.side_files import SideFile, SideKind

if TYPE_CHECKING:
    from radarr_desktop.domain.movie import Movie

_TYPES = {SideKind.SUBTITLE: "subtitle", SideKind.NFO: "metadata", SideKind.IMAGE: "metadata"}


class ExtraFileResource(Answer, kw_only=True):
    id: int
    movie_id: int
    movie_file_id: int | None
    relative_path: str
    extension: str
    language_tags: list[str]
    title: str | None = None
    type: str


class ExtrasQuery(Query):
    movie_id: Id = msgspec.field(default=0)


async def _list(call: Call[ExtrasQuery, None]) -> list[ExtraFileResource]:
    if not call.query.movie_id:
        return []
    movie = await call.engine.movies.get(call.query.movie_id)
    return [_resource(movie, side) for side in await call.engine.movies.side_files(movie.id)]


def _resource(movie: Movie, side: SideFile) -> ExtraFileResource:
    inside = side.path.removeprefix(f"{movie.folder}{os.sep}")
    file = next((slot.file for slot in movie.slots if slot.id == side.slot_id), None)
    return ExtraFileResource(
        id=side.id,
        movie_id=movie.id,
        movie_file_id=file.id if file else None,
        relative_path=inside if inside != side.path else PurePath(side.path).name,
        extension=PurePath(side.path).suffix,
        language_tags=list(side.tags),
        type=_TYPES.get(side.kind, "other"),
    )


ENDPOINTS = (Endpoint("GET", "/api/v3/extrafile", _list, list[ExtraFileResource], ExtrasQuery),)
