"""A plugin's settings as a form: one declaration, read for validation, window and REST schema."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.plugins.complaints import sentence
from radarr_desktop.plugin_api import Plugin, Settings

MASK = "********"
"""Stands for a secret that is set; sent back, it means "as it was"."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    name: str
    label: str
    hint: str
    type: str
    """``text``, ``password``, ``number``, ``checkbox``, ``select``, ``path``, ``url`` or ``list``."""
    default: Any
    """JSON-ready; None where the user must give a value."""
    required: bool
    secret: bool
    advanced: bool
    choices: tuple[tuple[Any, str], ...] = ()


def fields(cls: type[Plugin[Any]]) -> list[Field]:
    """The form of a plugin."""
    return [_field(name, info) for name, info in cls.settings_type().model_fields.items()]


def check(cls: type[Plugin[Any]]) -> None:
    """Raise what a plugin's author has to mend in the settings."""
    for field, info in zip(fields(cls), cls.settings_type().model_fields.values(), strict=True):
        if not field.secret and "Secret" in str(info.annotation):
            message = f"{cls.__name__}.{field.name} hides a secret where it cannot be kept: use SecretStr itself"
            raise TypeError(message)


def secret_names(cls: type[Plugin[Any]]) -> list[str]:
    """Settings whose values belong in the keyring."""
    return [field.name for field in fields(cls) if field.secret]


def validated(cls: type[Plugin[Any]], values: Mapping[str, Any]) -> Settings:
    """The values as the plugin's settings, or a ``Problem`` that names the first field to change."""
    try:
        settings: Settings = cls.settings_type().model_validate(dict(values))
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        label = next((field.label for field in fields(cls) if field.name == name), name) or "The settings"
        raise Problem(Kind.BAD_INPUT, f"{label}: {sentence(first)}", field=name) from None
    return settings


def plain(settings: Settings) -> dict[str, Any]:
    """The settings as JSON values; secrets are empty."""
    values = settings.model_dump(mode="json")
    return {name: "" if isinstance(getattr(settings, name), SecretStr) else value for name, value in values.items()}


def secret_values(settings: Settings) -> dict[str, str]:
    """The secrets among the settings."""
    found = {name: getattr(settings, name) for name in type(settings).model_fields}
    return {name: value.get_secret_value() for name, value in found.items() if isinstance(value, SecretStr)}


def _field(name: str, info: FieldInfo) -> Field:
    annotation = _without_none(info.annotation)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    default = info.get_default(call_default_factory=True)
    return Field(
        name=name,
        label=info.title or name.replace("_", " ").capitalize(),
        hint=info.description or "",
        type=str(extra.get("type", _type(name, annotation))),
        default=None if default is PydanticUndefined else _json(default),
        required=info.is_required() or bool(extra.get("required", False)),
        secret=annotation is SecretStr,
        advanced=bool(extra.get("advanced", False)),
        choices=_choices(annotation),
    )


def _type(name: str, annotation: Any) -> str:
    if annotation is SecretStr:
        return "password"
    if annotation is bool:
        return "checkbox"
    if annotation in (int, float):
        return "number"
    if annotation is Path:
        return "path"
    if get_origin(annotation) in (list, tuple, set, frozenset):
        return "list"
    if _choices(annotation):
        return "select"
    return "url" if name == "base_url" or name.endswith("_url") else "text"


def _choices(annotation: Any) -> tuple[tuple[Any, str], ...]:
    if get_origin(annotation) in (list, tuple, set, frozenset):
        arguments = [argument for argument in get_args(annotation) if argument is not Ellipsis]
        return _choices(arguments[0]) if arguments else ()
    if get_origin(annotation) is Literal:
        return tuple((value, str(value)) for value in get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple((member.value, member.name.replace("_", " ").capitalize()) for member in annotation)
    return ()


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [argument for argument in get_args(annotation) if argument is not type(None)]
        return rest[0] if len(rest) == 1 else annotation
    return annotation


def _json(value: Any) -> Any:
    if isinstance(value, SecretStr):
        return ""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple | set | frozenset):
        return [_json(item) for item in value]
    return str(value) if isinstance(value, Path) else value
