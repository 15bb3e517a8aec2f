"""The library as a table, for those who compare."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from radarr_desktop.ui.models.movie_state import MovieRow, MovieState
from radarr_desktop.ui.models.movies import RIGHT, Column, cell
from radarr_desktop.ui.models.table import ROW
from radarr_desktop.ui.pages.rows import Index, RowDelegate, RowTable, draw_text
from radarr_desktop.ui.parts import paint_icon
from radarr_desktop.ui.theme import TypeRole, theme

_WIDTHS = {
    Column.STATE: 40,
    Column.YEAR: 64,
    Column.QUALITY: 148,
    Column.PROFILE: 110,
    Column.SIZE: 96,
    Column.GROUP: 128,
    Column.ADDED: 112,
}
_ONLY_WIDE = {Column.PROFILE: 820, Column.GROUP: 940, Column.ADDED: 700}
"""Columns that go when the table is narrower than this."""
_TOLD_BY_COLOUR = frozenset({MovieState.DOWNLOADING, MovieState.ATTENTION, MovieState.MISSING, MovieState.NOT_RELEASED})


class MoviesTable(RowTable):
    """36 px rows; a click on a column's name sorts by it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAccessibleName(self.tr("Movies"))
        self.setItemDelegate(MovieDelegate(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        columns = self.horizontalHeader()
        columns.setSectionsClickable(True)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setSortIndicatorShown(True)
        columns.sortIndicatorChanged.connect(self._sort)

    def fit(self) -> None:
        """Give the title what the others leave."""
        columns = self.horizontalHeader()
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
            self.setColumnHidden(column, self.viewport().width() < _ONLY_WIDE.get(column, 0))
        columns.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns go and come with the width."""
        super().resizeEvent(event)
        if self.model() is not None:
            self.fit()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column >= 0:
            self.model().sort(column, order)


class MovieDelegate(RowDelegate):
    """The state as an icon and, where there is no file, as a coloured word."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, table: RowTable) -> None:
        """One cell of a movie's row."""
        row: MovieRow = index.data(ROW)
        column = Column(index.column())
        if column is Column.STATE:
            icon = theme().tokens.state_icons[row.tone]
            paint_icon(painter, rect, icon, row.tone, 16, table.devicePixelRatio())
            return
        tone = "text2"
        if column is Column.TITLE:
            tone = "text"
        elif column is Column.QUALITY and row.state in _TOLD_BY_COLOUR:
            tone = row.tone
        role: TypeRole = "row" if column is Column.TITLE else "body"
        draw_text(painter, rect, cell(row, column), role, tone, table, right=column in RIGHT)
