"""The chosen file: which movie and why, and what can be said of it in place of its name."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from radarr_desktop.domain.quality import QUALITIES
from radarr_desktop.ui.models.manual import ManualRow
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.pages.reasons import reason_line
from radarr_desktop.ui.parts import Button, Card, FormField, Label


class ManualDetail(QWidget):
    """Changes are told when a field is left, not with every letter."""

    movie_asked = Signal()
    changed = Signal(object)
    """A `Told`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: ManualRow | None = None
        self.movie = Button("", icon="film")
        self.quality = QComboBox()
        for quality in QUALITIES:
            self.quality.addItem(quality.name, quality.id)
        self.languages, self.editions, self.group = QLineEdit(), QLineEdit(), QLineEdit()
        self._why = QVBoxLayout()
        self._why.setSpacing(6)
        self._folder = Label("", "secondary", "text2", wrap=True)
        card = Card(self.tr("Movie"))
        card.body.addWidget(self.movie, 0, Qt.AlignmentFlag.AlignLeading)
        card.body.addLayout(self._why)
        card.body.addWidget(self._folder)
        said = Card(self.tr("What it is"))
        commas = self.tr("Separated by commas.")
        for field in (
            FormField(self.tr("Quality"), self.quality),
            FormField(self.tr("Languages"), self.languages, hint=commas),
            FormField(self.tr("Edition"), self.editions, hint=commas),
            FormField(self.tr("Group"), self.group),
        ):
            said.body.addWidget(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(card)
        column.addWidget(said)
        column.addStretch(1)
        self.movie.clicked.connect(self.movie_asked)
        self.quality.activated.connect(lambda _index: self._tell())
        for line in (self.languages, self.editions, self.group):
            line.editingFinished.connect(self._tell)

    def show_row(self, row: ManualRow, folder: str) -> None:
        """Show another file."""
        self._row = row
        file = row.file
        self.movie.setText(file.movie_title or self.tr("Choose…"))
        self.movie.setAccessibleName(self.tr("Movie: {title}").format(title=self.movie.text()))
        self.quality.setCurrentIndex(self.quality.findData(file.quality.id))
        self.languages.setText(", ".join(file.languages))
        self.editions.setText(", ".join(file.editions))
        self.group.setText(file.group)
        clear(self._why)
        guess = next((one for one in file.guesses if one.movie_id == file.movie_id and file.movie_id), None)
        for reason in guess.reasons if guess else ():
            self._why.addLayout(reason_line(reason))
        self._folder.setText(self.tr("It is linked into {folder}.").format(folder=folder) if folder else "")

    def _tell(self) -> None:
        if self._row is None:
            return
        file, told = self._row.file, self._row.told
        if (quality := self.quality.currentData()) != file.quality.id:
            told = replace(told, quality_id=quality)
        if (languages := _parts(self.languages)) != file.languages:
            told = replace(told, languages=languages)
        if (editions := _parts(self.editions)) != file.editions:
            told = replace(told, editions=editions)
        if self.group.text().strip() != file.group:
            told = replace(told, group=self.group.text().strip())
        if told != self._row.told:
            self.changed.emit(told)


def _parts(line: QLineEdit) -> tuple[str, ...]:
    return tuple(part.strip() for part in line.text().split(",") if part.strip())
