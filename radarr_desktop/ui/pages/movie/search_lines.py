"""Who was asked in a search and what came of it: a line for each indexer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.ui.models.search_status import Part
from radarr_desktop.ui.parts import FlowLayout, Icon, Label, hline


class SearchLines(QWidget):
    """Those who answered or still search stand side by side; a reason has a line of its own, whole. Hidden if empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[_Line] = []
        self._quiet = QWidget()
        self._flow = FlowLayout(self._quiet, across=20, down=6)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(6)
        column = QVBoxLayout()
        column.setContentsMargins(24, 10, 24, 10)
        column.setSpacing(6)
        column.addWidget(self._quiet)
        column.addLayout(self._reasons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(hline())
        whole.addLayout(column)
        self.hide()

    @property
    def words(self) -> list[str]:
        """What the lines say."""
        return [line.accessibleName() for line in self._shown]

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these; the line of what is the same stays."""
        if list(parts) == [line.part for line in self._shown]:
            return
        known = {line.part: line for line in self._shown}
        self._shown = [known.pop(part) if part in known else _Line(part) for part in parts]
        for line in known.values():
            line.hide()
            line.deleteLater()
        for line in self._shown:
            layout = self._reasons if line.part.needs_room else self._flow
            layout.removeWidget(line)
            layout.addWidget(line)
        self._quiet.setVisible(any(not part.needs_room for part in parts))
        self.setVisible(bool(parts))


class _Line(QWidget):
    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part
        self.setAccessibleName(f"{part.name}: {part.words}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Icon(part.icon, part.tone, 14), 0, Qt.AlignmentFlag.AlignTop)
        if not part.words.startswith(part.name):
            row.addWidget(Label(part.name, "chip", "text"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(part.words, "secondary", "text2", wrap=part.needs_room), int(part.needs_room))
