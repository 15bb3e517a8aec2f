"""/mediacover: posters and backdrops, in the one size we keep."""

from __future__ import annotations

import re

from starlette.responses import FileResponse

from radarr_desktop.api.endpoint import Call, Endpoint, Query
from radarr_desktop.domain.problem import Kind, Problem

_NAME = re.compile(r"(?P<kind>poster|fanart)(?:-\d{1,4})?\.(?:jpg|jpeg|png)")


async def _image(call: Call[Query, None]) -> FileResponse:
    name = _NAME.fullmatch(call.path["filename"])
    movie = await call.engine.movies.get(int(call.path["movieid"]))
    kind = "backdrop" if name and name["kind"] == "fanart" else "poster"
    path = await call.engine.images.of_movie(movie.id, kind) if name else None
    if path is None:
        raise Problem(Kind.NOT_FOUND, f"{movie.title} has no image “{call.path['filename'][:40]}”.")
    return FileResponse(path, headers={"Cache-Control": "private, max-age=86400"})


ENDPOINTS = (
    Endpoint("GET", "/api/v3/mediacover/{movieId}/{filename}", _image, None),
    Endpoint("GET", "/MediaCover/{movieId}/{filename}", _image, None),
)
