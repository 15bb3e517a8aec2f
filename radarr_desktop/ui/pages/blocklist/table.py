"""The entries as a table."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from radarr_desktop.domain.blocklist import Blocked, Scope
from radarr_desktop.ui.models.blocklist import SCOPE_ICONS, BlockedColumn, BlocklistModel, tone_of
from radarr_desktop.ui.models.table import ROW
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.pages.rows import Index, RowDelegate, RowTable, draw_text
from radarr_desktop.ui.parts import mirrored, paint_release_name
from radarr_desktop.ui.theme import theme

_WIDTHS = {
    BlockedColumn.MOVIE: 190,
    BlockedColumn.REASON: 190,
    BlockedColumn.ATTEMPTS: 64,
    BlockedColumn.ENDS: 124,
    BlockedColumn.ADDED: 124,
}
_ONLY_WIDE = {BlockedColumn.ADDED: 1060, BlockedColumn.ATTEMPTS: 940, BlockedColumn.MOVIE: 800}
"""Columns that go when the table is narrower than this."""
_ICON = 16
_NAMED = frozenset({Scope.RELEASE})


class BlocklistTable(RowTable):
    """Several can be selected."""

    def __init__(self, model: BlocklistModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAccessibleName(self.tr("Blocklist"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self.setItemDelegate(BlocklistDelegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns go and come with the width."""
        super().resizeEvent(event)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
            self.setColumnHidden(column, self.viewport().width() < _ONLY_WIDE.get(column, 0))
        self.horizontalHeader().setSectionResizeMode(BlockedColumn.NAME, QHeaderView.ResizeMode.Stretch)


class BlocklistDelegate(RowDelegate):
    """The kind of entry is an icon before its name, a release name has its colours."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, table: RowTable) -> None:
        """One cell of an entry's row."""
        entry: Blocked = index.data(ROW)
        column = BlockedColumn(index.column())
        if column is BlockedColumn.NAME:
            spot = mirrored(table, QRect(rect.left(), rect.top() + (rect.height() - _ICON) // 2, _ICON, _ICON), rect)
            icon = theme().icons.pixmap(SCOPE_ICONS[entry.scope], "text3", _ICON, table.devicePixelRatio())
            painter.drawPixmap(spot.topLeft(), icon)
            words = mirrored(table, rect.adjusted(_ICON + 10, 0, 0, 0), rect)
            if entry.scope in _NAMED:
                paint_release_name(painter, words, title_runs(entry.title))
            else:
                draw_text(painter, words, entry.title, "row", "text", table)
            return
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        right = column in BlocklistModel.right
        tone = "text2"
        if column is BlockedColumn.REASON and tone_of(entry) == "err":
            tone = "err"
        elif column is BlockedColumn.ADDED:
            tone = "text3"
        draw_text(painter, rect, text, "body", tone, table, right=right)
