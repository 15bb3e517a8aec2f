"""/api/v4/import: put a file or folder that is already on disk into the library."""

from __future__ import annotations

from pathlib import PurePath

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query


class ImportBody(Body):
    path: str
    movie_id: Id


class ImportedAnswer(Answer):
    id: int
    movie_id: int
    path: str
    size: int
    quality: str


async def _import(call: Call[Query, ImportBody]) -> ImportedAnswer:
    if not PurePath(call.body.path).is_absolute():
        raise NotAccepted(failure("path", "Give the whole path, from the root on.", call.body.path))
    file = await call.engine.imports.file(call.body.path, call.body.movie_id)
    return ImportedAnswer(id=file.id, movie_id=file.movie_id, path=file.path, size=file.size, quality=file.quality.name)


ENDPOINTS = (Endpoint("POST", "/api/v4/import", _import, ImportedAnswer, body=ImportBody),)
