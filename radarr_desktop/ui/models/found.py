"""Movies a look-up has found, as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt

from radarr_desktop.engine.library.movies import Found
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.listing import ListModel


class FoundModel(ListModel[Found]):
    """Best first, as they came."""

    def set_found(self, found: Sequence[Found]) -> None:
        """Show others."""
        self._show(found)

    def found_at(self, place: int) -> Found:
        """The one at a place."""
        return self._shown[place]

    def mark(self, tmdb_id: int, movie_id: int) -> None:
        """One of them is in the library now."""
        for place, found in enumerate(self._shown):
            if found.info.tmdb_id == tmdb_id:
                self._shown[place] = Found(found.info, movie_id)
                self.dataChanged.emit(self.index(place), self.index(place))

    def told(self, row: Found, role: int) -> str | None:
        """Words."""
        if role == Qt.ItemDataRole.DisplayRole:
            return row.info.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.info.title}, {found_line(row)}"
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
