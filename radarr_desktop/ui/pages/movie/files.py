"""The Files tab: what is on the disk, and what it was made from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.pages.column import ScrollColumn, clear
from radarr_desktop.ui.pages.facts import FactsCard
from radarr_desktop.ui.parts import Button, EmptyState, ReleaseName


class FilesTab(QWidget):
    """One card for each file."""

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

    def show_movie(self, movie: Movie) -> int:
        """Show another movie's files; how many there are."""
        clear(self._column.main)
        files = [slot.file for slot in movie.slots if slot.file is not None]
        for file in files:
            self._column.main.addWidget(self._card(file))
        self._stack.setCurrentIndex(0 if files else 1)
        return len(files)

    def _card(self, file: MovieFile) -> FactsCard:
        path = Path(file.path)
        facts = (
            (self.tr("Folder"), str(path.parent)),
            (self.tr("Quality"), file.quality.name),
            (self.tr("Size"), amounts.size(file.size)),
            (self.tr("Group"), file.group),
            (self.tr("Imported"), times.moment(file.added)),
            (self.tr("From"), file.original_path),
        )
        card = FactsCard(path.name, facts)
        if file.release_title:
            card.body.insertWidget(1, ReleaseName(title_runs(file.release_title)))
        reveal = Button(self.tr("Open folder"), "ghost", "folder-open", small=True)
        reveal.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))))
        row = QHBoxLayout()
        row.addWidget(reveal)
        row.addStretch(1)
        card.body.addLayout(row)
        return card
