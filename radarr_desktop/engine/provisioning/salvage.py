"""Go on reading after a mistake: what is wrong is left out, so that the rest can be checked as well."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from radarr_desktop.engine.provisioning.lines import Place

_NEEDED: dict[str | int, Any] = {"path": "?", "module": "?", "name": "?", "allowed": (), "tmdb_id": 2**31 - 1}
"""What stands in for a value that a table cannot be without."""


def is_within(place: Place, faults: Collection[Place]) -> bool:
    """Is it a part of what is known to be wrong?"""
    return any(place[:length] in faults for length in range(1, len(place) + 1))


def leave_out(values: dict[str, Any], places: Iterable[Place]) -> None:
    """Take these values away. The tables of a list keep their numbers: an empty one takes the place of no table."""
    last_first = sorted(places, key=lambda place: [(isinstance(step, int), step) for step in place], reverse=True)
    for place in last_first:  # numbers inside lists stay right
        parent, name = _parent(values, place), place[-1]
        if isinstance(parent, list) and isinstance(name, int):
            parent[name : name + 1] = [{}] if len(place) == 2 else []
        elif isinstance(parent, dict) and len(place) == 3 and isinstance(place[1], int) and name in _NEEDED:
            parent[name] = list(_NEEDED[name]) if name == "allowed" else _NEEDED[name]
        elif isinstance(parent, dict):
            parent.pop(name, None)


def _parent(values: Any, place: Place) -> Any:
    for step in place[:-1]:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):  # it was left out itself
            return None
    return values
