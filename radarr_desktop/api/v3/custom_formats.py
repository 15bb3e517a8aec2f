"""/customformat: named sets of conditions that releases match or not."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.v3.conditions import (
    CustomFormatSpecificationSchema,
    SpecificationBody,
    condition_of,
    condition_resource,
    schema,
)
from radarr_desktop.domain.custom_formats import CustomFormat, Specification


class CustomFormatResource(Answer, kw_only=True):
    id: int
    name: str
    include_custom_format_when_renaming: bool | None = None
    specifications: list[CustomFormatSpecificationSchema] | None = None


class CustomFormatBody(Body):
    id: Id = 0
    name: str | None = None
    include_custom_format_when_renaming: bool | None = None
    specifications: list[SpecificationBody] | None = None


class CustomFormatBulkBody(Body):
    ids: list[Id] = msgspec.field(default_factory=list)
    include_custom_format_when_renaming: bool | None = None


def format_resource(format: CustomFormat) -> CustomFormatResource:
    """A custom format with its conditions."""
    return CustomFormatResource(
        id=format.id,
        name=format.name,
        include_custom_format_when_renaming=format.in_rename,
        specifications=[condition_resource(one) for one in format.specifications],
    )


def format_name(format: CustomFormat) -> CustomFormatResource:
    """A custom format as releases and files name those they match: without its conditions."""
    return CustomFormatResource(id=format.id, name=format.name)


def format_of_body(body: CustomFormatBody, id: int, known: CustomFormat | None = None) -> CustomFormat:
    """The format of a body; what ``known`` has besides, and clients never see, stays."""
    specifications = tuple(condition_of(one) for one in body.specifications or ())
    if known is not None:
        specifications = tuple(_with_extra(one, known) for one in specifications)
    told = body.include_custom_format_when_renaming
    return CustomFormat(
        id,
        (body.name or "").strip(),
        specifications,
        told if told is not None else known is not None and known.in_rename,
        known.extra if known else {},
    )


def _with_extra(one: Specification, known: CustomFormat) -> Specification:
    same = next((old for old in known.specifications if (old.kind, old.name) == (one.kind, one.name)), None)
    return replace(one, extra=same.extra) if same else one


async def _list(call: Call[Query, None]) -> list[CustomFormatResource]:
    return [format_resource(format) for format in await call.engine.formats.all()]


async def _get(call: Call[Query, None]) -> CustomFormatResource:
    return format_resource(await call.engine.formats.get(call.id))


async def _schema(call: Call[Query, None]) -> list[CustomFormatSpecificationSchema]:
    return schema(one for format in await call.engine.formats.all() for one in format.specifications)


async def _add(call: Call[Query, CustomFormatBody]) -> CustomFormatResource:
    return format_resource(await call.engine.formats.add(format_of_body(call.body, 0)))


async def _update(call: Call[Query, CustomFormatBody]) -> CustomFormatResource:
    known = await call.engine.formats.get(call.id)
    return format_resource(await call.engine.formats.update(format_of_body(call.body, known.id, known)))


async def _remove(call: Call[Query, None]) -> Empty:
    await call.engine.formats.remove([call.id])
    return Empty()


async def _update_many(call: Call[Query, CustomFormatBulkBody]) -> list[CustomFormatResource]:
    ids, told = _ids(call.body), call.body.include_custom_format_when_renaming
    if told is None:
        return [format_resource(await call.engine.formats.get(id)) for id in ids]
    return [format_resource(one) for one in await call.engine.formats.rename_with(ids, in_rename=told)]


async def _remove_many(call: Call[Query, CustomFormatBulkBody]) -> Empty:
    await call.engine.formats.remove(_ids(call.body))
    return Empty()


def _ids(body: CustomFormatBulkBody) -> list[int]:
    if not body.ids:
        raise NotAccepted(failure("ids", "ids must be provided"))
    return list(dict.fromkeys(body.ids))


_BODY = CustomFormatBody
ENDPOINTS = (
    Endpoint("GET", "/api/v3/customformat", _list, list[CustomFormatResource]),
    Endpoint("POST", "/api/v3/customformat", _add, CustomFormatResource, body=_BODY, status=201),
    Endpoint("GET", "/api/v3/customformat/schema", _schema, list[CustomFormatSpecificationSchema]),
    Endpoint(
        "PUT", "/api/v3/customformat/bulk", _update_many, list[CustomFormatResource], Query, CustomFormatBulkBody, 202
    ),
    Endpoint("DELETE", "/api/v3/customformat/bulk", _remove_many, Empty, Query, CustomFormatBulkBody),
    Endpoint("GET", "/api/v3/customformat/{id}", _get, CustomFormatResource),
    Endpoint("PUT", "/api/v3/customformat/{id}", _update, CustomFormatResource, body=_BODY, status=202),
    Endpoint("DELETE", "/api/v3/customformat/{id}", _remove),
)
