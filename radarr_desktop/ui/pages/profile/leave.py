"""A question before changes are left: save them, discard them, or stay."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.ui.parts import Button, Label, Sheet


class LeaveSheet(Sheet):
    """Staying is what Esc does."""

    saved = Signal()
    discarded = Signal()

    def __init__(self, window: QWidget, name: str, *, savable: bool) -> None:
        title = self.tr("Leave without saving?")
        super().__init__(window, title, width=480)
        self.stay = Button(self.tr("Stay"))
        self.discard = Button(self.tr("Discard changes"), "danger", "undo-2")
        self.save = Button(self.tr("Save"), "primary", "check")
        self.save.setVisible(savable)
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(title, "section", wrap=True))
        words = self.tr("Profile {name} has changes that are not saved.").format(name=name)
        column.addWidget(Label(words, "body", "text2", wrap=True))
        column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.discard, self.stay, self.save):
            row.addWidget(button)
        column.addLayout(row)
        self.body.addLayout(column)
        self.stay.clicked.connect(self.close_sheet)
        for button, signal in ((self.discard, self.discarded), (self.save, self.saved)):
            button.clicked.connect(self.close_sheet)
            button.clicked.connect(signal)
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """The safe answer has the keyboard."""
        super().open()
        (self.save if self.save.isVisibleTo(self) else self.stay).setFocus()
