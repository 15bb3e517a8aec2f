"""The library as a model for grid and table: filtered and sorted in one go, changed in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from radarr_desktop.domain.matching import title_key
from radarr_desktop.domain.movie import Movie
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.movie_state import MovieRow, MovieState, meta_line, release_word, spoken, state_word
from radarr_desktop.ui.models.table import TableModel

_NEVER = datetime.min.replace(tzinfo=UTC)


class Column(IntEnum):
    """Columns of the table; the grid shows the title's."""

    STATE = 0
    TITLE = 1
    YEAR = 2
    QUALITY = 3
    PROFILE = 4
    SIZE = 5
    GROUP = 6
    ADDED = 7


class Order(StrEnum):
    """What movies can be sorted by."""

    ADDED = "added"
    TITLE = "title"
    YEAR = "year"


RIGHT = frozenset({Column.YEAR, Column.SIZE})
_KEYS: dict[Order, tuple[Callable[[MovieRow], Any], bool]] = {
    Order.ADDED: (lambda row: row.movie.added or _NEVER, True),
    Order.TITLE: (lambda row: title_key(row.movie.info.title), False),
    Order.YEAR: (lambda row: row.movie.info.year, True),
}


class MoviesModel(TableModel[MovieRow]):
    """Rows shown are those of all that pass state and text filter, in the chosen order."""

    columns = Column
    right = RIGHT
    pictured = frozenset({Column.STATE})

    counted = Signal()
    """The numbers behind the filters have changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: dict[int, MovieRow] = {}
        self._places: dict[int, int] = {}
        self._state: MovieState | None = None
        self._words: tuple[str, ...] = ()
        self._order = Order.ADDED
        self._column: tuple[Column, bool] | None = None

    @property
    def total(self) -> int:
        """How many movies there are, shown or not."""
        return len(self._all)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter hides movies."""
        return self._state is not None or bool(self._words)

    def bytes(self) -> int:
        """What all files of the library take."""
        return sum(row.movie.file.size for row in self._all.values() if row.movie.file)

    @property
    def movies(self) -> list[Movie]:
        """Every movie, shown or not."""
        return [row.movie for row in self._all.values()]

    def count(self, state: MovieState) -> int:
        """How many movies are in a state."""
        return sum(row.state is state for row in self._all.values())

    def ids_in(self, state: MovieState) -> list[int]:
        """The movies in a state, shown or not."""
        return [id for id, row in self._all.items() if row.state is state]

    def set_rows(self, rows: Iterable[MovieRow]) -> None:
        """Show another library."""
        self._all = {row.movie.id: row for row in rows}
        self._sort_and_show()
        self.counted.emit()

    def change(self, row: MovieRow) -> None:
        """Put a newer row in place of one, without a reset where it stays in its place."""
        id, passes = row.movie.id, self._passes(row)
        old, place = self._all.get(id), self._places.get(id)
        stays = old is not None and (place is not None) is passes and (not passes or self._key(old) == self._key(row))
        if old is None or not stays:
            self.change_all([row], [])
            return
        self._all[id] = row
        if place is not None:
            self._shown[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))
        if old.state is not row.state:
            self.counted.emit()

    def change_all(self, rows: Iterable[MovieRow], gone: Iterable[int]) -> None:
        """Put in what is new or newer, and forget movies: all with one reset."""
        self._all |= {row.movie.id: row for row in rows}
        for id in gone:
            self._all.pop(id, None)
        self._sort_and_show()
        self.counted.emit()

    def set_state_filter(self, state: MovieState | None) -> None:
        """Show one state only, or all."""
        if state is not self._state:
            self._state = state
            self._sort_and_show()

    def set_text_filter(self, text: str) -> None:
        """Show movies whose title, year or quality has all the words."""
        words = tuple(text.casefold().split())
        if words != self._words:
            self._words = words
            self._sort_and_show()

    def set_order(self, order: Order) -> None:
        """Sort by something else."""
        self._order, self._column = order, None
        self._sort_and_show()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column of the table."""
        self._column = (Column(column), order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._sort_and_show()

    def row_of(self, id: int) -> MovieRow | None:
        """The row of a movie, shown or not."""
        return self._all.get(id)

    def place_of(self, id: int) -> int | None:
        """Where a movie is shown."""
        return self._places.get(id)

    def neighbour(self, id: int, step: int) -> int | None:
        """The movie before or after one, as shown."""
        place = self._places.get(id)
        if place is None or not 0 <= place + step < len(self._shown):
            return None
        return self._shown[place + step].movie.id

    def cell(self, row: MovieRow, column: Column) -> str:
        """The words of a cell."""
        return cell(row, column)

    def spoken(self, row: MovieRow, column: Column) -> str:
        """The first columns tell the whole movie."""
        return spoken(row) if column in {Column.STATE, Column.TITLE} else cell(row, column)

    def described(self, row: MovieRow) -> str:
        """What is below its poster."""
        return meta_line(row)

    def titles(self) -> Sequence[str]:
        """The columns' names."""
        return (
            self.tr("State"),
            self.tr("Title"),
            self.tr("Year"),
            self.tr("Quality"),
            self.tr("Profile"),
            self.tr("Size"),
            self.tr("Group"),
            self.tr("Added"),
        )

    def _sort_and_show(self) -> None:
        shown = [row for row in self._all.values() if self._passes(row)]
        shown.sort(key=self._key, reverse=self._column[1] if self._column is not None else _KEYS[self._order][1])
        self.beginResetModel()
        self._shown = shown
        self._places = {row.movie.id: place for place, row in enumerate(shown)}
        self.endResetModel()

    def _key(self, row: MovieRow) -> Any:
        """What its place depends on."""
        return _column_key(row, self._column[0]) if self._column is not None else _KEYS[self._order][0](row)

    def _passes(self, row: MovieRow) -> bool:
        if self._state is not None and row.state is not self._state:
            return False
        if not self._words:
            return True
        info, file = row.movie.info, row.movie.file
        text = f"{info.title} {info.original_title} {info.year} {file.quality.name if file else ''}".casefold()
        return all(word in text for word in self._words)


def cell(row: MovieRow, column: Column) -> str:
    """The words of a table cell."""
    movie, file = row.movie, row.movie.file
    match column:
        case Column.STATE:
            return state_word(row.state)
        case Column.TITLE:
            return movie.info.title
        case Column.YEAR:
            return str(movie.info.year or "—")
        case Column.QUALITY:
            return _quality_cell(row)
        case Column.PROFILE:
            return row.profile
        case Column.SIZE:
            return amounts.size(file.size) if file else "—"
        case Column.GROUP:
            return file.group or "—" if file else "—"
        case Column.ADDED:
            return times.day(movie.added.astimezone().date()) if movie.added else "—"


def _quality_cell(row: MovieRow) -> str:
    if row.state in {MovieState.DOWNLOADING, MovieState.ATTENTION}:
        return state_word(row.state)
    if row.movie.file:
        return row.movie.file.quality.name
    return release_word(row.movie) if row.state is MovieState.NOT_RELEASED else state_word(row.state)


def _column_key(row: MovieRow, column: Column) -> Any:
    file = row.movie.file
    match column:
        case Column.YEAR:
            return row.movie.info.year
        case Column.QUALITY:
            return file.quality.weight if file else -1
        case Column.SIZE:
            return file.size if file else -1
        case Column.ADDED:
            return row.movie.added or _NEVER
        case Column.TITLE:
            return title_key(row.movie.info.title)
        case _:
            return cell(row, column).casefold()
