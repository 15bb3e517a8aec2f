"""A question before something is taken away: the safe answer is the primary button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.ui.parts import Button, Label, Sheet


class ConfirmSheet(Sheet):
    """Says what will happen; `on_yes` gets the state of the check box."""

    def __init__(
        self,
        window: QWidget,
        title: str,
        sentence: str,
        *,
        keep: str,
        go: str,
        on_yes: Callable[[bool], object],
        option: str = "",
        icon: str = "trash-2",
    ) -> None:
        super().__init__(window, title, width=480)
        self._on_yes = on_yes
        self.option = QCheckBox(option)
        self.option.setVisible(bool(option))
        self.keep = Button(keep, "primary")
        self.go = Button(go, "danger", icon)
        self.keep.clicked.connect(self.close_sheet)
        self.go.clicked.connect(self._go)
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(title, "section", wrap=True))
        column.addWidget(Label(sentence, "body", "text2", wrap=True))
        if option:
            column.addSpacing(4)
            column.addWidget(self.option)
        column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.go)
        row.addWidget(self.keep)
        column.addLayout(row)
        self.body.addLayout(column)
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """The safe answer has the keyboard."""
        super().open()
        self.keep.setFocus()

    def _go(self) -> None:
        checked = self.option.isChecked()
        self.close_sheet()
        self._on_yes(checked)
