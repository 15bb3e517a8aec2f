"""Files that may be imported by hand: what each probably is, what the user said of it, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal

from radarr_desktop.engine.imports.suggest import ManualFile
from radarr_desktop.engine.imports.told import Told, Wish
from radarr_desktop.ui.models import amounts

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_CHECKED, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass(frozen=True)
class ManualRow:
    """One file."""

    file: ManualFile
    told: Told = field(default_factory=Told)
    chosen: bool = False
    problem: str = ""
    """Why the import of it failed."""

    @property
    def is_ready(self) -> bool:
        """Is it known which movie it is?"""
        return bool(self.file.movie_id)

    @property
    def wish(self) -> Wish:
        """What the engine is asked for."""
        return Wish(self.file.path, self.file.movie_id, self.told, self.file.grab_id)


class ManualModel(QAbstractListModel):
    """Rows can be checked; what nothing speaks against is checked from the start."""

    counted = Signal()
    """Others are checked."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ManualRow] = []

    @property
    def chosen(self) -> list[ManualRow]:
        """Those that are to be imported."""
        return [row for row in self._rows if row.chosen]

    def set_files(self, files: Sequence[ManualFile]) -> None:
        """Show others."""
        self.beginResetModel()
        self._rows = [ManualRow(file, chosen=bool(file.movie_id) and not file.rejections) for file in files]
        self.endResetModel()
        self.counted.emit()

    def row_at(self, place: int) -> ManualRow:
        """The row shown at a place."""
        return self._rows[place]

    def change(self, row: ManualRow) -> None:
        """One file is something else now."""
        for place, old in enumerate(self._rows):
            if old.file.path == row.file.path:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place), self.index(place))
                self.counted.emit()

    def drop(self, path: str) -> None:
        """One is in the library."""
        for place, old in enumerate(self._rows):
            if old.file.path == path:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._rows[place]
                self.endRemoveRows()
                self.counted.emit()
                return

    def fail(self, path: str, problem: str) -> None:
        """One could not be imported."""
        for row in self._rows:
            if row.file.path == path:
                self.change(replace(row, problem=problem, chosen=False))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A file without a movie cannot be checked."""
        flags = super().flags(index)
        ready = index.isValid() and self._rows[index.row()].is_ready
        return flags | Qt.ItemFlag.ItemIsUserCheckable if ready else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.file.name
        if role == Qt.ItemDataRole.CheckStateRole:
            return _CHECKED if row.chosen else _OFF
        if role == Qt.ItemDataRole.AccessibleTextRole:
            chosen = _say("will be imported") if row.chosen else _say("will not be imported")
            return f"{row.file.name}, {target_words(row)}, {chosen}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return against(row)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Check or uncheck."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or not self._rows[index.row()].is_ready:
            return False
        self.change(replace(self._rows[index.row()], chosen=Qt.CheckState(value) is _CHECKED))
        return True


def target_words(row: ManualRow) -> str:
    """ "The Salt Meridian (2025) · Bluray-1080p · 12.9 GB"."""
    file = row.file
    if not file.movie_id:
        return _say("Which movie is it?")
    parts = [file.movie_title, file.quality.name, ", ".join(file.languages), ", ".join(file.editions)]
    return " · ".join(part for part in (*parts, amounts.size(file.size)) if part)


def against(row: ManualRow) -> str:
    """What speaks against it, or why it failed."""
    return row.problem or " ".join(row.file.rejections)


def _say(words: str) -> str:
    return QCoreApplication.translate("Manual", words)
