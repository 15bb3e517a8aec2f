"""Which movies are missing, without keeping the library in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from radarr_desktop.domain import events
from radarr_desktop.domain.movie import Movie, is_available
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.ui.pages.desk import Desk

_SETTLE_MS = 3000
_TELLING = (events.MovieAdded, events.MovieChanged, events.MovieImported, events.MovieRemoved)


class Missing(QObject):
    """Looked up at the start, and again a moment after something has changed."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.ids: frozenset[int] = frozenset()
        """Movies that are wanted, out, and not there."""
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._refresh)
        desk.began.connect(self._refresh)
        desk.ending.connect(self._settle.stop)
        desk.bridge.happened.connect(self._on_event)

    def _on_event(self, event: events.Event) -> None:
        # not begun anew with each event: a refresh of all movies tells of thousands
        if isinstance(event, _TELLING) and not self._settle.isActive():
            self._settle.start()

    def _refresh(self) -> None:
        self._desk.start(self._load())

    async def _load(self) -> None:
        self.ids = await self._desk.bridge.call(_missing(self._desk.engine.movies))
        self.changed.emit()


async def _missing(movies: Movies) -> frozenset[int]:
    """On the engine's loop: the movies themselves stay there."""
    return await asyncio.to_thread(_ids, await movies.all(), datetime.now(UTC).date())


def _ids(movies: Sequence[Movie], today: date) -> frozenset[int]:
    return frozenset(
        movie.id for movie in movies if movie.monitored and movie.file is None and is_available(movie, today)
    )
