"""Why the program cannot start: what, why, what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.problem import Problem
from radarr_desktop.ui.parts import Banner, Button, Sheet


class ProblemSheet(Sheet):
    """There is nothing behind it that works, so closing it ends the program."""

    def __init__(self, window: QWidget, problem: Problem) -> None:
        title = self.tr("radarr-desktop cannot start")
        super().__init__(window, title, width=560)
        self.setAccessibleDescription(str(problem))
        why = " ".join(part for part in (problem.why, problem.todo) if part)
        quit_button = Button(self.tr("Quit"), "primary", "power")
        quit_button.clicked.connect(self.close_sheet)
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(Banner(problem.what, why))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(quit_button)
        column.addLayout(row)
        self.body.addLayout(column)
