"""A month as a list: one line for each thing, under its day; where days have no room, this is all there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from radarr_desktop.ui.models.calendar import Entry, long_day
from radarr_desktop.ui.pages.calendar.entry import EntryButton
from radarr_desktop.ui.pages.column import ScrollColumn, clear
from radarr_desktop.ui.parts import Label

_HEAD = 38
_ABOVE = 14


class Agenda(ScrollColumn):
    """The lines are buttons, which Tab reaches."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_two_columns(two=False)
        self.main.setSpacing(4)
        self.buttons: list[EntryButton] = []
        self.entry: Entry | None = None

    def show_entries(self, days: Mapping[date, Sequence[Entry]]) -> None:
        """Show what is on these days."""
        clear(self.main)
        self.buttons = []
        today = datetime.now().astimezone().date()
        for day in sorted(days):
            head = Label(long_day(day), "row", "accent" if day == today else "text2")
            head.setFixedHeight(_HEAD if self.buttons else _HEAD - _ABOVE)
            head.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading)
            self.main.addWidget(head)
            for entry in days[day]:
                button = EntryButton(entry, tabbed=True)
                button.clicked.connect(lambda _checked=False, entry=entry: self._click(entry))
                self.buttons.append(button)
                self.main.addWidget(button)

    def _click(self, entry: Entry) -> None:
        again, self.entry = entry == self.entry, entry
        for button in self.buttons:
            button.set_chosen(chosen=button.entry == entry)
        (self.opened if again else self.chosen).emit(entry)
