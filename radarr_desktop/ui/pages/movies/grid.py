"""The poster grid: one list view, one delegate, no widget per movie."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from radarr_desktop.ui.models.movies import Column
from radarr_desktop.ui.pages.movies.cells import ACTIONS, PosterDelegate, action_spots, cell_height, poster_rect
from radarr_desktop.ui.pages.posters import Posters
from radarr_desktop.ui.theme import theme

_CELL = 168


class PosterGrid(QListView):
    """Columns share the width; arrows move in two dimensions, letters type ahead."""

    opened = Signal(QModelIndex)
    menu_asked = Signal(QModelIndex, QPoint)
    action_asked = Signal(QModelIndex, str)

    def __init__(self, posters: Posters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Movies"))
        self.hot = ("", -1)
        self.blanks: set[int] = set()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self._delegate = PosterDelegate(posters, self)
        self.setItemDelegate(self._delegate)
        # else nothing that is scrolled could be kept, and every step would paint every poster
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.doubleClicked.connect(self.opened)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """The first movie has the keyboard when none had it."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        model = self.model()
        if model.rowCount() and not self.selectionModel().hasSelection():
            current = self.currentIndex()
            self.setCurrentIndex(current if current.isValid() else model.index(0, Column.TITLE))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on an action of a poster does it; anywhere else it selects."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        action = self._action_at(at, index)
        if action and event.button() is Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index)
            if action == "menu":
                self.menu_asked.emit(index, event.globalPosition().toPoint())
            else:
                self.action_asked.emit(index, action)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the action under the mouse."""
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        self._set_hot(self._action_at(at, index), index.row())

    def leaveEvent(self, event: QEvent) -> None:
        """No action is lit any more."""
        super().leaveEvent(event)
        self._set_hot("", -1)

    def _draw_blanks(self) -> None:
        rows, self.blanks = self.blanks, set()
        for row in rows:
            self.viewport().update(self.visualRect(self.model().index(row, Column.TITLE)))

    def _set_hot(self, action: str, row: int) -> None:
        if (action, row) != self.hot:
            self.hot = (action, row)
            self.viewport().update()

    def _action_at(self, at: QPoint, index: QModelIndex) -> str:
        if not index.isValid():
            return ""
        spots = action_spots(poster_rect(self.visualRect(index)))
        return next((key for (key, _), spot in zip(ACTIONS, spots, strict=True) if spot.contains(at)), "")

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():
            index = self.currentIndex()
            at = self.visualRect(index).center()
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_asked.emit(index, self.viewport().mapToGlobal(at))

    def _fit(self) -> None:
        width = self.viewport().width()
        columns = max(1, width // _CELL)
        cell = max(80, width // columns)
        size = QSize(cell, cell_height(cell))
        if self.gridSize() != size:
            self.setGridSize(size)
        self.verticalScrollBar().setSingleStep(60)
