"""What was found: chips, the table that reads its rows as they come into sight, and the chosen place beside it."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain.collection import CollectionItem, CollectionScan, ItemState
from radarr_desktop.domain.problem import Problem
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.collection import GROUPS, OPEN, PAGE, PlacesModel, group_word, name_of
from radarr_desktop.ui.pages.add.guess import GuessSheet
from radarr_desktop.ui.pages.chip_row import ChipRow
from radarr_desktop.ui.pages.collection.detail import PlaceDetail
from radarr_desktop.ui.pages.collection.table import PlacesTable
from radarr_desktop.ui.pages.column import ScrollColumn
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.parts import BulkAction, BulkBar, Button, EmptyState, FilterChip, Menu, SearchField
from radarr_desktop.ui.theme import State

_SIDE, _NARROW_SIDE = 352, 300
_TONES: dict[str, State] = {"sure": "ok", "look": "wait", "unknown": "miss"}
_ALWAYS = frozenset({"", "sure", "look", "unknown"})
"""Groups whose chips are there without anything behind them."""


class PlacesView(QWidget):
    """Of one scan; rows keep their place while more come."""

    plan_asked = Signal(list)
    """Add the sure ones of these items."""

    def __init__(self, desk: Desk, library: LiveLibrary, window: QWidget) -> None:
        super().__init__()
        self._desk, self._library, self._window = desk, library, window
        self._scan: CollectionScan | None = None
        self._group = ""
        self._text = ""
        self._selected_ids: frozenset[int] = frozenset()
        self.model = PlacesModel()
        self.table = PlacesTable(self.model)
        self.detail = PlaceDetail()
        self.filter = SearchField(self.tr("Filter by place or movie"))
        self.chip_row = ChipRow(self.tr("Show only"))
        self.chips: dict[str, FilterChip] = {}
        self._clear = Button(self.tr("Show all"), "primary")
        self._nothing = EmptyState("list-filter", "", "", [self._clear])
        self._build()
        self._connect()

    def show_scan(self, scan: CollectionScan) -> None:
        """Show another scan, or the same as it is now."""
        if self._scan is None or scan.id != self._scan.id:
            self.model.clear()
        self._scan = scan
        for key, chip in self.chips.items():
            count = self._count(key)
            chip.set_count(count)
            chip.setVisible(key in _ALWAYS or key == self._group or count > 0)
        self._show_rows()
        self.model.renew()
        self.model.data(self.table.currentIndex())  # the chosen one stands beside the table, in sight or not

    def show_group(self, key: str) -> None:
        """Show one group of states, or all."""
        self._group = key
        for name, chip in self.chips.items():
            chip.setChecked(name == key)
        self.model.clear()
        self._show_rows()

    def fit(self, breakpoint: str) -> None:
        """The chosen place stands beside the table, narrower where there is less room."""
        self._side.setFixedWidth(_SIDE if breakpoint != "narrow" else _NARROW_SIDE)
        self.filter.setFixedWidth(240 if breakpoint != "narrow" else 180)

    def escape(self) -> None:
        """Of several rows only the current one stays selected."""
        self.table.setCurrentIndex(self.table.currentIndex())

    def choose_movie(self) -> None:
        """Ask which movie the chosen place is."""
        item = self.current()
        if item is not None and item.state in OPEN:
            GuessSheet(
                self._window,
                self._desk,
                self._library,
                name_of(item),
                item.guesses,
                lambda tmdb_id: self._desk.start(self._choose([item], tmdb_id)),
            ).open()

    def leave_out(self) -> None:
        """Leave the selected places alone."""
        self._desk.start(self._leave_out())

    def current(self) -> CollectionItem | None:
        """The chosen place, if it is known by now what it is."""
        row = self.table.currentIndex().row()
        return self.model.row_at(row) if 0 <= row < self.model.rowCount() and self.model.is_read(row) else None

    async def selected(self) -> list[CollectionItem]:
        """All that is selected, also what was never in sight."""
        rows, scan = self._rows(), self._scan
        found: list[CollectionItem] = []
        for page in sorted({row // PAGE for row in rows}):
            mine = [row for row in rows if row // PAGE == page]
            if all(self.model.is_read(row) for row in mine) or scan is None:
                found += [self.model.row_at(row) for row in mine]
            else:
                items, _total = await self._desk.bridge.call(self._reading(scan.id, page))
                found += [items[row % PAGE] for row in mine if row % PAGE < len(items)]
        return found

    def _count(self, key: str) -> int:
        scan = self._scan
        if scan is None:
            return 0
        return sum(scan.counts.get(state, 0) for state in GROUPS[key]) if GROUPS[key] else scan.total

    def _show_rows(self) -> None:
        if self._scan is not None and self._text:
            self._read(0)  # which tells how many there are
        elif self._scan is not None:
            self._show_so_many(self._scan, self._count(self._group))

    def _show_so_many(self, scan: CollectionScan, total: int) -> None:
        self.model.set_total(total)
        self._clear.setVisible(bool(scan.total))
        if total:
            self._stack.setCurrentWidget(self.table)
        else:
            if self._text:
                title, words = self.tr("No place matches"), self.tr("Nothing here has “{text}” in place or movie.")
                words = words.format(text=self._text)
            elif scan.total:
                title, words = group_word(self._group), self.tr("No place is in this state.")
            elif scan.finished is None:
                title, words = self.tr("One moment"), self.tr("The folder is being read.")
            else:
                title, words = self.tr("Nothing lies there"), self.tr("Choose the folder that your movies are in.")
            self._nothing.set_text(title, words)
            self._stack.setCurrentWidget(self._nothing)
        self._show_chosen()

    def _read(self, page: int) -> None:
        if self._scan is not None:
            self._desk.start(self._read_page(self._scan.id, page))

    def _reading(self, scan_id: int, page: int) -> Coroutine[Any, Any, tuple[list[CollectionItem], int]]:
        states, items = GROUPS[self._group], self._desk.engine.collection.items
        return items(scan_id, states, text=self._text, page=page + 1, page_size=PAGE)

    async def _read_page(self, scan_id: int, page: int) -> None:
        group, text = self._group, self._text
        try:
            items, total = await self._desk.bridge.call(self._reading(scan_id, page))
        except Problem:
            self.model.forget(page)
            raise
        if self._scan is None or (scan_id, group, text) != (self._scan.id, self._group, self._text):
            return
        current = self.current()
        self._show_so_many(self._scan, total)
        self.model.set_page(page, items)
        self._keep(current)

    def _keep(self, current: CollectionItem | None) -> None:
        """Rows moved: the keyboard stays on its place; a selection of several would mean others now."""
        several = len(self._rows()) > 1
        place = self.model.place_of(current.id) if current is not None else -1
        if several and self._ids_selected() != self._selected_ids:
            self.table.setCurrentIndex(self.model.index(max(place, 0), 0))
        elif not several and place >= 0 and place != self.table.currentIndex().row():
            self.table.setCurrentIndex(self.model.index(place, 0))
        elif not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_chosen()

    def _rows(self) -> list[int]:
        # by ranges: an index for each of ten thousand rows takes a second
        ranges = self.table.selectionModel().selection().toList()
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def _ids_selected(self) -> frozenset[int]:
        return frozenset(self.model.row_at(row).id for row in self._rows())

    def _show_chosen(self) -> None:
        count = len(self._rows())
        self._selected_ids = self._ids_selected()
        current = self.current()
        self._side.setVisible(current is not None)
        self.detail.show_item(current if count <= 1 else None)
        self.bar.show_selection(self.tr("{count} selected").format(count=times.number(count)) if count > 1 else "")

    async def _choose(self, items: Sequence[CollectionItem], tmdb_id: int) -> None:
        for item in items:
            await self._desk.bridge.call(self._desk.engine.collection.choose(item.id, tmdb_id))

    async def _leave_out(self) -> None:
        await self._choose([item for item in await self.selected() if item.state in OPEN - {ItemState.LEFT_OUT}], 0)

    async def _plan(self) -> None:
        sure = [item.id for item in await self.selected() if item.state is ItemState.CERTAIN]
        if sure:
            self.plan_asked.emit(sure)
        else:
            self._desk.told.emit(self.tr("Nothing selected is sure. Say first which movie each place is."), "wait")

    def _filter(self, text: str) -> None:
        self._text = text.strip()
        self.model.clear()
        self._show_rows()

    def _show_all(self) -> None:
        self.filter.clear()
        self.show_group("")

    def _menu(self, at: QPoint) -> None:
        menu = Menu(self)
        menu.add(self.tr("Another movie…"), "search", self.choose_movie, keys="Return")
        menu.add(self.tr("Leave it out"), "eye-off", self.leave_out, keys="Del")
        menu.popup(at)

    def _take(self, tmdb_id: int) -> None:
        item = self.current()
        if item is not None:
            self._desk.start(self._choose([item], tmdb_id))

    def _connect(self) -> None:
        self.model.wanted.connect(self._read)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.table.opened.connect(lambda _index: self.choose_movie())
        self.table.menu_asked.connect(lambda _index, at: self._menu(at))
        self.detail.chosen.connect(self._take)
        self.detail.other_asked.connect(self.choose_movie)
        self.detail.movie_asked.connect(lambda id: self._desk.movie_asked.emit(id, ""))
        self.bar.asked.connect(lambda key: self._desk.start(self._plan()) if key == "add" else self.leave_out())
        self.bar.cleared.connect(self.escape)
        self._clear.clicked.connect(self._show_all)
        self.filter.textChanged.connect(self._filter)
        delete = QShortcut(QKeySequence("Del"), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.leave_out)

    def _build(self) -> None:
        for key in GROUPS:
            chip = FilterChip(group_word(key), _TONES.get(key), 0)
            chip.clicked.connect(lambda _checked=False, key=key: self.show_group(key))
            chip.setChecked(key == self._group)
            self.chips[key] = chip
            self.chip_row.add(chip)
        self._stack = QStackedWidget()
        for widget in (self.table, self._nothing):
            self._stack.addWidget(widget)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        chips = QVBoxLayout()
        chips.setContentsMargins(24, 0, 24, 0)
        chips.addWidget(self.chip_row)
        column.addLayout(chips)
        rows = QVBoxLayout()
        rows.setContentsMargins(16, 0, 4, 0)
        rows.addWidget(self._stack)
        column.addLayout(rows, 1)
        leave = BulkAction("leave", self.tr("Leave out"), "eye-off", shortcut="Del")
        self.bar = BulkBar(left, rows, [BulkAction("add", self.tr("Add…"), "plus"), leave])
        self._side = ScrollColumn()
        self._side.set_two_columns(two=False)
        self._side.main.addWidget(self.detail)
        self._side.hide()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(left, 1)
        across.addWidget(self._side)
