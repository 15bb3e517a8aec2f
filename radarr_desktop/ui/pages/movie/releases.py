"""Releases of a movie to choose from: a table, and beside it the chosen one in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.ui.models.fixes import fix_of
from radarr_desktop.ui.models.releases import ReleaseColumn, ReleasesModel
from radarr_desktop.ui.models.search_status import SearchStatus
from radarr_desktop.ui.pages.movie.release_detail import ReleaseDetail, Subject
from radarr_desktop.ui.pages.movie.release_row import ReleaseDelegate
from radarr_desktop.ui.pages.movie.search_lines import SearchLines
from radarr_desktop.ui.pages.rows import RowTable
from radarr_desktop.ui.parts import (
    Button,
    ElidingLabel,
    EmptyState,
    FilterChip,
    SearchField,
    Sheet,
    Spinner,
    vline,
)
from radarr_desktop.ui.parts.scroll import scrolled
from radarr_desktop.ui.theme import theme

_INSPECTOR = 340
_ROOMY = 900
"""Below this width of the table the age and the score's bar give their room to the name."""
_WIDTHS = {
    ReleaseColumn.STATE: 48,
    ReleaseColumn.AGE: 64,
    ReleaseColumn.SIZE: 88,
    ReleaseColumn.SEEDS: 64,
    ReleaseColumn.SCORE: 152,
}
_FEW = {ReleaseColumn.STATE: 40, ReleaseColumn.SIZE: 80, ReleaseColumn.SEEDS: 56, ReleaseColumn.SCORE: 84}


