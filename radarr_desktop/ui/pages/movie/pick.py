"""Pick a release: all that indexers have for a movie, as each of them answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.ui.models.fixes import Fix
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.movie.live_search import LiveSearch
from radarr_desktop.ui.pages.movie.releases import ReleasesView
from radarr_desktop.ui.parts import Button, ElidingLabel, IconButton
from radarr_desktop.ui.theme import theme


class PickPage(QWidget):
    """What is known is there at once; a search adds to it."""

    back = Signal()

    def __init__(self, desk: Desk, library: LiveLibrary, window: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._library = library
        self._id = 0
        self.search = LiveSearch(desk, self)
        self.back_button = IconButton("arrow-left", self.tr("Back"), shortcut="Alt+Left")
        self.title = ElidingLabel(self.tr("Pick a release"), "title")
        self.subject = ElidingLabel("", "body", "text3")
        self.stop = Button(self.tr("Stop"), icon="square")
        self.again = Button(self.tr("Search again"), icon="refresh-cw")
        self._build(window)
        self._connect()

    @property
    def movie_id(self) -> int:
        """Which movie is searched; 0 before the first."""
        return self._id

    def open_movie(self, id: int) -> None:
        """Show what is known of a movie's releases, and ask the indexers."""
        if id != self._id:
            self.search.stop()
            self._id = id
            self.view.forget()
        self._show_movie()
        self._desk.start(self._open(id))

    def focus_content(self) -> None:
        """Put the keyboard on the table."""
        self.view.table.setFocus()

    def fit(self, breakpoint: str) -> None:
        """Less room: icons for words."""
        narrow = breakpoint == "narrow"
        self.view.fit(breakpoint)
        for button, words in ((self.stop, self.tr("Stop")), (self.again, self.tr("Search again"))):
            button.setText("" if narrow else words)
            button.setAccessibleName(words)
            button.setToolTip(words)

    async def _open(self, id: int) -> None:
        await self._load(id)
        if id == self._id and not self.search.status.is_running:
            self.search.start(id)

    async def _load(self, id: int) -> None:
        try:
            why = await self._desk.bridge.call(self._desk.engine.decisions.why(id))
        except Problem as problem:
            if problem.kind is not Kind.NOT_FOUND:
                raise
            self.back.emit()
            return
        if id == self._id:
            self.view.show_releases(why.releases)

    async def _grab(self, release: StoredRelease) -> None:
        accepted = release.verdict is not None and release.verdict.accepted
        await self._desk.bridge.call(self._desk.engine.search.grab(release.id, self._id, force=not accepted))

    async def _block(self, release: StoredRelease) -> None:
        await self._desk.bridge.call(self._desk.engine.search.block(release.id, self._id))
        words = self.tr("{name} is blocked: it is never taken for this movie.")
        self._desk.told.emit(words.format(name=release.release.title), "ok")
        await self._load(self._id)

    def _show_movie(self) -> None:
        row = self._library.movies.row_of(self._id)
        if row is None:
            return
        self.subject.setText(" · ".join(part for part in (row.movie.title, row.profile) if part))
        profile = self._library.profiles.get(row.movie.slot.profile_id)
        self.view.show_terms(profile, row.movie.info.runtime, self._library.format_names)

    def _show_status(self) -> None:
        self.view.show_status(self.search.status)
        self.stop.setEnabled(self.search.status.is_running)

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, events.RulesChanged) and self._id and self.isVisible():
            self._desk.start(self._load(self._id))

    def _fix(self, fix: Fix) -> None:
        self._desk.profile_asked.emit(fix.profile.id, fix.profile)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back)
        self.stop.clicked.connect(self.search.stop)
        self.view.search_asked.connect(lambda: self.search.start(self._id))
        self.view.grab_asked.connect(lambda release: self._desk.start(self._grab(release)))
        self.view.block_asked.connect(lambda release: self._desk.start(self._block(release)))
        self.view.fix_asked.connect(self._fix)
        self.view.group_asked.connect(self._desk.group_asked)
        self.view.indexers_asked.connect(lambda: self._desk.settings_asked.emit(PluginKind.INDEXER))
        self.search.found.connect(self.view.add_releases)
        self.search.changed.connect(self._show_status)
        self._library.movies.dataChanged.connect(lambda *_: self._show_movie())
        self._library.loaded.connect(self._show_movie)
        self._desk.bridge.happened.connect(self._on_event)

    def _build(self, window: QWidget) -> None:
        head = QWidget()
        head.setFixedHeight(theme().tokens.height.header)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addSpacing(2)
        row.addWidget(self.title)
        row.addSpacing(4)
        row.addWidget(self.subject, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.stop)
        row.addWidget(self.again)
        self.view = ReleasesView(window, self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.view, 1)
        self.stop.setEnabled(False)
