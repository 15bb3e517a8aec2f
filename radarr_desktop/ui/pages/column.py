"""A page's content as one column that scrolls, with an optional second column beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

_SIDE = 336


class ScrollColumn(QScrollArea):
    """Add to `main`; what is in `side` stands on the right while there is room, below otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("surface", "none")
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(24, 16, 24, 24)
        self._row.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(0)
        self.main = QVBoxLayout()
        self.main.setSpacing(16)
        self._below = QVBoxLayout()
        left.addLayout(self.main)
        left.addLayout(self._below)
        left.addStretch(1)
        self._row.addLayout(left, 1)
        self._side = QWidget()
        self._side.setFixedWidth(_SIDE)
        self.side = QVBoxLayout(self._side)
        self.side.setContentsMargins(0, 0, 0, 0)
        self.side.setSpacing(16)
        self._row.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        self.setWidget(inside)

    def set_two_columns(self, two: bool) -> None:
        """Beside each other, or one below the other."""
        if two:
            self._below.removeWidget(self._side)
            self._side.setFixedWidth(_SIDE)
            self._row.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
            self._below.setContentsMargins(0, 0, 0, 0)
        else:
            self._row.removeWidget(self._side)
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
            self._below.setContentsMargins(0, 16, 0, 0)
            self._below.addWidget(self._side)


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        inner = item.layout()
        if isinstance(inner, QVBoxLayout | QHBoxLayout):
            clear(inner)
