"""Dates, clock times and ages in words, with spaces that do not break."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

_NBSP = "\u00a0"


def runtime(minutes: int) -> str:
    """ "1 h 58 min", or nothing when it is not known."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}{_NBSP}h"] * bool(hours) + [f"{rest}{_NBSP}min"] * bool(rest)
    return _NBSP.join(parts)


def age(moment: datetime | None) -> str:
    """How long ago, in one unit: "3 h", "12 d"."""
    if moment is None:
        return ""
    passed = (datetime.now(UTC) - moment).total_seconds()
    if passed >= 86_400:
        return f"{int(passed // 86_400)}{_NBSP}d"
    if passed >= 3600:
        return f"{int(passed // 3600)}{_NBSP}h"
    return f"{max(0, int(passed // 60))}{_NBSP}min"


def day(when: date) -> str:
    """ "17 Oct", with its year when that is not this one."""
    form = "d MMM" if when.year == datetime.now().astimezone().year else "d MMM yyyy"
    return QLocale().toString(QDate(when.year, when.month, when.day), form).replace(" ", _NBSP)


def moment(when: datetime) -> str:
    """ "Today 13:42", "12 Oct 22:10", "12 Oct 2024"."""
    local = when.astimezone()
    today = datetime.now().astimezone().date()
    if local.date() == today:
        return f"{QCoreApplication.translate('Times', 'Today')}{_NBSP}{clock(when)}"
    return day(local.date()) + (f"{_NBSP}{clock(when)}" if local.year == today.year else "")


def clock(when: datetime) -> str:
    """ "13:42"."""
    return when.astimezone().strftime("%H:%M")


def number(value: int) -> str:
    """ "1,284"."""
    locale = QLocale()
    # a system without a language of its own ("C") groups nothing
    spoken = QLocale(QLocale.Language.English) if locale.language() == QLocale.Language.C else locale
    return spoken.toString(value)
