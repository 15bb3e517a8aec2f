"""How a movie is added: profile, folder, from when, and whether to search at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.movie import Availability
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import RootFolder
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.parts import Button, FormField, Label


class AddOptions(QWidget):
    """Keeps its choices from one movie to the next."""

    folder_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders: list[RootFolder] = []
        self.profile = QComboBox()
        self.available = QComboBox()
        self.folder = QComboBox()
        self.choose = Button(self.tr("Choose folder…"), icon="folder-open")
        self.monitored = QCheckBox(self.tr("Look for it"))
        self.search = QCheckBox(self.tr("Search as soon as it is added"))
        for box in (self.monitored, self.search):
            box.setChecked(True)
        for availability, words in (
            (Availability.RELEASED, self.tr("Digital or disc release")),
            (Availability.IN_CINEMAS, self.tr("In cinemas")),
            (Availability.ANNOUNCED, self.tr("Announcement")),
        ):
            self.available.addItem(words, availability)
        self.folder_field = FormField(self.tr("Root folder"), self.folder)
        self._no_folder = QWidget()
        self._build()
        self.folder.currentIndexChanged.connect(self._hint)
        self.choose.clicked.connect(self.folder_asked)

    @property
    def has_folder(self) -> bool:
        """Whether there is a folder to put movies into."""
        return bool(self._folders)

    def show_choices(self, profiles: Sequence[QualityProfile], folders: Sequence[RootFolder]) -> None:
        """Fill the boxes; what was chosen stays chosen."""
        chosen = self.profile.currentData()
        self.profile.clear()
        for profile in profiles:
            self.profile.addItem(profile.name, profile.id)
        self.profile.setCurrentIndex(max(0, self.profile.findData(chosen)))
        path = self.folder.currentData()
        self._folders = list(folders)
        self.folder.clear()
        for folder in folders:
            self.folder.addItem(folder.path, folder.path)
        self.folder.setCurrentIndex(max(0, self.folder.findData(path)))
        self.folder_field.setVisible(bool(folders))
        self._no_folder.setVisible(not folders)
        self._hint()

    def choose_folder(self, path: str) -> None:
        """Choose one of the folders."""
        self.folder.setCurrentIndex(max(0, self.folder.findData(path)))

    def new_movie(self, tmdb_id: int, *, search: bool | None = None) -> NewMovie:
        """What is to be added."""
        return NewMovie(
            tmdb_id,
            profile_id=self.profile.currentData() or 0,
            root_folder=self.folder.currentData() or "",
            monitored=self.monitored.isChecked(),
            minimum_availability=Availability(self.available.currentData()),
            search=self.search.isChecked() if search is None else search,
        )

    def _hint(self) -> None:
        path = self.folder.currentData()
        folder = next((one for one in self._folders if one.path == path), None)
        if folder is None:
            self.folder_field.set_hint("")
        elif not folder.accessible:
            self.folder_field.set_hint(self.tr("This folder cannot be read right now."))
        else:
            words = self.tr("{size} are free in this folder.")
            self.folder_field.set_hint(words.format(size=amounts.size(folder.free_space)))

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(FormField(self.tr("Quality profile"), self.profile), 1)
        row.addWidget(FormField(self.tr("Wanted from"), self.available), 1)
        missing = QVBoxLayout(self._no_folder)
        missing.setContentsMargins(0, 0, 0, 0)
        missing.setSpacing(6)
        missing.addWidget(Label(self.tr("Root folder"), "label"))
        words = self.tr("There is no folder for movies yet. Best is one on the disk your downloads are on.")
        missing.addWidget(Label(words, "secondary", "text2", wrap=True))
        choose = QHBoxLayout()
        choose.addWidget(self.choose)
        choose.addStretch(1)
        missing.addLayout(choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.folder_field)
        column.addWidget(self._no_folder)
        column.addWidget(self.search)
        column.addWidget(self.monitored)
