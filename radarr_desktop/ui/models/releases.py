"""Releases of one movie as a table, best first."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.verdicts import reason, spoken_release, verdict_word

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class ReleaseColumn(IntEnum):
    """Columns of the table."""

    STATE = 0
    NAME = 1
    AGE = 2
    SIZE = 3
    SEEDS = 4
    SCORE = 5


RIGHT = frozenset({ReleaseColumn.AGE, ReleaseColumn.SIZE, ReleaseColumn.SEEDS})


class ReleasesModel(QAbstractTableModel):
    """Keeps the order it is given: the engine ranks."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[StoredRelease, ...] = ()
        self._shown: list[StoredRelease] = []
        self._accepted: bool | None = None
        self._words: tuple[str, ...] = ()

    @property
    def most_points(self) -> int:
        """The best score, which fills a bar."""
        return max((row.verdict.score for row in self._all if row.verdict), default=1)

    def set_releases(self, releases: Sequence[StoredRelease]) -> None:
        """Show others."""
        self._all = tuple(releases)
        self._show()

    def set_filter(self, accepted: bool | None, text: str) -> None:
        """Only accepted or rejected ones, and only with these words."""
        self._accepted, self._words = accepted, tuple(text.casefold().split())
        self._show()

    def count(self, accepted: bool | None) -> int:
        """How many there are of a sort."""
        return sum(accepted is None or _is_accepted(row) is accepted for row in self._all)

    def release_at(self, place: int) -> StoredRelease:
        """The release shown at a place."""
        return self._shown[place]

    def place_of(self, id: int) -> int | None:
        """Where a release is shown."""
        return next((place for place, row in enumerate(self._shown) if row.id == id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The table's columns."""
        return 0 if parent.isValid() else len(ReleaseColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(row, ReleaseColumn(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            column = ReleaseColumn(index.column())
            return spoken_release(row) if column in {ReleaseColumn.STATE, ReleaseColumn.NAME} else _cell(row, column)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return reason(row.verdict)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            names = ("", self.tr("Release"), self.tr("Age"), self.tr("Size"), self.tr("Seeds"), self.tr("Score"))
            return names[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignTrailing if section in RIGHT else Qt.AlignmentFlag.AlignLeading
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _show(self) -> None:
        self.beginResetModel()
        self._shown = [
            row
            for row in self._all
            if (self._accepted is None or _is_accepted(row) is self._accepted)
            and all(word in f"{row.release.title} {row.indexer}".casefold() for word in self._words)
        ]
        self.endResetModel()


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
