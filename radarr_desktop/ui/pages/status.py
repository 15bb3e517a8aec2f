"""Status bar and badges of the window, kept true from the live data."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.imports import LastImports
from radarr_desktop.ui.pages.live_queue import LiveQueue
from radarr_desktop.ui.pages.services import LiveServices
from radarr_desktop.ui.shell.window import MainWindow
from radarr_desktop.ui.theme import State

_SPEED_MS = 1000
_LONGEST = 72


class StatusKeeper(QObject):
    """Listens to everything live; owns nothing."""

    def __init__(
        self, desk: Desk, window: MainWindow, queue: LiveQueue, services: LiveServices, imports: LastImports
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._queue = queue
        self._services = services
        self._imports = imports
        self._clock = QTimer(self, interval=_SPEED_MS)
        self._clock.timeout.connect(self._show_speeds)
        desk.ending.connect(self._clock.stop)
        services.changed.connect(self._show_services)
        queue.loaded.connect(self._show_queue)
        imports.changed.connect(self._show_links)

    def start(self) -> None:
        """Show how it stands, and begin to look at the speeds."""
        self._show_queue()
        self._show_links()
        self._clock.start()

    def _show_services(self) -> None:
        items = [item for item in self._services.health if item.level != "notice"]
        has_error = any(item.level == "error" for item in items)
        if items:
            state: State = "err" if has_error else "wait"
            words = items[0].message.partition(". ")[0].rstrip(".")
            words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
            more = self.tr(" · {count} more").format(count=len(items) - 1) if len(items) > 1 else ""
            self._window.status.set_health(state, words + more)
        else:
            self._window.status.set_health("ok", self.tr("All services reachable"))
        self._window.set_badge("health", len(items), urgent=has_error)
        folders = [folder for folder in self._services.folders if folder.accessible]
        if folders:
            least = min(folders, key=lambda folder: folder.free_space)
            self._window.status.set_free_space(least.path, least.free_space)

    def _show_queue(self) -> None:
        stuck = len(self._queue.stuck)
        self._window.set_badge("queue", stuck or len(self._queue.items), urgent=bool(stuck))

    def _show_links(self) -> None:
        self._window.status.set_links(self._imports.links_work)

    def _show_speeds(self) -> None:
        down, up = self._desk.engine.speeds()
        moving = bool(self._queue.items) or bool(down) or bool(up)
        self._window.status.set_speeds(down if moving else None, up if moving else None)
