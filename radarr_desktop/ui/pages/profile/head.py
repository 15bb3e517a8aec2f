"""The head of the profile page: name, who uses it, what is changed, and the two ways on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QWidget

from radarr_desktop.ui.models.times import number
from radarr_desktop.ui.parts import Button, ElidingLabel, IconButton, StateChip
from radarr_desktop.ui.theme import set_icon, set_role, theme


class ProfileHead(QWidget):
    """As high as the header of other pages."""

    back_asked = Signal()
    renamed = Signal(str)
    discard_asked = Signal()
    save_asked = Signal()
    copy_asked = Signal()
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme().tokens.height.header)
        self.back = IconButton("arrow-left", self.tr("Back"), shortcut="Alt+Left")
        self.title = ElidingLabel("", "title")
        self.name = _NameField()
        self.rename = IconButton("pencil", self.tr("Rename"), shortcut="F2")
        self._used = ElidingLabel("", "body", "text3")
        self.chip = StateChip("", "accent", "pencil")
        self.outcome = StateChip("", "ok", "flask-conical")
        self.outcome.hide()
        self.discard = Button(self.tr("Discard"), "ghost", "undo-2")
        self.save = Button(self.tr("Save"), "primary", "check")
        self.save.setToolTip(self.tr("Save (Ctrl+S)"))
        self.more = IconButton("ellipsis", self.tr("More"))
        self._build()
        self.back.clicked.connect(self.back_asked)
        self.rename.clicked.connect(self.edit_name)
        self.name.done.connect(self._named)
        self.discard.clicked.connect(self.discard_asked)
        self.save.clicked.connect(self.save_asked)
        self.more.clicked.connect(self.menu)

    def show_name(self, name: str, users: int, *, is_new: bool) -> None:
        """Which profile it is."""
        self.title.setText(name)
        words = self.tr("used by one movie") if users == 1 else self.tr("used by {count} movies")
        nobody = self.tr("not saved yet") if is_new else self.tr("not used yet")
        self._used.setText(words.format(count=number(users)) if users else nobody)

    def show_changes(self, changes: Sequence[str], *, savable: bool) -> None:
        """What differs from what is saved."""
        one = changes[0] if changes else ""
        text = self.tr("{count} changes").format(count=len(changes)) if len(changes) > 1 else one
        self.chip.set_state(text, "accent", "pencil")
        self.chip.setToolTip("\n".join(changes))
        self.chip.setAccessibleDescription(", ".join(changes))
        self.chip.setVisible(bool(changes))
        self.discard.setVisible(bool(changes))
        self.save.setVisible(bool(changes))
        self.save.setEnabled(savable)

    def show_outcome(self, words: str) -> None:
        """What the changes would do, where the panel that tells it is out of sight."""
        self.outcome.set_state(words, "ok", "flask-conical")
        self.outcome.setVisible(bool(words))

    def fit(self, breakpoint: str) -> None:
        """Less room: words that can be guessed go."""
        narrow = breakpoint == "narrow"
        self.discard.setText("" if narrow else self.tr("Discard"))
        self.discard.setAccessibleName(self.tr("Discard"))
        self.discard.setToolTip(self.tr("Discard all changes"))

    def edit_name(self) -> None:
        """Type another name in place of the title."""
        self.name.setText(self.title.text())
        self._show_field(shown=True)
        self.name.setFocus()
        self.name.selectAll()

    def menu(self) -> QMenu:
        """What is seldom needed."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for text, icon, tone, signal in (
            (self.tr("Duplicate"), "copy-plus", "text2", self.copy_asked),
            (self.tr("Delete…"), "trash-2", "err", self.remove_asked),
        ):
            action = QAction(text, menu)
            set_icon(action, icon, tone)
            action.triggered.connect(lambda _checked=False, signal=signal: signal.emit())
            menu.addAction(action)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))
        return menu

    def _named(self, accepted: bool) -> None:
        if self.name.isHidden():
            return
        self._show_field(shown=False)
        words = self.name.text().strip()
        if accepted and words and words != self.title.text():
            self.renamed.emit(words)
        self.rename.setFocus()

    def _show_field(self, *, shown: bool) -> None:
        self.name.setVisible(shown)
        for widget in (self.title, self.rename, self._used):
            widget.setVisible(not shown)

    def _build(self) -> None:
        self.name.hide()
        self._used.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addSpacing(2)
        row.addWidget(self.title)
        row.addWidget(self.name)
        row.addWidget(self.rename)
        row.addSpacing(4)
        row.addWidget(self._used)
        row.addStretch(1)
        for widget in (self.outcome, self.chip, self.discard, self.save, self.more):
            row.addWidget(widget)


class _NameField(QLineEdit):
    """Enter and leaving it keep the name, Esc does not."""

    done = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Name of the profile"))
        self.setMaxLength(80)
        self.setMinimumWidth(280)
        set_role(self, "section")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.done.emit(True)
        elif event.key() == Qt.Key.Key_Escape:
            self.done.emit(False)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim Esc before the window's shortcut gets it."""
        is_esc = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_esc and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed counts."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.done.emit(True)
