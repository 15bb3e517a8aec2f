"""The library as it is now: loaded once, then kept true by events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from radarr_desktop.domain import events
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.ui.models.movie_state import MovieRow, make_row
from radarr_desktop.ui.models.movies import MoviesModel
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.live_queue import LiveQueue

_SETTLE_MS = 200
_REST_MS, _ROWS_FOR_MS = 100, 10
"""Between two changes of what is in the list, and for how many rows a millisecond more: each sorts all of them."""


class LiveLibrary(QObject):
    """Owns the movies model; pages listen to what it tells."""

    loaded = Signal()
    failed = Signal(object)
    """The library could not be read: a `Problem`."""

    def __init__(self, desk: Desk, queue: LiveQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.queue = queue
        self.movies = MoviesModel(self)
        self.profiles: dict[int, QualityProfile] = {}
        self.format_names: dict[int, str] = {}
        """Of custom formats, by id."""
        self.is_loaded = False
        # a guide's import changes a hundred rules at once
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(lambda: desk.start(self._load_rules()))
        # thousands of movies may come or go one after the other
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._take_in)
        self._waiting: set[int] = set()
        """Movies that came or went."""
        self._downloading: frozenset[int] = frozenset()
        """Movies whose rows tell of a download."""
        queue.loaded.connect(self._show_downloads)
        queue.progressed.connect(self._show_progress)
        desk.bridge.happened.connect(self._on_event)

    def refresh(self) -> None:
        """Read everything again."""
        self._desk.start(self._load())

    def movie(self, id: int) -> Movie | None:
        """A movie of the library."""
        row = self.movies.row_of(id)
        return row.movie if row else None

    async def _load(self) -> None:
        engine, call = self._desk.engine, self._desk.bridge.call
        try:
            profiles = await call(engine.profiles.all())
            movies = await call(engine.movies.all())
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.profiles = {profile.id: profile for profile in profiles}
        self.format_names = {one.id: one.name for one in await call(engine.formats.all())}
        await self.queue.load()
        self._show(movies)
        self.is_loaded = True
        self.loaded.emit()

    async def _load_movies(self, ids: Iterable[int]) -> None:
        call, get = self._desk.bridge.call, self._desk.engine.movies.get
        there, gone = list[Movie](), list[int]()
        for id in ids:
            try:
                there.append(await call(get(id)))
            except Problem as problem:
                if problem.kind is not Kind.NOT_FOUND:
                    raise
                gone.append(id)
        if any(movie.slot.profile_id not in self.profiles for movie in there):
            self.profiles = {one.id: one for one in await call(self._desk.engine.profiles.all())}
        if len(there) == 1 and self.movie(there[0].id) is not None:
            self._change(there[0])
        else:
            self.movies.change_all(map(self._row, there), gone)

    async def _load_rules(self) -> None:
        """What decides is another: so may be what a movie is waiting for."""
        engine, call = self._desk.engine, self._desk.bridge.call
        before = self.profiles, self.format_names
        self.profiles = {profile.id: profile for profile in await call(engine.profiles.all())}
        self.format_names = {one.id: one.name for one in await call(engine.formats.all())}
        if (self.profiles, self.format_names) != before:
            self._show(self.movies.movies)
            self.loaded.emit()

    def _on_event(self, event: events.Event) -> None:
        match event:
            case events.RulesChanged() if self.is_loaded:
                self._settle.start()
            case events.MovieChanged() | events.MovieImported() if self.movie(event.movie_id) is not None:
                self._desk.start(self._load_movies([event.movie_id]))
            case events.MovieAdded() | events.MovieRemoved() | events.MovieChanged() | events.MovieImported():
                self._waiting.add(event.movie_id)
                if not self._rest.isActive():
                    self._take_in()

    def _take_in(self) -> None:
        if self._waiting:
            ids, self._waiting = self._waiting, set()
            self._rest.start(_REST_MS + self.movies.total // _ROWS_FOR_MS)
            self._desk.start(self._load_movies(ids))

    def _show_downloads(self) -> None:
        before, self._downloading = self._downloading, frozenset(self.queue.by_movie())
        for id in before | self._downloading:
            self._rerow(id)

    def _show_progress(self, grab_id: int) -> None:
        self._rerow(self.queue.items[grab_id].grab.movie_id)

    def _show(self, movies: Iterable[Movie]) -> None:
        today, items = datetime.now(UTC).date(), self.queue.by_movie()
        self.movies.set_rows(
            make_row(movie, items.get(movie.id), self.profiles.get(movie.slot.profile_id), today) for movie in movies
        )

    def _row(self, movie: Movie) -> MovieRow:
        item, profile = self.queue.of_movie(movie.id), self.profiles.get(movie.slot.profile_id)
        return make_row(movie, item, profile, datetime.now(UTC).date())

    def _change(self, movie: Movie) -> None:
        self.movies.change(self._row(movie))

    def _rerow(self, id: int) -> None:
        movie = self.movie(id)
        if movie is not None:
            self._change(movie)
