"""Small shapes that many resources share."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import msgspec

from radarr_desktop.api.endpoint import Answer, Body
from radarr_desktop.domain import quality as domain

BEGINNING = datetime.min.replace(tzinfo=UTC)
"""What the v3 API says for a moment that never was."""


class RevisionShape(Answer):
    version: int
    real: int
    is_repack: bool


class QualityShape(Answer):
    id: int
    name: str
    source: str
    resolution: int
    modifier: str


class QualityModel(Answer):
    quality: QualityShape
    revision: RevisionShape


class QualityBody(Body):
    id: int = 0


class RevisionBody(Body):
    version: int = 1


class QualityModelBody(Body):
    quality: QualityBody = msgspec.field(default_factory=QualityBody)
    revision: RevisionBody = msgspec.field(default_factory=RevisionBody)


@cache
def quality_shape(quality: domain.Quality) -> QualityShape:
    """A quality as the API has it."""
    return QualityShape(
        id=quality.id,
        name=quality.name,
        source=quality.source.value,
        resolution=quality.resolution,
        modifier=quality.modifier.value,
    )


def quality_model(quality: domain.Quality, revision: domain.Revision) -> QualityModel:
    """A quality with its revision."""
    shape = RevisionShape(version=revision.version, real=revision.real, is_repack=False)
    return QualityModel(quality=quality_shape(quality), revision=shape)


def moment(at: datetime) -> datetime:
    """UTC and whole seconds: some clients parse nothing else."""
    return at.astimezone(UTC).replace(microsecond=0)


def midnight(day: date | None) -> datetime | None:
    """A day as the API has it."""
    return None if day is None else datetime.combine(day, time(), UTC)


def span(length: timedelta) -> str:
    """``hh:mm:ss``, with days before a dot when there are any."""
    seconds = max(0, int(length.total_seconds()))
    clock = f"{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{seconds // 86_400}.{clock}" if seconds >= 86_400 else clock
