"""One custom format as Radarr exports it, or as TRaSH's guide has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from radarr_desktop.domain.custom_formats import CustomFormat, Specification
from radarr_desktop.domain.guide.reading import GuideError, rest, rows, switch, table, text

MOST = 1000
"""Conditions of a format."""
_KNOWN = frozenset({"id", "name", "includeCustomFormatWhenRenaming", "specifications"})
_CONDITION = frozenset({"name", "implementation", "negate", "required", "fields"})
_LISTED = "listed fields"
"""Marks conditions whose fields were a list, as in the v3 API; kept as they were."""


def read_format(body: Mapping[str, Any]) -> CustomFormat:
    """A custom format without an id of ours; raises ``GuideError``."""
    specifications = rows(body, "specifications")
    if len(specifications) > MOST:
        raise GuideError(f"It has {len(specifications):,} conditions, {MOST:,} are the most.")
    return CustomFormat(
        0,
        text(body, "name"),
        tuple(_specification(table(one, "A condition")) for one in specifications),
        switch(body, "includeCustomFormatWhenRenaming"),
        rest(body, _KNOWN),
    )


def _specification(body: Mapping[str, Any]) -> Specification:
    fields = body.get("fields", {})
    extra = rest(body, _CONDITION)
    if isinstance(fields, list):
        extra[_LISTED] = fields
        named = {text(table(one, "A field"), "name"): one.get("value") for one in fields}
        if len(named) < len(fields):
            raise GuideError("A field is there twice: which value counts cannot be told.")
        fields = named
    return Specification(
        text(body, "implementation"),
        text(body, "name", ""),
        dict(table(fields, "“fields”")),
        switch(body, "negate"),
        switch(body, "required"),
        extra,
    )


def write_format(format: CustomFormat) -> dict[str, Any]:
    """As it would be read; Radarr imports it, and what a guide said besides is in it again."""
    return {
        **format.extra,
        "name": format.name,
        "includeCustomFormatWhenRenaming": format.in_rename,
        "specifications": [_written(one) for one in format.specifications],
    }


def _written(specification: Specification) -> dict[str, Any]:
    extra = dict(specification.extra)
    listed = extra.pop(_LISTED, None)
    return {
        **extra,
        "name": specification.name,
        "implementation": specification.kind,
        "negate": specification.negate,
        "required": specification.required,
        "fields": dict(specification.fields) if listed is None else _relisted(listed, specification.fields),
    }


def _relisted(listed: list[Any], fields: Mapping[str, Any]) -> list[Any]:
    """The list as it was, with the values of now."""
    kept = []
    for one in listed:
        value = fields.get(one["name"])
        if value is not None or "value" in one:
            kept.append({**one, "value": value})
        else:
            kept.append(one)
    names = {one["name"] for one in listed}
    return [*kept, *({"name": name, "value": value} for name, value in fields.items() if name not in names)]
