"""The places of a collection as a table: what movie each is, how sure that is, and why."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from radarr_desktop.domain.collection import CollectionItem, ItemState
from radarr_desktop.ui.models.collection import LOOKS, PlaceColumn, PlacesModel, shows_confidence, tone_of
from radarr_desktop.ui.models.table import ROW
from radarr_desktop.ui.pages.rows import Index, RowDelegate, RowTable, draw_text
from radarr_desktop.ui.parts import mirrored, paint_bar
from radarr_desktop.ui.theme import theme

_SURE = 112
_WHY_FROM = 860
"""The reasons go when the table is narrower: the chosen place tells them beside it."""
_ICON, _BAR = 16, 44


class PlacesTable(RowTable):
    """Several can be selected."""

    def __init__(self, model: PlacesModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAccessibleName(self.tr("What was found"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self.setItemDelegate(PlacesDelegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns go and come with the width."""
        super().resizeEvent(event)
        width = self.viewport().width()
        self.setColumnHidden(PlaceColumn.WHY, width < _WHY_FROM)
        self.setColumnWidth(PlaceColumn.SURE, _SURE)
        self.setColumnWidth(PlaceColumn.MOVIE, round((width - _SURE) * (0.4 if width < _WHY_FROM else 0.27)))
        self.setColumnWidth(PlaceColumn.WHY, round((width - _SURE) * 0.36))
        self.horizontalHeader().setSectionResizeMode(PlaceColumn.PLACE, QHeaderView.ResizeMode.Stretch)


class PlacesDelegate(RowDelegate):
    """Its state is an icon before the place, how sure it is a bar with its number."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, table: RowTable) -> None:
        """One cell of a place's row."""
        item: CollectionItem = index.data(ROW)
        column = PlaceColumn(index.column())
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        if not item.path:  # its page is being read
            return
        quiet = LOOKS[item.state][1] == "off"
        if column is PlaceColumn.PLACE:
            icon, tone = LOOKS[item.state]
            spot = mirrored(table, QRect(rect.left(), rect.top() + (rect.height() - _ICON) // 2, _ICON, _ICON), rect)
            painter.drawPixmap(spot.topLeft(), theme().icons.pixmap(icon, tone, _ICON, table.devicePixelRatio()))
            words = mirrored(table, rect.adjusted(_ICON + 10, 0, 0, 0), rect)
            draw_text(painter, words, text, "row", "text2" if quiet else "text", table)
        elif column is PlaceColumn.SURE:
            if shows_confidence(item):
                self._paint_sure(painter, rect, item, text, table)
        else:
            is_movie = column is PlaceColumn.MOVIE and item.state is not ItemState.UNKNOWN and not quiet
            draw_text(painter, rect, text, "body", "text" if is_movie else "text2", table)

    def _paint_sure(self, painter: QPainter, rect: QRect, item: CollectionItem, text: str, table: RowTable) -> None:
        guess = item.guesses[0]
        bar = QRect(rect.left(), rect.top(), _BAR, rect.height())
        paint_bar(painter, mirrored(table, bar, rect), guess.confidence / 100, tone_of(guess), widget=table)
        number = QRect(bar.right() + 8, rect.top(), rect.width() - _BAR - 12, rect.height())
        draw_text(painter, mirrored(table, number, rect), text, "body", "text2", table, right=True)
