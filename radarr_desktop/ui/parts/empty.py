"""What a page shows when it has nothing: an icon, a title, a sentence and the way on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.ui.parts.icon import Icon
from radarr_desktop.ui.parts.labels import Label

_SENTENCE_WIDTH = 620


class EmptyState(QWidget):
    """Centred on the page; the first button is the primary action."""

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        buttons: Sequence[QAbstractButton] = (),
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = Label(title, "title")
        self._sentence = Label(sentence, "body", "text2", wrap=True)
        self._hint = Label(hint, "secondary", "text3", wrap=True)
        for label in (self._title, self._sentence, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Icon(icon, "accent", 24, disc=56), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(12)
        column.addWidget(self._hint)
        self._hint.setVisible(bool(hint))
        self._center(column)

    def set_text(self, title: str, sentence: str) -> None:
        """Say why it is empty now."""
        self._title.setText(title)
        self._sentence.setText(sentence)

    def _center(self, column: QVBoxLayout) -> None:
        holder = QWidget()
        holder.setMaximumWidth(_SENTENCE_WIDTH)
        holder.setLayout(column)
        outer = QHBoxLayout()
        outer.addStretch(1)
        outer.addWidget(holder, 8)
        outer.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 24, 24, 24)
        page.addStretch(2)
        page.addLayout(outer)
        page.addStretch(3)
