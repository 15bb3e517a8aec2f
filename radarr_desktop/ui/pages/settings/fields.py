"""Fields of sections that are forms: what `FormShelf` shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from radarr_desktop.engine.plugins.forms import Field

Choices = Sequence[tuple[Any, str]]


def check(name: str, label: str, hint: str = "") -> Field:
    """On or off."""
    return _field(name, label, hint, "checkbox", default=False)


def number(name: str, label: str, hint: str = "", default: float = 0) -> Field:
    """A number; one with a decimal point as its default may have decimals."""
    return _field(name, label, hint, "number", default)


def text(name: str, label: str, hint: str = "") -> Field:
    """A word."""
    return _field(name, label, hint, "text", "")


def line(name: str, label: str, hint: str = "") -> Field:
    """A text over both columns."""
    return _field(name, label, hint, "url", "")


def folder(name: str, label: str, hint: str = "") -> Field:
    """A folder of this machine."""
    return _field(name, label, hint, "path", "")


def choice(name: str, label: str, choices: Choices, hint: str = "") -> Field:
    """One of a few."""
    return _field(name, label, hint, "select", choices[0][0], choices)


def _field(name: str, label: str, hint: str, type: str, default: Any, choices: Choices = ()) -> Field:
    return Field(name, label, hint, type, default, required=False, secret=False, advanced=False, choices=tuple(choices))
