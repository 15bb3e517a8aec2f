"""Which movies are missing, without keeping the library in memory."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from radarr_desktop.domain import events
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
        missing = await self._desk.bridge.call(self._desk.engine.movies.missing())
        self.ids = frozenset(movie.id for movie in missing)
        self.changed.emit()
