"""The bar that floats over a list while several of its rows are selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from radarr_desktop.ui.parts.buttons import Button, IconButton
from radarr_desktop.ui.parts.labels import Label, vline
from radarr_desktop.ui.parts.menu import Menu
from radarr_desktop.ui.parts.shapes import lift
from radarr_desktop.ui.theme import theme

_FROM_BOTTOM = 20
_ROOM = 80
_MARGIN = 16


@dataclass(frozen=True)
class BulkAction:
    """What can be done with all that is selected; dangerous ones open a question first."""

    key: str
    text: str
    icon: str
    danger: bool = False
    shortcut: str = ""


class BulkBar(QFrame):
    """Hidden until `show_selection`; `layout_below` gets room at its end, so that the last rows stay reachable."""

    asked = Signal(str)
    """The key of an action."""
    cleared = Signal()

    def __init__(
        self, host: QWidget, layout_below: QBoxLayout, actions: Sequence[BulkAction], more: Sequence[BulkAction] = ()
    ) -> None:
        super().__init__(host)
        self._host = host
        self._below = layout_below
        self._more = tuple(more)
        self.setProperty("part", "bar")
        self.setAccessibleName(self.tr("Selected rows"))
        self._words = Label("", "row")
        self._facts = Label("", "body", "text3", tabular=True)
        self.buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 9, 9)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self._facts)
        row.addSpacing(4)
        row.addWidget(vline())
        row.addSpacing(4)
        for action in actions:
            button = Button(action.text, "danger" if action.danger else "default", action.icon)
            button.setAccessibleName(action.text)
            button.setToolTip(f"{action.text} ({action.shortcut})" if action.shortcut else action.text)
            button.clicked.connect(lambda _checked=False, key=action.key: self.asked.emit(key))
            self.buttons[action.key] = button
            row.addWidget(button)
        self._actions = tuple(actions)
        if more:
            other = IconButton("ellipsis", self.tr("More for the selected rows"))
            other.clicked.connect(lambda: self._open_menu(other))
            row.addWidget(other)
        cross = IconButton("x", self.tr("Select nothing"), shortcut="Esc")
        cross.clicked.connect(self.cleared)
        row.addWidget(cross)
        lift(self, theme().tokens)
        host.installEventFilter(self)
        self.hide()

    def show_selection(self, words: str, facts: str = "") -> None:
        """Say what is selected: "7 selected", "78.4 GB"; without words the bar goes."""
        if (words, facts) == (self._words.text(), self._facts.text()):
            return
        self._words.setText(words)
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))
        if bool(words) == self.isHidden():
            margins = self._below.contentsMargins()
            margins.setBottom(margins.bottom() + (_ROOM if words else -_ROOM))
            self._below.setContentsMargins(margins)
            self.setVisible(bool(words))
        if words:
            self._place()

    def set_action(self, key: str, text: str, icon: str) -> None:
        """An action that turns into its opposite."""
        button = self.buttons[key]
        if button.accessibleName() == text:
            return
        self._actions = tuple(
            BulkAction(key, text, icon, one.danger, one.shortcut) if one.key == key else one for one in self._actions
        )
        button.setAccessibleName(text)
        button.set_icon_name(icon)
        if self.isVisible():
            self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the bottom."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc selects nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        room = self._host.width() - 2 * _MARGIN
        for action in self._actions:
            self.buttons[action.key].setText(action.text)
        if self._wanted() > room:
            for action in self._actions:
                self.buttons[action.key].setText("")
        self.resize(self._wanted(), self.sizeHint().height())
        self.move(QPoint((self._host.width() - self.width()) // 2, self._host.height() - self.height() - _FROM_BOTTOM))
        self.raise_()

    def _wanted(self) -> int:
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
        return self.sizeHint().width()

    def _open_menu(self, button: QWidget) -> None:
        menu = Menu(self)
        for one in self._more:
            menu.add(one.text, one.icon, partial(self.asked.emit, one.key), keys=one.shortcut, danger=one.danger)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))
