"""The one crossing between the window's thread and the engine's: verbs go down, facts come up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Hashable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from radarr_desktop.domain.events import DownloadProgressed, Event

T = TypeVar("T")
_INTERVAL = 100


class Bridge(QObject):
    """Lives in the window's thread; `publish` is called in the engine's."""

    # not "event": that is the method by which Qt delivers everything to a QObject
    happened = Signal(object)
    """A frozen fact, in the window's thread; progress of one download at most ten times a second."""

    _arrived = Signal(object)
    _progressed = Signal()

    def __init__(self, engine_loop: asyncio.AbstractEventLoop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loop = engine_loop
        self._lock = threading.Lock()
        self._latest: dict[Hashable, Event] = {}
        self._flush = QTimer(self, singleShot=True, interval=_INTERVAL)
        self._flush.timeout.connect(self._tell_progress)
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._plan_flush, Qt.ConnectionType.QueuedConnection)

    async def call(self, verb: Coroutine[Any, Any, T]) -> T:
        """Run an engine verb on the engine's loop and wait for it on the window's."""
        try:
            future = asyncio.run_coroutine_threadsafe(verb, self._loop)
        except RuntimeError:
            verb.close()
            raise
        return await asyncio.wrap_future(future)

    def publish(self, event: Event) -> None:
        """Bring a fact up; returns at once. Subscribe it to the engine's bus."""
        key = _coalesced_by(event)
        if key is None:
            self._arrived.emit(event)
            return
        with self._lock:
            is_first = not self._latest
            self._latest[key] = event
        if is_first:
            self._progressed.emit()

    @Slot(object)
    def _tell(self, event: Event) -> None:
        # progress that came before this fact must not be told after it
        self._tell_progress()
        self.happened.emit(event)

    @Slot()
    def _plan_flush(self) -> None:
        if not self._flush.isActive():
            self._flush.start()

    @Slot()
    def _tell_progress(self) -> None:
        with self._lock:
            waiting, self._latest = self._latest, {}
        for event in waiting.values():
            self.happened.emit(event)


def _coalesced_by(event: Event) -> Hashable | None:
    return (DownloadProgressed, event.grab_id) if isinstance(event, DownloadProgressed) else None
