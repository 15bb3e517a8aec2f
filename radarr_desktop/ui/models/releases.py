"""Releases of one movie as a table, best first; more may come while it is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QModelIndex

from radarr_desktop.domain.decision.verdict import Outcome
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.engine.decisions.answer import rank
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.table import TableModel
from radarr_desktop.ui.models.verdicts import Scale, reason, scale_of, spoken_release, verdict_word


class ReleaseColumn(IntEnum):
    """Columns of the table."""

    STATE = 0
    NAME = 1
    AGE = 2
    SIZE = 3
    SEEDS = 4
    SCORE = 5


RIGHT = frozenset({ReleaseColumn.AGE, ReleaseColumn.SIZE, ReleaseColumn.SEEDS})


class ReleasesModel(TableModel[StoredRelease]):
    """Accepted ones first, then what waits, then the rejected ones, the nearest first."""

    columns = ReleaseColumn
    right = RIGHT
    pictured = frozenset({ReleaseColumn.STATE})

    def __init__(self) -> None:
        super().__init__()
        self._all: list[StoredRelease] = []
        self._accepted: bool | None = None
        self._words: tuple[str, ...] = ()
        self.scale = Scale()
        """Of the bars."""

    @property
    def all(self) -> tuple[StoredRelease, ...]:
        """What is known, shown or not."""
        return tuple(self._all)

    def set_releases(self, releases: Sequence[StoredRelease]) -> None:
        """Show others."""
        self._all = sorted(releases, key=rank)
        self._measure()
        self._show([row for row in self._all if self._is_wanted(row)])

    def merge(self, releases: Sequence[StoredRelease], hold: int = 0) -> None:
        """Put more in where they belong; nothing comes above the release `hold`: what is better follows behind it."""
        known = {row.id for row in self._all}
        fresh = {row.id: row for row in releases}
        for place, row in enumerate(self._shown):
            if row.id in fresh:
                self._shown[place] = fresh[row.id]
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(ReleaseColumn) - 1))
        self._all = sorted((*(row for row in self._all if row.id not in fresh), *fresh.values()), key=rank)
        self._measure()
        for row in sorted((one for id, one in fresh.items() if id not in known), key=rank):
            if self._is_wanted(row):
                self._insert(row, hold)

    def better_than(self, id: int, releases: Sequence[StoredRelease]) -> int:
        """How many of these, not shown yet, would come above a release."""
        row = next((one for one in self._shown if one.id == id), None)
        known = {one.id for one in self._all}
        return sum(one.id not in known and self._is_wanted(one) and rank(one) < rank(row) for one in releases if row)

    def set_filter(self, accepted: bool | None, text: str) -> None:
        """Only accepted or rejected ones, and only with these words."""
        self._accepted, self._words = accepted, tuple(text.casefold().split())
        self._show([row for row in self._all if self._is_wanted(row)])

    def count(self, accepted: bool | None) -> int:
        """How many there are of a sort."""
        return sum(accepted is None or _is_accepted(row) is accepted for row in self._all)

    def is_best(self, row: StoredRelease) -> bool:
        """Whether it is the one that would be taken."""
        return bool(self._all) and _is_accepted(row) and self._all[0].id == row.id

    def would_be_best(self, row: StoredRelease) -> bool:
        """Whether nothing accepted outranks it: but for its rejection it would be taken."""
        best = self._all[0] if self._all and _is_accepted(self._all[0]) else None
        if row.verdict is None or row.verdict.outcome is not Outcome.REJECTED:
            return False
        return best is None or best.verdict is None or row.verdict.order > best.verdict.order

    def place_of(self, id: int) -> int | None:
        """Where a release is shown."""
        return next((place for place, row in enumerate(self._shown) if row.id == id), None)

    def titles(self) -> Sequence[str]:
        """The columns' names."""
        return self.tr("State"), self.tr("Release"), self.tr("Age"), self.tr("Size"), self.tr("Seeds"), self.tr("Score")

    def cell(self, row: StoredRelease, column: ReleaseColumn) -> str:
        """The words of a cell."""
        return _cell(row, column)

    def spoken(self, row: StoredRelease, column: ReleaseColumn) -> str:
        """The first columns tell the whole release."""
        return spoken_release(row) if column in {ReleaseColumn.STATE, ReleaseColumn.NAME} else _cell(row, column)

    def described(self, row: StoredRelease) -> str:
        """Why it was decided so."""
        return reason(row.verdict)

    def _insert(self, row: StoredRelease, hold: int) -> None:
        held = self.place_of(hold) if hold else None
        place = bisect_right(self._shown, rank(row), key=rank)
        if held is not None and place <= held:
            place = held + 1 + bisect_right(self._shown[held + 1 :], rank(row), key=rank)
        self.beginInsertRows(QModelIndex(), place, place)
        self._shown.insert(place, row)
        self.endInsertRows()

    def _is_wanted(self, row: StoredRelease) -> bool:
        if self._accepted is not None and _is_accepted(row) is not self._accepted:
            return False
        return all(word in f"{row.release.title} {row.indexer}".casefold() for word in self._words)

    def _measure(self) -> None:
        self.scale = scale_of(self._all)


def _is_accepted(row: StoredRelease) -> bool:
    return row.verdict is not None and row.verdict.accepted


def _cell(row: StoredRelease, column: ReleaseColumn) -> str:
    match column:
        case ReleaseColumn.STATE:
            return verdict_word(row.verdict)
        case ReleaseColumn.NAME:
            return row.release.title
        case ReleaseColumn.AGE:
            return times.age(row.release.published or row.first_seen)
        case ReleaseColumn.SIZE:
            return amounts.size(row.release.size) if row.release.size else "—"
        case ReleaseColumn.SEEDS:
            return "—" if row.release.seeders is None else times.number(row.release.seeders)
        case ReleaseColumn.SCORE:
            return times.number(row.verdict.score) if row.verdict else "—"
