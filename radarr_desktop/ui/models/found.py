"""Movies a look-up has found, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from radarr_desktop.engine.library.movies import Found
from radarr_desktop.ui.models import times

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class FoundModel(QAbstractListModel):
    """Best first, as they came."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Found] = []

    def set_found(self, found: Sequence[Found]) -> None:
        """Show others."""
        self.beginResetModel()
        self._found = list(found)
        self.endResetModel()

    def found_at(self, place: int) -> Found:
        """The one at a place."""
        return self._found[place]

    def mark(self, tmdb_id: int, movie_id: int) -> None:
        """One of them is in the library now."""
        for place, found in enumerate(self._found):
            if found.info.tmdb_id == tmdb_id:
                self._found[place] = Found(found.info, movie_id)
                self.dataChanged.emit(self.index(place), self.index(place))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many were found."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A row."""
        if not index.isValid():
            return None
        found = self._found[index.row()]
        if role == ROW:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return found.info.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{found.info.title}, {found_line(found)}"
        return None


def found_line(found: Found) -> str:
    """Year, runtime and genre, or that it is there already."""
    info = found.info
    parts = [str(info.year or "")]
    if found.movie_id:
        parts.append(QCoreApplication.translate("Found", "in your library"))
    else:
        parts += [times.runtime(info.runtime), info.genres[0] if info.genres else ""]
    return " · ".join(part for part in parts if part)
