"""Reads query strings and bodies: hostile until they fit their types."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, get_origin

import msgspec
from starlette.requests import Request

from radarr_desktop.api.endpoint import Query

MAX_BODY = 10 * 1024 * 1024


class Unreadable(ValueError):
    """``place`` (query or body) does not fit; the message says where and why."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(reason)
        self.place = place


class TooLarge(ValueError):
    """The body is over the limit."""


def read_query(pairs: Sequence[tuple[str, str]], shape: type[Query]) -> Query:
    """The query string as its type. Names that the type does not know are ignored."""
    known = _names(shape)
    values: dict[str, Any] = {}
    for name, value in pairs:
        if value and (found := known.get(name.lower())):
            spelled, is_list = found
            if is_list:
                values.setdefault(spelled, []).append(value)
            else:
                values[spelled] = value
    try:
        return msgspec.convert(values, shape, strict=False)
    except (msgspec.ValidationError, ValueError) as reason:
        raise Unreadable("query", str(reason)) from reason


@cache
def _names(shape: type[Query]) -> dict[str, tuple[str, bool]]:
    fields = msgspec.structs.fields(shape)
    return {one.encode_name.lower(): (one.encode_name, get_origin(one.type) is list) for one in fields}


async def read_body(request: Request, shape: Any) -> Any:
    """The body as its type; an absent one counts as ``{}``."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > MAX_BODY:
        raise TooLarge
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MAX_BODY:
            raise TooLarge
    if shape is bytes:
        return bytes(data)
    try:
        return msgspec.json.decode(bytes(data) or b"{}", type=shape, strict=False)
    except RecursionError as reason:
        raise Unreadable("body", "It is nested too deeply.") from reason
    except (msgspec.DecodeError, UnicodeDecodeError) as reason:
        raise Unreadable("body", str(reason)) from reason
