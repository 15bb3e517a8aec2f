"""A sheet: a dialog inside the window, over a scrim, that never blocks a loop."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QRect, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from radarr_desktop.ui.parts.shapes import soft_shadow
from radarr_desktop.ui.theme import theme

_TOP = 104
_NARROW_TOP = 24
_MARGIN = 24
_RISE = 12


class Sheet(QWidget):
    """Put the content into `body`; `open()` shows it, Esc or `close_sheet()` ends it, the focus goes back."""

    closed = Signal()

    def __init__(self, window: QWidget, name: str, *, width: int = 560, height: int | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._width, self._height = width, height
        self._opener: QWidget | None = None
        self._shown = 1.0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.panel = QFrame(self)
        self.panel.setProperty("part", "sheet")
        self.panel.setAccessibleName(name)
        self.body = QVBoxLayout(self.panel)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)
        self._motion = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._move)
        self.hide()
        window.installEventFilter(self)

    def open(self) -> None:
        """Show it over the window; returns at once."""
        self._opener = QApplication.focusWidget()
        self.setGeometry(self._window.rect())
        self._place()
        self.show()
        self.raise_()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.focusNextChild()
        if not theme().reduced_motion:
            self._motion.setDuration(theme().tokens.motion.enter)
            self._motion.start()

    def close_sheet(self) -> None:
        """Take it away and give the focus back to where it was."""
        if not self.isVisible():
            return
        self._motion.stop()
        self.hide()
        if self._opener is not None and _is_alive(self._opener):
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; no other key reaches the window below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the scrim keeps the sheet: typed text is not lost by accident."""
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside the sheet."""
        stops = [
            child
            for child in self.panel.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(self) and child.isEnabled()
        ]
        if not stops:
            return True
        order = _in_tab_order(self, stops)
        focus = QApplication.focusWidget()
        at = order.index(focus) if focus in order else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        order[(at + (1 if forward else -1)) % len(order)].setFocus(reason)
        return True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Cover the window whatever its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the panel centred."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The scrim, and the shadow below the panel."""
        tokens = theme().tokens
        painter = QPainter(self)
        scrim = tokens.scrim()
        scrim.setAlphaF(scrim.alphaF() * self._shown)
        painter.fillRect(self.rect(), scrim)
        shadow = tokens.color("shadow", tokens.alpha["shadow_sheet"])
        soft_shadow(painter, QRectF(self.panel.geometry()), tokens.radius.sheet, blur=48, drop=16, color=shadow)

    def _move(self, value: float) -> None:
        self._shown = value
        self._place()
        self.update()

    def _place(self) -> None:
        top = _TOP if self.height() >= _TOP + self._wanted_height() + _MARGIN else _NARROW_TOP
        width = min(self._width, self.width() - 2 * _MARGIN)
        height = min(self._wanted_height(), self.height() - top - _MARGIN)
        rise = round(_RISE * (1 - self._shown))
        self.panel.setGeometry(QRect((self.width() - width) // 2, top + rise, width, height))

    def _wanted_height(self) -> int:
        if self._height is not None:
            return self._height
        width = min(self._width, self.width() - 2 * _MARGIN)
        layout = self.panel.layout()
        hint = self.panel.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            hint = layout.totalHeightForWidth(width)
        return hint


def _in_tab_order(start: QWidget, stops: list[QWidget]) -> list[QWidget]:
    order: list[QWidget] = []
    widget = start.nextInFocusChain()
    while widget is not None and widget is not start:
        if widget in stops:
            order.append(widget)
        widget = widget.nextInFocusChain()
    return order


def _is_alive(widget: QWidget) -> bool:
    return isValid(widget) and widget.isVisible()
