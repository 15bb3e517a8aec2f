"""The blocklist page: reasons as chips, entries as a table, the chosen one and the figures beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.blocklist import Blocked
from radarr_desktop.domain.failures import label_of
from radarr_desktop.domain.problem import Problem
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.blocklist import BlocklistModel, reason_word
from radarr_desktop.ui.pages.blocklist.add import BlockSheet
from radarr_desktop.ui.pages.blocklist.side import EntryCard, Figures
from radarr_desktop.ui.pages.blocklist.table import BlocklistTable
from radarr_desktop.ui.pages.chip_row import ChipRow
from radarr_desktop.ui.pages.column import ScrollColumn
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.parts import (
    BulkAction,
    BulkBar,
    Button,
    EmptyState,
    FilterChip,
    Menu,
    SearchField,
    Sheet,
    Skeleton,
)
from radarr_desktop.ui.shell.header import PageHeader

_SIDE = 336
_SETTLE_MS = 300


class BlocklistPage(QWidget):
    """Reads all entries; there are few beside what was seen."""

    def __init__(self, desk: Desk, library: LiveLibrary, window: QWidget, header: PageHeader) -> None:
        super().__init__()
        self._desk = desk
        self._library = library
        self._window = window
        self._header = header
        self.model = BlocklistModel()
        self.table = BlocklistTable(self.model)
        self.entry = EntryCard()
        self.figures = Figures()
        self.chips = ChipRow(self.tr("Show only"))
        self._chips: dict[str | None, FilterChip] = {}
        self._cause: str | None = None
        self.filter = SearchField(self.tr("Filter by name, group, movie"))
        self.filter.setFixedWidth(240)
        self.add = Button(self.tr("Block…"), icon="ban")
        header.add(self.filter)
        header.add(self.add)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._make_states()
        self._build()
        self._connect()
        self.refresh()

    def fit(self, breakpoint: str) -> None:
        """The side is there from 1280 px on."""
        self._side.setVisible(breakpoint == "wide")
        self.filter.setFixedWidth(180 if breakpoint == "narrow" else 240)

    def focus_content(self) -> None:
        """Put the keyboard on the rows."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read again."""
        self._desk.start(self._load())

    def selected(self) -> list[Blocked]:
        """What is selected, in the order shown."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.row_at(row) for row in rows]

    def escape(self) -> None:
        """Esc: of several rows only the current one stays selected."""
        self.table.setCurrentIndex(self.table.currentIndex())

    def unblock(self) -> None:
        """Let the selected ones be taken again; of several it asks."""
        entries = self.selected()
        if len(entries) == 1:
            self._desk.start(self._remove(entries))
        elif entries:
            ConfirmSheet(
                self._window,
                self.tr("Let {count} be taken again?").format(count=times.number(len(entries))),
                self.tr("They leave the blocklist. The next search looks at them like at any other release."),
                keep=self.tr("Keep them blocked"),
                go=self.tr("Unblock"),
                on_yes=lambda _checked: self._desk.start(self._remove(entries)),
            ).open()

    async def _load(self) -> None:
        blocklist, call = self._desk.engine.blocklist, self._desk.bridge.call
        try:
            entries = await call(blocklist.all())
            figures = await call(blocklist.statistics())
        except Problem as problem:
            self._error.set_text(problem.what, f"{problem.why} {problem.todo}".strip())
            self._stack.setCurrentWidget(self._error)
            return
        self.model.set_entries(entries, {one.movie_id: self._title(one.movie_id) for one in entries})
        self.figures.show_figures(figures)
        self._make_chips()
        self._show()

    async def _remove(self, entries: Sequence[Blocked]) -> None:
        await self._desk.bridge.call(self._desk.engine.blocklist.remove(*(one.id for one in entries)))
        if len(entries) == 1:
            words = self.tr("{name} may be taken again.").format(name=entries[0].title)
        else:
            words = self.tr("{count} entries may be taken again.").format(count=len(entries))
        self._desk.told.emit(words, "ok")

    def _title(self, movie_id: int) -> str:
        movie = self._library.movie(movie_id) if movie_id else None
        return movie.title if movie else ""

    def choose(self, cause: str | None) -> None:
        """Show one reason, or all."""
        self._cause = cause
        for key, chip in self._chips.items():
            chip.setChecked(key == cause)
        self.model.set_cause(cause)
        self._show()

    def _make_chips(self) -> None:
        causes = self.model.causes()
        if self._cause not in {None, *(cause for cause, _ in causes)}:
            self._cause = None
        wanted: list[tuple[str | None, int]] = [(None, self.model.total), *causes]
        if [key for key, _ in wanted] != list(self._chips):
            for chip in self._chips.values():
                chip.hide()
                chip.deleteLater()
            self._chips = {key: self._chip(key) for key, _ in wanted}
        for key, count in wanted:
            self._chips[key].set_count(count)
        self.choose(self._cause)

    def _chip(self, key: str | None) -> FilterChip:
        words = self.tr("All") if key is None else label_of(key) if key else self.tr("Blocked")
        chip = FilterChip(words)
        chip.clicked.connect(lambda: self.choose(key))
        self.chips.add(chip)
        return chip

    def _show(self) -> None:
        total, shown = self.model.total, self.model.rowCount()
        page = self.table if shown else self._no_match if total else self._empty
        self._stack.setCurrentWidget(page)
        self.chips.setVisible(bool(total))
        self.filter.setVisible(bool(total))
        self._header.set_count(times.number(total) if total else "")
        self._show_chosen()

    def _show_chosen(self) -> None:
        entries = self.selected()
        chosen = entries[0] if len(entries) == 1 else None
        self.entry.show_entry(chosen, self._movie_of(chosen) if chosen else "")
        several = self.tr("{count} selected").format(count=times.number(len(entries))) if len(entries) > 1 else ""
        self.bar.show_selection(several)

    def _open(self) -> None:
        """All of an entry: beside the table where there is room, else over it."""
        entries = self.selected()
        if len(entries) != 1 or self._side.isVisible():
            return
        sheet = Sheet(self._window, reason_word(entries[0]), width=520)
        card = EntryCard()
        card.show_entry(entries[0], self._movie_of(entries[0]))
        card.unblock_asked.connect(sheet.close_sheet)
        card.unblock_asked.connect(self.unblock)
        box = QVBoxLayout()
        box.setContentsMargins(20, 20, 20, 20)
        box.setSpacing(16)
        box.addWidget(card)
        close = Button(self.tr("Close"))
        close.clicked.connect(sheet.close_sheet)
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignTrailing)
        sheet.body.addLayout(box)
        sheet.closed.connect(sheet.deleteLater)
        sheet.open()

    def _movie_of(self, entry: Blocked) -> str:
        return self._title(entry.movie_id) if entry.movie_id else self.tr("All movies")

    def _menu(self, at: QPoint) -> None:
        menu = Menu(self)
        menu.add(self.tr("Unblock"), "undo-2", self.unblock, keys="Del")
        entries = self.selected()
        if len(entries) == 1 and entries[0].movie_id:
            movie_id = entries[0].movie_id
            menu.add(self.tr("Open movie"), "film", lambda: self._desk.movie_asked.emit(movie_id, "why"))
        menu.popup(at)

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, events.BlocklistChanged):
            self._settle.start()

    def _make_states(self) -> None:
        self._skeleton = Skeleton([QRect(24, 12 + 36 * line, 1000, 20) for line in range(12)])
        never = self.tr(
            "“Never again” is in every release's menu. What fails is blocked by itself, for as long as fits."
        )
        self._empty = EmptyState("ban", self.tr("Nothing is blocked"), never)
        self._clear = Button(self.tr("Show all"), "primary")
        self._no_match = EmptyState("list-filter", self.tr("No entry matches"), "", [self._clear])
        self._again = Button(self.tr("Try again"), "primary", "refresh-cw")
        self._error = EmptyState("triangle-alert", self.tr("The blocklist could not be read"), "", [self._again])

    def _build(self) -> None:
        self._stack = QStackedWidget()
        for widget in (self._skeleton, self.table, self._empty, self._no_match, self._error):
            self._stack.addWidget(widget)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        chips = QVBoxLayout()
        chips.setContentsMargins(24, 0, 24, 0)
        chips.addWidget(self.chips)
        column.addLayout(chips)
        rows = QVBoxLayout()
        rows.setContentsMargins(16, 0, 4, 0)
        rows.addWidget(self._stack)
        column.addLayout(rows, 1)
        unblock = BulkAction("unblock", self.tr("Unblock…"), "undo-2", shortcut="Del")
        self.bar = BulkBar(left, rows, [unblock])
        self._side = ScrollColumn()
        self._side.set_two_columns(two=False)
        self._side.setFixedWidth(_SIDE)
        self._side.main.addWidget(self.entry)
        self._side.main.addWidget(self.figures)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left, 1)
        row.addWidget(self._side)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.add.clicked.connect(lambda: BlockSheet(self._window, self._desk).open())
        self.table.opened.connect(lambda _index: self._open())
        self.table.menu_asked.connect(lambda _index, at: self._menu(at))
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.model.modelReset.connect(self._show_chosen)
        self.entry.unblock_asked.connect(self.unblock)
        self.bar.asked.connect(lambda _key: self.unblock())
        self.bar.cleared.connect(self.escape)
        self._clear.clicked.connect(self._show_all)
        self._again.clicked.connect(self.refresh)
        self._desk.bridge.happened.connect(self._on_event)
        delete = QShortcut(QKeySequence("Del"), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.unblock)

    def _filter(self, text: str) -> None:
        self.model.set_text(text)
        self._show()

    def _show_all(self) -> None:
        self.filter.clear()
        self.choose(None)
