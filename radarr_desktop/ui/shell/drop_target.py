"""A widget as a place to drop things on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from radarr_desktop.ui.shell.drops import DropReader, can_take


class DropTarget(QObject):
    """Watches the widget's drag events and hands what is dropped to the reader; `hovered` is for a hint."""

    hovered = Signal(bool)

    def __init__(self, widget: QWidget, reader: DropReader) -> None:
        super().__init__(widget)
        self._reader = reader
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take part in the drag."""
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
            return True
        if event.type() is QEvent.Type.DragLeave:
            self.hovered.emit(False)
        if isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            self.hovered.emit(False)
            _accept(event)
            self._reader.take(event.mimeData())
            return True
        return False

    def _enter(self, event: QDragEnterEvent) -> None:
        if not can_take(event.mimeData()):
            event.ignore()
            return
        _accept(event)
        self.hovered.emit(True)


def _accept(event: QDropEvent) -> None:
    """Take a copy where that is offered: who drags would delete what was moved."""
    if event.possibleActions() & Qt.DropAction.CopyAction:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    else:
        event.acceptProposedAction()
