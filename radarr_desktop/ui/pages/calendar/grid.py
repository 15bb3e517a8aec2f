"""Days in weeks: arrows move from day to day, Enter opens what is chosen there, Space chooses the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.calendar import WEEK, Entry, long_day, moved, weekday
from radarr_desktop.ui.pages.calendar.entry import HEIGHT, EntryButton, MoreButton
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.parts import Label, focus_ring, mirrored, rounded
from radarr_desktop.ui.theme import theme

_LINES = 6
"""Weeks that a month touches, at most."""
_HEAD = 32
_DISC = 24
_TOP = 34
_SHORT_BELOW = 110
"""Pixels of a day, below which weekdays are shortened."""
_AT_ONCE = 8
"""Entries that are made in one turn of the event loop."""
_SAID = 20
"""Entries of a day that its name for screen readers tells."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -WEEK, Qt.Key.Key_Down: WEEK}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class DayCell(QWidget):
    """One day, with as many of its entries as fit, once it is filled."""

    pressed = Signal()
    more_asked = Signal()
    entry_clicked = Signal(object)
    outgrown = Signal()
    """Another number of entries fits, or there are others."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.day = datetime.now().astimezone().date()
        self._inside = True
        self._is_current = False
        self._entries: Sequence[Entry] = ()
        self._rest = 0
        self.buttons: list[EntryButton] = []
        self.setMinimumHeight(_TOP + HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(6, _TOP, 7, 4)
        self.box.setSpacing(2)
        self.box.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_day(self, day: date, *, inside: bool) -> None:
        """Show another day, with nothing on it yet; one outside of the month is darker."""
        self.day, self._inside = day, inside
        self._entries = ()
        self._empty()
        self.update()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show what is on it."""
        self._entries = entries
        if self._fitting() != self._filled():
            self.outgrown.emit()

    def set_current(self, *, current: bool) -> None:
        """The keyboard is on it."""
        if current != self._is_current:
            self._is_current = current
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another number of entries fits."""
        super().resizeEvent(event)
        if self._fitting() != self._filled():
            self.outgrown.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to this day."""
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, lines, and the number of the day: today's on a disc."""
        tokens, painter = theme().tokens, QPainter(self)
        if not self._inside:
            painter.fillRect(self.rect(), tokens.color("sidebar"))
        painter.setPen(tokens.color("line"))
        right = mirrored(self, QRect(self.width() - 1, 0, 1, self.height()))
        painter.fillRect(right, tokens.color("line"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), tokens.color("line"))
        is_today = self.day == datetime.now().astimezone().date()
        disc = mirrored(self, QRect(8, 6, _DISC, _DISC))
        if is_today:
            rounded(painter, disc, _DISC / 2, fill=tokens.color("fill"))
        painter.setFont(theme().font_for("row" if is_today else "label", tabular=True))
        painter.setPen(tokens.color("on_fill" if is_today else "text2" if self._inside else "text3"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self.day.day))
        if self._is_current:
            focus_ring(painter, self.rect().adjusted(0, 0, -1, -1), tokens.radius.check, tokens)

    def fill(self) -> bool:
        """Make some of what is missing; is all of it there now?"""
        shown, rest = self._fitting()
        made, had_rest = self._filled()
        if had_rest or made != shown[: len(made)]:
            self._empty()
        for entry in shown[len(self.buttons) :][:_AT_ONCE]:
            button = EntryButton(entry)
            button.clicked.connect(lambda _checked=False, entry=entry: self.entry_clicked.emit(entry))
            self.buttons.append(button)
            self.box.addWidget(button)
        if len(self.buttons) < len(shown):
            return False
        if rest:
            words = self.tr("{count} more").format(count=times.number(rest))
            more = MoreButton(words, self.tr("{count} more on {day}").format(count=rest, day=long_day(self.day)))
            more.clicked.connect(self.more_asked)
            self.box.addWidget(more)
        self._rest = rest
        return True

    def _empty(self) -> None:
        clear(self.box)
        self.buttons, self._rest = [], 0

    def _fitting(self) -> tuple[list[Entry], int]:
        """What there is room for, and how many more there are."""
        fits = max(1, (self.height() - _TOP - 4 + 2) // (HEIGHT + 2))
        count = len(self._entries) if len(self._entries) <= fits else max(1, fits - 1)
        return list(self._entries[:count]), len(self._entries) - count

    def _filled(self) -> tuple[list[Entry], int]:
        return [button.entry for button in self.buttons], self._rest


class DaysGrid(QWidget):
    """A month, or a week; takes the keyboard as a whole. A day is filled when the event loop has time for it."""

    chosen = Signal(object)
    """An entry was chosen, or (None) a day without one."""
    opened = Signal(object)
    day_asked = Signal(object)
    """Go to another day, which may lie in another month."""
    more_asked = Signal(object)
    """Show all of this day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._places = [DayCell(self) for _ in range(_LINES * WEEK)]
        self._cells: dict[date, DayCell] = {}
        self._days: Mapping[date, Sequence[Entry]] = {}
        self._heads = [Label("", "label", "text2") for _ in range(WEEK)]
        self._week: list[date] = []
        self._shown: tuple[Sequence[Sequence[date]], int] = (), 0
        self.day = datetime.now().astimezone().date()
        self.entry: Entry | None = None
        self._unfilled: list[DayCell] = []
        self._fill = QTimer(self, interval=0)
        self._fill.timeout.connect(self._fill_one)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 0, 0, 0)
        self._grid.setSpacing(0)
        for column, head in enumerate(self._heads):
            head.setFixedHeight(_HEAD)
            head.setIndent(8)
            self._grid.addWidget(head, 0, column)
            self._grid.setColumnStretch(column, 1)
        for place, cell in enumerate(self._places):
            self._grid.addWidget(cell, 1 + place // WEEK, place % WEEK)
            cell.pressed.connect(lambda cell=cell: self._press(cell.day))
            cell.more_asked.connect(lambda cell=cell: self.more_asked.emit(cell.day))
            cell.entry_clicked.connect(self._click)
            cell.outgrown.connect(partial(self._fill_later, cell))

    def show_weeks(self, weeks: Sequence[Sequence[date]], month: int, day: date) -> None:
        """Show these days; those of other months (``month`` 0: none is) are darker."""
        if (weeks, month) == self._shown:
            self._go(day)
            return
        self._shown = weeks, month
        self._week = list(weeks[0])
        days = [each for week in weeks for each in week]
        self._cells = dict(zip(days, self._places, strict=False))
        for day_, cell in self._cells.items():
            cell.show_day(day_, inside=month in (0, day_.month))
        for place, cell in enumerate(self._places):
            cell.setVisible(place < len(days))
        for line in range(_LINES):
            self._grid.setRowStretch(line + 1, 1 if line < len(weeks) else 0)
        self._unfilled.clear()
        self.day = day
        self._name_heads()
        self.show_entries({})

    def show_entries(self, days: Mapping[date, Sequence[Entry]]) -> None:
        """Show what is on the days."""
        self._days = days
        for day, cell in self._cells.items():
            cell.show_entries(days.get(day, ()))
        there = self._days.get(self.day, ())
        self._choose(self.entry if self.entry in there else next(iter(there), None))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Weekdays in full where there is room."""
        super().resizeEvent(event)
        self._name_heads()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It is elsewhere."""
        super().focusOutEvent(event)
        self._mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Days by arrows, months by page keys, entries of a day by Space."""
        key = Qt.Key(event.key())
        step = _STEPS.get(key)
        if step is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            turned = sideways and self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self._go(self.day + timedelta(days=-step if turned else step))
        elif key in _PAGES:
            self._go(moved(self.day, _PAGES[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.entry is not None:
            self.opened.emit(self.entry)
        elif key == Qt.Key.Key_Space:
            self._next()
        else:
            super().keyPressEvent(event)

    def _fill_later(self, cell: DayCell) -> None:
        if cell not in self._unfilled:
            self._unfilled.append(cell)
        self._fill.start()

    def _fill_one(self) -> None:
        """All at once take longer than a frame: between two turns the window answers."""
        if not self._unfilled:
            self._fill.stop()
        elif self._unfilled[0].fill():
            del self._unfilled[0]
            self._mark()

    def _press(self, day: date) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._go(day)

    def _click(self, entry: Entry) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if entry == self.entry:
            self.opened.emit(entry)
            return
        self.day = entry.day
        self._choose(entry)

    def _go(self, day: date) -> None:
        if day not in self._cells:
            self.day_asked.emit(day)
            return
        self.day = day
        self._choose(next(iter(self._days.get(day, ())), None))

    def _next(self) -> None:
        there = list(self._days.get(self.day, ()))
        if there:
            self._choose(there[(there.index(self.entry) + 1) % len(there)] if self.entry in there else there[0])

    def _choose(self, entry: Entry | None) -> None:
        self.entry = entry
        there = self._days.get(self.day, ())
        said = [long_day(self.day), *(f"{one.title}, {one.word}" for one in there[:_SAID])]
        if rest := len(there[_SAID:]):
            said.append(self.tr("{count} more").format(count=times.number(rest)))
        self.setAccessibleName(". ".join(said))
        self._mark()
        self.chosen.emit(entry)

    def _mark(self) -> None:
        for day, cell in self._cells.items():
            cell.set_current(current=day == self.day and self.hasFocus())
            for button in cell.buttons:
                button.set_chosen(chosen=button.entry == self.entry)

    def _name_heads(self) -> None:
        short = self.width() < WEEK * _SHORT_BELOW
        for head, day in zip(self._heads, self._week, strict=False):
            head.setText(weekday(day, short=short))
