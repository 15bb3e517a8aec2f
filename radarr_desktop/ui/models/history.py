"""What has happened, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from radarr_desktop.domain.quality import BY_ID
from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.ui.models import times
from radarr_desktop.ui.theme import State

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
LOOKS: dict[HistoryKind, tuple[str, State]] = {
    HistoryKind.GRABBED: ("arrow-down", "info"),
    HistoryKind.IMPORTED: ("check", "ok"),
    HistoryKind.FAILED: ("triangle-alert", "err"),
    HistoryKind.FILE_DELETED: ("trash-2", "off"),
    HistoryKind.IGNORED: ("circle-minus", "off"),
    HistoryKind.ADDED: ("plus", "upgrade"),
    HistoryKind.SEARCHED: ("search", "off"),
    HistoryKind.INSPECTED: ("file-video", "info"),
}


class HistoryColumn(IntEnum):
    """Columns of the table."""

    WHEN = 0
    WHAT = 1
    MOVIE = 2
    NAME = 3
    QUALITY = 4


class HistoryModel(QAbstractTableModel):
    """Entries in the order given, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[HistoryEntry] = []
        self._titles: dict[int, str] = {}

    def set_entries(self, entries: Sequence[HistoryEntry], titles: dict[int, str]) -> None:
        """Show others, with the titles of their movies."""
        self.beginResetModel()
        self._entries, self._titles = list(entries), titles
        self.endResetModel()

    def append(self, entries: Sequence[HistoryEntry], titles: dict[int, str]) -> None:
        """Show older ones below."""
        if entries:
            self._titles.update(titles)
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._entries.extend(entries)
            self.endInsertRows()

    def entry_at(self, place: int) -> HistoryEntry:
        """The entry at a place."""
        return self._entries[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The table's columns."""
        return 0 if parent.isValid() else len(HistoryColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ROW:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._cell(entry, HistoryColumn(index.column()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            names = (self.tr("When"), self.tr("What"), self.tr("Movie"), self.tr("Release or file"), self.tr("Quality"))
            return names[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None

    def _cell(self, entry: HistoryEntry, column: HistoryColumn) -> str:
        match column:
            case HistoryColumn.WHEN:
                return times.moment(entry.at)
            case HistoryColumn.WHAT:
                return kind_word(entry.kind)
            case HistoryColumn.MOVIE:
                return self._titles.get(entry.movie_id, "")
            case HistoryColumn.NAME:
                return entry.title
            case HistoryColumn.QUALITY:
                return BY_ID[entry.quality_id].name if entry.quality_id in BY_ID and entry.quality_id else ""


def kind_word(kind: HistoryKind) -> str:
    """What happened, in the user's language."""
    say = QCoreApplication.translate
    return {
        HistoryKind.GRABBED: say("History", "Grabbed"),
        HistoryKind.IMPORTED: say("History", "Imported"),
        HistoryKind.FAILED: say("History", "Download failed"),
        HistoryKind.FILE_DELETED: say("History", "File deleted"),
        HistoryKind.IGNORED: say("History", "Left alone"),
        HistoryKind.ADDED: say("History", "Added"),
        HistoryKind.SEARCHED: say("History", "Searched"),
        HistoryKind.INSPECTED: say("History", "Looked inside"),
    }[kind]
