"""JSON documents bent in one place at a time."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**400,
    1.5e308,
    float("inf"),
    "",
    "9" * 400,
    "-3.5",
    "a\x00b\n\u202e\ud800<script>",
    "../../etc/passwd",
    "x" * 20_000,
    [],
    [[None]],
    {},
    {"id": {"id": []}},
)


def bent(document: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part of the document replaced by every hostile value, one at a time, with a word on where."""
    original = json.loads(document)
    for path in _paths(original):
        for value in VALUES:
            changed = _replaced(original, path, value)
            yield f"{'/'.join(map(str, path)) or 'all'} = {str(value)[:30]!r}", json.dumps(changed).encode()
        if path:
            yield f"{'/'.join(map(str, path))} left out", json.dumps(_replaced(original, path, _GONE)).encode()


_GONE = object()


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _paths(one, (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _paths(one, (*path, number))


def _replaced(original: Any, path: tuple[str | int, ...], value: Any) -> Any:
    if not path:
        return value
    document = copy.deepcopy(original)
    place = document
    for step in path[:-1]:
        place = place[step]
    if value is _GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document
