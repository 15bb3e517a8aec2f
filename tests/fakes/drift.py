"""Answers of other days: a field that is left out, empty or of another type in every row, or one that nobody knows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

UNKNOWN = "x_new"


def drifted(body: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Each field of the rows, what became of it, and the whole answer."""
    bend, fields = (_bent_xml, _xml_fields) if body.lstrip()[:1] == b"<" else (_bent_json, _json_fields)
    for field in sorted(fields(body)):
        for told, change in _CHANGES.items():
            yield field, told, bend(body, field, change)
    yield UNKNOWN, "added", bend(body, UNKNOWN, lambda _: {"deep": [1]})


def all_of_another_type(body: bytes) -> bytes:
    """Every field of the rows at once."""
    bend, fields = (_bent_xml, _xml_fields) if body.lstrip()[:1] == b"<" else (_bent_json, _json_fields)
    for field in sorted(fields(body)):
        body = bend(body, field, _CHANGES["another type"])
    return body


_GONE = object()
_CHANGES: dict[str, Callable[[object], object]] = {
    "left out": lambda _: _GONE,
    "null": lambda _: None,
    "another type": lambda value: 7 if isinstance(value, str) else "many",
}


def _json_fields(body: bytes) -> set[str]:
    return {name for part in _parts(json.loads(body)) for name in part}


def _bent_json(body: bytes, field: str, change: Callable[[object], object]) -> bytes:
    document = json.loads(body)
    for part in list(_parts(document)):
        if field in part or field == UNKNOWN:
            part[field] = change(part.get(field))
            if part[field] is _GONE:
                del part[field]
    return json.dumps(document).encode()


def _parts(document: Any, *, within: bool = False) -> Iterator[dict[str, Any]]:
    """The objects that lie in lists, and those in them."""
    if isinstance(document, dict) and within:
        yield document
    for one in document.values() if isinstance(document, dict) else document if isinstance(document, list) else ():
        yield from _parts(one, within=within or isinstance(document, list))


def _xml_fields(body: bytes) -> set[str]:
    return {_name(part) for item in ElementTree.fromstring(body).iter("item") for part in item}


def _bent_xml(body: bytes, field: str, change: Callable[[object], object]) -> bytes:
    root = ElementTree.fromstring(body)
    for item in root.iter("item"):
        if field == UNKNOWN:
            ElementTree.SubElement(item, UNKNOWN, {"deep": "1"}).text = "1"
        for part in [one for one in item if _name(one) == field]:
            value = change(None)
            if value is _GONE:
                item.remove(part)
            elif "value" in part.attrib:
                part.set("value", str(value or ""))
            else:
                part.text = str(value or "")
                part.attrib.clear()
    return ElementTree.tostring(root)


def _name(part: ElementTree.Element) -> str:
    """An attribute goes by the name that it tells, all else by its tag."""
    return part.get("name") or part.tag.rpartition("}")[2]
