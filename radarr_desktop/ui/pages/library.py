"""The library and the queue as they are now: loaded once, then kept true by events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from radarr_desktop.domain import events
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import GrabState, QueueItem
from radarr_desktop.plugin_api import DownloadState
from radarr_desktop.ui.models.movie_state import make_row
from radarr_desktop.ui.models.movies import MoviesModel
from radarr_desktop.ui.pages.desk import Desk


class LiveLibrary(QObject):
    """Owns the movies model; pages listen to what it tells."""

    loaded = Signal()
    failed = Signal(object)
    """The library could not be read: a `Problem`."""
    queue_loaded = Signal()
    queue_failed = Signal(object)
    progressed = Signal(int)
    """The download of this grab moved."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.movies = MoviesModel(self)
        self.profiles: dict[int, QualityProfile] = {}
        self.queue: dict[int, QueueItem] = {}
        self.is_loaded = False
        desk.bridge.happened.connect(self._on_event)

    @property
    def stuck(self) -> list[QueueItem]:
        """What needs the user, the oldest first."""
        return [item for item in self.queue.values() if is_stuck(item)]

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
        await self._load_queue()
        self._show(movies)
        self.is_loaded = True
        self.loaded.emit()

    async def _load_queue(self) -> None:
        try:
            items = await self._desk.bridge.call(self._desk.engine.downloads.queue())
        except Problem as problem:
            self.queue_failed.emit(problem)
            return
        before = {item.grab.movie_id for item in self.queue.values()}
        self.queue = {item.grab.id: item for item in items}
        for id in before | {item.grab.movie_id for item in items}:
            self._rerow(id)
        self.queue_loaded.emit()

    async def _load_movie(self, id: int) -> None:
        try:
            movie = await self._desk.bridge.call(self._desk.engine.movies.get(id))
        except Problem as problem:
            if problem.kind is not Kind.NOT_FOUND:
                raise
            self.movies.remove(id)
            return
        if movie.slot.profile_id not in self.profiles:
            profiles = await self._desk.bridge.call(self._desk.engine.profiles.all())
            self.profiles = {profile.id: profile for profile in profiles}
        self._change(movie)

    def _on_event(self, event: events.Event) -> None:
        match event:
            case events.DownloadProgressed():
                self._show_progress(event)
            case events.MovieRemoved():
                self.movies.remove(event.movie_id)
            case events.MovieAdded() | events.MovieChanged() | events.MovieImported():
                self._desk.start(self._load_movie(event.movie_id))
        if isinstance(event, events.QueueChanged | events.MovieImported | events.ImportBlocked | events.MovieRemoved):
            self._desk.start(self._load_queue())

    def _show_progress(self, event: events.DownloadProgressed) -> None:
        item = self.queue.get(event.grab_id)
        if item is not None:
            self.queue[event.grab_id] = replace(item, download=event.download, seen=event.at)
            self._rerow(event.movie_id)
            self.progressed.emit(event.grab_id)

    def _show(self, movies: Iterable[Movie]) -> None:
        today, items = datetime.now(UTC).date(), self._items_by_movie()
        self.movies.set_rows(
            make_row(movie, items.get(movie.id), self.profiles.get(movie.slot.profile_id), today) for movie in movies
        )

    def _change(self, movie: Movie) -> None:
        item = self._items_by_movie().get(movie.id)
        profile = self.profiles.get(movie.slot.profile_id)
        self.movies.change(make_row(movie, item, profile, datetime.now(UTC).date()))

    def _rerow(self, id: int) -> None:
        movie = self.movie(id)
        if movie is not None:
            self._change(movie)

    def _items_by_movie(self) -> dict[int, QueueItem]:
        found: dict[int, QueueItem] = {}
        for item in self.queue.values():
            if item.grab.movie_id not in found or is_stuck(item):
                found[item.grab.movie_id] = item
        return found


def is_stuck(item: QueueItem) -> bool:
    """Does it wait for the user?"""
    if item.grab.state in {GrabState.BLOCKED, GrabState.FAILED, GrabState.LOST}:
        return True
    return item.download is not None and item.download.state is DownloadState.ERROR
