"""The form of one service, generated from its settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.plugins.forms import Field
from radarr_desktop.engine.plugins.host import Draft, Instance
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.plugin_api import Plugin
from radarr_desktop.ui.pages.settings.editors import FieldEditor
from radarr_desktop.ui.pages.settings.indexer_card import IndexerCard
from radarr_desktop.ui.pages.settings.lists import waits_until
from radarr_desktop.ui.pages.settings.test_result import TestResult
from radarr_desktop.ui.parts import Button, Label, Spinner, StateChip, Toggle, hline
from radarr_desktop.ui.theme import State

_TWO_FROM, _WIDEST = 640, 792
_NAME = Field("name", "", "", "text", "", required=True, secret=False, advanced=False)
_PRIORITY = Field("priority", "", "", "number", 25, required=False, secret=False, advanced=True)


@dataclass(frozen=True)
class Service:
    """What a form is about: a class, its fields, and the instance when there is one."""

    kind: PluginKind
    cls: type[Plugin[Any]]
    fields: Sequence[Field]
    instance: Instance | None = None
    name: str = ""
    """What a new one is called until the user says otherwise."""


class ServiceForm(QWidget):
    """Nothing is saved before its test passed, unless the user says so."""

    save_asked = Signal(object, bool)
    """A `Draft`, and whether to save it untested."""
    remove_asked = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service: Service | None = None
        self._editors: dict[str, FieldEditor] = {}
        self._two = True
        self._is_unfolded = False
        self.is_dirty = False
        self.back = Button("", "ghost", "arrow-left")
        self.title = Label("", "title")
        self.chip = StateChip("", "off")
        self.enabled = Toggle(self.tr("Enabled"))
        self._about = Label("", "body", "text2", wrap=True)
        self._fields = QWidget()
        self._grid = QGridLayout(self._fields)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._rest = Label(self.tr("More settings"), "card", parent=self._fields)
        self._rest.setContentsMargins(0, 8, 0, 0)
        self._more = Button(self.tr("More settings"), "ghost", "sliders-horizontal", small=True)
        self.indexer = IndexerCard()
        self._result = TestResult()
        self.test_and_save = Button(self.tr("Test and save"), "primary", "plug-zap")
        self.save_anyway = Button(self.tr("Save anyway"))
        self.remove = Button(self.tr("Remove…"), "ghost", "trash-2")
        self._spinner = Spinner(16)
        self._build()
        self._connect()

    @property
    def service(self) -> Service | None:
        """What the form is about."""
        return self._service

    def show_service(self, service: Service) -> None:
        """Start over with another service."""
        self._service = service
        instance = service.instance
        self.title.setText(instance.name if instance else service.cls.name)
        self._about.setText(service.cls.description)
        self.enabled.setChecked(instance.enabled if instance else True)
        self.remove.setVisible(instance is not None)
        self._result.clear()
        self._make_editors(service)
        self.is_dirty = False
        self.show_state(instance)

    def show_state(self, instance: Instance | None) -> None:
        """How the service is right now."""
        wait = waits_until(instance.disabled_until) if instance else ""
        words: dict[str, tuple[str, State]] = {
            "ok": (self.tr("Works"), "ok"),
            "failing": (self.tr("Waits {time}").format(time=wait) if wait else self.tr("Does not answer"), "wait"),
            "broken": (self.tr("Needs you"), "err"),
            "disabled": (self.tr("Switched off"), "off"),
        }
        if instance is None:
            self.indexer.hide()
            self.chip.set_state(self.tr("Not saved"), "wait", "circle-dashed")
            return
        text, state = words.get(instance.state, (instance.state, "off"))
        self.chip.set_state(text, state)
        if self._result.is_standing:
            self._result.clear()
        # of indexers the card above the fields tells it
        if instance.problem and not self._result.isVisible() and instance.kind != PluginKind.INDEXER:
            self._result.show_standing(instance.problem)

    def draft(self) -> Draft:
        """What the user wants."""
        if self._service is None:
            raise RuntimeError("The form shows no service.")
        instance = self._service.instance
        values = {name: editor.value() for name, editor in self._editors.items()}
        name, priority = values.pop("name"), values.pop("priority")
        return Draft(
            self._service.kind,
            self._service.cls.implementation,
            str(name),
            values,
            id=instance.id if instance else 0,
            enabled=self.enabled.isChecked(),
            priority=int(priority),
            tags=instance.tags if instance else (),
        )

    def editor(self, name: str) -> FieldEditor:
        """The editor of a field."""
        return self._editors[name]

    @property
    def problem_shown(self) -> str:
        """What is wrong, as the form says it now."""
        return self._result.accessibleName() if self._result.is_bad else ""

    def set_testing(self, *, testing: bool) -> None:
        """A test is under way: nothing can be pressed twice."""
        self._spinner.setVisible(testing)
        for button in (self.test_and_save, self.save_anyway, self.remove):
            button.setEnabled(not testing)
        if testing:
            for editor in self._editors.values():
                editor.set_error("")

    def show_saved(self) -> None:
        """It works and is kept."""
        self.is_dirty = False
        title = self.tr("{name} works and is saved.").format(name=self.draft().name)
        self._result.show_result(passed=True, title=title)

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, at the field it is about."""
        rest = " ".join(part for part in (problem.why, problem.todo) if part)
        editor = self._editors.get(problem.field)
        if editor is not None:
            if editor.field.advanced:
                self.unfold()
            editor.set_error(str(problem))
            editor.focus()
        what, dot, more = problem.what.partition(". ")
        self._result.show_result(passed=False, title=what + dot.strip(), why=f"{more} {rest}".strip())

    def _make_editors(self, service: Service) -> None:
        self._grid.removeWidget(self._rest)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        instance = service.instance
        values = dict(instance.settings) if instance else {}
        own = {
            "name": instance.name if instance else service.name or service.cls.name,
            "priority": instance.priority if instance else 25,
        }
        name = _with_words(_NAME, self.tr("Name"), self.tr("Shown in searches and in “Why?”."))
        priority = _with_words(_PRIORITY, self.tr("Priority"), self.tr("1 to 50. The lower number is asked first."))
        self._editors = {}
        for field in (name, *_in_order(service.fields), priority):
            editor = FieldEditor(field, self._fields)
            editor.set_value(own.get(field.name, values.get(field.name, field.default)))
            editor.changed.connect(self._change)
            self._editors[field.name] = editor
        self._is_unfolded = False
        self._more.setVisible(any(editor.field.advanced for editor in self._editors.values()))
        self._place()

    def _place(self) -> None:
        line, column = 0, 0
        self._grid.removeWidget(self._rest)
        self._rest.hide()
        for editor in self._editors.values():
            self._grid.removeWidget(editor)
            editor.setVisible(self._is_unfolded or not editor.field.advanced)
            if editor.isHidden():
                continue
            if editor.field.advanced and self._rest.isHidden():
                line, column = line + column, 0
                self._grid.addWidget(self._rest, line, 0, 1, 2)
                self._rest.show()
                line += 1
            if editor.is_wide or not self._two:
                line += column
                column = 0
                self._grid.addWidget(editor, line, 0, 1, 2)
                line += 1
            else:
                self._grid.addWidget(editor, line, column)
                line, column = (line + 1, 0) if column else (line, 1)

    def unfold(self) -> None:
        """Show what most people never touch, too."""
        self._is_unfolded = True
        self._more.hide()
        self._place()

    def _change(self) -> None:
        self.is_dirty = True
        sender = self.sender()
        if isinstance(sender, FieldEditor):
            sender.set_error("")

    def _save(self, *, force: bool) -> None:
        if self._service is not None and (force or self._is_complete()):
            self.save_asked.emit(self.draft(), force)

    def _is_complete(self) -> bool:
        """Can it be tested at all? What is missing is told at each field, and the keyboard goes to the first."""
        for editor in reversed(list(self._editors.values())):
            if lack := editor.lack():
                editor.set_error(lack)
                editor.focus()
        return not any(editor.error for editor in self._editors.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        super().resizeEvent(event)
        two = self.width() - 64 >= _TWO_FROM
        if two != self._two:
            self._two = two
            self._place()

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self._more.clicked.connect(self.unfold)
        self.enabled.toggled.connect(lambda _checked: self._change())
        self.test_and_save.clicked.connect(lambda: self._save(force=False))
        self.save_anyway.clicked.connect(lambda: self._save(force=True))
        self.remove.clicked.connect(self._ask_remove)

    def _ask_remove(self) -> None:
        if self._service is not None and self._service.instance is not None:
            self.remove_asked.emit(self._service.instance)

    def _build(self) -> None:
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.back.hide()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addStretch(1)
        head.addWidget(Label(self.tr("Enabled"), "body", "text2"))
        head.addWidget(self.enabled)
        more = QHBoxLayout()
        more.addWidget(self._more)
        more.addStretch(1)
        inside = QWidget()
        inside.setProperty("surface", "none")
        inside.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(32, 16, 32, 24)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._about)
        column.addWidget(self.indexer)
        column.addWidget(self._fields)
        column.addLayout(more)
        column.addWidget(self._result)
        column.addStretch(1)
        holder = QWidget()
        holder.setProperty("surface", "none")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inside, 1)
        row.addStretch(0)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or all lines shift when it comes
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(area, 1)
        box.addWidget(hline())
        box.addLayout(self._foot(area.verticalScrollBar().sizeHint().width()))

    def _foot(self, bar: int) -> QHBoxLayout:
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        row = QHBoxLayout(inside)
        row.setContentsMargins(32, 12, 32, 12)
        row.setSpacing(8)
        row.addWidget(Label(self.tr("Secrets are kept apart and never shown again."), "secondary", "text3"), 1)
        self._spinner.hide()
        row.addWidget(self._spinner)
        for button in (self.remove, self.save_anyway, self.test_and_save):
            row.addWidget(button)
        outer = QHBoxLayout()
        outer.setContentsMargins(0, 0, bar, 0)
        outer.addWidget(inside, 1)
        outer.addStretch(0)
        return outer


def _with_words(field: Field, label: str, hint: str) -> Field:
    return Field(field.name, label, hint, field.type, field.default, field.required, field.secret, field.advanced)


def _in_order(fields: Sequence[Field]) -> list[Field]:
    """What everybody fills in, what is on or off, and what most people never touch."""
    return sorted(fields, key=lambda field: (field.advanced, field.type == "checkbox"))
