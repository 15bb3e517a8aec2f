"""How services, folders and the program are, as last asked: for status bar, banners, tray and Health."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import RootFolder
from radarr_desktop.engine.monitoring.health import HealthItem
from radarr_desktop.engine.plugins.host import Instance
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.ui.pages.desk import Desk

_log = logging.getLogger(__name__)
_EVERY_MS = 20_000
_SETTLE_MS = 300
_TELLING = (
    events.PluginsChanged,
    events.IndexerAnswered,
    events.GrabFailed,
    events.MovieAdded,
    events.MovieImported,
)
_SILENT = frozenset({"failing", "broken"})


class LiveServices(QObject):
    """Asks when something has changed, and every 20 s as services fail without an event."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.instances: Sequence[Instance] = ()
        self.health: Sequence[HealthItem] = ()
        self.folders: Sequence[RootFolder] = ()
        self.startable: Mapping[int, str] = {}
        """Clients of this machine that do not run: the name of the program, by id."""
        self.starting: int = 0
        """The client that is being started."""
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        for timer in (self._timer, self._settle):
            desk.ending.connect(timer.stop)
        desk.bridge.happened.connect(self._on_event)

    def start(self) -> None:
        """Ask now and from now on."""
        self.refresh()
        self._timer.start()

    def refresh(self) -> None:
        """Ask again."""
        self._desk.start(self.load())

    def silent(self, kind: PluginKind) -> list[Instance]:
        """Enabled services of a kind that do not answer."""
        return [one for one in self.instances if one.kind == kind and one.enabled and one.state in _SILENT]

    def start_client(self, instance_id: int) -> None:
        """Start the program behind a client."""
        self._desk.start(self._start_client(instance_id))

    async def _start_client(self, instance_id: int) -> None:
        self.starting = instance_id
        self.changed.emit()
        try:
            await self._desk.bridge.call(self._desk.engine.starter.start(instance_id))
        finally:
            self.starting = 0
            await self.load()

    async def load(self) -> None:
        """Ask, and tell when the answer is there."""
        engine, call = self._desk.engine, self._desk.bridge.call
        try:
            self.instances = await call(engine.plugins.instances())
            self.health = await call(engine.health())
            self.folders = await call(engine.folders.all())
            self.startable = await call(engine.starter.offers())
        except Problem as problem:
            _log.info("The services could not be asked: %s", problem)
            return
        self.changed.emit()

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, _TELLING):
            self._settle.start()
        if isinstance(event, events.PluginsChanged) and event.kind == PluginKind.METADATA:
            self._desk.posters.ask_again()
