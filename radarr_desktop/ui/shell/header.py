"""The header of a page: its title, a count, and on the right what the page wants there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from radarr_desktop.ui.parts import Button, ElidingLabel, Label
from radarr_desktop.ui.theme import theme


class PageHeader(QWidget):
    """64 px high; a page with its own head hides it."""

    back = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme().tokens.height.header)
        self.setAccessibleName(title)
        self._back = Button("", "ghost", "arrow-left")
        self._back.hide()
        self._back.clicked.connect(self.back)
        self._title = ElidingLabel(title, "title")
        self._count = Label("", "body", "text3", tabular=True)
        self._right = QHBoxLayout()
        self._right.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        row.addWidget(self._back)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addLayout(self._right)

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_count(self, count: str) -> None:
        """What is in the page: "1,284 · 21.7 TB"."""
        self._count.setText(count)

    def set_back(self, text: str) -> None:
        """Show the way back, named after where it leads; the empty text hides it."""
        self._back.setText(text)
        self._back.setVisible(bool(text))

    def add(self, widget: QWidget) -> None:
        """Put a widget on the right, after those already there."""
        self._right.addWidget(widget)
