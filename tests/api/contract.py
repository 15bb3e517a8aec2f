"""Radarr's published contract as an oracle: does an answer fit the schema of its operation?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[3] / "shared" / "facts" / "radarr-v3-openapi.json"

_RANGES = {"int32": 2**31, "int64": 2**63}


class Contract:
    """The OpenAPI document, read for checking answers."""

    def __init__(self) -> None:
        document = json.loads(FILE.read_text(encoding="utf-8"))
        self._schemas: dict[str, Any] = document["components"]["schemas"]
        self.operations: dict[tuple[str, str], Any] = {
            (method.upper(), path.lower()): operation
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        }

    def faults(self, method: str, path: str, value: Any) -> list[str]:
        """What of an answer's body does not fit its operation; empty when all does."""
        schema = self._answer(method, path)
        return [] if schema is None else list(self._faults(value, schema, "$"))

    def properties(self, component: str) -> set[str]:
        """Names a component has."""
        return set(self._schemas[component].get("properties", ()))

    def _answer(self, method: str, path: str) -> Any:
        content = self.operations[method, path.lower()]["responses"]["200"].get("content", {})
        return content.get("application/json", {}).get("schema")

    def _faults(self, value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        if "$ref" in schema:
            schema = self._schemas[schema["$ref"].rpartition("/")[2]]
        if value is None:
            if not schema.get("nullable"):
                yield f"{place}: null"
            return
        if "enum" in schema and value not in schema["enum"]:
            yield f"{place}: {value!r} is not one of {schema['enum']}"
        check = getattr(self, f"_{schema.get('type', 'any')}")
        yield from check(value, schema, place)

    def _any(self, value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        yield from ()

    def _object(self, value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{place}: {value!r} is no object"
            return
        properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        for name, part in value.items():
            if name in properties:
                yield from self._faults(part, properties[name], f"{place}.{name}")
            elif more is False:
                yield f"{place}.{name}: the contract has no such property"
            elif isinstance(more, dict):
                yield from self._faults(part, more, f"{place}.{name}")
        for name, part in properties.items():
            if name not in value and self._must_be_there(name, part):
                yield f"{place}.{name}: missing, and clients with strict types want it"

    def _must_be_there(self, name: str, schema: dict[str, Any]) -> bool:
        """Radarr leaves out nulls and nested objects that it has not; numbers and flags are always there."""
        return schema.get("type") in ("integer", "number", "boolean") and not schema.get("nullable") and name != "id"

    def _array(self, value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{place}: {value!r} is no array"
            return
        for index, item in enumerate(value):
            yield from self._faults(item, schema["items"], f"{place}[{index}]")

    def _string(self, value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{place}: {value!r} is no string"
        elif schema.get("format") == "date-time":
            try:
                moment = datetime.fromisoformat(value)
            except ValueError:
                yield f"{place}: {value!r} is no moment"
                return
            if not value.endswith("Z") or moment.microsecond:
                yield f"{place}: {value!r} is not UTC in whole seconds"

    def _integer(self, value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        limit = _RANGES.get(schema.get("format", ""), 2**63)
        if not isinstance(value, int) or isinstance(value, bool) or not -limit <= value < limit:
            yield f"{place}: {value!r} is no {schema.get('format', 'integer')}"

    def _number(self, value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield f"{place}: {value!r} is no number"

    def _boolean(self, value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        if not isinstance(value, bool):
            yield f"{place}: {value!r} is no flag"
