"""A sheet with a few fields; what is refused is told at its field."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.plugins.forms import Field
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.editors import FieldEditor
from radarr_desktop.ui.parts import Button, Label, Sheet

Save = Callable[[dict[str, Any]], Awaitable[None]]


class FieldsSheet(Sheet):
    """Closes when `save` has succeeded."""

    def __init__(
        self, window: QWidget, desk: Desk, title: str, fields: Sequence[Field], values: Mapping[str, Any], save: Save
    ) -> None:
        super().__init__(window, title, width=560)
        self._desk = desk
        self._save_values = save
        self.editors = {field.name: FieldEditor(field) for field in fields}
        self.error = Label("", "secondary", "err", wrap=True)
        self.error.hide()
        go, cancel = Button(self.tr("Save"), "primary", "check"), Button(self.tr("Cancel"))
        go.clicked.connect(self.take)
        cancel.clicked.connect(self.close_sheet)
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(title, "section", wrap=True))
        for name, editor in self.editors.items():
            editor.set_value(values.get(name, editor.field.default))
            column.addWidget(editor)
        column.addWidget(self.error)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(go)
        column.addLayout(row)
        self.body.addLayout(column)
        self.closed.connect(self.deleteLater)

    def take(self) -> None:
        """Save and close."""
        self._desk.start(self._save())

    async def _save(self) -> None:
        for editor in self.editors.values():
            editor.set_error("")
        self.error.hide()
        try:
            await self._save_values({name: editor.value() for name, editor in self.editors.items()})
        except Problem as problem:
            editor_of = self.editors.get(problem.field)
            if editor_of is not None:
                editor_of.set_error(str(problem))
                editor_of.focus()
            else:
                self.error.setText(str(problem))
                self.error.show()
            return
        self.close_sheet()
