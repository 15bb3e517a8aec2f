"""Form fields: a search field, a number field, and the frame of label, hint and error around any editor."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLineEdit, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from radarr_desktop.ui.parts.icon import Icon
from radarr_desktop.ui.parts.labels import Label
from radarr_desktop.ui.theme import set_icon, set_look

_NUMBER_MARGIN = 12


class SearchField(QLineEdit):
    """A field with a magnifier and a cross; Esc empties it first."""

    def __init__(self, placeholder: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        magnifier = QAction(self)
        set_icon(magnifier, "search", "text2")
        self.addAction(magnifier, QLineEdit.ActionPosition.LeadingPosition)
        self._cross = QAction(self.tr("Clear"), self)
        set_icon(self._cross, "x", "text3")
        self._cross.triggered.connect(self.clear)
        self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        self._cross.setVisible(False)
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))
        self.setMinimumWidth(120)

    def event(self, event: QEvent) -> bool:
        """Claim Esc before the window's shortcut gets it, while there is something to clear."""
        is_esc = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_esc and event.type() is QEvent.Type.ShortcutOverride and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field; on an empty field it goes to the window."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class NumberField(QSpinBox):
    """Whole numbers; the wheel does not change it by accident."""

    def __init__(self, least: int, most: int, value: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setValue(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # the style sheet's padding does not reach the line edit inside a spin box
        self.lineEdit().setTextMargins(_NUMBER_MARGIN, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead."""
        event.ignore()


class DecimalField(QDoubleSpinBox):
    """Numbers with as many decimals as they need; the wheel does not change it by accident."""

    def __init__(self, least: float, most: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setDecimals(2)
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(_NUMBER_MARGIN, 0, 0, 0)

    def textFromValue(self, value: float) -> str:
        """ "24" and "0.5", never "24.00"."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead."""
        event.ignore()


class FormField(QWidget):
    """A label above, the editor, and a hint or an error below; typed text is always kept."""

    error_changed = Signal(bool)

    def __init__(
        self, label: str, editor: QWidget, *, required: bool = False, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.hint = hint
        self.error = ""
        self.label = Label(label, "label")
        self.label.setBuddy(editor)
        self._mark = Label(self.tr("required"), "secondary", "text3")
        self._mark.setVisible(required)
        self._icon = Icon("circle-alert", "err", 14)
        self._below = Label("", "secondary", "text3", wrap=True)
        editor.setAccessibleName(label)
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, editor.sizePolicy().verticalPolicy())
        self._build()
        self._show_below()

    def set_hint(self, hint: str) -> None:
        """Another hint, shown while there is no error."""
        self.hint = hint
        self._show_below()

    def set_error(self, error: str) -> None:
        """Say what is wrong in a sentence; the empty text takes the error away."""
        was, self.error = self.error, error
        set_look(self.editor, "bad", bool(error))
        self._show_below()
        if error and error != was:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.editor, error))
        if bool(was) != bool(error):
            self.error_changed.emit(bool(error))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.label)
        head.addWidget(self._mark)
        head.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._below, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.editor)
        column.addLayout(foot)
        column.addStretch(1)

    def _show_below(self) -> None:
        text = self.error or self.hint
        self._below.setText(text)
        self._below.setVisible(bool(text))
        self._below.set_tone("err" if self.error else "text3")
        self._icon.setVisible(bool(self.error))
        self.editor.setAccessibleDescription(text)


def focus_first_error(fields: Iterable[FormField]) -> bool:
    """Put the keyboard into the first field with an error; whether there was one."""
    for field in fields:
        if field.error:
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
    return False
