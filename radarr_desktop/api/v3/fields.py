"""Settings of plugins as the v3 API's field lists, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from radarr_desktop.api.answers import NotAccepted, failure, property_of
from radarr_desktop.api.endpoint import Answer, Body

if TYPE_CHECKING:
    from radarr_desktop.engine.plugins.forms import Field as PluginField

_TYPES = {"text": "textbox", "list": "tag"}


class SelectOption(Answer):
    value: int
    name: str
    order: int
    hint: str
    divider_after: bool


class Field(Answer, kw_only=True):
    order: int
    name: str
    label: str
    unit: str | None = None
    help_text: str | None = None
    value: Any = None
    type: str
    advanced: bool
    select_options: list[SelectOption] | None = None
    privacy: str
    is_float: bool


class FieldBody(Body):
    name: str = ""
    value: Any = None


def to_fields(fields: Sequence[PluginField], settings: Mapping[str, Any]) -> list[Field]:
    """One field for each setting; secrets come masked from the engine and have no default."""
    return [_field(place, one, settings.get(one.name, one.default)) for place, one in enumerate(fields)]


def _field(place: int, one: PluginField, value: Any) -> Field:
    options = None
    if one.type == "select":
        values = [choice for choice, _ in one.choices]
        value = values.index(value) if value in values else value
        options = [
            SelectOption(value=number, name=label, order=number, hint="", divider_after=False)
            for number, (_, label) in enumerate(one.choices)
        ]
    return Field(
        order=place,
        name=property_of(one.name),
        label=one.label,
        help_text=one.hint or None,
        value=value,
        type=_TYPES.get(one.type, one.type),
        advanced=one.advanced,
        select_options=options,
        privacy=("password" if one.type == "password" else "apiKey") if one.secret else "normal",
        is_float=one.type == "number" and isinstance(value, float),
    )


def from_fields(fields: Sequence[PluginField], given: Iterable[FieldBody]) -> dict[str, Any]:
    """The settings a client sent; names that the plugin does not know are left out."""
    known = {property_of(one.name).lower(): one for one in fields}
    settings: dict[str, Any] = {}
    for sent in given:
        one = known.get(sent.name.lower())
        if one is None or (sent.value is None and (one.required or one.default is not None)):
            continue  # nothing can only be set where nothing is what it is at first
        settings[one.name] = _choice(one, sent) if one.type == "select" and sent.value is not None else sent.value
    return settings


def _choice(one: PluginField, sent: FieldBody) -> Any:
    """A choice is sent by its number; its value is understood too."""
    values = [value for value, _ in one.choices]
    if isinstance(sent.value, int) and not isinstance(sent.value, bool) and 0 <= sent.value < len(values):
        return values[sent.value]
    if sent.value in values:
        return sent.value
    labels = ", ".join(f"{number} ({label})" for number, (_, label) in enumerate(one.choices))
    raise NotAccepted(failure(property_of(one.name), f"“{one.label}” can be {labels}.", sent.value))
