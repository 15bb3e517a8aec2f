"""Waiting: the spinner that appears late and the skeleton of what is coming."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from radarr_desktop.ui.parts.shapes import mirrored, rounded
from radarr_desktop.ui.theme import set_role, theme

_STEPS = 30
_GAP = 8


class Spinner(QWidget):
    """A turning circle that shows after 300 ms; with reduced motion it stands still beside a word."""

    def __init__(self, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._step = 0
        self._is_shown = False
        self.setAccessibleName(self.tr("Working…"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_role(self, "secondary")
        motion = theme().tokens.motion
        self._delay = QTimer(self, singleShot=True, interval=motion.spinner_delay)
        self._delay.timeout.connect(self._appear)
        self._turn = QTimer(self, interval=motion.spinner_turn // _STEPS)
        self._turn.timeout.connect(self._advance)

    @property
    def is_turning(self) -> bool:
        """Whether it moves right now."""
        return self._turn.isActive()

    def sizeHint(self) -> QSize:
        """The circle, and the word beside it when nothing may move."""
        if not theme().reduced_motion:
            return QSize(self._size, self._size)
        width = self.fontMetrics().horizontalAdvance(self.accessibleName())
        return QSize(self._size + _GAP + width, max(self._size, self.fontMetrics().height()))

    def showEvent(self, event: QShowEvent) -> None:
        """Wait a little: what is done in 300 ms needs no spinner."""
        super().showEvent(event)
        self._is_shown = False
        self._delay.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the clockwork."""
        super().hideEvent(event)
        self._delay.stop()
        self._turn.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the circle where it is now."""
        if not self._is_shown:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        spot = mirrored(self, QRect(0, (self.height() - self._size) // 2, self._size, self._size))
        pixmap = theme().icons.pixmap("loader-circle", "text2", self._size, self.devicePixelRatio())
        painter.save()
        painter.translate(spot.center().x() + 0.5, spot.center().y() + 0.5)
        painter.rotate(360 * self._step / _STEPS)
        painter.drawPixmap(-self._size // 2, -self._size // 2, pixmap)
        painter.restore()
        if theme().reduced_motion:
            painter.setPen(theme().tokens.color("text2"))
            words = QRect(self._size + _GAP, 0, self.width() - self._size - _GAP, self.height())
            painter.drawText(
                mirrored(self, words),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading,
                self.accessibleName(),
            )

    def _appear(self) -> None:
        self._is_shown = True
        if not theme().reduced_motion:
            self._turn.start()
        self.update()

    def _advance(self) -> None:
        self._step = (self._step + 1) % _STEPS
        self.update()


class Skeleton(QWidget):
    """Grey boxes where the real things will be."""

    def __init__(self, boxes: Sequence[QRect], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes = tuple(boxes)
        self.setAccessibleName(self.tr("Loading…"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the boxes."""
        painter = QPainter(self)
        tokens = theme().tokens
        for box in self._boxes:
            rounded(painter, mirrored(self, box), tokens.radius.button, fill=tokens.color("hover"))
