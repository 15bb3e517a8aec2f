"""Menus that go by themselves when they close, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from radarr_desktop.ui.theme import set_icon


class Menu(QMenu):
    """Shown once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.aboutToHide.connect(self.deleteLater)

    def add(self, text: str, icon: str, do: Callable[[], object], *, keys: str = "", danger: bool = False) -> QAction:
        """Something to do; ``keys`` are told beside it, and work without it too."""
        action = QAction(text, self)
        set_icon(action, icon, "err" if danger else "text2")
        action.setShortcut(keys)
        action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(lambda _checked=False: do())
        self.addAction(action)
        return action
