"""Sizes and spans of time as people read them, the same everywhere. Sizes go in steps of 1000, as disks count."""

from __future__ import annotations

from datetime import timedelta

_NBSP = "\N{NO-BREAK SPACE}"
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


def size(count: float) -> str:
    """``22.0 GB``; one decimal from MB up."""
    value, unit = float(count), 0
    while abs(value) >= 999.95 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.1f}{_NBSP}{_UNITS[unit]}" if unit >= 2 else f"{value:.0f}{_NBSP}{_UNITS[unit]}"


def days(count: int) -> str:
    """``1 day``, ``12 days``."""
    return f"{count}{_NBSP}day" if count == 1 else f"{count}{_NBSP}days"


def span(length: timedelta) -> str:
    """``45 min``, ``3 h``, ``12 days``: as much as people want to know."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 60:
        return f"{max(minutes, 1)}{_NBSP}min"
    hours = round(minutes / 60)
    return f"{hours}{_NBSP}h" if hours < 48 else days(round(hours / 24))


def signed(points: int) -> str:
    """``+20``, ``-10``, ``0``."""
    return f"{points:+d}" if points else "0"
