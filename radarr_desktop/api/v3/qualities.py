"""/qualitydefinition: the qualities and how large their files may be."""

from __future__ import annotations

from typing import Annotated

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query
from radarr_desktop.api.v3.shapes import QualityShape, quality_shape
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import QUALITIES
from radarr_desktop.domain.sizes import MOST_PER_MINUTE, QualityDefinition
from radarr_desktop.engine.engine import Engine

Size = Annotated[float, msgspec.Meta(ge=0, le=MOST_PER_MINUTE)]


class QualityDefinitionResource(Answer):
    id: int
    quality: QualityShape
    title: str
    weight: int
    min_size: float
    max_size: float | None = None
    preferred_size: float | None = None


class QualityDefinitionLimitsResource(Answer):
    min: int
    max: int


class QualityDefinitionBody(Body):
    id: Id = 0
    title: str | None = None
    min_size: Size | None = None
    max_size: Size | None = None
    preferred_size: Size | None = None


def _resource(definition: QualityDefinition) -> QualityDefinitionResource:
    return QualityDefinitionResource(
        id=QUALITIES.index(definition.quality) + 1,
        quality=quality_shape(definition.quality),
        title=definition.title,
        weight=definition.quality.weight,
        min_size=definition.min,
        max_size=definition.max,
        preferred_size=definition.preferred,
    )


def definition_of_body(body: QualityDefinitionBody, id: int, known: list[QualityDefinition]) -> QualityDefinition:
    """What a body makes of a definition; sizes it leaves out have no limit."""
    if not 1 <= id <= len(known):
        raise NotAccepted(failure("id", f"There is no quality definition {id}.", id))
    title = known[id - 1].title if body.title is None else body.title.strip()
    return QualityDefinition(
        known[id - 1].quality, title, body.min_size or 0.0, body.preferred_size, body.max_size or None
    )


async def _list(call: Call[Query, None]) -> list[QualityDefinitionResource]:
    return [_resource(definition) for definition in await call.engine.definitions.all()]


async def _get(call: Call[Query, None]) -> QualityDefinitionResource:
    return _resource(await _known(call.engine, call.id))


async def _limits(call: Call[Query, None]) -> QualityDefinitionLimitsResource:
    return QualityDefinitionLimitsResource(min=0, max=MOST_PER_MINUTE)


async def _update(call: Call[Query, QualityDefinitionBody]) -> QualityDefinitionResource:
    await _known(call.engine, call.id)
    wanted = definition_of_body(call.body, call.id, await call.engine.definitions.all())
    await call.engine.definitions.save([wanted])
    return _resource(wanted)


async def _update_all(call: Call[Query, list[QualityDefinitionBody]]) -> list[QualityDefinitionResource]:
    known = await call.engine.definitions.all()
    await call.engine.definitions.save([definition_of_body(body, body.id, known) for body in call.body])
    return await _list(Call(call.engine, call.shown, call.path, call.query, None))


async def _known(engine: Engine, id: int) -> QualityDefinition:
    known = await engine.definitions.all()
    if not 1 <= id <= len(known):
        raise Problem(Kind.NOT_FOUND, f"There is no quality definition {id}.")
    return known[id - 1]


_BODY = QualityDefinitionBody
_ALL = list[QualityDefinitionResource]
ENDPOINTS = (
    Endpoint("GET", "/api/v3/qualitydefinition", _list, _ALL),
    Endpoint("GET", "/api/v3/qualitydefinition/limits", _limits, QualityDefinitionLimitsResource),
    Endpoint("PUT", "/api/v3/qualitydefinition/update", _update_all, _ALL, body=list[_BODY], status=202),
    Endpoint("GET", "/api/v3/qualitydefinition/{id}", _get, QualityDefinitionResource),
    Endpoint("PUT", "/api/v3/qualitydefinition/{id}", _update, QualityDefinitionResource, body=_BODY, status=202),
)
