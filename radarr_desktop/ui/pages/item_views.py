"""Lists that open what is in them, have a menu, and offer actions under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget


class ActionList(QListView):
    """Enter and double click open, the menu key has the menu; a subclass says where a row's actions are."""

    opened = Signal(QModelIndex)
    menu_asked = Signal(QModelIndex, QPoint)
    action_asked = Signal(QModelIndex, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hot = ("", -1)
        """The action under the mouse, and its row."""
        self.setUniformItemSizes(True)
        set_up(self)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.doubleClicked.connect(self.opened)

    def action_spots(self, index: QModelIndex) -> dict[str, QRect]:
        """Where the actions of a row are; override."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if is_enter(event) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on an action does it; anywhere else it selects."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        action = self._action_at(at, index)
        if not action or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setCurrentIndex(index)
        if action == "menu":
            self.menu_asked.emit(index, event.globalPosition().toPoint())
        else:
            self.action_asked.emit(index, action)

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first row has the keyboard when none had it."""
        super().focusInEvent(event)
        choose_first(self, self.modelColumn())

    def _set_hot(self, action: str, row: int) -> None:
        if (action, row) != self.hot:
            self.hot = (action, row)
            self.viewport().update()

    def _action_at(self, at: QPoint, index: QModelIndex) -> str:
        spots = self.action_spots(index) if index.isValid() else {}
        return next((key for key, spot in spots.items() if spot.contains(at)), "")

    def _ask_menu(self, at: QPoint) -> None:
        index, at = menu_place(self, at)
        if index.isValid():
            self.menu_asked.emit(index, at)


def set_up(view: QAbstractItemView) -> None:
    """What all lists and tables have in common."""
    view.setMouseTracking(True)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)


def is_enter(event: QKeyEvent) -> bool:
    """Enter of either kind, alone."""
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers()


def choose_first(view: QAbstractItemView, column: int = 0) -> None:
    """Give the keyboard to the first row when none has it."""
    model = view.model()
    if model.rowCount() and not view.selectionModel().hasSelection():
        current = view.currentIndex()
        view.setCurrentIndex(current if current.isValid() else model.index(0, column))


def menu_place(view: QAbstractItemView, at: QPoint) -> tuple[QModelIndex, QPoint]:
    """Whose menu is asked for at a point, chosen now, and where on the screen; by the keyboard it is the current row's.

    There may be none.
    """
    index = view.indexAt(at)
    if not index.isValid():
        index = view.currentIndex()
        at = view.visualRect(index).center()
    if index.isValid() and not view.selectionModel().isRowSelected(index.row(), index.parent()):
        view.setCurrentIndex(index)
    return index, view.viewport().mapToGlobal(at)
