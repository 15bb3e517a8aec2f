"""What was found in an existing collection, as a table: read page by page, when a page comes into sight."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal

from radarr_desktop.domain.collection import CollectionItem, ItemState
from radarr_desktop.domain.matching import Certainty, Guess
from radarr_desktop.ui.models.table import ROW, Index, TableModel
from radarr_desktop.ui.theme import State

PAGE = 200
_UNREAD = CollectionItem(0, 0, "", ItemState.NEW)

GROUPS: dict[str, tuple[ItemState, ...]] = {
    "": (),
    "sure": (ItemState.CERTAIN,),
    "look": (ItemState.DOUBTFUL,),
    "unknown": (ItemState.UNKNOWN,),
    "refused": (ItemState.REFUSED,),
    "here": (ItemState.KNOWN, ItemState.ADOPTED),
    "left": (ItemState.LEFT_OUT,),
}
"""What can be shown alone; the first is everything."""
LOOKS: dict[ItemState, tuple[str, State]] = {
    ItemState.NEW: ("circle", "off"),
    ItemState.READ: ("circle", "off"),
    ItemState.CERTAIN: ("circle-check", "ok"),
    ItemState.DOUBTFUL: ("circle-question-mark", "wait"),
    ItemState.UNKNOWN: ("circle-dashed", "miss"),
    ItemState.REFUSED: ("circle-minus", "off"),
    ItemState.KNOWN: ("film", "off"),
    ItemState.LEFT_OUT: ("eye-off", "off"),
    ItemState.ADOPTED: ("check", "ok"),
}
OPEN = frozenset({ItemState.CERTAIN, ItemState.DOUBTFUL, ItemState.UNKNOWN, ItemState.LEFT_OUT})
"""States in which the user has a say."""
HERE = frozenset({ItemState.KNOWN, ItemState.ADOPTED})


class PlaceColumn(IntEnum):
    """Columns of the table."""

    PLACE = 0
    MOVIE = 1
    SURE = 2
    WHY = 3


class PlacesModel(TableModel[CollectionItem]):
    """As many rows as there are places; those of a page that was not read yet are empty until it is."""

    columns = PlaceColumn
    wanted = Signal(int)
    """A page that is in sight and not read, or no more as it was."""

    def __init__(self) -> None:
        super().__init__()
        self._fresh: set[int] = set()
        """Pages that are read, or asked for."""

    def clear(self) -> None:
        """Show others."""
        self._fresh.clear()
        self._show([])

    def set_total(self, total: int) -> None:
        """There are more or fewer; what is in sight stays."""
        count = len(self._shown)
        if total > count:
            self.beginInsertRows(QModelIndex(), count, total - 1)
            self._shown += [_UNREAD] * (total - count)
            self.endInsertRows()
        elif total < count:
            self.beginRemoveRows(QModelIndex(), total, count - 1)
            del self._shown[total:]
            self.endRemoveRows()

    def set_page(self, page: int, items: Sequence[CollectionItem]) -> None:
        """A page is read."""
        first = page * PAGE
        items = items[: max(0, len(self._shown) - first)]
        self._fresh.add(page)
        self._shown[first : first + len(items)] = items
        if items:
            self._changed(first, first + len(items) - 1)

    def forget(self, page: int) -> None:
        """A page could not be read: ask again when it comes into sight."""
        self._fresh.discard(page)

    def renew(self) -> None:
        """Nothing may be as it was: what comes into sight is read again, and shown as it was until then."""
        self._fresh.clear()
        if self._shown:
            self._changed(0, len(self._shown) - 1)

    def is_read(self, place: int) -> bool:
        """Is it known what is at a place?"""
        return self._shown[place] is not _UNREAD

    def place_of(self, item_id: int) -> int:
        """Where an item is, among those that were read; -1 for nowhere."""
        return next((place for place, item in enumerate(self._shown) if item.id == item_id), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; whoever looks at one wants its page."""
        if index.isValid() and role in {ROW, Qt.ItemDataRole.DisplayRole}:
            page = index.row() // PAGE
            if page not in self._fresh:
                self._fresh.add(page)
                self.wanted.emit(page)
        return super().data(index, role)

    def titles(self) -> Sequence[str]:
        """The columns' names."""
        return (self.tr("Place"), self.tr("Movie"), self.tr("Sure"), self.tr("Why"))

    def cell(self, row: CollectionItem, column: PlaceColumn) -> str:
        """The words of a cell."""
        match column:
            case PlaceColumn.PLACE:
                return row.path
            case PlaceColumn.MOVIE:
                return guess_title(row.guesses[0]) if row.guesses and row.state is not ItemState.LEFT_OUT else ""
            case PlaceColumn.SURE:
                return f"{row.guesses[0].confidence} %" if shows_confidence(row) else ""
            case PlaceColumn.WHY:
                return why(row)

    def spoken(self, row: CollectionItem, column: PlaceColumn) -> str:
        """With its state in front of its name."""
        words = self.cell(row, column)
        return f"{state_word(row.state)}: {words}" if column is PlaceColumn.PLACE and row is not _UNREAD else words

    def described(self, row: CollectionItem) -> str:
        """Why it is what it is."""
        return why(row)

    def _changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(PlaceColumn) - 1))


def shows_confidence(item: CollectionItem) -> bool:
    """Is there a movie it may be, and is that still a question?"""
    return bool(item.guesses) and item.state in OPEN - {ItemState.LEFT_OUT}


def tone_of(guess: Guess) -> State:
    """How sure a guess is, as a colour."""
    tones: dict[Certainty, State] = {Certainty.CERTAIN: "ok", Certainty.DOUBTFUL: "wait", Certainty.UNKNOWN: "miss"}
    return tones[guess.certainty]


def guess_title(guess: Guess) -> str:
    """ "Paper Harbour (2007)"."""
    return f"{guess.title} ({guess.year})" if guess.year else guess.title


def name_of(item: CollectionItem) -> str:
    """The last part of its path."""
    return PurePath(item.path).name


def why(item: CollectionItem) -> str:
    """What is to be said of it: its own note, else what speaks for its movie."""
    if item.note:
        return item.note
    if item.state in HERE:
        return _say("It is in your library.")
    return " ".join(reason.sentence for reason in item.guesses[0].reasons) if item.guesses else ""


def state_word(state: ItemState) -> str:
    """A state in a word or two."""
    return {
        ItemState.NEW: _say("Not looked at yet"),
        ItemState.READ: _say("Not matched yet"),
        ItemState.CERTAIN: _say("Sure"),
        ItemState.DOUBTFUL: _say("To look at"),
        ItemState.UNKNOWN: _say("Nobody knows it"),
        ItemState.REFUSED: _say("No movie in it"),
        ItemState.KNOWN: _say("In the library"),
        ItemState.LEFT_OUT: _say("Left out"),
        ItemState.ADOPTED: _say("Added"),
    }[state]


def group_word(key: str) -> str:
    """What a group of states is called on its chip."""
    return {
        "": _say("All"),
        "sure": _say("Sure"),
        "look": _say("To look at"),
        "unknown": _say("Nobody knows"),
        "refused": _say("No movie in it"),
        "here": _say("In the library"),
        "left": _say("Left out"),
    }[key]


def _say(words: str) -> str:
    return QCoreApplication.translate("Collection", words)
