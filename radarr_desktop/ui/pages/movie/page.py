"""The movie page: head, tabs, and what keeps them true."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.history import HistoryModel, undo_word
from radarr_desktop.ui.models.movie_state import MovieRow
from radarr_desktop.ui.models.undo_words import operation_of, operations_of
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.history_table import HistoryTable
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.movie.files import FilesTab
from radarr_desktop.ui.pages.movie.hero import Hero
from radarr_desktop.ui.pages.movie.overview import OverviewTab
from radarr_desktop.ui.pages.movie.releases import ReleasesView
from radarr_desktop.ui.pages.movie.why import WhyTab
from radarr_desktop.ui.pages.movie_actions import MovieActions
from radarr_desktop.ui.pages.undoing import Undoing
from radarr_desktop.ui.parts import Button, IconButton, hline
from radarr_desktop.ui.theme import set_role

TABS = ("overview", "why", "releases", "files", "history")
_SETTLE_MS = 150
_KEYS = {"Ctrl+Shift+R": "search", "Ctrl+Shift+O": "folder", "Ctrl+M": "monitor", "Ctrl+R": "pick", "Ctrl+Y": "why"}


class MoviePage(QWidget):
    """Shows one movie at a time; `open_movie` changes which."""

    back = Signal()

    def __init__(
        self, desk: Desk, library: LiveLibrary, actions: MovieActions, undoing: Undoing, window: QWidget
    ) -> None:
        super().__init__()
        self._desk = desk
        self._undoing = undoing
        self._library = library
        self._actions = actions
        self._id = 0
        self.hero = Hero(desk.posters)
        self.overview = OverviewTab()
        self.why = WhyTab()
        self.releases = ReleasesView(window, Button(self.tr("Pick a release"), icon="list-filter"))
        self.files = FilesTab()
        self.history = HistoryModel()
        self.tabs = QTabBar()
        self._stack = QStackedWidget()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._reload)
        self._build()
        self._connect()

    @property
    def movie_id(self) -> int:
        """Which movie is shown; 0 before the first."""
        return self._id

    def open_movie(self, id: int, tab: str = "") -> None:
        """Show a movie, at a tab."""
        if id != self._id:
            self.releases.forget()
        self._id = id
        if tab:
            self.choose_tab(tab)
        self._show_row()
        self._reload()

    def focus_content(self) -> None:
        """Put the keyboard on the tabs, from where arrows turn them."""
        self.tabs.setFocus()

    def choose_tab(self, tab: str) -> None:
        """Turn to a tab."""
        self.tabs.setCurrentIndex(TABS.index(tab))

    def fit(self, breakpoint: str) -> None:
        """Less room: one column, icons for words, the inspector as a sheet."""
        self.hero.fit(breakpoint)
        self.releases.fit(breakpoint)
        for column in (self.why.column, self.overview.column):
            column.set_two_columns(breakpoint != "narrow")

    def take(self, release: StoredRelease) -> None:
        """Take a release, although it was rejected when it was."""
        self._desk.start(self._grab(self._id, release))

    def _build(self) -> None:
        self._back = Button(self.tr("Movies"), "ghost", "arrow-left")
        self.previous_button = IconButton("chevron-left", self.tr("Previous movie"), shortcut="Alt+PgUp")
        self.next_button = IconButton("chevron-right", self.tr("Next movie"), shortcut="Alt+PgDown")
        top = QHBoxLayout()
        top.setContentsMargins(16, 4, 16, 4)
        top.addWidget(self._back)
        top.addStretch(1)
        top.addWidget(self.previous_button)
        top.addWidget(self.next_button)
        set_role(self.tabs, "label")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Parts of the movie page"))
        tab_row = QHBoxLayout()
        tab_row.setContentsMargins(24, 0, 24, 0)
        tab_row.addWidget(self.tabs)
        self._history_table = HistoryTable(self.history, with_movie=False)
        history = QWidget()
        history_box = QVBoxLayout(history)
        history_box.setContentsMargins(16, 8, 4, 0)
        history_box.addWidget(self._history_table)
        for title, widget in zip(
            self._titles(), (self.overview, self.why, self.releases, self.files, history), strict=True
        ):
            self.tabs.addTab(title)
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.hero)
        column.addLayout(tab_row)
        column.addWidget(hline())
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self._back.clicked.connect(self.back)
        self.previous_button.clicked.connect(lambda: self._step(-1))
        self.next_button.clicked.connect(lambda: self._step(1))
        self.hero.action_asked.connect(self._act)
        self.hero.menu_asked.connect(self._menu)
        self._history_table.undo_asked.connect(lambda entry: self._undoing.ask(operation_of(entry)))
        self.why.checks_asked.connect(self.releases.open_sheet)
        self.why.grab_asked.connect(self.take)
        self.why.queue_asked.connect(lambda: self._desk.page_asked.emit("queue"))
        self.why.undo_asked.connect(self._undoing.ask)
        self.why.search_asked.connect(lambda: self._act("search"))
        self.files.trash_asked.connect(self._actions.ask_trash)
        self.releases.grab_asked.connect(self.take)
        self.releases.search_asked.connect(lambda: self._act("pick"))
        self.releases.group_asked.connect(self._desk.group_asked)
        self.releases.block_asked.connect(lambda release: self._desk.start(self._block(self._id, release)))
        for part in (self.releases, self.why):
            part.fix_asked.connect(lambda fix: self._desk.profile_asked.emit(fix.profile.id, fix.profile))
        self._library.movies.dataChanged.connect(lambda *_: self._show_row())
        self._library.movies.modelReset.connect(self._show_row)
        self._library.loaded.connect(self._settle.start)
        self._desk.bridge.happened.connect(self._on_event)
        keys: dict[str, Any] = {
            "Alt+PgUp": lambda: self._step(-1),
            "Alt+PgDown": lambda: self._step(1),
            "Ctrl+Tab": lambda: self._turn(1),
            "Ctrl+Shift+Tab": lambda: self._turn(-1),
        }
        keys |= {name: (lambda action=action: self._act(action)) for name, action in _KEYS.items()}
        for name, action in keys.items():
            QShortcut(QKeySequence(name), self).activated.connect(action)

    def _act(self, action: str) -> None:
        if action == "why":
            self.choose_tab("why")
            return
        movie = self._movie
        if movie is not None:
            self._actions.run(action, movie)

    def _menu(self, at: Any) -> None:
        movie = self._movie
        if movie is not None:
            self._actions.menu(movie, at, on_page=True)

    @property
    def _movie(self) -> Movie | None:
        return self._library.movie(self._id)

    def _step(self, step: int) -> None:
        neighbour = self._library.movies.neighbour(self._id, step)
        if neighbour is not None:
            self.open_movie(neighbour)

    def _turn(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _show_row(self) -> None:
        row = self._library.movies.row_of(self._id)
        if row is None:
            return
        self.hero.show_movie(row, _first_sentence(row))
        self.previous_button.setEnabled(self._library.movies.neighbour(self._id, -1) is not None)
        self.next_button.setEnabled(self._library.movies.neighbour(self._id, 1) is not None)

    def _reload(self) -> None:
        if self._id:
            self._desk.start(self._load(self._id))

    async def _load(self, id: int) -> None:
        call, engine = self._desk.bridge.call, self._desk.engine
        try:
            why = await call(engine.decisions.why(id))
            outlook = await call(engine.calendar.outlook(id))
            page = await call(engine.history.page(movie_id=id, page_size=200))
            undo = await call(engine.undo.operations(ids=operations_of(page.entries)))
            held = await call(engine.history.qualities(id))
        except Problem as problem:
            if problem.kind is Kind.NOT_FOUND:
                self.back.emit()
                return
            raise
        row = self._library.movies.row_of(id)
        if id != self._id or row is None:
            return
        profile = self._library.profiles.get(why.movie.slot.profile_id)
        undoable = {one.operation.id: undo_word(one) for one in undo if one.undoable}
        self.why.show_why(why, row, profile, outlook.sentence, undoable)
        self.releases.show_terms(profile, why.movie.info.runtime, self._library.format_names)
        self.releases.show_releases(why.releases)
        self.overview.show_movie(row)
        self.history.set_entries(page.entries, {}, undo)
        self._count(len(why.releases), self.files.show_movie(why.movie, held))

    def _count(self, releases: int, files: int) -> None:
        titles = self._titles()
        for tab, count in (("releases", releases), ("files", files)):
            at = TABS.index(tab)
            self.tabs.setTabText(at, f"{titles[at]}  {times.number(count)}" if count else titles[at])

    def _titles(self) -> tuple[str, ...]:
        return (self.tr("Overview"), self.tr("Why?"), self.tr("Releases"), self.tr("Files"), self.tr("History"))

    async def _block(self, id: int, release: StoredRelease) -> None:
        await self._desk.bridge.call(self._desk.engine.search.block(release.id, id))
        words = self.tr("{name} is blocked: it is never taken for this movie.")
        self._desk.told.emit(words.format(name=release.release.title), "ok")

    async def _grab(self, id: int, release: StoredRelease) -> None:
        accepted = release.verdict is not None and release.verdict.accepted
        await self._desk.bridge.call(self._desk.engine.search.grab(release.id, id, force=not accepted))

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, events.DownloadProgressed) or not self._id:
            return
        if isinstance(event, events.RulesChanged) or getattr(event, "movie_id", 0) == self._id:
            self._settle.start()


def _first_sentence(row: MovieRow) -> str:
    text = row.movie.info.overview.strip()
    head, dot, _ = text.partition(". ")
    sentence = head + dot.strip()
    return sentence if len(sentence) <= 200 else sentence[:199].rsplit(" ", 1)[0] + "…"
