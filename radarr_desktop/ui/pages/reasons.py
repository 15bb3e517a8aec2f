"""What speaks for and against a guess, a line for each reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from radarr_desktop.domain.matching import Reason
from radarr_desktop.ui.parts import Icon, Label


def reason_line(reason: Reason) -> QHBoxLayout:
    """A check or a dash, and the sentence."""
    row = QHBoxLayout()
    row.setSpacing(8)
    icon = Icon("check" if reason.speaks_for else "minus", "ok" if reason.speaks_for else "miss", 14)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(reason.sentence, "secondary", "text2", wrap=True), 1)
    return row
