"""An icon as a widget, alone or in a tinted disc."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from radarr_desktop.ui.parts.shapes import rounded
from radarr_desktop.ui.theme import theme


class Icon(QWidget):
    """One icon; decoration next to words unless it is given an accessible name."""

    def __init__(
        self, name: str = "", role: str = "text2", size: int = 16, *, disc: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._role, self._size, self._disc = name, role, size, disc
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def sizeHint(self) -> QSize:
        """The icon, or the disc around it."""
        side = max(self._size, self._disc)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it in the colours in force."""
        if self._name:
            painter = QPainter(self)
            paint_icon(
                painter, self.rect(), self._name, self._role, self._size, self.devicePixelRatio(), disc=self._disc
            )


def paint_icon(painter: QPainter, rect: QRect, name: str, role: str, size: int, ratio: float, *, disc: int = 0) -> None:
    """Paint an icon in the middle of a rectangle, over a tinted disc when one is asked for."""
    tokens = theme().tokens
    if disc:
        box = QRect(0, 0, disc, disc)
        box.moveCenter(rect.center())
        fill = tokens.color("press") if role in {"off", "text2", "text3"} else tokens.tint(role)
        rounded(painter, box, disc / 2, fill=fill)
    spot = QRect(0, 0, size, size)
    spot.moveCenter(rect.center())
    painter.drawPixmap(spot.topLeft(), theme().icons.pixmap(name, role, size, ratio))
