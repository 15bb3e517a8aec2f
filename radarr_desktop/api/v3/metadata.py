"""/metadata: notes and pictures beside movies, as Radarr has them for Kodi and Emby."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Query
from radarr_desktop.api.v3.fields import Field, FieldBody
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.settings import SidecarSettings

_NAME, _IMPLEMENTATION = "Kodi (XBMC) / Emby", "XbmcMetadata"
_FIELDS = (
    ("movieMetadata", "nfo", "Movie metadata", "Writes what is known of a movie into an NFO file beside it."),
    ("useMovieNfo", "movie_nfo", "Use movie.nfo", "Off: the NFO file is called like the movie's file."),
    ("movieImages", "images", "Movie images", "Saves poster and backdrop beside the movie."),
)


class MetadataResource(Answer, kw_only=True):
    id: int
    name: str
    enable: bool
    fields: list[Field]
    implementation: str
    implementation_name: str
    config_contract: str
    info_link: str
    tags: list[int]


class MetadataBody(Body):
    enable: bool | None = None
    fields: list[FieldBody] = msgspec.field(default_factory=list)


def _resource(settings: SidecarSettings, id: int = 1) -> MetadataResource:
    return MetadataResource(
        id=id,
        name=_NAME,
        enable=settings.any,
        fields=[
            Field(
                order=place,
                name=name,
                label=label,
                help_text=help_text,
                value=getattr(settings, own),
                type="checkbox",
                advanced=False,
                privacy="normal",
                is_float=False,
            )
            for place, (name, own, label, help_text) in enumerate(_FIELDS)
        ],
        implementation=_IMPLEMENTATION,
        implementation_name=_NAME,
        config_contract=f"{_IMPLEMENTATION}Settings",
        info_link="",
        tags=[],
    )


async def _list(call: Call[Query, None]) -> list[MetadataResource]:
    return [_resource(await call.engine.settings.sidecars())]


async def _schema(call: Call[Query, None]) -> list[MetadataResource]:
    return [_resource(SidecarSettings(nfo=True, images=True), 0)]


async def _get(call: Call[Query, Any]) -> MetadataResource:
    if call.id != 1:
        raise Problem(Kind.NOT_FOUND, f"There is no metadata consumer {call.id}.")
    return _resource(await call.engine.settings.sidecars())


async def _save(call: Call[Query, MetadataBody]) -> MetadataResource:
    """What the body does not name stays; switched on without a word it writes both."""
    before = (await _get(call)).enable
    now = await call.engine.settings.sidecars()
    own = {name: mine for name, mine, _, _ in _FIELDS}
    told = {own[one.name]: bool(one.value) for one in call.body.fields if one.name in own}
    settings = replace(now, **told)
    if call.body.enable is False:
        settings = SidecarSettings(movie_nfo=settings.movie_nfo)
    elif call.body.enable and not settings.any and not before:
        settings = SidecarSettings(nfo=True, movie_nfo=settings.movie_nfo, images=True)
    await call.engine.sidecars.save(settings)
    return _resource(settings)


async def _test(call: Call[Query, MetadataBody]) -> Empty:
    return Empty()


ENDPOINTS = (
    Endpoint("GET", "/api/v3/metadata", _list, list[MetadataResource]),
    Endpoint("GET", "/api/v3/metadata/schema", _schema, list[MetadataResource]),
    Endpoint("POST", "/api/v3/metadata/test", _test, body=MetadataBody),
    Endpoint("GET", "/api/v3/metadata/{id}", _get, MetadataResource),
    Endpoint("PUT", "/api/v3/metadata/{id}", _save, MetadataResource, body=MetadataBody, status=202),
)
