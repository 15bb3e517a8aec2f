"""What the calendar shows: days in weeks, and on each what comes out and what is searched."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from radarr_desktop.domain.backlog import Why
from radarr_desktop.engine.search.calendar import Coming
from radarr_desktop.engine.search.outlook import PlannedSearch
from radarr_desktop.ui.models import times
from radarr_desktop.ui.theme import State

SEARCH = "search"
WEEK = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a day."""

    day: date
    movie_id: int
    title: str
    kind: str
    """``cinema``, ``digital``, ``disc`` or ``search``."""
    monitored: bool = True
    has_file: bool = False
    reason: str = ""
    """Of a search: why then, as a sentence."""

    @property
    def icon(self) -> str:
        """Of its kind; what is in the library has its own."""
        return "circle-check" if self.has_file else _ICONS[self.kind]

    @property
    def state(self) -> State:
        """Its colour."""
        return "ok" if self.has_file else _STATES[self.kind]

    @property
    def word(self) -> str:
        """What it is, for who does not see the icon."""
        return kind_word(self.kind)


_ICONS = {"cinema": "clapperboard", "digital": "monitor-play", "disc": "disc-3", SEARCH: "search"}
_STATES: dict[str, State] = {"cinema": "wait", "digital": "info", "disc": "upgrade", SEARCH: "off"}


def kind_word(kind: str) -> str:
    """ "Digital"."""
    words = {"cinema": _say("Cinema"), "digital": _say("Digital"), "disc": _say("Disc"), SEARCH: _say("Search")}
    return words[kind]


def icon_of(kind: str) -> str:
    """The icon of a kind."""
    return _ICONS[kind]


def state_of(kind: str) -> State:
    """Its colour."""
    return _STATES[kind]


def entries(coming: Iterable[Coming], searches: Iterable[PlannedSearch]) -> list[Entry]:
    """Both as one list, by day: releases first."""
    found = [Entry(one.day, one.movie_id, one.title, one.kind.value, one.monitored, one.has_file) for one in coming]
    today = datetime.now().astimezone().date()
    found += [
        Entry(max(today, one.due.astimezone().date()), one.movie_id, one.title, SEARCH, reason=one.reason)
        for one in searches
    ]
    return sorted(found, key=lambda one: (one.day, one.kind == SEARCH, one.title))


def chosen(found: Iterable[Entry], kinds: frozenset[str], *, monitored: bool) -> dict[date, list[Entry]]:
    """Those of these kinds, by day; ``monitored``: without what is not monitored."""
    days: dict[date, list[Entry]] = {}
    for one in found:
        if one.kind in kinds and (one.monitored or not monitored):
            days.setdefault(one.day, []).append(one)
    return days


def weeks_of(day: date, *, whole_month: bool) -> list[list[date]]:
    """The weeks that a day's month touches, or (else) its own, beginning as people here begin a week."""
    first = QLocale().firstDayOfWeek().value - 1
    if whole_month:
        return calendar.Calendar(first).monthdatescalendar(day.year, day.month)
    start = day - timedelta(days=(day.weekday() - first) % WEEK)
    return [[start + timedelta(days=number) for number in range(WEEK)]]


def moved(day: date, months: int) -> date:
    """The same day some months later; the last day of a shorter month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = min(max(number // 12, 1900), 9998), number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def title_of(day: date) -> str:
    """ "October 2025"."""
    month = QLocale().standaloneMonthName(day.month) or calendar.month_name[day.month]
    return f"{month} {day.year}"


def weekday(day: date, *, short: bool = False) -> str:
    """ "Monday"."""
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().standaloneDayName(day.isoweekday(), form)


def long_day(day: date) -> str:
    """ "Friday, 17 October"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "dddd, d MMMM")


def when(due: datetime) -> str:
    """When a search is: "In line", "Today 16:40", "Tomorrow", "16 Oct"."""
    now = datetime.now().astimezone()
    if due <= now:
        return _say("In line")
    local = due.astimezone()
    if local.date() == now.date():
        return times.moment(due)
    return _say("Tomorrow") if local.date() == now.date() + timedelta(days=1) else times.day(local.date())


def release_sentence(kind: Why, day: date) -> str:
    """ "Digital 17 Oct"."""
    return f"{kind_word(kind.value)} {times.day(day)}"


def _say(words: str) -> str:
    return QCoreApplication.translate("Calendar", words)
