"""One editor for each type of field; all read and write plain JSON values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from radarr_desktop.engine.plugins.forms import MASK, Field
from radarr_desktop.ui.parts import DecimalField, FlowLayout, FormField, IconButton, Label, NumberField
from radarr_desktop.ui.theme import set_icon

_MOST = 10_000_000
_LONGEST = 100_000
"""Characters of a secret: the cookie file of a browser holds those of every site."""
_ADDRESS = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


class FieldEditor(QWidget):
    """A field of a form: label, editor, hint or error."""

    changed = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.editor, self._read, self._write = _make(field, lambda *_: self.changed.emit())
        self._frame: FormField | None = None
        self._note: Label | None = None
        if field.type == "checkbox":
            self._note = Label(field.hint, "secondary", "text3", wrap=True)
            self._note.setVisible(bool(field.hint))
            self._note.setContentsMargins(26, 0, 0, 0)
            self.editor.setAccessibleDescription(field.hint)
            self._box.setSpacing(0)
            self._box.addWidget(self.editor)
            self._box.addWidget(self._note)
            self._box.addStretch(1)
        else:
            self._frame = FormField(field.label, self.editor, required=field.required, hint=field.hint)
            self._box.addWidget(self._frame)

    @property
    def is_wide(self) -> bool:
        """Whether it takes both columns."""
        return self.field.type in {"url", "path", "list"}

    @property
    def error(self) -> str:
        """What is wrong with it."""
        return self._frame.error if self._frame else ""

    def value(self) -> Any:
        """What the user wants."""
        return self._read()

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self._write(value)

    def set_error(self, error: str) -> None:
        """Say what is wrong; the empty text takes it away."""
        if self._frame is not None:
            self._frame.set_error(error)
        elif self._note is not None:
            self._note.setText(error or self.field.hint)
            self._note.set_tone("err" if error else "text3")
            self._note.setVisible(bool(error or self.field.hint))

    def lack(self) -> str:
        """What keeps it from being tried, as a sentence: nothing is there, or half an address."""
        value = self.value()
        if self.field.required and value in ("", None, []):
            return self.tr("{label} is needed.").format(label=self.field.label)
        if self.field.type == "url" and value and not _ADDRESS.match(value):
            return self.tr("Write the whole address, like https://host:port/path.")
        return ""

    def focus(self) -> None:
        """Put the keyboard into it."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)


Made = tuple[QWidget, Callable[[], Any], Callable[[Any], None]]


def _make(field: Field, changed: Callable[..., None]) -> Made:
    makers: dict[str, Callable[[Field, Callable[..., None]], Made]] = {
        "password": _secret,
        "checkbox": _check,
        "number": _number,
        "select": _select,
        "path": _path,
        "list": _list,
    }
    return makers.get(field.type, _text)(field, changed)


def _text(field: Field, changed: Callable[..., None]) -> Made:
    editor = QLineEdit()
    editor.textChanged.connect(changed)
    return editor, lambda: editor.text().strip(), lambda value: editor.setText("" if value is None else str(value))


def _secret(field: Field, changed: Callable[..., None]) -> Made:
    editor = QLineEdit()
    editor.setMaxLength(_LONGEST)
    editor.setEchoMode(QLineEdit.EchoMode.Password)
    editor.textChanged.connect(changed)
    show = QAction(editor.tr("Show what is typed"), editor)
    set_icon(show, "eye")
    kept = [False]

    def toggle() -> None:
        hidden = editor.echoMode() is QLineEdit.EchoMode.Password
        editor.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        set_icon(show, "eye-off" if hidden else "eye")

    def write(value: Any) -> None:
        kept[0] = value == MASK
        editor.setPlaceholderText(editor.tr("Kept as it is; type to change it") if kept[0] else "")
        editor.setText("" if value in {None, MASK} else str(value))

    show.triggered.connect(toggle)
    editor.addAction(show, QLineEdit.ActionPosition.TrailingPosition)
    return editor, lambda: editor.text().strip() or (MASK if kept[0] else ""), write


def _check(field: Field, changed: Callable[..., None]) -> Made:
    editor = QCheckBox(field.label)
    editor.toggled.connect(changed)
    return editor, editor.isChecked, lambda value: editor.setChecked(bool(value))


def _number(field: Field, changed: Callable[..., None]) -> Made:
    if field.default is None:
        return _maybe_number(field, changed)
    if isinstance(field.default, float):
        decimal = DecimalField(-_MOST, _MOST)
        decimal.valueChanged.connect(changed)
        return decimal, decimal.value, lambda value: decimal.setValue(float(value or 0))
    editor = NumberField(-_MOST, _MOST, int(field.default))
    editor.valueChanged.connect(changed)
    return editor, editor.value, lambda value: editor.setValue(int(value or 0))


def _maybe_number(field: Field, changed: Callable[..., None]) -> Made:
    editor, _, write = _text(field, changed)

    def read() -> Any:
        text = editor.text().strip() if isinstance(editor, QLineEdit) else ""
        try:
            return int(text) if text else None
        except ValueError:
            return text

    return editor, read, write


def _select(field: Field, changed: Callable[..., None]) -> Made:
    editor = QComboBox()
    for value, words in field.choices:
        editor.addItem(words, value)
    editor.currentIndexChanged.connect(changed)
    return editor, editor.currentData, lambda value: editor.setCurrentIndex(max(0, editor.findData(value)))


def _path(field: Field, changed: Callable[..., None]) -> Made:
    holder = _Row()
    editor = QLineEdit()
    editor.setAccessibleName(field.label)
    editor.textChanged.connect(changed)
    browse = IconButton("folder-open", editor.tr("Choose a folder"), kind="default")

    def ask() -> None:
        dialog = QFileDialog(holder, field.label, editor.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(editor.setText)
        dialog.open()

    browse.clicked.connect(ask)
    holder.row.addWidget(editor, 1)
    holder.row.addWidget(browse)
    holder.setFocusProxy(editor)
    return holder, lambda: editor.text().strip(), lambda value: editor.setText("" if value is None else str(value))


def _list(field: Field, changed: Callable[..., None]) -> Made:
    if not field.choices:
        editor = QLineEdit()
        editor.setPlaceholderText(editor.tr("Separated by commas"))
        editor.textChanged.connect(changed)
        return (
            editor,
            lambda: [part.strip() for part in editor.text().split(",") if part.strip()],
            lambda value: editor.setText(", ".join(str(one) for one in value or ())),
        )
    holder = QWidget()
    flow = FlowLayout(holder)
    boxes = [(value, QCheckBox(words)) for value, words in field.choices]
    for _, box in boxes:
        box.toggled.connect(changed)
        flow.addWidget(box)
    holder.setFocusProxy(boxes[0][1])

    def write(value: Any) -> None:
        for choice, box in boxes:
            box.setChecked(choice in (value or ()))

    return holder, lambda: [value for value, box in boxes if box.isChecked()], write


class _Row(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
