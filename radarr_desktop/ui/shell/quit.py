"""The question before the program ends, when there is no tray to hide in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from radarr_desktop.ui.parts import Button, Label, Sheet


def ask_to_quit(window: QWidget, on_quit: Callable[[], object]) -> Sheet:
    """Offer to go on in a small window, or to quit."""
    say = QCoreApplication.translate
    open_one = window.findChild(Sheet, "quit")
    if open_one is not None:
        return open_one
    title = say("Quit", "Quit radarr-desktop?")
    sheet = Sheet(window, title, width=480)
    sheet.setObjectName("quit")
    sheet.body.setContentsMargins(24, 20, 24, 20)
    sheet.body.setSpacing(8)
    sheet.body.addWidget(Label(title, "section"))
    why = say(
        "Quit",
        "There is no tray on this desktop, so closing the window ends the program. "
        "Searches and imports wait until you start it again.",
    )
    sheet.body.addWidget(Label(why, "body", "text2", wrap=True))
    sheet.body.addSpacing(8)
    keep = Button(say("Quit", "Keep it running"), "primary")
    leave = Button(say("Quit", "Quit"))
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(leave)
    row.addWidget(keep)
    sheet.body.addLayout(row)
    keep.clicked.connect(sheet.close_sheet)
    keep.clicked.connect(window.showMinimized)
    leave.clicked.connect(sheet.close_sheet)
    leave.clicked.connect(on_quit)
    sheet.closed.connect(sheet.deleteLater)
    sheet.open()
    keep.setFocus()
    return sheet
