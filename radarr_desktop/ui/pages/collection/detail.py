"""Beside the table: the chosen place, every movie it may be, and what speaks for each."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.collection import CollectionItem, ItemState
from radarr_desktop.domain.matching import Guess
from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.models.collection import HERE, LOOKS, OPEN, guess_title, name_of, state_word, tone_of
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.pages.reasons import reason_line
from radarr_desktop.ui.parts import Button, Card, ElidingLabel, Label, ReleaseName, StateChip, hline

_MOST = 4
"""Guesses shown; the sheet has the others."""


class PlaceDetail(QWidget):
    """Built anew for each place: most have another number of guesses."""

    chosen = Signal(int)
    """It is the movie with this TMDb id; 0 leaves the place out."""
    other_asked = Signal()
    movie_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: CollectionItem | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)

    def show_item(self, item: CollectionItem | None) -> None:
        """Show another place, or none; nothing happens while it is the same."""
        if item == self._item:
            return
        self._item = item
        clear(self._box)
        if item is None:
            return
        self._box.addWidget(self._place(item))
        if item.state in OPEN:
            self._box.addWidget(self._movies(item))

    def _place(self, item: CollectionItem) -> Card:
        card = Card()
        icon, tone = LOOKS[item.state]
        top = QHBoxLayout()
        top.addWidget(StateChip(state_word(item.state), tone, icon))
        top.addStretch(1)
        card.body.addLayout(top)
        card.body.addWidget(ReleaseName(title_runs(name_of(item)), wrap=True))
        for words in (_below(item), _inside(item)):
            if words:
                card.body.addWidget(ElidingLabel(words, "secondary", "text3", mode=Qt.TextElideMode.ElideMiddle))
        if item.note:
            card.body.addWidget(Label(item.note, "secondary", "text2", wrap=True))
        if item.state in HERE and item.movie_id:
            show = Button(self.tr("Show movie"), icon="film", small=True)
            show.clicked.connect(lambda: self.movie_asked.emit(item.movie_id))
            card.body.addLayout(_left(show))
        if item.state in OPEN and item.state is not ItemState.LEFT_OUT:
            out = Button(self.tr("Leave it out"), icon="eye-off", small=True)
            out.clicked.connect(lambda: self.chosen.emit(0))
            card.body.addLayout(_left(out))
        return card

    def _movies(self, item: CollectionItem) -> Card:
        card = Card(self.tr("What it may be") if item.state is not ItemState.CERTAIN else self.tr("Its movie"))
        for number, guess in enumerate(item.guesses[:_MOST]):
            if number:
                card.body.addWidget(hline())
            self._add_guess(card, guess, is_taken=not number and item.state is ItemState.CERTAIN)
        if not item.guesses:
            card.body.addWidget(Label(self.tr("No movie fits its name."), "secondary", "text2", wrap=True))
        card.body.addSpacing(4)
        other = Button(self.tr("Another movie…"), icon="search", small=True)
        other.clicked.connect(self.other_asked)
        card.body.addLayout(_left(other))
        return card

    def _add_guess(self, card: Card, guess: Guess, *, is_taken: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidingLabel(guess_title(guess), "row"), 1)
        head.addWidget(Label(f"{guess.confidence} %", "secondary", tone_of(guess), tabular=True))
        card.body.addLayout(head)
        for reason in guess.reasons:
            card.body.addLayout(reason_line(reason))
        if not is_taken:
            take = Button(self.tr("It is this one"), icon="check", small=True)
            take.setAccessibleName(self.tr("It is {title}").format(title=guess_title(guess)))
            take.clicked.connect(lambda: self.chosen.emit(guess.tmdb_id))
            card.body.addLayout(_left(take))


def _below(item: CollectionItem) -> str:
    return str(PurePath(item.path).parent) if "/" in item.path else ""


def _inside(item: CollectionItem) -> str:
    """ "movie.mkv · 12.9 GB"; a file of its own has said its name."""
    if item.video is None:
        return ""
    name = "" if item.is_file else PurePath(item.video.path).name
    return " · ".join(part for part in (name, amounts.size(item.video.size)) if part)


def _left(button: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(button)
    row.addStretch(1)
    return row
