"""A section of settings as a form: groups of fields in two columns, saved together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.plugins.forms import Field
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.editors import FieldEditor
from radarr_desktop.ui.pages.settings.shelves import Shelf
from radarr_desktop.ui.parts import Button, Label, hline

_TWO_FROM = 640
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """Fields that belong together."""

    title: str
    fields: tuple[Field, ...]


class FormShelf(Shelf):
    """A subclass says how values are read and written; what is refused is told at its field."""

    def __init__(self, desk: Desk, title: str, sentence: str, groups: Sequence[Group]) -> None:
        super().__init__(desk, title, sentence)
        self._grids: list[tuple[QGridLayout, list[FieldEditor]]] = []
        self._editors: dict[str, FieldEditor] = {}
        self._two = False
        self.is_dirty = False
        self._is_read = False
        """Before that nothing can be typed: what is not known yet would be overwritten."""
        self.save = Button(self.tr("Save"), "primary", "save")
        self.save.setEnabled(False)
        for group in groups:
            self._add_group(group)
        self.error = Label("", "secondary", "err", wrap=True)
        self.error.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.error, 1)
        foot.addStretch(0)
        foot.addWidget(self.save)
        self.content.addWidget(hline())
        self.content.addLayout(foot)
        self.save.clicked.connect(self.take)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.take)
        self._place()

    async def read(self) -> Values:
        """The values as they are kept."""
        raise NotImplementedError

    async def write(self, values: Values) -> None:
        """Keep others; raises a ``Problem``."""
        raise NotImplementedError

    def editor(self, name: str) -> FieldEditor:
        """The editor of a field."""
        return self._editors[name]

    def values(self) -> dict[str, Any]:
        """What the user wants."""
        return {name: editor.value() for name, editor in self._editors.items()}

    async def load(self) -> None:
        """Show what is kept, unless something was typed."""
        if self.is_dirty:
            return
        values = await self.read()
        for name, editor in self._editors.items():
            editor.set_value(values[name])
            editor.set_error("")
            editor.setEnabled(True)
        self._is_read = True
        self._set_dirty(dirty=False)
        self.changed()

    def take(self) -> None:
        """Save, if there is anything to save."""
        if self.is_dirty:
            self.desk.start(self._save())

    def changed(self) -> None:
        """Something was typed; override to follow it."""

    async def _save(self) -> None:
        self.save.setEnabled(False)
        for editor in self._editors.values():
            editor.set_error("")
        self.error.hide()
        try:
            await self.write(self.values())
        except Problem as problem:
            self._refuse(problem)
            self.save.setEnabled(True)
            return
        self._set_dirty(dirty=False)
        self.desk.told.emit(self.tr("Saved."), "ok")
        await self.load()

    def _refuse(self, problem: Problem) -> None:
        editor = self._editors.get(problem.field)
        if editor is not None:
            editor.set_error(str(problem))
            editor.focus()
        else:
            self.error.setText(str(problem))
            self.error.show()

    def _add_group(self, group: Group) -> None:
        if group.title:
            self.content.addSpacing(8)
            self.content.addWidget(Label(group.title, "card"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        editors = []
        for field in group.fields:
            editor = FieldEditor(field, holder)
            editor.setEnabled(False)
            editor.changed.connect(self._change)
            self._editors[field.name] = editor
            editors.append(editor)
        self._grids.append((grid, editors))
        self.content.addWidget(holder)

    def _change(self) -> None:
        if not self._is_read:
            return
        sender = self.sender()
        if isinstance(sender, FieldEditor):
            sender.set_error("")
        self._set_dirty(dirty=True)
        self.changed()

    def _set_dirty(self, *, dirty: bool) -> None:
        self.is_dirty = dirty
        self.save.setEnabled(dirty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        super().resizeEvent(event)
        two = self.width() - 64 >= _TWO_FROM
        if two != self._two:
            self._two = two
            self._place()

    def _place(self) -> None:
        for grid, editors in self._grids:
            line, column = 0, 0
            for editor in editors:
                grid.removeWidget(editor)
                if editor.is_wide or not self._two:
                    line, column = line + column, 0
                    grid.addWidget(editor, line, 0, 1, 2)
                    line += 1
                else:
                    grid.addWidget(editor, line, column)
                    line, column = (line + 1, 0) if column else (line, 1)
