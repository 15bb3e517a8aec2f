"""Reads values out of a stranger's JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class GuideError(ValueError):
    """A part of a guide that cannot be used; the message says why."""


def text(body: Mapping[str, Any], key: str, default: str | None = None) -> str:
    """A text; without a default it must be there."""
    value = body.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise GuideError(f"“{key}” is missing, or is no text.")
    return value


def number(body: Mapping[str, Any], key: str, default: int) -> int:
    """A whole number."""
    value = body.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**31:
        raise GuideError(f"“{key}” is no whole number.")
    return value


def switch(body: Mapping[str, Any], key: str, *, default: bool = False) -> bool:
    """True or false."""
    value = body.get(key, default)
    if not isinstance(value, bool):
        raise GuideError(f"“{key}” is neither true nor false.")
    return value


def table(value: Any, what: str) -> Mapping[str, Any]:
    """An object."""
    if not isinstance(value, Mapping):
        raise GuideError(f"{what} is no object.")
    return value


def rows(body: Mapping[str, Any], key: str) -> list[Any]:
    """A list of at most ten thousand."""
    value = body.get(key, [])
    if not isinstance(value, list) or len(value) > 10_000:
        raise GuideError(f"“{key}” is no list, or too long a one.")
    return value


def rest(body: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """What is not known here."""
    return {key: value for key, value in body.items() if key not in known}
