"""Sizes as people read them, the same sentence everywhere: steps of 1000, as disks and file managers count."""

from __future__ import annotations

_NBSP = "\N{NO-BREAK SPACE}"
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


def size(count: float) -> str:
    """``22.0 GB``; one decimal from MB up."""
    value, unit = float(count), 0
    while abs(value) >= 999.95 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.1f}{_NBSP}{_UNITS[unit]}" if unit >= 2 else f"{value:.0f}{_NBSP}{_UNITS[unit]}"
