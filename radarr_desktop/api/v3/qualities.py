"""/qualitydefinition: the qualities and how large their files may be."""

from __future__ import annotations

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query
from radarr_desktop.api.v3.shapes import QualityShape, quality_shape
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import QUALITIES


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


def _definitions() -> list[QualityDefinitionResource]:
    return [
        QualityDefinitionResource(
            id=number,
            quality=quality_shape(quality),
            title=quality.name,
            weight=quality.weight,
            min_size=quality.min_size,
            max_size=quality.max_size,
            preferred_size=quality.preferred_size,
        )
        for number, quality in enumerate(QUALITIES, 1)
    ]


async def _list(call: Call[Query, None]) -> list[QualityDefinitionResource]:
    return _definitions()


async def _get(call: Call[Query, None]) -> QualityDefinitionResource:
    if not 1 <= call.id <= len(QUALITIES):
        raise Problem(Kind.NOT_FOUND, f"There is no quality definition {call.id}.")
    return _definitions()[call.id - 1]


async def _limits(call: Call[Query, None]) -> QualityDefinitionLimitsResource:
    return QualityDefinitionLimitsResource(min=0, max=2000)


ENDPOINTS = (
    Endpoint("GET", "/api/v3/qualitydefinition", _list, list[QualityDefinitionResource]),
    Endpoint("GET", "/api/v3/qualitydefinition/limits", _limits, QualityDefinitionLimitsResource),
    Endpoint("GET", "/api/v3/qualitydefinition/{id}", _get, QualityDefinitionResource),
)
