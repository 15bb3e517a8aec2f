"""The poster grid: one list view, one delegate, no widget per movie."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from radarr_desktop.ui.models.movies import Column
from radarr_desktop.ui.pages.item_views import ActionList
from radarr_desktop.ui.pages.movies.cells import ACTIONS, PosterDelegate, action_spots, cell_height, poster_rect
from radarr_desktop.ui.pages.posters import Posters
from radarr_desktop.ui.theme import theme

_CELL = 168


class PosterGrid(ActionList):
    """Columns share the width; arrows move in two dimensions, letters type ahead."""

    def __init__(self, posters: Posters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Movies"))
        self.blanks: set[int] = set()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._delegate = PosterDelegate(posters, self)
        self.setItemDelegate(self._delegate)
        # else nothing that is scrolled could be kept, and every step would paint every poster
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        posters.arrived.connect(self.viewport().update)
        posters.go_on.connect(self._draw_blanks)
        posters.cleared.connect(self._delegate.forget)
        theme().changed.connect(self._fit)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """A view without a model has no column to choose."""
        super().setModel(model)
        if model is not None:
            self.setModelColumn(Column.TITLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then the posters."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().tokens.color("window"))
        painter.end()
        self._delegate.begin()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        self._fit()
        super().resizeEvent(event)

    def action_spots(self, index: QModelIndex) -> dict[str, QRect]:
        """On the poster, from its middle."""
        spots = action_spots(poster_rect(self.visualRect(index)))
        return {key: spot for (key, _), spot in zip(ACTIONS, spots, strict=True)}

    def _draw_blanks(self) -> None:
        rows, self.blanks = self.blanks, set()
        for row in rows:
            self.viewport().update(self.visualRect(self.model().index(row, Column.TITLE)))

    def _fit(self) -> None:
        width = self.viewport().width()
        columns = max(1, width // _CELL)
        cell = max(80, width // columns)
        size = QSize(cell, cell_height(cell))
        if self.gridSize() != size:
            self.setGridSize(size)
        self.verticalScrollBar().setSingleStep(60)
