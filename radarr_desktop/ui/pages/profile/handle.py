"""A handle on a scale of gigabytes: to the mouse a ring, to keyboard and screen reader a slider."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

from radarr_desktop.ui.models.profile_words import gb
from radarr_desktop.ui.parts import focus_ring, rounded
from radarr_desktop.ui.theme import theme

STEPS = 10
"""Of a gigabyte."""
_SINGLE, _PAGE = 5, 50
SIZE = 24
_RING = 14


class Handle(QAbstractSlider):
    """Half a gigabyte a key press, five with Shift; past its end there is no limit, where that may be."""

    moved = Signal()
    """By the user."""

    def __init__(self, name: str, tone: str, *, beyond: str = "", parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._tone, self._beyond = name, tone, beyond
        self._grabbed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setSingleStep(_SINGLE)
        self.setPageStep(_PAGE)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setFixedSize(SIZE, SIZE)
        self.valueChanged.connect(lambda _value: self._name_it())
        self._name_it()

    @property
    def name(self) -> str:
        """What it limits."""
        return self._name

    @property
    def tone(self) -> str:
        """Its colour."""
        return self._tone

    @property
    def gigabytes(self) -> float | None:
        """Where it stands; None where there is no limit."""
        return None if self._beyond and self.value() >= self.maximum() else self.value() / STEPS

    @property
    def words(self) -> str:
        """Where it stands, for people."""
        value = self.gigabytes
        return self._beyond if value is None else gb(value)

    def put(self, gigabytes: float | None) -> None:
        """Stand somewhere, without telling."""
        blocked = self.blockSignals(True)
        self.setValue(self.maximum() if gigabytes is None else round(gigabytes * STEPS))
        self.blockSignals(blocked)
        self._name_it()

    def sizeHint(self) -> QSize:
        """Large enough to be hit."""
        return QSize(SIZE, SIZE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, with Shift in larger steps; Home and End go to the ends."""
        step = _PAGE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _SINGLE
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        more = {Qt.Key.Key_Up, Qt.Key.Key_Left if rtl else Qt.Key.Key_Right}
        less = {Qt.Key.Key_Down, Qt.Key.Key_Right if rtl else Qt.Key.Key_Left}
        moves = {
            **dict.fromkeys(more, self.value() + step),
            **dict.fromkeys(less, self.value() - step),
            Qt.Key.Key_PageUp: self.value() + _PAGE,
            Qt.Key.Key_PageDown: self.value() - _PAGE,
            Qt.Key.Key_Home: self.minimum(),
            Qt.Key.Key_End: self.maximum(),
        }
        key = Qt.Key(event.key())
        if key not in moves or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        self.move_to(moves[key])

    def move_to(self, value: int) -> None:
        """As the user would."""
        before = self.value()
        self.setValue(value)
        if self.value() != before:
            self.moved.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        self._grabbed = event.button() == Qt.MouseButton.LeftButton

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grabbed = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The scale says what a place means."""
        scale = self.parentWidget()
        if self._grabbed and scale is not None:
            at = self.mapTo(scale, event.position().toPoint()).x()
            self.move_to(scale.value_at(at))  # type: ignore[attr-defined]

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ring in its colour."""
        tokens = theme().tokens
        painter = QPainter(self)
        ring = QRect((SIZE - _RING) // 2, (SIZE - _RING) // 2, _RING, _RING)
        held = self._grabbed or self.underMouse()
        fill = tokens.color(self._tone) if held else tokens.color("panel")
        rounded(painter, ring, _RING / 2, fill=fill, line=tokens.color(self._tone), width=2)
        if self.hasFocus():
            focus_ring(painter, self.rect().adjusted(1, 1, -1, -1), SIZE / 2 - 1, tokens)

    def _name_it(self) -> None:
        self.setAccessibleName(f"{self._name}, {self.words}")
        self.setToolTip(f"{self._name} {self.words}")
        self.update()
