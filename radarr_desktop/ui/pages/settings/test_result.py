"""What the last test of a service said, and when."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from radarr_desktop.ui.models import times
from radarr_desktop.ui.parts import Card, Icon, Label


class TestResult(Card):
    """Hidden until there is something to say."""

    __test__ = False

    def __init__(self) -> None:
        super().__init__()
        self.is_bad = False
        self.is_standing = False
        """Does it tell how the service stands, not what a test said?"""
        self._icon = Icon(size=20)
        self._title = Label("", "card", wrap=True)
        self._why = Label("", "secondary", "text2", wrap=True)
        self._time = Label("", "secondary", "text3", tabular=True)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._title)
        words.addWidget(self._why)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self._time, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.hide()

    def clear(self) -> None:
        """Nothing was tested."""
        self.is_bad = self.is_standing = False
        self.hide()

    def show_result(self, *, passed: bool, title: str, why: str = "") -> None:
        """It was tested just now."""
        self._show(passed=passed, title=title, why=why)
        self._time.setText(times.clock(datetime.now(UTC)))
        self.is_standing = False

    def show_standing(self, problem: str) -> None:
        """Nobody tested it: so it stands."""
        self._show(passed=False, title=problem, why="")
        self._time.setText("")
        self.is_standing = True

    def _show(self, *, passed: bool, title: str, why: str) -> None:
        self.is_bad = not passed
        self._icon.show_icon("circle-check" if passed else "circle-x", "ok" if passed else "err")
        self._title.setText(title)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.setAccessibleName(f"{title} {why}".strip())
        self.show()
