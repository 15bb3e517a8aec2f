"""Our OpenAPI document, made from the route table when somebody asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import msgspec
from starlette.responses import Response

from radarr_desktop.api.answers import JSON, Failure, Fault
from radarr_desktop.api.endpoint import Call, Endpoint, Query

PATHS = ("/api/v3/openapi.json", "/docs/openapi.json")
_REFERENCE = "#/components/schemas/{name}"


def endpoints(described: Sequence[Endpoint]) -> tuple[Endpoint, ...]:
    """The lines of the table that answer the document over the others."""

    @cache
    def document(version: str) -> bytes:
        return msgspec.json.encode(describe(described, version))

    async def get(call: Call[Query, None]) -> Response:
        return Response(document(call.engine.version), media_type=JSON)

    return tuple(Endpoint("GET", path, get, None) for path in PATHS)


def describe(table: Iterable[Endpoint], version: str) -> dict[str, Any]:
    """The document as plain values."""
    table = list(table)
    types = {one.answer for one in table} | {one.body for one in table if one.body is not bytes} | {Fault, Failure}
    ordered = sorted((kind for kind in types if kind is not None), key=str)
    schemas, components = msgspec.json.schema_components(ordered, ref_template=_REFERENCE)
    by_type = dict(zip(ordered, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for one in table:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, by_type)
    return {
        "openapi": "3.1.0",
        "info": {"title": "radarr-desktop", "version": version, "license": {"name": "MIT"}},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "header": {"type": "apiKey", "name": "X-Api-Key", "in": "header"},
                "query": {"type": "apiKey", "name": "apikey", "in": "query"},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
        "security": [{"header": []}, {"query": []}, {"bearer": []}],
    }


def _operation(one: Endpoint, by_type: dict[Any, Any]) -> dict[str, Any]:
    content = {JSON: {"schema": by_type[one.answer]}} if one.answer is not None else {}
    operation: dict[str, Any] = {
        "tags": [one.path.removeprefix("/").split("/")[-1 if one.path.count("/") < 3 else 2]],
        "parameters": [*_path_parameters(one.path), *_query_parameters(one.query)],
        "responses": {str(one.status): {"description": "Done", "content": content}},
    }
    if one.body is bytes:
        operation["requestBody"] = {"content": {"application/octet-stream": {}}}
    elif one.body is not None:
        operation["requestBody"] = {"content": {JSON: {"schema": by_type[one.body]}}}
    if one.anonymous:
        operation["security"] = []
    return operation


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer" if name.lower().endswith("id") else "string"},
        }
        for name in re.findall(r"\{(\w+)\}", path)
    ]


def _query_parameters(shape: type[Query]) -> list[dict[str, Any]]:
    _, components = msgspec.json.schema_components([shape], ref_template=_REFERENCE)
    properties = components[shape.__name__].get("properties", {})
    return [{"name": name, "in": "query", "schema": schema} for name, schema in properties.items()]
