"""History as a table, for one movie or all."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.ui.models.history import LOOKS, HistoryColumn, HistoryModel, kind_word
from radarr_desktop.ui.models.table import ROW
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.pages.rows import Index, RowDelegate, RowTable, draw_text
from radarr_desktop.ui.parts import mirrored, paint_release_name
from radarr_desktop.ui.theme import theme

_WIDTHS = {HistoryColumn.WHEN: 132, HistoryColumn.WHAT: 164, HistoryColumn.MOVIE: 220, HistoryColumn.QUALITY: 132}
_RELEASES = frozenset({HistoryKind.GRABBED, HistoryKind.IMPORTED, HistoryKind.FAILED, HistoryKind.INSPECTED})


class HistoryTable(RowTable):
    """When, what, which movie, which release."""

    def __init__(self, model: HistoryModel, *, with_movie: bool, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAccessibleName(self.tr("History"))
        self._with_movie = with_movie
        self.setModel(model)
        self.setItemDelegate(HistoryDelegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns go and come with the width."""
        super().resizeEvent(event)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self.setColumnHidden(HistoryColumn.MOVIE, not self._with_movie)
        self.setColumnHidden(HistoryColumn.QUALITY, self.viewport().width() < 860)
        self.horizontalHeader().setSectionResizeMode(HistoryColumn.NAME, QHeaderView.ResizeMode.Stretch)


class HistoryDelegate(RowDelegate):
    """What happened has its icon, a release name its colours."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, table: RowTable) -> None:
        """One cell of an entry's row."""
        entry: HistoryEntry = index.data(ROW)
        column = HistoryColumn(index.column())
        if column is HistoryColumn.WHAT:
            icon, state = LOOKS[entry.kind]
            spot = mirrored(table, QRect(rect.left(), rect.top() + (rect.height() - 16) // 2, 16, 16), rect)
            painter.drawPixmap(spot.topLeft(), theme().icons.pixmap(icon, state, 16, table.devicePixelRatio()))
            words = mirrored(table, rect.adjusted(24, 0, 0, 0), rect)
            draw_text(painter, words, kind_word(entry.kind), "label", "text", table)
        elif column is HistoryColumn.NAME and entry.kind in _RELEASES:
            paint_release_name(painter, rect, title_runs(entry.title))
        else:
            text = index.data(Qt.ItemDataRole.DisplayRole) or ""
            tone = "text3" if column is HistoryColumn.WHEN else "text" if column is HistoryColumn.MOVIE else "text2"
            draw_text(painter, rect, text, "row" if column is HistoryColumn.MOVIE else "body", tone, table)
