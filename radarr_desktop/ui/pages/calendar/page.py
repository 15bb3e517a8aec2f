"""The calendar page: a month, a week or a list of days; the chosen movie and the next searches beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.search.calendar import Coming
from radarr_desktop.engine.search.outlook import Line, PlannedSearch
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.calendar import (
    SEARCH,
    Entry,
    chosen,
    entries,
    icon_of,
    kind_word,
    moved,
    state_of,
    title_of,
    weeks_of,
)
from radarr_desktop.ui.pages.calendar.agenda import Agenda
from radarr_desktop.ui.pages.calendar.grid import DaysGrid
from radarr_desktop.ui.pages.calendar.side import MOST, WIDTH, ChosenCard, NextSearches
from radarr_desktop.ui.pages.chip_row import ChipRow
from radarr_desktop.ui.pages.column import ScrollColumn
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.movie_actions import MovieActions
from radarr_desktop.ui.parts import Button, EmptyState, FilterChip, IconButton, Segment, Segmented
from radarr_desktop.ui.shell.header import PageHeader

_KINDS = ("digital", "disc", "cinema", SEARCH)
_SETTLE_MS = 500
_TELLING = (
    events.MovieAdded,
    events.MovieChanged,
    events.MovieRemoved,
    events.MovieImported,
    events.SearchFinished,
    events.RulesChanged,
)


class CalendarPage(QWidget):
    """Reads what is in sight, and the next searches."""

    def __init__(self, desk: Desk, library: LiveLibrary, actions: MovieActions, header: PageHeader) -> None:
        super().__init__()
        self._desk = desk
        self._library = library
        self._actions = actions
        self._header = header
        self.grid = DaysGrid()
        self.agenda = Agenda()
        self.card = ChosenCard(desk.posters)
        self.searches = NextSearches()
        self._found: list[Entry] = []
        self._next: Coming | None = None
        self.day = datetime.now().astimezone().date()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._make_head()
        self._make_chips()
        self._build()
        self._connect()
        self.go(self.day)

    def fit(self, breakpoint: str) -> None:
        """The side is there from 1280 px on; in a narrow window buttons lose their words."""
        self.side.setVisible(breakpoint == "wide")
        narrow = breakpoint == "narrow"
        self.ical.setText("" if narrow else self.tr("iCal link"))
        self.ical.setToolTip(self.tr("Copy the address that calendar programs subscribe to"))
        self.ical.setAccessibleName(self.tr("Copy the iCal link"))

    def focus_content(self) -> None:
        """Put the keyboard on the days."""
        (self.agenda if self.view.key == "agenda" else self.grid).setFocus()

    def escape(self) -> None:
        """Esc: back to today."""
        self.go_today()

    def refresh(self) -> None:
        """Read again."""
        self._desk.start(self._load())

    def go(self, day: date) -> None:
        """Show the month or the week that a day lies in."""
        self.day = day
        whole = self.view.key != "week"
        weeks = weeks_of(day, whole_month=whole)
        self._span = weeks[0][0], weeks[-1][-1]
        if self.view.key != "agenda":
            self.grid.show_weeks(weeks, day.month if whole else 0, day)
        self._header.set_title(title_of(day))
        self._desk.start(self._load())

    def go_today(self) -> None:
        """Ctrl+T."""
        self.go(datetime.now().astimezone().date())
        self.focus_content()

    async def _load(self) -> None:
        calendar, call, (start, end) = self._desk.engine.calendar, self._desk.bridge.call, self._span
        try:
            coming = await call(calendar.releases(start, end))
            searches = await call(calendar.searches(end=datetime.combine(end + timedelta(days=1), time(), UTC)))
            upcoming = await call(calendar.searches(most=MOST))
            lines, held = await call(calendar.lines()), await call(calendar.held())
            self._next = None if coming else await call(calendar.next_release(end))
        except Problem as problem:
            self._error.set_text(problem.what, f"{problem.why} {problem.todo}".strip())
            self._stack.setCurrentWidget(self._error)
            return
        found = await asyncio.to_thread(entries, coming, searches)  # thousands of them take longer than a frame
        if (start, end) != self._span:  # another month is in sight by now
            return
        self._found = [one for one in found if start <= one.day <= end]
        self.searches.show_searches(upcoming, self._line(lines, upcoming, held))
        self._show()

    def _show(self) -> None:
        kinds = frozenset(kind for kind, chip in self.chips.items() if chip.isChecked())
        days = chosen(self._found, kinds, monitored=self.monitored.isChecked())
        inside = {day: there for day, there in days.items() if self.view.key == "week" or day.month == self.day.month}
        count = sum(one.kind != SEARCH for there in inside.values() for one in there)
        one, many = self.tr("1 release"), self.tr("{count} releases").format(count=times.number(count))
        self._header.set_count(one if count == 1 else many if count else "")
        self._note(is_empty=not inside)
        if self.view.key == "agenda":
            self.agenda.show_entries(inside)
            self._stack.setCurrentWidget(self.agenda if inside else self._empty)
        else:
            self.grid.show_entries(days)
            self._stack.setCurrentWidget(self.grid)

    def _note(self, *, is_empty: bool) -> None:
        """Nothing in sight: where the next one is."""
        coming = self._next if is_empty else None
        words = self.tr("No release in this month.") if self.view.key != "week" else self.tr("No release in this week.")
        if coming is not None:
            follows = self.tr("The next one is {title} on {day}.").format(title=coming.title, day=times.day(coming.day))
            words = f"{words} {follows}"
        self._empty.set_text(self.tr("Nothing comes out"), words)
        self.there.setVisible(coming is not None)
        self.note.setText(self.tr("Next: {day}").format(day=times.day(coming.day)) if coming else "")
        self.note.setVisible(coming is not None)

    def _choose(self, entry: Entry | None) -> None:
        movie = self._library.movie(entry.movie_id) if entry is not None else None
        if entry is None or movie is None:
            self.card.show_entry(None, None, "", "")
            return
        self._desk.start(self._tell(entry))

    async def _tell(self, entry: Entry) -> None:
        outlook = await self._desk.bridge.call(self._desk.engine.calendar.outlook(entry.movie_id))
        movie = self._library.movie(entry.movie_id)
        if movie is None or entry not in (self.grid.entry, self.agenda.entry):
            return
        profile = self._library.profiles.get(movie.slot.profile_id)
        monitored = self.tr("monitored") if movie.monitored else self.tr("not monitored")
        facts = " · ".join(
            part for part in (str(movie.info.year or ""), profile.name if profile else "", monitored) if part
        )
        self.card.show_entry(entry, movie, facts, outlook.sentence)

    def _copy_link(self) -> None:
        self._desk.start(self._copied())

    async def _copied(self) -> None:
        settings = self._desk.engine.settings
        port, listens = await self._desk.bridge.call(settings.port()), urlsplit(settings.port_address)
        anywhere = port.host in ("0.0.0.0", "::")  # noqa: S104  what it listens at
        host = f"127.0.0.1:{listens.port}" if anywhere else listens.netloc
        address = f"http://{host}/feed/v3/calendar/radarr.ics?apikey={port.api_key}"
        QGuiApplication.clipboard().setText(address)
        words = self.tr("The link is in the clipboard. It holds your API key: whoever has it can use the port.")
        self._desk.told.emit(words, "info")

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, _TELLING) and not self._settle.isActive():
            self._settle.start()

    def _make_head(self) -> None:
        self.today = Button(self.tr("Today"))
        self.today.setToolTip(self.tr("Today (Ctrl+T)"))
        self.before = IconButton("chevron-left", self.tr("Before this"))
        self.after = IconButton("chevron-right", self.tr("After this"))
        segments = [
            Segment("month", self.tr("Month")),
            Segment("week", self.tr("Week")),
            Segment("agenda", self.tr("Agenda")),
        ]
        self.view = Segmented(self.tr("How days are shown"), segments)
        self.ical = Button(self.tr("iCal link"), icon="calendar-plus")
        for widget in (self.today, self.before, self.after, self.view, self.ical):
            self._header.add(widget)

    def _make_chips(self) -> None:
        self.row = ChipRow(self.tr("Show"))
        self.chips: dict[str, FilterChip] = {}
        for kind in _KINDS:
            words = self.tr("Searches") if kind == SEARCH else kind_word(kind)
            chip = FilterChip(words, state_of(kind), icon=icon_of(kind))
            chip.setChecked(kind != SEARCH)
            chip.toggled.connect(self._show)
            self.chips[kind] = chip
            self.row.add(chip)
        self.monitored = FilterChip(self.tr("Monitored only"), "off", icon="eye")
        self.monitored.toggled.connect(self._show)
        self.row.add(self.monitored)
        self.note = Button("", "ghost", "arrow-right", small=True)
        self.note.hide()

    def _build(self) -> None:
        self.there = Button(self.tr("Go there"), "primary")
        self._empty = EmptyState("calendar", "", "", [self.there])
        self._again = Button(self.tr("Try again"), "primary", "refresh-cw")
        self._error = EmptyState("triangle-alert", "", "", [self._again])
        self._stack = QStackedWidget()
        for widget in (self.grid, self.agenda, self._empty, self._error):
            self._stack.addWidget(widget)
        self.agenda.setViewportMargins(16, 8, 12, 0)
        chips = QHBoxLayout()
        chips.setContentsMargins(24, 0, 16, 4)
        chips.addWidget(self.row, 1)
        chips.addWidget(self.note)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(chips)
        left.addWidget(self._stack, 1)
        self.side = ScrollColumn()
        self.side.set_two_columns(two=False)
        self.side.setFixedWidth(WIDTH)
        self.side.setProperty("surface", "panel")
        self.side.main.addWidget(self.card)
        self.side.main.addWidget(self.searches)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(left, 1)
        box.addWidget(self.side)

    def _connect(self) -> None:
        for view in (self.grid, self.agenda):
            view.chosen.connect(self._choose)
            view.opened.connect(lambda entry: self._desk.movie_asked.emit(entry.movie_id, ""))
        self.grid.day_asked.connect(self.go)
        self.grid.more_asked.connect(self._more)
        self.view.chosen.connect(lambda _key: self.go(self.day))
        self.today.clicked.connect(self.go_today)
        self.before.clicked.connect(partial(self._turn, -1))
        self.after.clicked.connect(partial(self._turn, 1))
        for button in (self.there, self.note):
            button.clicked.connect(lambda: self.go(self._next.day) if self._next else None)
        self.ical.clicked.connect(self._copy_link)
        self._again.clicked.connect(self.refresh)
        self.searches.open_asked.connect(lambda id_: self._desk.movie_asked.emit(id_, "why"))
        self.card.search_asked.connect(self._search)
        self.card.open_asked.connect(lambda id_: self._desk.movie_asked.emit(id_, ""))
        self._library.loaded.connect(self._show)
        self._desk.bridge.happened.connect(self._on_event)
        today = QShortcut(QKeySequence("Ctrl+T"), self)
        today.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        today.activated.connect(self.go_today)

    def _more(self, day: date) -> None:
        self.view.set_key("week")
        self.go(day)

    def _turn(self, step: int) -> None:
        self.go(self.day + timedelta(days=7 * step) if self.view.key == "week" else moved(self.day, step))

    def _search(self, movie_id: int) -> None:
        movie = self._library.movie(movie_id)
        if movie is not None:
            self._actions.run("search", movie)

    def _line(self, lines: Sequence[Line], upcoming: Sequence[PlannedSearch], held: Problem | None) -> str:
        """What holds searches up."""
        if held is not None:
            return str(held)
        if not upcoming:
            return self.tr("No movie waits to be searched.")
        return "\n".join(line.sentence for line in lines)
