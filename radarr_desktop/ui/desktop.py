"""The desktop program in the tray, joined to the engine; its window is built when somebody wants to see it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from radarr_desktop.domain.events import Event, NoticeAnswered
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.search.mass import SearchPlan
from radarr_desktop.ui.bridge import Bridge
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.imports import LastImports
from radarr_desktop.ui.pages.live_queue import LiveQueue
from radarr_desktop.ui.preferences import Preferences
from radarr_desktop.ui.shell.drop_target import DropTarget
from radarr_desktop.ui.shell.drops import DropReader
from radarr_desktop.ui.tray import Tray
from radarr_desktop.ui.tray_status import TrayStatus

if TYPE_CHECKING:
    from radarr_desktop.ui.theme import Theme
    from radarr_desktop.ui.workspace import Workspace


class Desktop(QObject):
    """Built before the loop runs; asks the engine nothing before `started`.

    Theme and window cost 30 MB and are imported with their first use: a program that only sits in the tray has
    neither.
    """

    window_built = Signal()

    def __init__(
        self,
        app: QApplication,
        engine: Engine,
        loop: asyncio.AbstractEventLoop,
        paths: Paths,
        theme: Theme | None = None,
    ) -> None:
        super().__init__()
        if theme is not None:
            self._theme = theme
        app.setQuitOnLastWindowClosed(False)
        self._app = app
        self._paths = paths
        self._quit = asyncio.Event()
        self._undo = ExitStack()
        self.preferences = Preferences(paths.config / "window.ini")
        self._undo.callback(self.preferences.sync)
        self.bridge = Bridge(loop, self)
        self._unsubscribe = engine.bus.subscribe(Event, self.bridge.publish)
        self.desk = Desk(engine, self.bridge, self)
        self.queue = LiveQueue(self.desk, self)
        self.imports = LastImports(self.bridge, self)
        self.tray = Tray(self.dress, parent=self)
        self._undo.callback(self.tray.stop)
        self._status = TrayStatus(self.desk, self.tray, self.queue, self.imports)
        self._drops = DropReader(self)
        self._connect()

    def dress(self) -> Theme:
        """Have the theme on, before the first widget that is drawn."""
        return self._theme

    @cached_property
    def _theme(self) -> Theme:
        from radarr_desktop.ui.theme import Theme

        chosen = self.preferences
        made = Theme(
            self._paths.data / "window",
            chosen.theme,
            reduced_motion=chosen.reduced_motion,
            use_system_font=chosen.system_font,
        )
        made.apply(self._app)
        return made

    @cached_property
    def workspace(self) -> Workspace:
        """The window with its pages."""
        from radarr_desktop.ui.workspace import Workspace

        self.dress()
        made = Workspace(self.desk, self.queue, self.imports, self.preferences, self.tray.is_available, self)
        made.quit_requested.connect(self.quit)
        self._undo.callback(made.close)
        self.window_built.emit()
        return made

    def show_starting(self, *, minimized: bool = False) -> None:
        """Tray and window are there at once; pages show what is coming."""
        self.tray.start()
        if not minimized:
            self.workspace.window.show()

    def started(self) -> None:
        """The engine runs: ask it."""
        self.desk.begin()

    def show_problem(self, problem: Problem) -> None:
        """Say why the program cannot start; closing that ends it."""
        self.workspace.show_problem(problem)

    def open_arguments(self, arguments: Sequence[str]) -> None:
        """What a start, or a later one, was given: files and links; without any, come to the front."""
        links = [one for one in arguments if "://" in one or one.startswith("magnet:")]
        files = [Path(one) for one in arguments if one not in links and not one.startswith("-")]
        if files or links:
            self._drops.take_all(files, links)
        else:
            self._bring_up()

    def take(self, items: Sequence[bytes | str]) -> None:
        """Torrents and links that were dropped, pasted or given at the start."""
        self.desk.start(self._take_all(items))

    def quit(self) -> None:
        """End the program."""
        self._quit.set()

    async def until_quit(self) -> None:
        """Wait for the end, then stop what is under way."""
        await self._quit.wait()
        self._unsubscribe()
        await self.desk.finish()

    def close(self) -> None:
        """Take tray and window away."""
        self._undo.close()
        self.deleteLater()

    def _connect(self) -> None:
        self.desk.drop_asked.connect(self.take)
        self.desk.told.connect(self._tell)
        self.bridge.happened.connect(self._on_event)
        self._drops.taken.connect(self.take)
        self._drops.media.connect(lambda paths: self.workspace.open_manual(paths=paths))
        self._drops.refused.connect(lambda sentence: self.desk.told.emit(sentence, "miss"))
        tray = self.tray
        tray.available_changed.connect(self._tray_came_or_not)
        tray.embedded.connect(lambda widget: DropTarget(widget, self._drops))
        tray.toggle_window.connect(self._toggle)
        tray.open_window.connect(self._bring_up)
        tray.open_stuck.connect(lambda: self.workspace.open_page("queue"))
        tray.open_settings.connect(lambda: self.workspace.open_page("settings"))
        tray.open_movie.connect(self._open_movie)
        self.desk.search_planned.connect(self._ask_search)
        tray.search_missing.connect(lambda: self.desk.start(self.desk.search_missing()))
        tray.pause_all.connect(lambda paused: self.queue.set_all_paused(paused=paused))
        tray.slow_down.connect(lambda slow: self.queue.set_slow(slow=slow))
        tray.menu.aboutToShow.connect(self.queue.refresh_slow)
        tray.open_torrent.connect(lambda: self.workspace.ask_torrent(self._drops.take_all))
        tray.paste_link.connect(lambda: self._drops.take(QGuiApplication.clipboard().mimeData()))
        tray.quit_requested.connect(self.quit)

    def _on_event(self, event: Event) -> None:
        match event:
            case NoticeAnswered(key="folder", target=path) if Path(path).is_dir():
                QDesktopServices.openUrl(QUrl.fromLocalFile(path))
            case NoticeAnswered(key="movie", target=id) if id.isdecimal():
                self._open_movie(int(id))
            case NoticeAnswered(key="queue"):
                self.workspace.open_page("queue")

    def _tell(self, sentence: str, _state: str) -> None:
        # a toast in a hidden window is seen by nobody
        windows = [one for one in self._app.topLevelWidgets() if isinstance(one, QMainWindow)]
        if not any(window.isVisible() for window in windows):
            self.tray.tell(sentence)

    def _tray_came_or_not(self, is_there: bool) -> None:
        # a program that is to be seen nowhere could never be used or ended
        if not is_there:
            self.workspace.window.show()

    def _toggle(self) -> None:
        self.workspace.window.toggle()

    def _bring_up(self) -> None:
        self.workspace.bring_up()

    def _ask_search(self, question: str, plan: SearchPlan) -> None:
        self.workspace.ask_search(question, plan)

    def _open_movie(self, id: int) -> None:
        self.workspace.bring_up()
        self.workspace.open_movie(id)

    async def _take_all(self, items: Sequence[bytes | str]) -> None:
        for item in items:
            if isinstance(item, str) and not item.lower().startswith("magnet:"):
                self.workspace.open_add(item)
                continue
            try:
                dropped = await self.bridge.call(self.desk.engine.search.drop(item))
            except Problem as problem:
                self.desk.told.emit(str(problem), "err")
                continue
            if dropped.grab is None:
                await self.workspace.ask_which(item, dropped)
            else:
                self.desk.tell_dropped(dropped)
