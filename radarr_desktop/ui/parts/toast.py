"""Toasts: short notices at the bottom that can be undone, and wait while they are looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from radarr_desktop.ui.parts.bulk_bar import BulkBar
from radarr_desktop.ui.parts.buttons import Button, IconButton
from radarr_desktop.ui.parts.icon import Icon
from radarr_desktop.ui.parts.labels import Label
from radarr_desktop.ui.parts.shapes import lift
from radarr_desktop.ui.theme import State, theme

_MOST = 3
_MARGIN = 16
_GAP = 8
_WIDTH = 480
_MOVING = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide})
_LINE, _BESIDE_ACTION = 60, 36
"""Letters that fit on one line, alone and beside a button."""


class Toast(QFrame):
    """One notice; it leaves after its time, unless the mouse or the keyboard is on it."""

    gone = Signal()

    def __init__(
        self,
        text: str,
        state: State = "ok",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.text = text
        self._on_action = on_action
        self._left = theme().tokens.motion.toast
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.close_now)
        self.setProperty("part", "toast")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        self.setMaximumWidth(_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(Icon(theme().tokens.state_icons[state], state, 18))
        row.addWidget(Label(text, "label", wrap=len(text) > (_BESIDE_ACTION if action else _LINE)), 1)
        self.action = Button(action, "ghost") if action else None
        if self.action is not None:
            row.addWidget(self.action)
            self.action.clicked.connect(self._act)
        cross = IconButton("x", self.tr("Dismiss"))
        cross.clicked.connect(self.close_now)
        row.addWidget(cross)
        for child in self.findChildren(QWidget):
            child.installEventFilter(self)

    @property
    def is_paused(self) -> bool:
        """Whether its time stands still."""
        return not self._timer.isActive()

    def start(self) -> None:
        """Let the time run."""
        self._timer.start(self._left)

    def close_now(self) -> None:
        """Leave."""
        self._timer.stop()
        self.hide()
        self.gone.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Focus on a button inside counts as looking at the toast."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            QTimer.singleShot(0, self, self._look)
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        """The mouse is on it."""
        super().enterEvent(event)
        self._pause()

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has gone."""
        super().leaveEvent(event)
        self._look()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is on it."""
        super().focusInEvent(event)
        self._pause()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone."""
        super().focusOutEvent(event)
        QTimer.singleShot(0, self, self._look)

    def event(self, event: QEvent) -> bool:
        """Claim Esc before the window's shortcut gets it."""
        is_esc = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_esc and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc dismisses."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_now()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and (focus is self or self.isAncestorOf(focus))):
            self._pause()
        elif self.isVisible() and self.is_paused:
            self.start()

    def _pause(self) -> None:
        if self._timer.isActive():
            self._left = max(1000, self._timer.remainingTime())
            self._timer.stop()

    def _act(self) -> None:
        if self._on_action is not None:
            self._on_action()
        self.close_now()


class ToastStack(QObject):
    """Keeps at most three toasts at the bottom of a widget, the newest on top."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._toasts: list[Toast] = []
        host.installEventFilter(self)

    @property
    def toasts(self) -> tuple[Toast, ...]:
        """Those in sight, the newest first."""
        return tuple(self._toasts)

    def show(
        self, text: str, state: State = "ok", action: str = "", on_action: Callable[[], object] | None = None
    ) -> Toast:
        """Tell something; with an action such as Undo."""
        toast = Toast(text, state, action, on_action, self._host)
        toast.gone.connect(lambda: self._remove(toast))
        self._toasts.insert(0, toast)
        for old in self._toasts[_MOST:]:
            old.close_now()
        lift(toast, theme().tokens)
        toast.show()
        toast.start()
        self._arrange(arriving=toast)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._host, text))
        return toast

    def run_newest_action(self) -> bool:
        """Ctrl+Z: what the newest toast offers; whether there was one."""
        for toast in self._toasts:
            if toast.action is not None:
                toast.action.click()
                return True
        return False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom while the host changes its size, and clear of a bar that comes or goes."""
        if event.type() in _MOVING:
            self._arrange()
        return False

    def _remove(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            toast.deleteLater()
            self._arrange()

    def _floor(self) -> int:
        """Where they stand: above a bar over selected rows, whose buttons are to be pressed."""
        bottom = self._host.height() - _MARGIN
        for bar in self._host.findChildren(BulkBar) if self._toasts else ():
            bar.installEventFilter(self)
            if bar.isVisible():
                bottom = min(bottom, bar.mapTo(self._host, QPoint()).y() - _GAP)
        return bottom

    def _arrange(self, arriving: Toast | None = None) -> None:
        rtl = self._host.layoutDirection() is Qt.LayoutDirection.RightToLeft
        bottom = self._floor()
        for toast in reversed(self._toasts):
            wraps = toast.hasHeightForWidth()
            # sentences over several lines are all as wide, and what they need in height depends on it
            width = min(_WIDTH if wraps else toast.sizeHint().width(), _WIDTH, self._host.width() - 2 * _MARGIN)
            toast.resize(width, toast.heightForWidth(width) if wraps else toast.sizeHint().height())
            left = self._host.width() - _MARGIN - toast.width() if rtl else _MARGIN
            place = QPoint(left, bottom - toast.height())
            bottom -= toast.height() + _GAP
            toast.raise_()
            if toast is arriving and not theme().reduced_motion:
                _slide(toast, place)
            else:
                toast.move(place)


def _slide(toast: Toast, place: QPoint) -> None:
    move = QPropertyAnimation(toast, b"pos", toast)
    move.setDuration(theme().tokens.motion.enter)
    move.setStartValue(place + QPoint(0, _MARGIN))
    move.setEndValue(place)
    move.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)
