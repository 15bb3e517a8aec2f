"""Sections without a form of a service; the first of them are the root folders."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.records import RootFolder
from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.pages.column import ScrollColumn, clear
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.entry_card import EntryCard
from radarr_desktop.ui.parts import Button, Card, Icon, Label, ProgressBar

_WIDEST = 792


class Shelf(QWidget):
    """A section: title, a sentence, and what follows, at most 792 px wide."""

    def __init__(self, desk: Desk, title: str, sentence: str) -> None:
        super().__init__()
        self.desk = desk
        self.title = Label(title, "title")
        self.head = QHBoxLayout()
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.content = QVBoxLayout()
        self.content.setSpacing(12)
        scroll = ScrollColumn()
        scroll.set_two_columns(two=False)
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(12)
        column.addLayout(self.head)
        column.addWidget(Label(sentence, "body", "text2", wrap=True))
        column.addLayout(self.content)
        left = QHBoxLayout()
        left.addWidget(inside, 1)
        left.addStretch(0)
        scroll.main.addLayout(left)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)

    def refresh(self) -> None:
        """Read again."""
        self.desk.start(self.load())

    async def load(self) -> None:
        """Fill the content from the engine."""
        raise NotImplementedError


class FoldersShelf(Shelf):
    """Root folders with their free space."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(
            desk,
            self.tr("Root folders"),
            self.tr("Movies live here, one folder each. On the disk of your downloads, files are linked, not copied."),
        )
        self._window = window
        self.add = Button(self.tr("Add folder…"), "primary", "plus")
        self.add.clicked.connect(self._ask)
        self.collection = Button(self.tr("I already have a collection"), icon="folder-search")
        self.collection.clicked.connect(lambda: desk.page_asked.emit("collection"))
        self.head.addWidget(self.collection)
        self.head.addWidget(self.add)

    async def load(self) -> None:
        """A card for each folder."""
        folders = await self.desk.bridge.call(self.desk.engine.folders.all())
        clear(self.content)
        if not folders:
            empty = self.tr(
                "There is no root folder yet. Add the folder your movies are in, or an empty one for new movies."
            )
            self.content.addWidget(Label(empty, "body", "text2", wrap=True))
        for folder in folders:
            self.content.addWidget(self._card(folder))

    async def add_folder(self, path: str) -> None:
        """Keep movies in this folder."""
        await self.desk.bridge.call(self.desk.engine.folders.add(path))
        await self.load()

    def _card(self, folder: RootFolder) -> Card:
        if folder.accessible:
            free = self.tr("{free} of {total} free").format(
                free=amounts.size(folder.free_space), total=amounts.size(folder.total_space)
            )
            icon, line = Icon("folder", "text2", 20), Label(free, "secondary", "text2")
        else:
            gone = self.tr("It cannot be read. Its disk is probably not mounted.")
            icon, line = Icon("triangle-alert", "err", 20), Label(gone, "secondary", "err")
        card = EntryCard(icon, [Label(folder.path, "row"), line])
        name = self.tr("Remove {path}…").format(path=folder.path)
        card.add_button("trash-2", name, lambda: self._ask_remove(folder))
        if folder.accessible and folder.total_space:
            used = 1 - folder.free_space / folder.total_space
            bar = ProgressBar(self.tr("Space used"))
            bar.show_progress(used, "err" if used > 0.97 else "off")
            card.body.addWidget(bar)
        return card

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the folder for your movies"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.desk.start(self.add_folder(path)))
        dialog.open()

    def _ask_remove(self, folder: RootFolder) -> None:
        ConfirmSheet(
            self._window,
            self.tr("Forget {path}?").format(path=folder.path),
            self.tr("Its files and movies stay as they are; new movies are not put there any more."),
            keep=self.tr("Keep it"),
            go=self.tr("Forget"),
            on_yes=lambda _checked: self.desk.start(self._remove(folder)),
        ).open()

    async def _remove(self, folder: RootFolder) -> None:
        await self.desk.bridge.call(self.desk.engine.folders.remove(folder.id))
        await self.load()
