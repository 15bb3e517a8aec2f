"""Amounts as people read them: sizes, speeds and times, with a space that does not break."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QGuiApplication

_GAP = "\u00a0"
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_STEP = 1000
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def size(count: float) -> str:
    """ "22.0 GB"."""
    value, unit = float(count), 0
    while abs(value) >= _STEP - 0.05 and unit < len(_UNITS) - 1:
        value, unit = value / _STEP, unit + 1
    digits = 1 if unit >= 2 else 0
    return isolated(f"{QLocale().toString(value, 'f', digits)}{_GAP}{_UNITS[unit]}")


def speed(count: float) -> str:
    """ "18.4 MB/s"."""
    return isolated(f"{size(count)}/s")


def duration(seconds: float) -> str:
    """ "6 min", "3 h", "2 days": one unit, the largest that fits."""
    say = QCoreApplication.translate
    whole = max(0, round(seconds))
    if whole < _MINUTE:
        return say("Amounts", "{count} s").replace(" ", _GAP).format(count=whole)
    if whole < _HOUR:
        return say("Amounts", "{count} min").replace(" ", _GAP).format(count=round(whole / _MINUTE))
    if whole < 2 * _DAY:
        return say("Amounts", "{count} h").replace(" ", _GAP).format(count=round(whole / _HOUR))
    return say("Amounts", "{count} days").replace(" ", _GAP).format(count=round(whole / _DAY))


def isolated(text: str) -> str:
    """A text that keeps its own order of letters (a path, a speed) inside words read from the right."""
    if QGuiApplication.layoutDirection() is Qt.LayoutDirection.LeftToRight:
        return text
    return f"\u2066{text}\u2069"
