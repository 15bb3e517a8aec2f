"""A card for one folder or the like: what it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from radarr_desktop.ui.parts import Card, Icon, IconButton, Label


class EntryCard(Card):
    """An icon, some lines, and buttons at the end; more may be put below."""

    def __init__(self, icon: Icon, lines: Sequence[Label]) -> None:
        super().__init__()
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self._row.addWidget(icon)
        words = QVBoxLayout()
        words.setSpacing(4)
        for line in lines:
            words.addWidget(line)
        self._row.addLayout(words, 1)
        self.body.addLayout(self._row)

    def add_button(self, icon: str, name: str, do: Callable[[], object]) -> None:
        """Something to be done with it."""
        button = IconButton(icon, name)
        button.clicked.connect(do)
        self._row.addWidget(button)
