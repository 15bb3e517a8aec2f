"""A card of facts: a name on the left, its value on the right."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from radarr_desktop.ui.parts import Card, Label, Tone

_NAMES = 112


class FactsCard(Card):
    """Values may be several lines; empty ones are left out."""

    def __init__(self, title: str, facts: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, _NAMES)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        for name, value in facts:
            if value:
                self.add_fact(name, value)

    def add_fact(self, name: str, value: str, tone: Tone = "text") -> Label:
        """One more line; its value may change."""
        place = self._grid.rowCount()
        label = Label(name, "secondary", "text2")
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        words = Label(value, "secondary", tone, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(label, place, 0)
        self._grid.addWidget(words, place, 1)
        return words
