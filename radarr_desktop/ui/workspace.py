"""The window with all its pages, on the live data: built when it is first to be seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.engine.search.mass import SearchPlan
from radarr_desktop.engine.search.search import Dropped
from radarr_desktop.ui.pages.add.sheet import AddSheet
from radarr_desktop.ui.pages.add.which import WhichSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.health import HealthPage
from radarr_desktop.ui.pages.history import HistoryPage
from radarr_desktop.ui.pages.imports import LastImports
from radarr_desktop.ui.pages.later import LaterPage
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.live_queue import LiveQueue
from radarr_desktop.ui.pages.movie.page import MoviePage
from radarr_desktop.ui.pages.movie.pick import PickPage
from radarr_desktop.ui.pages.movie_actions import MovieActions
from radarr_desktop.ui.pages.movies.page import MoviesPage
from radarr_desktop.ui.pages.news import News
from radarr_desktop.ui.pages.problem import ProblemSheet
from radarr_desktop.ui.pages.profile.page import ProfilePage
from radarr_desktop.ui.pages.queue.page import QueuePage
from radarr_desktop.ui.pages.services import LiveServices
from radarr_desktop.ui.pages.settings.page import SettingsPage
from radarr_desktop.ui.pages.status import StatusKeeper
from radarr_desktop.ui.pages.undoing import Undoing
from radarr_desktop.ui.parts import Sheet
from radarr_desktop.ui.preferences import Preferences
from radarr_desktop.ui.shell.header import PageHeader
from radarr_desktop.ui.shell.sidebar import NavGroup
from radarr_desktop.ui.shell.window import MainWindow


class Workspace(QObject):
    """Asks the engine nothing before it has begun; may be built before or after that."""

    quit_requested = Signal()

    def __init__(
        self,
        desk: Desk,
        queue: LiveQueue,
        imports: LastImports,
        preferences: Preferences,
        has_tray: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._preferences = preferences
        self.window = MainWindow(has_tray)
        self.library = LiveLibrary(desk, queue, self)
        self.undoing = Undoing(desk, self.library, self.window)
        self.services = LiveServices(desk, self)
        self._actions = MovieActions(desk, self.window)
        self._make_pages()
        self._news = News(desk, self.window.toasts, self.undoing, self)
        self._status = StatusKeeper(desk, self.window, queue, self.services, imports)
        self._connect_desk()
        self._connect_window()
        self._restore()
        if desk.has_begun:
            self._fill()
        desk.began.connect(self._fill)

    def bring_up(self) -> None:
        """Show the window in front."""
        self.window.bring_up()

    def open_page(self, key: str) -> None:
        """Show a page in front."""
        self.bring_up()
        self.window.open_page(key)

    def open_movie(self, id: int, tab: str = "") -> None:
        """Show a movie."""
        self.window.open_page("movie")
        self.movie.open_movie(id, tab)

    def open_pick(self, id: int) -> None:
        """Search a movie's releases."""
        self.window.open_page("pick")
        self.pick.open_movie(id)

    def open_profile(self, id: int, changed: QualityProfile | None = None) -> None:
        """Show a quality profile, perhaps with a change to be looked at."""
        self.window.open_page("profile")
        self.profile.open_profile(id, changed)

    def open_manual(self, grab_id: int = 0, movie_id: int = 0, paths: Sequence[Path] = ()) -> None:
        """Import files by hand: of a download, for a movie, or that were dropped."""
        from radarr_desktop.ui.pages.manual.page import ManualPage, Origin

        self.open_page("manual")
        page = self.manual.content
        if isinstance(page, ManualPage):
            if paths or grab_id:
                page.look(Origin(tuple(map(str, paths)), grab_id, movie_id))
            elif movie_id:
                page.ask_files(movie_id)

    def open_group(self, group: str) -> None:
        """Show what became of a release group's releases."""
        from radarr_desktop.ui.pages.statistics.page import StatisticsPage

        self.open_page("statistics")
        page = self.statistics.content
        if isinstance(page, StatisticsPage):
            page.open_group(group)

    def open_rename(self, movie_ids: list[int] | None) -> Sheet:
        """Show what would get another name."""
        from radarr_desktop.ui.pages.rename.sheet import RenameSheet

        sheet = RenameSheet(self.window, self.desk, self.window.toasts, self.undoing, movie_ids)
        sheet.open()
        return sheet

    def open_add(self, text: str = "") -> AddSheet:
        """Open the add sheet."""
        self.bring_up()
        sheet = AddSheet(self.window, self.desk, text=text)
        sheet.open()
        return sheet

    def show_problem(self, problem: Problem) -> None:
        """Say why the program cannot start; closing that ends it."""
        self.bring_up()
        sheet = ProblemSheet(self.window, problem)
        sheet.closed.connect(self.quit_requested)
        sheet.open()

    def ask_torrent(self, on_chosen: Callable[[list[Path]], object]) -> None:
        """Let the user choose .torrent files."""
        self.bring_up()
        dialog = QFileDialog(self.window, self.tr("Open .torrent files"), "", self.tr("Torrents (*.torrent)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: on_chosen([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_search(self, question: str, plan: SearchPlan) -> Sheet:
        """Say what a search of many movies takes, before it begins."""
        from radarr_desktop.ui.pages.search_plan import SearchPlanSheet

        self.bring_up()
        sheet = SearchPlanSheet(self.window, question, plan)
        sheet.start.clicked.connect(lambda: self.desk.start(self.desk.search_all(plan)))
        sheet.open()
        return sheet

    async def ask_which(self, item: bytes | str, dropped: Dropped) -> None:
        """Ask for which movie something dropped is; two questions are asked one after the other."""
        self.bring_up()
        sheet = WhichSheet(self.window, self.desk, item, dropped, parse_release(dropped.name).title or dropped.name)
        gone = asyncio.Event()
        sheet.closed.connect(gone.set)
        sheet.open()
        await gone.wait()

    def close(self) -> None:
        """Take the window away, and remember how it stood."""
        self._preferences.geometry = self.window.saveGeometry()
        self._preferences.movies_view = self.movies.view.key
        self.window.hide()
        self.window.deleteLater()

    def _fill(self) -> None:
        self.library.refresh()
        self.services.start()
        self._status.start()
        self.movies.focus_content()

    def _make_pages(self) -> None:
        add = self.window.add_page
        self.movies = MoviesPage(self.desk, self.library, self.services, self._actions)
        self.movies.dress(add("movies", self.tr("Movies"), "film", self.movies, "library", "Ctrl+1"))
        self.movie = MoviePage(self.desk, self.library, self._actions, self.undoing, self.window)
        add("movie", self.tr("Movie"), "film", self.movie, None, parent_key="movies").hide()
        self.pick = PickPage(self.desk, self.library, self.window)
        add("pick", self.tr("Pick a release"), "list-filter", self.pick, None, parent_key="movies").hide()
        self.calendar = self._later(
            "calendar", self.tr("Calendar"), "calendar", self._make_calendar, group="library", keys="Ctrl+3"
        )
        self.queue = QueuePage(self.desk, self.library, self.services, self.window)
        self.queue.dress(add("queue", self.tr("Queue"), "download", self.queue, "activity", "Ctrl+4"))
        self.history = HistoryPage(self.desk, self.library, self.undoing)
        self.history.dress(add("history", self.tr("History"), "history", self.history, "activity", "Ctrl+5"))
        self.manual = self._later(
            "manual", self.tr("Import files"), "folder-input", self._make_manual, parent_key="queue"
        )
        self.collection = self._later(
            "collection", self.tr("Collection"), "folder-search", self._make_collection, parent_key="movies"
        )
        self.blocklist = self._later("blocklist", self.tr("Blocklist"), "ban", self._make_blocklist)
        self.health = HealthPage(self.desk, self.services)
        self.health.dress(add("health", self.tr("Health"), "activity", self.health, "system", "Ctrl+7"))
        self.statistics = self._later(
            "statistics",
            self.tr("Statistics"),
            "chart-no-axes-column",
            self._make_statistics,
            group="system",
            keys="Ctrl+8",
        )
        self.profile = ProfilePage(self.desk, self.window)
        add(
            "profile", self.tr("Quality profile"), "sliders-horizontal", self.profile, None, parent_key="settings"
        ).hide()
        self.settings = SettingsPage(self.desk, self.services, self._preferences, self.window)
        add("settings", self.tr("Settings"), "settings", self.settings, "bottom", "Ctrl+,").hide()

    def _later(
        self,
        key: str,
        title: str,
        icon: str,
        make: Callable[[PageHeader], QWidget],
        *,
        group: NavGroup = "activity",
        keys: str = "",
        parent_key: str = "",
    ) -> LaterPage:
        page = LaterPage(lambda: make(header))
        place: NavGroup | None = None if parent_key else group
        header = self.window.add_page(key, title, icon, page, place, keys, parent_key=parent_key)
        return page

    def _make_calendar(self, header: PageHeader) -> QWidget:
        from radarr_desktop.ui.pages.calendar.page import CalendarPage

        return CalendarPage(self.desk, self.library, self._actions, header)

    def _make_manual(self, header: PageHeader) -> QWidget:
        from radarr_desktop.ui.pages.manual.page import ManualPage

        header.set_back(self.tr("Queue"))
        return ManualPage(self.desk, self.library, self.window, header)

    def _make_collection(self, header: PageHeader) -> QWidget:
        from radarr_desktop.ui.pages.collection.page import CollectionPage

        header.set_back(self.tr("Movies"))
        return CollectionPage(self.desk, self.library, self.window, header)

    def _make_blocklist(self, header: PageHeader) -> QWidget:
        from radarr_desktop.ui.pages.blocklist.page import BlocklistPage

        return BlocklistPage(self.desk, self.library, self.window, header)

    def _make_statistics(self, header: PageHeader) -> QWidget:
        from radarr_desktop.ui.pages.statistics.page import StatisticsPage

        return StatisticsPage(self.desk, self.library, header)

    def _connect_desk(self) -> None:
        self.desk.movie_asked.connect(self.open_movie)
        self.desk.page_asked.connect(self.window.open_page)
        self.desk.add_asked.connect(self.open_add)
        self.desk.rename_asked.connect(self.open_rename)
        self.desk.manual_asked.connect(self.open_manual)
        self.desk.settings_asked.connect(self._open_settings)
        self.desk.group_asked.connect(self.open_group)
        self.desk.pick_asked.connect(self.open_pick)
        self.desk.profile_asked.connect(self.open_profile)
        self.profile.back.connect(lambda: self._leave("profile"))
        self.movie.back.connect(lambda: self._leave("movie"))
        self.pick.back.connect(lambda: self._leave("pick"))

    def _connect_window(self) -> None:
        window = self.window
        window.dropped.connect(self.desk.drop_asked)
        window.media_dropped.connect(lambda paths: self.open_manual(paths=paths))
        window.add_requested.connect(self.open_add)
        window.search_requested.connect(lambda: self.desk.start(self.desk.search_missing()))
        window.refresh_requested.connect(self._refresh)
        window.escaped.connect(self._escape)
        window.undo_requested.connect(self.undoing.last)
        window.quit_requested.connect(self.quit_requested)
        window.page_changed.connect(self._turn_to)
        window.closed_to_tray.connect(self.desk.posters.clear_frames)
        window.status.health_clicked.connect(lambda: window.open_page("health"))
        pages = (
            self.movies,
            self.movie,
            self.pick,
            self.calendar,
            self.queue,
            self.manual,
            self.collection,
            self.blocklist,
        )
        for fit in (*(page.fit for page in pages), self.profile.fit, self.settings.fit):
            window.breakpoint_changed.connect(fit)
            fit(window.breakpoint)

    def _restore(self) -> None:
        if not self._preferences.geometry.isEmpty():
            self.window.restoreGeometry(self._preferences.geometry)
        self.movies.choose_view(self._preferences.movies_view)

    def _open_settings(self, section: str) -> None:
        self.window.open_page("settings")
        self.settings.open_section(section)

    def _leave(self, key: str) -> None:
        if self.window.current_key == key:
            self.window.go_back()

    def _turn_to(self, key: str) -> None:
        if key == "history":
            self.history.refresh()
        page = self.window.page(key)
        if isinstance(page, MoviesPage | MoviePage | PickPage | QueuePage | HistoryPage | ProfilePage | LaterPage):
            page.focus_content()

    def _refresh(self, key: str) -> None:
        self.desk.posters.ask_again()
        self.library.refresh()
        self.services.refresh()
        if key == "history":
            self.history.refresh()
        elif isinstance(page := self.window.page(key), LaterPage):
            page.refresh()
        elif key == "movie":
            self.movie.open_movie(self.movie.movie_id)
        elif key == "pick":
            self.pick.open_movie(self.pick.movie_id)

    def _escape(self) -> None:
        if self.window.current_key in {"movie", "pick"}:
            self.window.go_back()
        elif self.window.current_key == "profile":
            self.profile.leave()
        elif self.window.current_key == "queue":
            self.queue.select_nothing()
        elif self.window.current_key == "manual":
            self.window.go_back()
        elif isinstance(page := self.window.page(self.window.current_key), LaterPage):
            page.escape()
        elif self.window.current_key == "movies":
            self.movies.clear_filters()
