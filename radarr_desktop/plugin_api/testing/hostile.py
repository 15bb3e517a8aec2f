"""Documents bent in one place at a time."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

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


def bent_json(document: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part of the document replaced by every hostile value, one at a time, with a word on where."""
    original = json.loads(document)
    for path in _paths(original):
        for value in VALUES:
            changed = _replaced(original, path, value)
            yield f"{'/'.join(map(str, path)) or 'all'} = {str(value)[:30]!r}", json.dumps(changed).encode()
        if path:
            yield f"{'/'.join(map(str, path))} left out", json.dumps(_replaced(original, path, _GONE)).encode()


TEXTS = (
    *(value for value in VALUES if isinstance(value, str) and "\x00" not in value),
    "-1",
    "1.5e308",
    "9" * 19,
    "NaN",
    "a\u202e<script>",
    "https://[::1",
    "magnet:?xt=urn:btih:" + "ab" * 20,
)


def bent_xml(document: bytes) -> Iterator[tuple[str, bytes]]:
    """The same for XML: every text and attribute replaced, every element left out or doubled."""
    count = len(list(ElementTree.fromstring(document).iter()))
    for number in range(count):
        for change in _changes(list(ElementTree.fromstring(document).iter())[number]):
            root = ElementTree.fromstring(document)
            place = list(root.iter())[number]
            change.make(root, place)
            yield f"{place.tag} {number} {change.told}", ElementTree.tostring(root)


@dataclass(frozen=True, slots=True)
class _Change:
    told: str
    make: Callable[[ElementTree.Element, ElementTree.Element], object]


def _changes(place: ElementTree.Element) -> Iterator[_Change]:
    def text(value: str) -> _Change:
        return _Change(f"= {value[:30]!r}", lambda _, one: setattr(one, "text", value))

    def attribute(name: str, value: str) -> _Change:
        return _Change(f"{name} = {value[:30]!r}", lambda _, one: one.set(name, value))

    def attribute_gone(name: str) -> _Change:
        return _Change(f"{name} left out", lambda _, one: one.attrib.pop(name))

    if not len(place):
        yield from map(text, TEXTS)
    for name in tuple(place.attrib):
        yield from (attribute(name, value) for value in TEXTS)
        yield attribute_gone(name)
    yield _Change("left out", _leave_out)
    yield _Change("twice", lambda _, one: one.append(copy.deepcopy(one)))


def _leave_out(root: ElementTree.Element, place: ElementTree.Element) -> None:
    for parent in root.iter():
        if place in list(parent):
            parent.remove(place)


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


def renamed_json(document: bytes) -> bytes:
    """The document with other names for all fields inside of lists."""
    return json.dumps(_renamed(json.loads(document), within=False)).encode()


def _renamed(value: Any, *, within: bool) -> Any:
    if isinstance(value, list):
        return [_renamed(one, within=True) for one in value]
    if isinstance(value, dict):
        return {f"x_{key}" if within else key: _renamed(one, within=within) for key, one in value.items()}
    return value


def renamed_xml(document: bytes) -> bytes:
    """The document with other names for all parts of its items."""
    root = ElementTree.fromstring(document)
    for item in root.iter("item"):
        for part in item:
            part.tag = "x_" + part.tag.rpartition("}")[2]
    return ElementTree.tostring(root)