class ReleasesView(QWidget):
    """The chosen row never moves while more come."""

    grab_asked = Signal(object)
    search_asked = Signal()
    fix_asked = Signal(object)
    block_asked = Signal(object)
    group_asked = Signal(str)
    indexers_asked = Signal()

    def __init__(self, window: QWidget, search: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._is_wide = True
        self._is_chosen = False
        self._profile: QualityProfile | None = None
        self._runtime = 0
        self._formats: Mapping[int, str] = {}
        self.model = ReleasesModel()
        self.table = RowTable(self.tr("Releases"), theme().tokens.height.row2)
        self.table.setModel(self.model)
        self.table.setItemDelegate(ReleaseDelegate(self.table))
        self.chips = {
            None: FilterChip(self.tr("All"), None, 0),
            True: FilterChip(self.tr("Accepted"), "ok", 0),
            False: FilterChip(self.tr("Rejected"), "miss", 0, "circle-x"),
        }
        self.filter = SearchField(self.tr("Filter by name, group, indexer"))
        self.status = ElidingLabel("", "secondary", "text2")
        self.lines = SearchLines()
        self._spinner = Spinner(14)
        self._spinner.hide()
        self.again = search
        self.detail = ReleaseDetail()
        self._empty_search = Button(self.tr("Search indexers"), "primary", "search")
        self._empty_indexers = Button(self.tr("Indexers"), icon="settings")
        self._empty = EmptyState("radar", "", "", [self._empty_search, self._empty_indexers])
        self._no_match = Button(self.tr("Show all"), icon="x")
        self._filtered = EmptyState("funnel", self.tr("No release matches the filter"), "", [self._no_match])
        self._build()
        self._connect()
        self.show_status(SearchStatus())

    def show_terms(
        self, profile: QualityProfile | None, runtime: int, formats: Mapping[int, str] = MappingProxyType({})
    ) -> None:
        """By what the releases were judged; ``formats`` are the names of custom formats by id."""
        self._profile, self._runtime, self._formats = profile, runtime, formats
        self._show_chosen()

    def show_releases(self, releases: Sequence[StoredRelease]) -> None:
        """Show others; the chosen one stays chosen, and where it is."""
        chosen = self.detail.release
        top = self._top_of(chosen.id) if chosen and self._is_chosen else None
        self.model.set_releases(releases)
        place = self.model.place_of(chosen.id) if chosen else None
        if self.model.rowCount():
            self._put_current(place or 0)
        if chosen is not None and top is not None and place is not None:
            bar = self.table.verticalScrollBar()
            bar.setValue(bar.value() + self._top_of(chosen.id) - top)
        self._show_counts()

    def add_releases(self, releases: Sequence[StoredRelease]) -> None:
        """More have come."""
        chosen = self.detail.release if self._is_chosen else None
        hold = 0
        if chosen is not None and self.model.place_of(chosen.id) is not None:
            top = self._top_of(chosen.id)
            room = self.model.rowCount() * self._row_height() - self.table.viewport().height()
            above = self.model.better_than(chosen.id, releases)
            # rows above can only scroll out of sight where there are enough of them
            hold = chosen.id if above and room < 0 else 0
            self.model.merge(releases, hold)
            bar = self.table.verticalScrollBar()
            self.table.updateGeometries()
            bar.setValue(bar.value() + self._top_of(chosen.id) - top)
        else:
            # known ones were judged again, so all may have another place
            fresh = {row.id for row in releases}
            self.model.set_releases([*(row for row in self.model.all if row.id not in fresh), *releases])
            if self.model.rowCount():
                self._put_current(0)
        self._show_chosen()
        self._show_counts()

    def show_status(self, status: SearchStatus) -> None:
        """Tell how far the indexers are."""
        self._spinner.setVisible(status.is_running)
        parts = status.parts if len(status.asked) > 1 or status.late else []
        self.lines.show_parts(parts)
        self.status.setText(status.counted if parts else status.sentence)
        self.status.set_tone("miss" if status.problems and not parts and not status.is_running else "text2")
        self.again.setEnabled(not status.is_running)
        self._empty_search.setEnabled(not status.is_running)
        self._empty_indexers.setVisible("" in status.problems)
        title, sentence = self.tr("No release has been seen yet"), self.tr("Ask the indexers now, or wait.")
        if status.is_running:
            title, sentence = self.tr("Asking the indexers…"), self.tr("Releases appear as each of them answers.")
        elif "" in status.problems:
            title, sentence = self.tr("Nobody could be asked"), status.sentence
        elif status.problems:
            title, sentence = self.tr("Not every indexer answered"), status.sentence
        elif status.answers:
            title = self.tr("No indexer has this movie right now")
            sentence = self.tr("It is looked for again by itself. You can also drop a torrent on this window.")
        self._empty.set_text(title, sentence)

    def fit(self, breakpoint: str) -> None:
        """The inspector is beside the table from 1280 px on; below that it is a sheet."""
        self._is_wide = breakpoint == "wide"
        self._inspector.setVisible(self._is_wide)

    def forget(self) -> None:
        """Another movie: nothing is chosen, nothing filtered."""
        self._is_chosen = False
        self.filter.clear()
        self._choose(None)
        self.show_releases(())

    def open_sheet(self, release: StoredRelease) -> Sheet:
        """Show a release's checks over the page."""
        sheet = Sheet(self._window, self.tr("Checks"), width=560)
        detail = ReleaseDetail()
        detail.show_release(self._subject(release))
        for mine, theirs in (
            (detail.grab_asked, self.grab_asked),
            (detail.fix_asked, self.fix_asked),
            (detail.block_asked, self.block_asked),
            (detail.group_asked, self.group_asked),
        ):
            mine.connect(sheet.close_sheet)
            mine.connect(theirs)
        scroll = scrolled(detail)
        close = Button(self.tr("Close"))
        close.clicked.connect(sheet.close_sheet)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 8, 20, 16)
        foot.addStretch(1)
        foot.addWidget(close)
        scroll.setMinimumHeight(min(660, detail.sizeHint().height() + 40))
        sheet.body.addWidget(scroll)
        sheet.body.addLayout(foot)
        sheet.closed.connect(sheet.deleteLater)
        sheet.open()
        return sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name has what the numbers leave."""
        super().resizeEvent(event)
        roomy = self.width() - (_INSPECTOR if self._is_wide else 0) >= _ROOMY - 140
        self.table.setColumnHidden(ReleaseColumn.AGE, not roomy)
        for column, width in (_WIDTHS if roomy else _FEW).items():
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setSectionResizeMode(ReleaseColumn.NAME, QHeaderView.ResizeMode.Stretch)

    def _subject(self, release: StoredRelease) -> Subject:
        fix = fix_of(release, self._profile, self._runtime)
        names = tuple(self._formats[id] for id in release.formats if id in self._formats)
        return Subject(release, self.model.scale, self.model.would_be_best(release), fix, names)

    def _show_counts(self) -> None:
        for accepted, chip in self.chips.items():
            chip.set_count(self.model.count(accepted))
        some = bool(self.model.all)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1 if some else 2)
        self._bar.setVisible(some)

    def _show_chosen(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.detail.show_release(self._subject(self.model.row_at(index.row())))

    def _put_current(self, place: int) -> None:
        was = self._is_chosen
        self.table.setCurrentIndex(self.model.index(place, ReleaseColumn.NAME))
        self._is_chosen = was

    def _top_of(self, id: int) -> int:
        place = self.model.place_of(id)
        return self.table.rowViewportPosition(place) if place is not None else 0

    def _row_height(self) -> int:
        return self.table.verticalHeader().defaultSectionSize()

    def _build(self) -> None:
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(24, 10, 24, 6)
        bar.setSpacing(8)
        for chip in self.chips.values():
            bar.addWidget(chip)
        self.filter.setMinimumWidth(150)
        self.filter.setMaximumWidth(240)
        bar.addWidget(self.filter, 3)
        bar.addStretch(1)
        bar.addWidget(self._spinner)
        bar.addWidget(self.status, 4)
        self.status.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        if self.again.parentWidget() is None:
            bar.addWidget(self.again)
        self._inspector = QWidget()
        self._inspector.setProperty("surface", "panel")
        self._inspector.setFixedWidth(_INSPECTOR)
        beside = QHBoxLayout(self._inspector)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(vline())
        beside.addWidget(scrolled(self.detail))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(self._inspector)
        self._stack = QStackedWidget()
        for widget in (both, self._filtered, self._empty):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.lines)  # below: rows must not move when a reason comes

    def _connect(self) -> None:
        self.chips[None].setChecked(True)
        for accepted, chip in self.chips.items():
            chip.clicked.connect(lambda _checked, accepted=accepted: self._choose(accepted))
        self.filter.textChanged.connect(lambda _text: self._refilter())
        self.again.clicked.connect(self.search_asked)
        self._empty_search.clicked.connect(self.search_asked)
        self._empty_indexers.clicked.connect(self.indexers_asked)
        self._no_match.clicked.connect(self._show_all)
        for mine, theirs in (
            (self.detail.grab_asked, self.grab_asked),
            (self.detail.fix_asked, self.fix_asked),
            (self.detail.block_asked, self.block_asked),
            (self.detail.group_asked, self.group_asked),
        ):
            mine.connect(theirs)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.table.menu_asked.connect(self._menu)
        for keys, action in (
            ("Ctrl+Return", self._grab),
            ("Ctrl+Enter", self._grab),
            ("Ctrl+C", self._copy),
            ("Ctrl+Del", self._block),
            ("Right", lambda: self._open(self.table.currentIndex())),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)

    def _choose(self, accepted: bool | None) -> None:
        for key, chip in self.chips.items():
            chip.setChecked(key is accepted)
        self._refilter()

    def _show_all(self) -> None:
        self.filter.clear()
        self._choose(None)

    def _refilter(self) -> None:
        accepted = next(key for key, chip in self.chips.items() if chip.isChecked())
        chosen = self.detail.release
        self.model.set_filter(accepted, self.filter.text())
        if self.model.rowCount():
            self._put_current((self.model.place_of(chosen.id) if chosen else None) or 0)
        self._show_counts()

    def _chosen(self, index: QModelIndex) -> None:
        self._is_chosen = True
        if index.isValid():
            self._show_chosen()

    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if self._is_wide:
            if self.detail.grab_button is not None:
                self.detail.grab_button.setFocus()
        else:
            self.open_sheet(self.model.row_at(index.row()))

    def _menu(self, index: QModelIndex, at: QPoint) -> None:
        self.detail.menu(self.model.row_at(index.row()), at)

    @property
    def _current(self) -> StoredRelease | None:
        index = self.table.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def _grab(self) -> None:
        if (release := self._current) is not None:
            self.grab_asked.emit(release)

    def _block(self) -> None:
        if (release := self._current) is not None:
            self.block_asked.emit(release)

    def _copy(self) -> None:
        if (release := self._current) is not None:
            QGuiApplication.clipboard().setText(release.release.title)
