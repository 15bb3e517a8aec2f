"""One interactive search: its releases as they come, and how far it is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.ui.models.search_status import SearchStatus
from radarr_desktop.ui.pages.desk import Desk


class LiveSearch(QObject):
    """At most one at a time; asked for another movie, it stops the one before."""

    found = Signal(object)
    """Releases that have just been judged."""
    changed = Signal()
    """The status is another."""
    ended = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: asyncio.Task[Any] | None = None
        self._movie_id = 0
        self.status = SearchStatus()
        desk.bridge.happened.connect(self._on_event)

    def start(self, movie_id: int) -> None:
        """Ask all indexers for a movie; nothing is taken."""
        self.stop()
        self._movie_id = movie_id
        self._tell(SearchStatus(is_running=True))
        self._task = self._desk.start(self._search(movie_id))

    def stop(self) -> None:
        """Wait for nobody any more; what came stays."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            self._tell(replace(self.status, is_running=False, is_stopped=True))
        self._task = None

    async def _search(self, movie_id: int) -> None:
        try:
            await self._desk.bridge.call(self._desk.engine.search.releases(movie_id))
        except Problem as problem:
            if not self.status.answers:
                self._tell(replace(self.status, problems={"": str(problem)}))
        finally:
            # stopped and begun again, another task speaks for the search
            if asyncio.current_task() is self._task and self.status.is_running:
                self._tell(replace(self.status, is_running=False))
                self.ended.emit()

    def _on_event(self, event: events.Event) -> None:
        if getattr(event, "movie_id", 0) != self._movie_id:
            return
        if not self.status.is_running:
            self._note_late(event)
            return
        if isinstance(event, events.SearchStarted):
            self._tell(replace(self.status, asked=event.indexers))
        elif isinstance(event, events.ReleasesFound):
            releases: tuple[StoredRelease, ...] = event.releases
            if releases:
                self.found.emit(releases)
            self._tell(self.status.with_answer(event.indexer, len(releases), event.problem, event.again))
        else:
            self._note_late(event)

    def _note_late(self, event: events.Event) -> None:
        """Who was given up counts no more, but the user may want to ask again."""
        if isinstance(event, events.IndexerAnswered) and event.indexer in self.status.problems and not event.problem:
            self._tell(self.status.with_late(event.indexer, event.releases))

    def _tell(self, status: SearchStatus) -> None:
        self.status = status
        self.changed.emit()
