"""The whole window as a place to drop things on, with a hint while the mouse is over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from radarr_desktop.ui.parts import Label
from radarr_desktop.ui.shell.drops import DropReader, can_take

_MARGIN = 24


class DropTarget(QObject):
    """Watches the window's drag events and hands what is dropped to the reader."""

    def __init__(self, window: QWidget, reader: DropReader) -> None:
        super().__init__(window)
        self._window = window
        self._reader = reader
        self.hint = _Hint(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take part in the drag."""
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
            return True
        if event.type() is QEvent.Type.DragLeave:
            self.hint.hide()
        if isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            self.hint.hide()
            event.acceptProposedAction()
            self._reader.take(event.mimeData())
            return True
        return False

    def _enter(self, event: QDragEnterEvent) -> None:
        if not can_take(event.mimeData()):
            event.ignore()
            return
        event.acceptProposedAction()
        self.hint.setGeometry(self._window.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN))
        self.hint.show()
        self.hint.raise_()


class _Hint(QFrame):
    """What lies over the window while something is dragged across it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        words = Label(self.tr("Drop to add"), "title")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(words)
        self.hide()
