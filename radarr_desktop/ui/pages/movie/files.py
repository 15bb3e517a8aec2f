"""The Files tab: what is on the disk, what it was made from, and what was there before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.engine.decisions.held import HeldFile
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.pages.column import ScrollColumn, clear
from radarr_desktop.ui.pages.facts import FactsCard
from radarr_desktop.ui.parts import Button, Card, EmptyState, Label, ReleaseName, hline


class FilesTab(QWidget):
    """One card for each file, then those that made room."""

    trash_asked = Signal(object)
    """Of a `MovieFile`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = ScrollColumn()
        self._column.set_two_columns(two=False)
        self._empty = EmptyState(
            "file-video",
            self.tr("No file yet"),
            self.tr("When a release is downloaded, it is linked into the library and shown here."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._column)
        self._stack.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)

    def show_movie(self, movie: Movie, held: Sequence[HeldFile] = ()) -> int:
        """Show another movie's files, and those it had; how many there are now."""
        clear(self._column.main)
        files = [slot.file for slot in movie.slots if slot.file is not None]
        for file in files:
            self._column.main.addWidget(self._card(file))
        gone = [file for file in held if file.until is not None]
        if gone:
            self._column.main.addWidget(self._before(gone))
        self._stack.setCurrentIndex(0 if files or gone else 1)
        return len(files)

    def _before(self, gone: Sequence[HeldFile]) -> Card:
        card = Card(self.tr("What it had before"))
        for number, file in enumerate(gone):
            if number:
                card.body.addWidget(hline())
            facts = (file.quality.name, file.group, amounts.size(file.size) if file.size else "")
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(Label(" · ".join(part for part in facts if part), "row"))
            line.addStretch(1)
            if file.until is not None:
                span = self.tr("{since} to {until}")
                span = span.format(since=times.moment(file.since), until=times.moment(file.until))
                line.addWidget(Label(span, "secondary", "text3"))
            card.body.addLayout(line)
            if file.title:
                card.body.addWidget(ReleaseName(title_runs(file.title)))
            if file.ended:
                card.body.addWidget(Label(file.ended, "secondary", "text2", wrap=True))
        return card

    def _card(self, file: MovieFile) -> FactsCard:
        path = Path(file.path)
        facts = (
            (self.tr("Folder"), str(path.parent)),
            (self.tr("Quality"), file.quality.name),
            (self.tr("Size"), amounts.size(file.size)),
            (self.tr("Edition"), " ".join(file.editions or ())),
            (self.tr("Languages"), ", ".join(file.languages or ())),
            (self.tr("Group"), file.group),
            (self.tr("Imported"), times.moment(file.added)),
            (self.tr("From"), file.original_path),
        )
        card = FactsCard(path.name, facts)
        if file.release_title:
            card.body.insertWidget(1, ReleaseName(title_runs(file.release_title)))
        reveal = Button(self.tr("Open folder"), "ghost", "folder-open", small=True)
        reveal.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))))
        trash = Button(self.tr("Move to the trash…"), "ghost", "trash-2", small=True)
        trash.clicked.connect(lambda: self.trash_asked.emit(file))
        row = QHBoxLayout()
        row.addWidget(reveal)
        row.addWidget(trash)
        row.addStretch(1)
        card.body.addLayout(row)
        return card
