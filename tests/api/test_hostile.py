"""No value in a body or query may bring a handler down: what is wrong is told, never a fault of the program."""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from radarr_desktop.api.endpoint import Endpoint
from radarr_desktop.api.table import ENDPOINTS
from tests.api.served import Served

VALUES: list[Any] = [
    None,
    True,
    -1,
    1.5,
    2**31,
    10**30,
    "",
    "x" * 5000,
    "\0",
    "../../../etc/passwd",
    "\u202e\U0001f4a9",
    [],
    [None],
    [-1, "x"],
    {},
    {"a": {"b": []}},
]
UNREACHABLE = 503


def test_bodies(served: Served) -> None:
    broken, asked = [], 0
    for one in ENDPOINTS:
        if one.body not in (None, bytes):
            for body in _bodies(one):
                path = one.path.replace("{id}", "1")
                answer = served.client.request(one.method, path, json=body)
                asked += 1
                if answer.status_code >= 500 and not _is_expected(one, answer.status_code):
                    broken.append(f"{one.method} {path} {str(body)[:80]}: {answer.text[:200]}")
    assert broken == []
    assert asked > 500


def _bodies(one: Endpoint) -> list[Any]:
    """Each field with each value; where a list is wanted, such ones in lists."""
    (shape,) = get_args(one.body) or (one.body,)
    names = [field.encode_name for field in msgspec.structs.fields(shape)]
    bodies = [{}, *({name: value} for name in names for value in VALUES)]
    return bodies if shape is one.body else [*bodies, *([body] for body in bodies)]


def _is_expected(one: Endpoint, status: int) -> bool:
    """Radarr answers 500 to a command it does not know; a service that does not answer is no fault of ours."""
    return one.path == "/api/v3/command" or status == UNREACHABLE


def test_queries(served: Served) -> None:
    broken, asked = [], 0
    for one in ENDPOINTS:
        if one.method == "GET" and "{" not in one.path:
            for field in msgspec.structs.fields(one.query):
                for value in VALUES:
                    answer = served.client.get(one.path, params={field.encode_name: str(value)})
                    asked += 1
                    if answer.status_code >= 500 and answer.status_code != UNREACHABLE:
                        broken.append(f"{one.path}?{field.encode_name}={str(value)[:80]}: {answer.text[:200]}")
    assert broken == []
    assert asked > 300
