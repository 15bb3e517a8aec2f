"""What lies over the window while something is dragged across it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from radarr_desktop.ui.parts import Label

_MARGIN = 24


class DropHint(QFrame):
    """Hidden until it is told that something hovers."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("part", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        words = Label(self.tr("Drop to add"), "title")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        kinds = Label(self.tr("Torrents and links are fetched, videos and folders imported."), "body", "text2")
        kinds.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(kinds)
        column.addStretch(1)
        self.hide()

    def show_when(self, hovered: bool) -> None:
        """Cover the window, or go away."""
        if hovered:
            self.setGeometry(self._window.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN))
            self.raise_()
        self.setVisible(hovered)
