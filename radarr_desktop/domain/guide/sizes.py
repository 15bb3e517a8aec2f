"""Sizes of qualities as TRaSH's guide has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from radarr_desktop.domain.guide.reading import GuideError, rows, table, text
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.domain.sizes import MOST_PER_MINUTE, QualityDefinition, usual_definition

NEARLY = MOST_PER_MINUTE - 1
"""What guides write for “as much as you like”: the most a preferred size can be there, below the largest limit."""


def read_sizes(body: Mapping[str, Any]) -> list[QualityDefinition]:
    """Definitions of the qualities it names; raises ``GuideError``."""
    return [_definition(table(row, "A size")) for row in rows(body, "qualities")]


def write_sizes(definitions: Iterable[QualityDefinition], name: str = "movie") -> dict[str, Any]:
    """As it would be read."""
    return {
        "type": name,
        "qualities": [
            {
                "quality": one.quality.name,
                "min": one.min,
                "preferred": NEARLY if one.preferred is None else one.preferred,
                "max": MOST_PER_MINUTE if one.max is None else one.max,
            }
            for one in definitions
        ],
    }


def _definition(row: Mapping[str, Any]) -> QualityDefinition:
    name = text(row, "quality")
    quality = BY_NAME.get(name.casefold())
    if quality is None:
        raise GuideError(f"“{name}” is no quality.")
    least, preferred, most = (_size(row, key) for key in ("min", "preferred", "max"))
    return QualityDefinition(
        quality,
        usual_definition(quality).title,
        least,
        None if preferred >= NEARLY else preferred,
        None if most >= MOST_PER_MINUTE else most,
    )


def _size(row: Mapping[str, Any], key: str) -> float:
    value = row.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_PER_MINUTE:
        raise GuideError(f"“{key}” of {row.get('quality')} is no size from 0 to {MOST_PER_MINUTE:,} MB per minute.")
    return value
