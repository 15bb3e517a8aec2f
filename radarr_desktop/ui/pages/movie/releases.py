"""The Releases tab: all that is known, best first, with one reason for each no."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.ui.models.releases import RIGHT, ROW, ReleaseColumn, ReleasesModel
from radarr_desktop.ui.models.verdicts import name_runs, reason, score_segments, verdict_icon, verdict_tone
from radarr_desktop.ui.pages.movie.release_detail import ReleaseDetail
from radarr_desktop.ui.pages.rows import Index, RowDelegate, RowTable, draw_text, elide
from radarr_desktop.ui.parts import (
    Button,
    EmptyState,
    FilterChip,
    Label,
    SearchField,
    Sheet,
    Spinner,
    mirrored,
    paint_icon,
    paint_release_name,
    paint_score,
)
from radarr_desktop.ui.theme import theme

_INSPECTOR = 336
_WIDTHS = {
    ReleaseColumn.STATE: 48,
    ReleaseColumn.AGE: 64,
    ReleaseColumn.SIZE: 88,
    ReleaseColumn.SEEDS: 64,
    ReleaseColumn.SCORE: 150,
}


class ReleasesTab(QWidget):
    """A table and, where there is room, the chosen release in full beside it."""

    grab_asked = Signal(object)
    search_asked = Signal()

    def __init__(self, window: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._is_wide = True
        self.model = ReleasesModel()
        self.table = RowTable(self.tr("Releases"), theme().tokens.height.row2)
        self.table.setModel(self.model)
        self.table.setItemDelegate(ReleaseDelegate(self.table))
        self.chips = {
            None: FilterChip(self.tr("All"), None, 0),
            True: FilterChip(self.tr("Accepted"), "ok", 0),
            False: FilterChip(self.tr("Rejected"), "miss", 0),
        }
        self.filter = SearchField(self.tr("Filter by name or indexer"))
        self.status = Label("", "secondary", "text2")
        self._spinner = Spinner(14)
        self._spinner.hide()
        self.again = Button(self.tr("Search indexers"), icon="refresh-cw")
        self.detail = ReleaseDetail()
        self.detail.grab_asked.connect(self.grab_asked)
        self._empty_search = Button(self.tr("Search indexers"), "primary", "search")
        self._empty = EmptyState(
            "radar",
            self.tr("No release has been seen yet"),
            self.tr("Ask the indexers now, or wait for the next check."),
            [self._empty_search],
        )
        self._build()
        self._connect()

    def show_releases(self, releases: tuple[StoredRelease, ...]) -> None:
        """Show others; the chosen one stays chosen."""
        chosen = self.detail.release
        self.model.set_releases(releases)
        for accepted, chip in self.chips.items():
            chip.set_count(self.model.count(accepted))
        place = self.model.place_of(chosen.id) if chosen else None
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(place or 0, ReleaseColumn.NAME))
        self._stack.setCurrentIndex(0 if releases else 1)
        self._bar.setVisible(bool(releases))

    def set_searching(self, searching: bool, words: str = "") -> None:
        """Tell how far the indexers are."""
        self._spinner.setVisible(searching)
        self.status.setText(words)
        self.again.setEnabled(not searching)
        self._empty_search.setEnabled(not searching)

    def fit(self, breakpoint: str) -> None:
        """The inspector is beside the table from 1280 px on; below that it is a sheet."""
        self._is_wide = breakpoint == "wide"
        self._inspector.setVisible(self._is_wide)

    def open_sheet(self, release: StoredRelease) -> Sheet:
        """Show a release's checks over the page."""
        sheet = Sheet(self._window, self.tr("Checks"), width=560)
        detail = ReleaseDetail()
        detail.show_release(release, self.model.most_points)
        detail.grab_asked.connect(self.grab_asked)
        detail.grab_asked.connect(lambda _release: sheet.close_sheet())
        scroll = _scroll(detail)
        close = Button(self.tr("Close"))
        close.clicked.connect(sheet.close_sheet)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 16)
        foot.addStretch(1)
        foot.addWidget(close)
        scroll.setMinimumHeight(min(660, detail.sizeHint().height() + 40))
        sheet.body.addWidget(scroll)
        sheet.body.addLayout(foot)
        sheet.closed.connect(sheet.deleteLater)
        sheet.open()
        return sheet

    def _build(self) -> None:
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(24, 10, 24, 6)
        bar.setSpacing(8)
        for chip in self.chips.values():
            bar.addWidget(chip)
        self.filter.setMinimumWidth(160)
        self.filter.setMaximumWidth(240)
        bar.addWidget(self.filter, 3)
        bar.addStretch(1)
        bar.addWidget(self._spinner)
        bar.addWidget(self.status)
        bar.addWidget(self.again)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.table, 1)
        self._inspector = _scroll(self.detail)
        self._inspector.setProperty("surface", "panel")
        self._inspector.setFixedWidth(_INSPECTOR)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left, 1)
        row.addWidget(self._inspector)
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)

    def _connect(self) -> None:
        self.chips[None].setChecked(True)
        for accepted, chip in self.chips.items():
            chip.clicked.connect(lambda _checked, accepted=accepted: self._choose(accepted))
        self.filter.textChanged.connect(lambda _text: self._refilter())
        self.again.clicked.connect(self.search_asked)
        self._empty_search.clicked.connect(self.search_asked)
        self.table.selectionModel().currentRowChanged.connect(self._show_detail)
        self.table.opened.connect(self._open)
        for keys, action in (("Ctrl+Return", self._grab), ("Ctrl+C", self._copy)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)

    def _choose(self, accepted: bool | None) -> None:
        for key, chip in self.chips.items():
            chip.setChecked(key is accepted)
        self._refilter()

    def _refilter(self) -> None:
        accepted = next(key for key, chip in self.chips.items() if chip.isChecked())
        self.model.set_filter(accepted, self.filter.text())

    def _show_detail(self, index: QModelIndex) -> None:
        if index.isValid():
            self.detail.show_release(self.model.release_at(index.row()), self.model.most_points)

    def _open(self, index: QModelIndex) -> None:
        if self._is_wide:
            if self.detail.grab_button is not None:
                self.detail.grab_button.setFocus()
        else:
            self.open_sheet(self.model.release_at(index.row()))

    def _grab(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.grab_asked.emit(self.model.release_at(index.row()))

    def _copy(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            QGuiApplication.clipboard().setText(self.model.release_at(index.row()).release.title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name has what the numbers leave."""
        super().resizeEvent(event)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setSectionResizeMode(ReleaseColumn.NAME, QHeaderView.ResizeMode.Stretch)


class ReleaseDelegate(RowDelegate):
    """Two lines: the name as read, and who has it, at what quality, with which verdict."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, table: RowTable) -> None:
        """One cell of a release's row."""
        row: StoredRelease = index.data(ROW)
        column = ReleaseColumn(index.column())
        tone = verdict_tone(row.verdict)
        if column is ReleaseColumn.STATE:
            paint_icon(painter, rect, verdict_icon(row.verdict), tone, 16, table.devicePixelRatio())
        elif column is ReleaseColumn.NAME:
            self._paint_name(painter, rect, row, table)
        elif column is ReleaseColumn.SCORE:
            bar = rect.adjusted(0, 0, -64, 0)
            model = index.model()
            most = model.most_points if isinstance(model, ReleasesModel) else 1
            paint_score(painter, mirrored(table, bar, rect), score_segments(row.verdict), most, widget=table)
            number = mirrored(table, QRect(rect.right() - 56, rect.top(), 57, rect.height()), rect)
            draw_text(painter, number, index.data() or "", "row", "text", table, right=True)
        else:
            draw_text(painter, rect, index.data() or "", "body", "text2", table, right=column in RIGHT)

    def _paint_name(self, painter: QPainter, rect: QRect, row: StoredRelease, table: RowTable) -> None:
        half = rect.height() // 2
        line = QRect(rect.left(), rect.top() + 7, rect.width(), half - 6)
        paint_release_name(painter, line, name_runs(row.parsed))
        below = QRect(rect.left(), rect.top() + half + 1, rect.width(), half - 9)
        where = f"{row.indexer} · {row.parsed.quality.name} · "
        draw_text(painter, below, where, "secondary", "text2", table)
        width = painter.fontMetrics().horizontalAdvance(where)
        rest = mirrored(table, below.adjusted(width, 0, 0, 0), below)
        tone = verdict_tone(row.verdict)
        words = elide(reason(row.verdict), max(0, rest.width()), "chip", theme().tokens.type["chip"].size)
        draw_text(painter, rest, words, "chip", "text2" if tone == "off" else tone, table)


def _scroll(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    widget.setProperty("surface", "none")
    area.setWidget(widget)
    return area
