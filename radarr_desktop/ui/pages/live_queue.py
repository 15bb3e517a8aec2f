"""The queue as it is now: loaded once, then kept true by events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import QueueItem
from radarr_desktop.ui.models.queue_state import can_pause, is_paused, is_stuck
from radarr_desktop.ui.pages.desk import Desk

_TELLING = (events.QueueChanged, events.MovieImported, events.ImportBlocked, events.MovieRemoved)


class LiveQueue(QObject):
    """Tray and window listen to what it tells."""

    loaded = Signal()
    failed = Signal(object)
    """The queue could not be read: a `Problem`."""
    importing = Signal(object)
    """Something of a download is copied or unpacked: an `ImportProgressed`."""
    progressed = Signal(int)
    """The download of this grab moved."""
    slowed = Signal()
    """It is known whether clients are slowed down, or that changed."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.items: dict[int, QueueItem] = {}
        """By the number of the grab."""
        self.slow: bool | None = None
        """Are the clients slowed down? None where none can be, and until somebody asked."""
        self._told_slow = 0
        """How often a change of that was told."""
        self._of_movie: dict[int, list[int]] = {}
        """Their numbers, by movie."""
        desk.began.connect(self.refresh)
        desk.bridge.happened.connect(self._on_event)

    @property
    def stuck(self) -> list[QueueItem]:
        """What needs the user, the oldest first."""
        return [item for item in self.items.values() if is_stuck(item)]

    def by_movie(self) -> dict[int, QueueItem]:
        """One download of each movie; one that needs the user before others."""
        return {id: item for id in self._of_movie if (item := self.of_movie(id)) is not None}

    def of_movie(self, id: int) -> QueueItem | None:
        """The one that is shown for a movie; asked with every step of a download."""
        found = [self.items[grab] for grab in self._of_movie.get(id, ()) if grab in self.items]
        return next(filter(is_stuck, reversed(found)), found[0] if found else None)

    def refresh(self) -> None:
        """Read it again."""
        self._desk.start(self.load())

    async def load(self) -> None:
        """Read it, and tell when it is there."""
        try:
            items = await self._desk.bridge.call(self._desk.engine.downloads.queue())
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.items = {item.grab.id: item for item in items}
        self._of_movie = {}
        for item in items:
            self._of_movie.setdefault(item.grab.movie_id, []).append(item.grab.id)
        self.loaded.emit()
        if items and self.slow is None:
            self.refresh_slow()

    def refresh_slow(self) -> None:
        """Ask the clients whether they are slowed down; that starts those that nobody needed until now."""
        if self._desk.has_begun:
            self._desk.start(self._load_slow())

    def set_slow(self, *, slow: bool) -> None:
        """Slow all clients down, or none any more."""
        self._desk.start(self._desk.bridge.call(self._desk.engine.slow_mode.turn(slow=slow)))

    async def _load_slow(self) -> None:
        told = self._told_slow
        slow = await self._desk.bridge.call(self._desk.engine.slow_mode.is_on())
        if told == self._told_slow:  # else it changed while the clients were asked
            self._show_slow(slow)

    def _show_slow(self, slow: bool | None) -> None:
        if slow is not self.slow:
            self.slow = slow
            self.slowed.emit()

    async def set_paused(self, items: Sequence[QueueItem], *, paused: bool) -> None:
        """Pause or resume those that can be."""
        ids = [item.grab.id for item in items if (can_pause(item) if paused else is_paused(item))]
        if ids:
            downloads = self._desk.engine.downloads
            await self._desk.bridge.call(downloads.pause(*ids) if paused else downloads.resume(*ids))

    def set_all_paused(self, *, paused: bool) -> None:
        """Pause or resume everything."""
        self._desk.start(self.set_paused(list(self.items.values()), paused=paused))

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, events.DownloadProgressed):
            self._move(event)
        elif isinstance(event, events.ImportProgressed):
            self.importing.emit(event)
        elif isinstance(event, events.SlowModeChanged):
            self._told_slow += 1
            self._show_slow(event.slow)
        elif isinstance(event, events.PluginsChanged) and self.slow is not None:
            self.refresh_slow()
        elif isinstance(event, _TELLING):
            self.refresh()

    def _move(self, event: events.DownloadProgressed) -> None:
        item = self.items.get(event.grab_id)
        if item is not None:
            self.items[event.grab_id] = replace(item, download=event.download, seen=event.at)
            self.progressed.emit(event.grab_id)
