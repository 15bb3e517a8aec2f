"""Conditions of custom formats as the v3 API's field lists, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from radarr_desktop.api.endpoint import Answer, Body
from radarr_desktop.api.v3.fields import Field, FieldBody, SelectOption
from radarr_desktop.api.v3.indexer_flags import FLAGS
from radarr_desktop.domain import languages
from radarr_desktop.domain.custom_formats import Kind, Specification
from radarr_desktop.domain.custom_formats.conditions import LABELS, MODIFIERS, RESOLUTIONS, SOURCES

INFO = "https://wiki.servarr.com/radarr/settings#custom-formats-2"


class CustomFormatSpecificationSchema(Answer, kw_only=True):
    name: str
    implementation: str
    implementation_name: str
    info_link: str
    negate: bool
    required: bool
    fields: list[Field]
    presets: list[CustomFormatSpecificationSchema] | None = None


class SpecificationBody(Body):
    name: str | None = None
    implementation: str | None = None
    negate: bool = False
    required: bool = False
    fields: list[FieldBody] | None = None


@dataclass(frozen=True, slots=True)
class _Shape:
    """One field of a kind of condition."""

    name: str
    label: str
    type: str
    help: str = ""
    options: tuple[tuple[int, str], ...] = ()
    unit: str = ""
    default: Any = None


_PATTERN = _Shape("value", "Regular expression", "textbox", "Upper and lower case are the same.")
_LANGUAGES = tuple(
    (one.id, one.name) for one in (languages.ANY, languages.ORIGINAL, languages.UNKNOWN, *languages.LANGUAGES)
)
_SHAPES: dict[str, tuple[_Shape, ...]] = {
    Kind.TITLE: (_PATTERN,),
    Kind.EDITION: (_PATTERN,),
    Kind.GROUP: (_PATTERN,),
    Kind.LANGUAGE: (
        _Shape("value", "Language", "select", options=_LANGUAGES, default=languages.ORIGINAL.id),
        _Shape(
            "exceptLanguage", "Any other language", "checkbox", "Holds for every language but this one.", default=False
        ),
    ),
    Kind.FLAG: (_Shape("value", "Flag", "select", options=FLAGS, default=FLAGS[0][0]),),
    Kind.SOURCE: (_Shape("value", "Source", "select", options=tuple(enumerate(SOURCES)), default=0),),
    Kind.RESOLUTION: (
        _Shape("value", "Resolution", "select", options=tuple((one, f"R{one}p") for one in RESOLUTIONS), default=0),
    ),
    Kind.MODIFIER: (_Shape("value", "Quality modifier", "select", options=tuple(enumerate(MODIFIERS)), default=0),),
    Kind.SIZE: (
        _Shape("min", "Smallest size", "number", "It must be larger than this.", unit="GB", default=0.0),
        _Shape("max", "Largest size", "number", "It may be as large as this.", unit="GB", default=5.0),
    ),
    Kind.YEAR: (
        _Shape("min", "First year", "number", default=1900),
        _Shape("max", "Last year", "number", default=2100),
    ),
}


def condition_resource(specification: Specification) -> CustomFormatSpecificationSchema:
    """A condition; fields of a kind that is not known here are texts."""
    kind = specification.kind
    shapes = _SHAPES.get(kind) or tuple(_Shape(name, name, "textbox") for name in specification.fields)
    return CustomFormatSpecificationSchema(
        name=specification.name,
        implementation=kind,
        implementation_name=LABELS[Kind(kind)].name if kind in _SHAPES else kind,
        info_link=INFO,
        negate=specification.negate,
        required=specification.required,
        fields=[_field(place, shape, specification.fields) for place, shape in enumerate(shapes)],
    )


def condition_of(body: SpecificationBody) -> Specification:
    """The condition of a body; numbers that came as texts are numbers again."""
    kind = body.implementation or ""
    shapes = {shape.name.lower(): shape for shape in _SHAPES.get(kind, ())}
    fields: dict[str, Any] = {}
    for sent in body.fields or ():
        shape = shapes.get(sent.name.lower())
        if sent.value is not None:
            fields[shape.name if shape else sent.name] = _value(shape, sent.value)
    return Specification(kind, (body.name or "").strip(), fields, body.negate, body.required)


def schema(existing: Iterable[Specification]) -> list[CustomFormatSpecificationSchema]:
    """An empty condition of each kind, with examples: some usual ones, and all there are already."""
    examples = [*_EXAMPLES, *existing]
    made = []
    for kind in Kind:
        empty = condition_resource(Specification(kind, ""))
        empty.presets = [condition_resource(one) for one in examples if one.kind == kind]
        made.append(empty)
    return made


def _field(place: int, shape: _Shape, fields: Mapping[str, Any]) -> Field:
    return Field(
        order=place,
        name=shape.name,
        label=shape.label,
        unit=shape.unit or None,
        help_text=shape.help or None,
        value=fields.get(shape.name, shape.default),
        type=shape.type,
        advanced=False,
        select_options=_options(shape) or None,
        privacy="normal",
        is_float=shape.unit == "GB",
    )


@cache
def _options(shape: _Shape) -> list[SelectOption]:
    """Made once: a guide has hundreds of conditions."""
    return [
        SelectOption(value=value, name=str(name), order=number, hint="", divider_after=False)
        for number, (value, name) in enumerate(shape.options)
    ]


def _value(shape: _Shape | None, value: Any) -> Any:
    if shape is None or shape.type not in ("select", "number") or not isinstance(value, str):
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return int(number) if number.is_integer() else number


def _example(name: str, pattern: str) -> Specification:
    return Specification(Kind.TITLE, name, {"value": pattern})


_EXAMPLES = (
    _example("x264", r"\b[xh][ ._-]?264\b"),
    _example("x265", r"\b[xh][ ._-]?265\b|\bHEVC\b"),
    _example("Subtitles in the picture", r"\b(HC|[a-z]+subs?)\b"),
    _example("Surround sound", r"(?<!\d)[5-9][ .][01](?!\d)"),
    _example("Preferred words", r"\b(first|second)\b"),
)
