"""A segmented switch: one of a few, all in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from radarr_desktop.ui.parts.shapes import focus_ring, mirrored, rounded
from radarr_desktop.ui.theme import set_role, theme

_PADDING = 12
_ICON = 16
_GAP = 8


@dataclass(frozen=True)
class Segment:
    """One choice: its key, its word, and an icon that replaces the word on the switch."""

    key: str
    text: str
    icon: str = ""
    count: int | None = None


class Segmented(QWidget):
    """Clicks choose, and arrow keys by Qt's rule for exclusive buttons; the current choice is `key`."""

    chosen = Signal(str)

    def __init__(self, name: str, segments: Sequence[Segment], key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _SegmentButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for segment in segments:
            button = _SegmentButton(segment)
            self._buttons[segment.key] = button
            self._group.addButton(button)
            row.addWidget(button)
            button.clicked.connect(lambda _checked, key=segment.key: self.chosen.emit(key))
        self.set_key(key or segments[0].key)

    @property
    def key(self) -> str:
        """The current choice."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_key(self, key: str) -> None:
        """Choose without telling."""
        self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """Show a number behind one word."""
        self._buttons[key].set_count(count)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The groove the segments lie in."""
        tokens = theme().tokens
        groove = "window" if tokens.theme == "dark" else "press"
        rounded(QPainter(self), self.rect(), tokens.radius.button, fill=tokens.color(groove), line=tokens.color("line"))


class _SegmentButton(QAbstractButton):
    def __init__(self, segment: Segment) -> None:
        super().__init__()
        self._segment = segment
        self._count = segment.count
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(segment.text)
        if segment.icon:
            self.setToolTip(segment.text)
        else:
            self.setText(segment.text)
        set_role(self, "label")

    def set_count(self, count: int | None) -> None:
        self._count = count
        self.setAccessibleName(self._segment.text if count is None else f"{self._segment.text} {count}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = theme().tokens.height.button - 6
        if self._segment.icon:
            return QSize(_ICON + 2 * _PADDING, height)
        width = self.fontMetrics().horizontalAdvance(self.text())
        if self._count is not None:
            width += _GAP + self.fontMetrics().horizontalAdvance(self._number())
        return QSize(width + 2 * _PADDING, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme().tokens
        painter = QPainter(self)
        radius = tokens.radius.button - 2
        if self.isChecked():
            fill = tokens.color("press" if tokens.theme == "dark" else "raised")
            rounded(painter, self.rect(), radius, fill=fill, line=tokens.color("line"))
        if self.hasFocus():
            focus_ring(painter, self.rect(), radius, tokens)
        role = "text" if self.isChecked() or self.underMouse() else "text2"
        if self._segment.icon:
            spot = QRect(0, 0, _ICON, _ICON)
            spot.moveCenter(self.rect().center())
            painter.drawPixmap(
                spot.topLeft(), theme().icons.pixmap(self._segment.icon, role, _ICON, self.devicePixelRatio())
            )
            return
        width = self.fontMetrics().horizontalAdvance(self.text())
        left = _PADDING
        painter.setPen(tokens.color(role))
        painter.drawText(
            mirrored(self, QRect(left, 0, width, self.height())), Qt.AlignmentFlag.AlignCenter, self.text()
        )
        if self._count is not None:
            number = QRect(left + width + _GAP, 0, self.fontMetrics().horizontalAdvance(self._number()), self.height())
            painter.setPen(tokens.color("text3"))
            painter.drawText(mirrored(self, number), Qt.AlignmentFlag.AlignCenter, self._number())

    def _number(self) -> str:
        return "" if self._count is None else self.locale().toString(self._count)
