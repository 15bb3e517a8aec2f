"""The mark as a widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from radarr_desktop.ui.mark import paint_mark
from radarr_desktop.ui.theme import theme


class Mark(QWidget):
    """In the colours in force."""

    def __init__(self, size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._size, self._size)

    def paintEvent(self, _event: object) -> None:
        """Paint it."""
        paint_mark(QPainter(self), QRectF(self.rect()), theme().tokens)
