"""Before anything was looked through: which folder?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.records import RootFolder
from radarr_desktop.ui.models import times
from radarr_desktop.ui.pages.column import ScrollColumn, clear
from radarr_desktop.ui.parts import Button, Card, ElidingLabel, Icon, Label
from radarr_desktop.ui.theme import set_look

_WIDEST = 640


class StartView(QWidget):
    """Root folders with what lies in them, and any other folder."""

    chosen = Signal(str)
    """A path."""
    folder_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.other = Button(self.tr("Choose a folder…"), "primary", "folder-open")
        self.other.clicked.connect(self.folder_asked)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        words = self.tr(
            "Choose the folder your movies are in. Each place in it is looked at and matched with a movie; "
            "you look over what is not sure. Nothing on the disk is moved, renamed or written, and nothing "
            "is added before you say so."
        )
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 24, 0, 0)
        column.setSpacing(8)
        column.addWidget(Icon("folder-search", "accent", 24, disc=56))
        column.addSpacing(8)
        column.addWidget(Label(self.tr("I already have a collection"), "title"))
        column.addWidget(Label(words, "body", "text2", wrap=True))
        column.addSpacing(12)
        column.addLayout(self._cards)
        row = QHBoxLayout()
        row.addWidget(self.other)
        row.addStretch(1)
        column.addSpacing(4)
        column.addLayout(row)
        scroll = ScrollColumn()
        scroll.set_two_columns(two=False)
        left = QHBoxLayout()
        left.addWidget(inside, 1)
        left.addStretch(0)
        scroll.main.addLayout(left)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)

    def show_folders(self, folders: Sequence[RootFolder]) -> None:
        """The root folders there are."""
        clear(self._cards)
        for folder in folders:
            self._cards.addWidget(self._card(folder, is_only=len(folders) == 1))
        set_look(self.other, "kind", "default" if len(folders) == 1 else "primary")
        self.other.setText(self.tr("Another folder…") if folders else self.tr("Choose a folder…"))

    def _card(self, folder: RootFolder, *, is_only: bool) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(12)
        tone = "text2" if folder.accessible else "err"
        row.addWidget(Icon("folder" if folder.accessible else "triangle-alert", tone, 20))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(ElidingLabel(folder.path, "row"))
        words.addWidget(Label(self._note(folder), "secondary", "text2" if folder.accessible else "err", wrap=True))
        row.addLayout(words, 1)
        look = Button(self.tr("Look through it"), "primary" if is_only else "default", "search")
        look.setAccessibleName(self.tr("Look through {path}").format(path=folder.path))
        look.setVisible(folder.accessible)
        look.clicked.connect(lambda: self.chosen.emit(folder.path))
        row.addWidget(look)
        card.body.addLayout(row)
        return card

    def _note(self, folder: RootFolder) -> str:
        if not folder.accessible:
            return self.tr("It cannot be read. Its disk is probably not mounted.")
        count = len(folder.unmapped)
        if not count:
            return self.tr("Every folder in it belongs to a movie of the library.")
        one, many = self.tr("1 folder in it is no movie's yet."), self.tr("{count} folders in it are no movie's yet.")
        return one if count == 1 else many.format(count=times.number(count))
