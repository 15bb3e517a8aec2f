"""Chips: filters that can be on, states with their tint, and tokens that can be removed."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QSizePolicy, QWidget

from radarr_desktop.ui.parts.shapes import focus_ring, mirrored, rounded
from radarr_desktop.ui.theme import State, set_role, theme

_PADDING = 10
_ICON = 14
_CROSS = 13
_GAP = 6
ChipTone = State | Literal["accent"]


class FilterChip(QAbstractButton):
    """A filter that is on or off, with the number of things behind it: the grid's legend."""

    def __init__(self, text: str, state: State | None = None, count: int | None = None, icon: str = "") -> None:
        super().__init__()
        self._state = state
        self._count = count
        self._icon = icon
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, "label")
        self._name_it()

    def set_count(self, count: int | None) -> None:
        """Show another number."""
        self._count = count
        self._name_it()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        width = 2 * _PADDING + self.fontMetrics().horizontalAdvance(self.text())
        if self._state:
            width += _ICON + _GAP
        if self._count is not None:
            width += 8 + self.fontMetrics().horizontalAdvance(self._number())
        return QSize(width, theme().tokens.height.chip)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Outline, or filled with the accent's line when on."""
        tokens = theme().tokens
        painter = QPainter(self)
        fill = "sel" if self.isChecked() else "hover" if self.underMouse() else "panel"
        line = "accent" if self.isChecked() else "line"
        rounded(painter, self.rect(), self.height() / 2, fill=tokens.color(fill), line=tokens.color(line))
        if self.hasFocus():
            focus_ring(painter, self.rect(), self.height() / 2, tokens)
        left = _PADDING
        if self._state:
            name = self._icon or tokens.state_icons[self._state]
            icon = theme().icons.pixmap(name, self._state, _ICON, self.devicePixelRatio())
            spot = QRect(left, (self.height() - _ICON) // 2, _ICON, _ICON)
            painter.drawPixmap(mirrored(self, spot).topLeft(), icon)
            left += _ICON + _GAP
        left = self._paint_text(painter, left, self.text(), "text" if self.isChecked() else "text2")
        if self._count is not None:
            self._paint_text(painter, left + 8, self._number(), "text2" if self.isChecked() else "text3")

    def _paint_text(self, painter: QPainter, left: int, text: str, role: str) -> int:
        width = self.fontMetrics().horizontalAdvance(text)
        painter.setPen(theme().tokens.color(role))
        painter.drawText(mirrored(self, QRect(left, 0, width, self.height())), Qt.AlignmentFlag.AlignCenter, text)
        return left + width

    def _number(self) -> str:
        return "" if self._count is None else self.locale().toString(self._count)

    def _name_it(self) -> None:
        self.setAccessibleName(self.text() if self._count is None else f"{self.text()} {self._number()}")


class StateChip(QWidget):
    """A state in a tinted pill: icon, word and colour, always all three."""

    def __init__(self, text: str, state: ChipTone, icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_role(self, "chip")
        self.set_state(text, state, icon)

    def set_state(self, text: str, state: ChipTone, icon: str | None = None) -> None:
        """Show another state."""
        self._text, self._state, self._icon = text, state, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(
            state_chip_width(self.fontMetrics().horizontalAdvance(self._text)), theme().tokens.height.chip_small
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_state_chip(painter, self.rect(), self._text, self._state, self._icon, widget=self)


def state_chip_width(text_width: int) -> int:
    """How wide the pill is around a text of this width."""
    return 8 + _ICON + 5 + text_width + _PADDING


def paint_state_chip(
    painter: QPainter, rect: QRect, text: str, state: ChipTone, icon: str | None = None, *, widget: QWidget
) -> None:
    """The pill for delegates; the painter has the font, the widget the reading direction."""
    tokens = theme().tokens
    rounded(painter, rect, rect.height() / 2, fill=tokens.tint(state))
    spot = QRect(rect.left() + 8, rect.top() + (rect.height() - _ICON) // 2, _ICON, _ICON)
    pixmap = theme().icons.pixmap(icon or tokens.state_icons[state], state, _ICON, widget.devicePixelRatio())
    painter.drawPixmap(mirrored(widget, spot, rect).topLeft(), pixmap)
    words = QRect(rect.left() + 8 + _ICON + 5, rect.top(), rect.width() - 8 - _ICON - 5 - _PADDING + 1, rect.height())
    painter.setPen(tokens.color(state))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
    painter.drawText(mirrored(widget, words, rect), flags, text)


class RemovableChip(QWidget):
    """A value that a click on its cross, Delete or Backspace takes away."""

    removed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = text
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("{name}, Backspace removes it").format(name=text))
        set_role(self, "label")

    def sizeHint(self) -> QSize:
        """As wide as its words and the cross."""
        width = _PADDING + self.fontMetrics().horizontalAdvance(self.text) + _GAP + _CROSS + _PADDING
        return QSize(width, theme().tokens.height.chip)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the outline, the word and the cross."""
        tokens = theme().tokens
        painter = QPainter(self)
        rounded(painter, self.rect(), self.height() / 2, fill=tokens.color("panel"), line=tokens.color("line"))
        if self.hasFocus():
            focus_ring(painter, self.rect(), self.height() / 2, tokens)
        width = self.fontMetrics().horizontalAdvance(self.text)
        painter.setPen(tokens.color("text2"))
        painter.drawText(
            mirrored(self, QRect(_PADDING, 0, width, self.height())), Qt.AlignmentFlag.AlignCenter, self.text
        )
        cross = theme().icons.pixmap("x", "text3", _CROSS, self.devicePixelRatio())
        painter.drawPixmap(self._cross().topLeft(), cross)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remove by the cross, with room around it for unsteady hands."""
        if self._cross().adjusted(-6, -8, 10, 8).contains(event.position().toPoint()):
            self.removed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove by key."""
        if event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _cross(self) -> QRect:
        return mirrored(self, QRect(self.width() - _PADDING - _CROSS, (self.height() - _CROSS) // 2, _CROSS, _CROSS))


class Toggle(QCheckBox):
    """An on/off switch with the look of a slider; to the keyboard and a screen reader a check box."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # the style would place it as the check box that it does not look like
        self.setAttribute(Qt.WidgetAttribute.WA_LayoutUsesWidgetRect)

    def sizeHint(self) -> QSize:
        """The look's 36 by 20, with room for the ring."""
        return QSize(40, 24)

    def hitButton(self, pos: object) -> bool:
        """All of it can be clicked."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint track and knob."""
        tokens = theme().tokens
        painter = QPainter(self)
        track = QRect(0, 0, 36, 20)
        track.moveCenter(self.rect().center())
        on = self.isChecked()
        fill, line = ("fill", "fill") if on else ("field", "edge")
        rounded(painter, track, 10, fill=tokens.color(fill), line=tokens.color(line))
        knob = mirrored(self, QRect(track.left() + (18 if on else 3), track.top() + 3, 14, 14))
        rounded(painter, knob, 7, fill=_knob(on=on))
        if self.hasFocus():
            focus_ring(painter, track.adjusted(-2, -2, 2, 2), 12, tokens)


def _knob(*, on: bool) -> QColor:
    return theme().tokens.color("on_fill" if on else "edge")
