"""The sheet that blocks a group, words in a name, or a torrent."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from radarr_desktop.domain.blocklist import Scope
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.terms import TermError, check_term
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.parts import Button, FormField, Label, Segment, Segmented, Sheet

_DAYS = (0, 7, 30, 90, 365)


class BlockSheet(Sheet):
    """What cannot be looked for is told while it is typed."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, self.tr("Block"), width=520)
        self._desk = desk
        self.scope = Segmented(
            self.tr("What to block"),
            [
                Segment(Scope.GROUP, self.tr("A group")),
                Segment(Scope.PATTERN, self.tr("Words in the name")),
                Segment(Scope.HASH, self.tr("A torrent")),
            ],
        )
        self.value = QLineEdit()
        self.field = FormField("", self.value, required=True)
        self.reason = QLineEdit()
        self.days = QComboBox()
        for days in _DAYS:
            words = self.tr("For good") if not days else self.tr("For {count} days").format(count=days)
            self.days.addItem(words, days)
        self.add = Button(self.tr("Block"), "primary", "ban")
        cancel = Button(self.tr("Cancel"))
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(self.tr("What shall never be taken?"), "section"))
        column.addWidget(self.scope)
        column.addWidget(self.field)
        column.addWidget(FormField(self.tr("Why"), self.reason, hint=self.tr("For you; shown in the list.")))
        column.addWidget(FormField(self.tr("How long"), self.days))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.add)
        column.addSpacing(4)
        column.addLayout(row)
        self.body.addLayout(column)
        cancel.clicked.connect(self.close_sheet)
        self.add.clicked.connect(self.take)
        self.value.returnPressed.connect(self.take)
        self.value.textChanged.connect(self._check)
        self.scope.chosen.connect(lambda _key: self._dress())
        self.closed.connect(self.deleteLater)
        self._dress()

    def open(self) -> None:
        """Start typing at once."""
        super().open()
        self.value.setFocus()

    def take(self) -> None:
        """Block it, and close; what is wrong is told at the field."""
        if not self.value.text().strip():
            self.field.set_error(self.tr("Nothing is typed yet."))
            self.value.setFocus()
        elif not self.field.error:
            self._desk.start(self._add())

    def _dress(self) -> None:
        words = {
            Scope.GROUP: (
                self.tr("Name of the group"),
                self.tr("What stands after the last hyphen, as in “…x264-KITE”."),
            ),
            Scope.PATTERN: (
                self.tr("Words or /pattern/"),
                self.tr("Plain words are found anywhere in the name; between slashes stands a regular expression."),
            ),
            Scope.HASH: (self.tr("Hash of the torrent"), self.tr("40 or 64 digits, from its magnet link or client.")),
        }
        label, hint = words[Scope(self.scope.key)]
        self.field.label.setText(label)
        self.value.setAccessibleName(label)
        self.field.set_hint(hint)
        self._check()

    def _check(self) -> None:
        error, text = "", self.value.text().strip()
        if text and self.scope.key == Scope.PATTERN:
            try:
                check_term(text)
            except TermError as fault:
                error = str(fault)
        self.field.set_error(error)

    async def _add(self) -> None:
        blocklist, days = self._desk.engine.blocklist, self.days.currentData()
        verb = blocklist.add(
            Scope(self.scope.key), self.value.text(), reason=self.reason.text().strip(), days=days or None
        )
        try:
            entry = await self._desk.bridge.call(verb)
        except Problem as problem:
            self.field.set_error(str(problem))
            self.value.setFocus()
            return
        self.close_sheet()
        self._desk.told.emit(self.tr("{name} is blocked.").format(name=entry.title), "ok")
