"""The history page: everything that has happened, the newest first."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.history import HistoryModel, kind_word
from radarr_desktop.ui.models.undo_words import operation_of, operations_of
from radarr_desktop.ui.pages.chip_row import ChipRow
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.history_table import HistoryTable
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.undoing import Undoing
from radarr_desktop.ui.parts import Button, EmptyState, FilterChip
from radarr_desktop.ui.shell.header import PageHeader

_PAGE = 100
_SETTLE_MS = 500
_NEAR_END = 400
_KINDS = (
    HistoryKind.GRABBED,
    HistoryKind.IMPORTED,
    HistoryKind.FAILED,
    HistoryKind.ADDED,
    HistoryKind.SEARCHED,
    HistoryKind.FILE_DELETED,
    HistoryKind.RENAMED,
    HistoryKind.UNDONE,
)
_QUIET = (events.DownloadProgressed, events.IndexerAnswered, events.ReleaseJudged, events.PluginsChanged)


class HistoryPage(QWidget):
    """Older pages come while scrolling."""

    def __init__(self, desk: Desk, library: LiveLibrary, undoing: Undoing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._undoing = undoing
        self._library = library
        self._header: PageHeader | None = None
        self._kind: HistoryKind | None = None
        self._page = 0
        self._total = 0
        self._is_loading = False
        self.model = HistoryModel()
        self.table = HistoryTable(self.model, with_movie=True)
        self.chips: dict[HistoryKind | None, FilterChip] = {None: FilterChip(self.tr("All"))}
        for kind in _KINDS:
            self.chips[kind] = FilterChip(kind_word(kind))
        self.undo = Button(self.tr("Undo the last change"), icon="undo-2")
        self.undo.setToolTip("Ctrl+Z")
        self._again = Button(self.tr("Try again"), "primary", "refresh-cw")
        self._empty = EmptyState(
            "history",
            self.tr("Nothing has happened yet"),
            self.tr("Searches, downloads and imports are told here."),
        )
        self._error = EmptyState("triangle-alert", self.tr("The history could not be read"), "", [self._again])
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._build()
        self._connect()

    def dress(self, header: PageHeader) -> None:
        """The count stands in the page's header, and the way back."""
        self._header = header
        header.add(self.undo)

    def focus_content(self) -> None:
        """Put the keyboard on the rows."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the newest again."""
        self._desk.start(self._load(1))

    def choose(self, kind: HistoryKind | None) -> None:
        """Show one kind, or all."""
        for key, chip in self.chips.items():
            chip.setChecked(key is kind)
        self._kind = kind
        self.refresh()

    async def _load(self, number: int) -> None:
        self._is_loading = True
        kinds = () if self._kind is None else (self._kind,)
        try:
            verb = self._desk.engine.history.page(page=number, page_size=_PAGE, kinds=kinds)
            page = await self._desk.bridge.call(verb)
            undo = await self._desk.bridge.call(self._desk.engine.undo.operations(ids=operations_of(page.entries)))
        except Problem as problem:
            self._error.set_text(problem.what, f"{problem.why} {problem.todo}".strip())
            self._stack.setCurrentWidget(self._error)
            return
        finally:
            self._is_loading = False
        self._page, self._total = number, page.total
        titles = {entry.movie_id: self._title(entry.movie_id) for entry in page.entries}
        if number == 1:
            self.model.set_entries(page.entries, titles, undo)
        else:
            self.model.append(page.entries, titles, undo)
        self._stack.setCurrentWidget(self.table if page.total else self._empty)
        if self._header is not None:
            self._header.set_count(times.number(page.total) if page.total else "")

    def _title(self, movie_id: int) -> str:
        movie = self._library.movie(movie_id)
        return movie.title if movie else ""

    def _scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        near = value > bar.maximum() - _NEAR_END
        if near and not self._is_loading and self.model.rowCount() < self._total:
            self._desk.start(self._load(self._page + 1))

    def _on_event(self, event: events.Event) -> None:
        if self.isVisible() and not isinstance(event, _QUIET):
            self._settle.start()

    def _open(self, index: QModelIndex) -> None:
        entry = self.model.row_at(index.row())
        if self._library.movie(entry.movie_id) is not None:
            self._desk.movie_asked.emit(entry.movie_id, "why")

    def _connect(self) -> None:
        self.chips[None].setChecked(True)
        for kind, chip in self.chips.items():
            chip.clicked.connect(lambda _checked, kind=kind: self.choose(kind))
        self._again.clicked.connect(self.refresh)
        self.table.opened.connect(self._open)
        self.table.undo_asked.connect(lambda entry: self._undoing.ask(operation_of(entry)))
        self.undo.clicked.connect(self._undoing.last)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._desk.bridge.happened.connect(self._on_event)

    def _build(self) -> None:
        row = ChipRow(self.tr("Show only"))
        for chip in self.chips.values():
            row.add(chip)
        chips = QVBoxLayout()
        chips.setContentsMargins(24, 4, 24, 8)
        chips.addWidget(row)
        self._stack = QStackedWidget()
        for widget in (self.table, self._empty, self._error):
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(self._empty)
        content = QVBoxLayout()
        content.setContentsMargins(16, 0, 4, 0)
        content.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(chips)
        column.addLayout(content, 1)
