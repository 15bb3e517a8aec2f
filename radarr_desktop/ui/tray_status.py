"""What the tray shows, kept true from the live data."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.models.queue_state import is_active, is_paused, is_stuck
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.imports import LastImports
from radarr_desktop.ui.pages.live_queue import LiveQueue
from radarr_desktop.ui.pages.missing import Missing
from radarr_desktop.ui.tray import Tray, TrayImport, TrayView

_SPEED_MS = 1000


class TrayStatus(QObject):
    """Listens to everything live, and looks at the speeds once a second."""

    def __init__(self, desk: Desk, tray: Tray, queue: LiveQueue, imports: LastImports) -> None:
        super().__init__(tray)
        self._desk = desk
        self._tray = tray
        self._queue = queue
        self._imports = imports
        self._missing = Missing(desk, self)
        self._view: TrayView | None = None
        self._clock = QTimer(self, interval=_SPEED_MS)
        self._clock.timeout.connect(self._show)
        desk.began.connect(self._clock.start)
        desk.ending.connect(self._clock.stop)
        queue.loaded.connect(self._show)
        queue.slowed.connect(self._show)
        imports.changed.connect(self._show)
        self._missing.changed.connect(self._show)

    def _show(self) -> None:
        items = list(self._queue.items.values())
        active = [item for item in items if is_active(item)]
        stuck = self._queue.stuck
        resting = [item for item in items if not is_stuck(item)]
        paused = bool(resting) and all(is_paused(item) for item in resting)
        size = sum(item.download.size for item in active if item.download)
        left = sum(item.download.left for item in active if item.download)
        view = TrayView(
            state="attention" if stuck else "working" if active else "paused" if paused else "idle",
            progress=round(1 - left / size, 2) if size else 0.0,
            first_line=self._first_line(len(active), len(items)),
            second_line=self._second_line(),
            stuck=len(stuck),
            paused=paused,
            slow=self._queue.slow,
            imports=tuple(
                TrayImport(one.movie_id, f"{one.movie_title} · {one.quality}") for one in self._imports.events
            ),
        )
        if view != self._view:
            self._view = view
            self._tray.show_view(view)

    def _first_line(self, active: int, all_items: int) -> str:
        down, _ = self._desk.engine.speeds()
        if active:
            words = self.tr("{count} downloading").format(count=active)
            slow = self.tr("slowed down") if self._queue.slow else ""
            return ", ".join(part for part in (words, amounts.speed(down) if down else "", slow) if part)
        if all_items:
            return self.tr("{count} in the queue").format(count=all_items)
        return self.tr("Nothing is downloading")

    def _second_line(self) -> str:
        missing = len(self._missing.ids - self._queue.by_movie().keys())
        return self.tr("{count} missing").format(count=missing) if missing else ""
