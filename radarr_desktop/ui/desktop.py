"""The desktop program: window, pages and tray, joined to the engine."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from radarr_desktop.domain.events import Event
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.paths import Paths
from radarr_desktop.ui.bridge import Bridge
from radarr_desktop.ui.pages.add.sheet import AddSheet
from radarr_desktop.ui.pages.add.which import WhichSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.health import HealthPage
from radarr_desktop.ui.pages.history import HistoryPage
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.movie.page import MoviePage
from radarr_desktop.ui.pages.movie_actions import MovieActions
from radarr_desktop.ui.pages.movies.page import MoviesPage
from radarr_desktop.ui.pages.news import News
from radarr_desktop.ui.pages.problem import ProblemSheet
from radarr_desktop.ui.pages.queue.page import QueuePage
from radarr_desktop.ui.pages.services import LiveServices
from radarr_desktop.ui.pages.settings.page import SettingsPage
from radarr_desktop.ui.pages.status import StatusKeeper
from radarr_desktop.ui.parts import Sheet
from radarr_desktop.ui.preferences import Preferences
from radarr_desktop.ui.shell import MainWindow
from radarr_desktop.ui.theme import Theme
from radarr_desktop.ui.tray import Tray


class Desktop(QObject):
    """Built before the loop runs; asks the engine nothing before `started`."""

    def __init__(
        self,
        app: QApplication,
        engine: Engine,
        loop: asyncio.AbstractEventLoop,
        paths: Paths,
        theme: Theme | None = None,
    ) -> None:
        super().__init__()
        app.setQuitOnLastWindowClosed(False)
        self._engine = engine
        self._quit = asyncio.Event()
        self.preferences = Preferences(paths.config / "window.ini")
        self._theme = theme or self._make_theme(app, paths)
        self.bridge = Bridge(loop, self)
        self._unsubscribe = engine.bus.subscribe(Event, self.bridge.publish)
        self.tray = Tray(parent=self)
        self.window = MainWindow(self.tray.is_available)
        self.desk = Desk(engine, self.bridge, self)
        self.library = LiveLibrary(self.desk, self)
        self.services = LiveServices(self.desk, self)
        self._actions = MovieActions(self.desk, self.window)
        self._make_pages()
        self.news = News(self.desk, self.window.toasts, self)
        self._status = StatusKeeper(self.desk, self.window, self.tray, self.library, self.services, self.news)
        self._connect_desk()
        self._connect_window()
        self._connect_tray()
        self._restore()

    def show_starting(self, *, minimized: bool = False) -> None:
        """Tray and window are there at once; pages show what is coming."""
        self.tray.available_changed.connect(self._tray_came_or_not)
        self.tray.start()
        if not minimized:
            self.window.show()

    def started(self, address: str) -> None:
        """The engine runs: fill the pages."""
        self.window.setProperty("address", address)
        self.library.refresh()
        self.services.start()
        self._status.start()
        self.movies.focus_content()

    def show_problem(self, problem: Problem) -> None:
        """Say why the program cannot start; closing that ends it."""
        self.window.bring_up()
        sheet = ProblemSheet(self.window, problem)
        sheet.closed.connect(self.quit)
        sheet.open()

    def open_arguments(self, arguments: Sequence[str]) -> None:
        """What a start, or a later one, was given: files and links; without any, come to the front."""
        links = [one for one in arguments if "://" in one or one.startswith("magnet:")]
        files = [Path(one) for one in arguments if one not in links and not one.startswith("-")]
        if files:
            self.window.take_files(files)
        if links:
            self.window.take_links(links)
        if not files and not links:
            self.window.bring_up()

    def open_add(self, text: str = "") -> AddSheet:
        """Open the add sheet."""
        self.window.bring_up()
        sheet = AddSheet(self.window, self.desk, text=text)
        sheet.open()
        return sheet

    def open_movie(self, id: int, tab: str = "") -> None:
        """Show a movie."""
        self.window.open_page("movie")
        self.movie.open_movie(id, tab)

    def take(self, items: Sequence[bytes | str]) -> None:
        """Torrents and links that were dropped, pasted or given at the start."""
        self.desk.start(self._take_all(items))

    def quit(self) -> None:
        """End the program."""
        self._quit.set()

    async def until_quit(self) -> None:
        """Wait for the end, then stop what the window still does."""
        await self._quit.wait()
        self.services.stop()
        self._status.stop()
        self._unsubscribe()
        await self.desk.finish()

    def close(self) -> None:
        """Take tray and window away."""
        self.preferences.geometry = self.window.saveGeometry()
        self.preferences.movies_view = self.movies.view.key
        self.preferences.sync()
        self.tray.stop()
        self.window.hide()
        self.window.deleteLater()
        self.deleteLater()

    def _make_theme(self, app: QApplication, paths: Paths) -> Theme:
        chosen = self.preferences
        made = Theme(
            paths.data / "window",
            chosen.theme,
            reduced_motion=chosen.reduced_motion,
            use_system_font=chosen.system_font,
        )
        made.apply(app)
        return made

    def _make_pages(self) -> None:
        add = self.window.add_page
        self.movies = MoviesPage(self.desk, self.library, self.services, self._actions)
        self.movies.dress(add("movies", self.tr("Movies"), "film", self.movies, "library", "Ctrl+1"))
        self.movie = MoviePage(self.desk, self.library, self._actions, self.window)
        add("movie", self.tr("Movie"), "film", self.movie, None, parent_key="movies").hide()
        self.queue = QueuePage(self.desk, self.library, self.services, self.window)
        self.queue.dress(add("queue", self.tr("Queue"), "download", self.queue, "activity", "Ctrl+4"))
        self.history = HistoryPage(self.desk, self.library)
        self.history.dress(add("history", self.tr("History"), "history", self.history, "activity", "Ctrl+5"))
        self.health = HealthPage(self.desk, self.services)
        self.health.dress(add("health", self.tr("Health"), "activity", self.health, "system", "Ctrl+7"))
        self.settings = SettingsPage(self.desk, self.services, self.preferences, self.window)
        add("settings", self.tr("Settings"), "settings", self.settings, "bottom", "Ctrl+,").hide()

    def _connect_desk(self) -> None:
        self.desk.movie_asked.connect(self.open_movie)
        self.desk.page_asked.connect(self.window.open_page)
        self.desk.add_asked.connect(self.open_add)
        self.desk.drop_asked.connect(self.take)
        self.desk.settings_asked.connect(self._open_settings)
        self.movie.back.connect(self._leave_movie)

    def _connect_window(self) -> None:
        window = self.window
        window.dropped.connect(self.take)
        window.add_requested.connect(self.open_add)
        window.refresh_requested.connect(self._refresh)
        window.escaped.connect(self._escape)
        window.quit_requested.connect(self.quit)
        window.page_changed.connect(self._turn_to)
        window.closed_to_tray.connect(self.desk.posters.clear_frames)
        window.status.health_clicked.connect(lambda: window.open_page("health"))
        for page in (self.movies, self.movie, self.queue, self.settings):
            window.breakpoint_changed.connect(page.fit)
            page.fit(window.breakpoint)

    def _connect_tray(self) -> None:
        tray, window = self.tray, self.window
        tray.toggle_window.connect(window.toggle)
        tray.open_window.connect(window.bring_up)
        tray.open_stuck.connect(lambda: self._bring_up("queue"))
        tray.open_settings.connect(lambda: self._bring_up("settings"))
        tray.open_movie.connect(self._bring_up_movie)
        tray.search_missing.connect(lambda: self.desk.start(self._search_missing()))
        tray.pause_all.connect(lambda paused: self.queue.set_paused(paused=paused))
        tray.open_torrent.connect(self._ask_torrent)
        tray.paste_link.connect(window.take_clipboard)
        tray.quit_requested.connect(self.quit)

    def _restore(self) -> None:
        if not self.preferences.geometry.isEmpty():
            self.window.restoreGeometry(self.preferences.geometry)
        self.movies.choose_view(self.preferences.movies_view)

    def _tray_came_or_not(self, is_there: bool) -> None:
        # a program that is to be seen nowhere could never be used or ended
        if not is_there and not self.window.isVisible():
            self.window.show()

    def _bring_up(self, key: str) -> None:
        self.window.bring_up()
        self.window.open_page(key)

    def _bring_up_movie(self, id: int) -> None:
        self.window.bring_up()
        self.open_movie(id)

    def _open_settings(self, section: str) -> None:
        self.window.open_page("settings")
        self.settings.open_section(section)

    def _leave_movie(self) -> None:
        if self.window.current_key == "movie":
            self.window.go_back()

    def _turn_to(self, key: str) -> None:
        if key == "history":
            self.history.refresh()
        page = self.window.page(key)
        if isinstance(page, MoviesPage | MoviePage | QueuePage | HistoryPage):
            page.focus_content()

    def _refresh(self, key: str) -> None:
        self.desk.posters.ask_again()
        self.library.refresh()
        self.services.refresh()
        if key == "history":
            self.history.refresh()
        elif key == "movie":
            self.movie.open_movie(self.movie.movie_id)

    def _escape(self) -> None:
        if self.window.current_key == "movie":
            self.window.go_back()
        elif self.window.current_key == "movies":
            self.movies.clear_filters()

    async def _search_missing(self) -> None:
        await self.bridge.call(self._engine.jobs.enqueue("search_missing", {}))

    def _ask_torrent(self) -> None:
        self.window.bring_up()
        dialog = QFileDialog(self.window, self.tr("Open .torrent files"), "", self.tr("Torrents (*.torrent)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.window.take_files([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _take_all(self, items: Sequence[bytes | str]) -> None:
        for item in items:
            if isinstance(item, str) and not item.lower().startswith("magnet:"):
                self.open_add(item)
                continue
            try:
                await self._take(item)
            except Problem as problem:
                self.desk.told.emit(str(problem), "err")

    async def _take(self, item: bytes | str) -> None:
        dropped = await self.bridge.call(self._engine.search.drop(item))
        if dropped.grab is not None:
            return
        self.window.bring_up()
        title = parse_release(dropped.name).title or dropped.name
        sheet = WhichSheet(self.window, self.desk, item, dropped, title)
        sheet.open()
        await _closed(sheet)


async def _closed(sheet: Sheet) -> None:
    """Wait until a sheet is gone: two questions are asked one after the other."""
    gone = asyncio.Event()
    sheet.closed.connect(gone.set)
    await gone.wait()
