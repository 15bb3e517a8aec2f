"""How indexers are doing while their settings are looked at."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from radarr_desktop.engine.search.indexer_states import IndexerState
from radarr_desktop.ui.pages.desk import Desk


class LiveIndexers(QObject):
    """Asked by the page: answers of a week are counted, which nobody needs who looks at something else."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.states: Mapping[int, IndexerState] = {}
        self.tried: int = 0
        """The one that is being asked although it is left alone."""

    def refresh(self) -> None:
        """Count again."""
        if self._desk.has_begun:
            self._desk.start(self.load())

    async def load(self) -> None:
        """The same, and wait for it."""
        self.states = {one.id: one for one in await self._desk.bridge.call(self._desk.engine.indexers.all())}
        self.changed.emit()

    async def try_now(self, id: int) -> None:
        """Ask one that is left alone; where it answers, its pause is over. Raises what speaks against it."""
        self.tried = id
        self.changed.emit()
        try:
            await self._desk.bridge.call(self._desk.engine.plugins.try_now(id))
        finally:
            self.tried = 0
            await self.load()
