"""What has happened, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QModelIndex

from radarr_desktop.domain.operations import OperationKind, OperationState
from radarr_desktop.domain.quality import BY_ID
from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.engine.journal.undo import UndoState
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.table import TableModel
from radarr_desktop.ui.models.undo_words import operation_of
from radarr_desktop.ui.theme import State

LOOKS: dict[HistoryKind, tuple[str, State]] = {
    HistoryKind.GRABBED: ("arrow-down", "info"),
    HistoryKind.IMPORTED: ("check", "ok"),
    HistoryKind.FAILED: ("triangle-alert", "err"),
    HistoryKind.FILE_DELETED: ("trash-2", "off"),
    HistoryKind.IGNORED: ("circle-minus", "off"),
    HistoryKind.ADDED: ("plus", "upgrade"),
    HistoryKind.SEARCHED: ("search", "off"),
    HistoryKind.INSPECTED: ("file-video", "info"),
    HistoryKind.RENAMED: ("text-cursor-input", "info"),
    HistoryKind.UNDONE: ("undo-2", "off"),
}


class HistoryColumn(IntEnum):
    """Columns of the table."""

    WHEN = 0
    WHAT = 1
    MOVIE = 2
    NAME = 3
    QUALITY = 4
    UNDO = 5


class HistoryModel(TableModel[HistoryEntry]):
    """Entries in the order given, the newest first."""

    columns = HistoryColumn

    def __init__(self) -> None:
        super().__init__()
        self._titles: dict[int, str] = {}
        self._undo: dict[int, UndoState] = {}

    def set_entries(
        self, entries: Sequence[HistoryEntry], titles: dict[int, str], undo: Sequence[UndoState] = ()
    ) -> None:
        """Show others, with the titles of their movies and the changes they tell of."""
        self._titles = titles
        self._undo = {one.operation.id: one for one in undo}
        self._show(entries)

    def append(self, entries: Sequence[HistoryEntry], titles: dict[int, str], undo: Sequence[UndoState] = ()) -> None:
        """Show older ones below."""
        if entries:
            self._titles.update(titles)
            self._undo |= {one.operation.id: one for one in undo}
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._shown.extend(entries)
            self.endInsertRows()

    def undo_of(self, entry: HistoryEntry) -> UndoState | None:
        """The change a row tells of, where there is one."""
        return self._undo.get(operation_of(entry))

    def titles(self) -> Sequence[str]:
        """The columns' names."""
        return (
            self.tr("When"),
            self.tr("What"),
            self.tr("Movie"),
            self.tr("Release or file"),
            self.tr("Quality"),
            self.tr("Undo"),
        )

    def cell(self, row: HistoryEntry, column: HistoryColumn) -> str:
        """The words of a cell."""
        match column:
            case HistoryColumn.WHEN:
                return times.moment(row.at)
            case HistoryColumn.WHAT:
                return kind_word(row.kind)
            case HistoryColumn.MOVIE:
                return self._titles.get(row.movie_id, "")
            case HistoryColumn.NAME:
                return row.title
            case HistoryColumn.QUALITY:
                return BY_ID[row.quality_id].name if row.quality_id in BY_ID and row.quality_id else ""
            case HistoryColumn.UNDO:
                return undo_word(self.undo_of(row))

    def spoken(self, row: HistoryEntry, column: HistoryColumn) -> str:
        """With the reason where something cannot be undone."""
        state = self.undo_of(row) if column is HistoryColumn.UNDO else None
        return state.why_not if state and state.why_not else self.cell(row, column)


def undo_word(state: UndoState | None) -> str:
    """What can be done about a change, in a word."""
    say = QCoreApplication.translate
    if state is None:
        return ""
    if state.undoable:
        return say("History", "Redo") if state.operation.kind is OperationKind.UNDO else say("History", "Undo")
    words = {
        OperationState.UNDONE: say("History", "Undone"),
        OperationState.EXPIRED: say("History", "Too late"),
    }
    return words.get(state.operation.state, say("History", "Not now"))


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
        HistoryKind.RENAMED: say("History", "Renamed"),
        HistoryKind.UNDONE: say("History", "Undone"),
    }[kind]
