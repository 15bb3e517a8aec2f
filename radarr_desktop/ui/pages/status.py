"""Status bar, badges and tray, kept true from the live data."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from radarr_desktop.ui.models.movie_state import MovieState
from radarr_desktop.ui.models.queue import is_active, is_paused
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.news import News
from radarr_desktop.ui.pages.services import LiveServices
from radarr_desktop.ui.parts import amounts
from radarr_desktop.ui.shell import MainWindow
from radarr_desktop.ui.theme import State
from radarr_desktop.ui.tray import Tray, TrayImport, TrayView

_SPEED_MS = 1000
_LONGEST = 72


class StatusKeeper(QObject):
    """Listens to everything live; owns nothing."""

    def __init__(
        self, desk: Desk, window: MainWindow, tray: Tray, library: LiveLibrary, services: LiveServices, news: News
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._tray = tray
        self._library = library
        self._services = services
        self._news = news
        self._view: TrayView | None = None
        self._clock = QTimer(self, interval=_SPEED_MS)
        self._clock.timeout.connect(self._show_speeds)
        services.changed.connect(self._show_services)
        library.queue_loaded.connect(self._show_queue)
        library.loaded.connect(self._show_queue)
        library.movies.counted.connect(self._show_queue)
        news.changed.connect(self._show_links)

    def start(self) -> None:
        """Begin to look at the speeds."""
        self._clock.start()

    def stop(self) -> None:
        """No more."""
        self._clock.stop()

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
        stuck = len(self._library.stuck)
        self._window.set_badge("queue", stuck or len(self._library.queue), urgent=bool(stuck))
        self._show_tray()

    def _show_links(self) -> None:
        self._window.status.set_links(self._news.links_work)
        self._show_tray()

    def _show_speeds(self) -> None:
        down, up = self._desk.engine.speeds()
        moving = bool(self._library.queue) or bool(down) or bool(up)
        self._window.status.set_speeds(down if moving else None, up if moving else None)
        self._show_tray()

    def _show_tray(self) -> None:
        items = list(self._library.queue.values())
        stuck = self._library.stuck
        active = [item for item in items if is_active(item) and item.download]
        paused = bool(items) and all(is_paused(item) for item in items if item not in stuck) and len(items) > len(stuck)
        size = sum(item.download.size for item in active if item.download)
        left = sum(item.download.left for item in active if item.download)
        state = "attention" if stuck else "working" if active else "paused" if paused else "idle"
        view = TrayView(
            state=state,  # type: ignore[arg-type]
            progress=round(1 - left / size, 2) if size else 0.0,
            first_line=self._first_line(len(active), len(items)),
            second_line=self._second_line(),
            stuck=len(stuck),
            paused=paused,
            imports=tuple(TrayImport(id, text) for id, text in self._news.imports),
        )
        if view != self._view:
            self._view = view
            self._tray.show_view(view)

    def _first_line(self, active: int, all_items: int) -> str:
        down, _ = self._desk.engine.speeds()
        if active:
            words = self.tr("{count} downloading").format(count=active)
            return f"{words}, {amounts.speed(down)}" if down else words
        if all_items:
            return self.tr("{count} in the queue").format(count=all_items)
        return self.tr("Nothing is downloading")

    def _second_line(self) -> str:
        missing = self._library.movies.count(MovieState.MISSING)
        return self.tr("{count} missing").format(count=missing) if missing else ""
