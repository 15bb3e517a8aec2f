"""How large a file of a quality may be. Apart from the qualities, which the parser imports: it has no use for these."""

from __future__ import annotations

from dataclasses import dataclass

from radarr_desktop.domain.quality import Quality

MOST_PER_MINUTE = 2000
"""MB; the largest limit there can be."""


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """How large a file may be: MB for each minute of the movie, and an absolute cap."""

    least: float = 0.0
    preferred: float | None = None
    most: float | None = None
    """None: no limit."""
    cap: int | None = None
    """Bytes; None: no cap."""


@dataclass(frozen=True, slots=True)
class QualityDefinition:
    """What the user made of a quality: its title and its usual sizes in MB per minute."""

    quality: Quality
    title: str
    min: float = 0.0
    preferred: float | None = None
    max: float | None = None

    @property
    def limits(self) -> SizeLimits:
        """Its sizes."""
        return SizeLimits(self.min, self.preferred, self.max)


def usual_definition(quality: Quality) -> QualityDefinition:
    """A quality's title and sizes before anybody changed them."""
    return QualityDefinition(quality, quality.name, quality.min_size, quality.preferred_size, quality.max_size)
