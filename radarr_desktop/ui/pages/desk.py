"""What tray and pages have at hand: the engine, the way to it, the posters, and each other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.search.mass import HURRIED, SearchPlan
from radarr_desktop.engine.search.search import Dropped
from radarr_desktop.ui.bridge import Bridge

if TYPE_CHECKING:
    from radarr_desktop.ui.pages.posters import Posters

_log = logging.getLogger(__name__)


class Desk(QObject):
    """One for the program; pages ask the engine through it and send the user to other pages by its signals."""

    began = Signal()
    """The engine runs: it may be asked."""
    told = Signal(str, str)
    """A sentence for a toast, and its state."""
    movie_asked = Signal(int, str)
    """Show a movie, at a tab ("" = where it makes sense)."""
    pick_asked = Signal(int)
    """Search a movie's releases, and let the user choose."""
    profile_asked = Signal(int, object)
    """Open a quality profile (0: a new one), changed to another one or (None) as it is."""
    page_asked = Signal(str)
    """Show a page of the sidebar."""
    add_asked = Signal(str)
    """Open the add sheet with a text."""
    drop_asked = Signal(list)
    """Take torrents (bytes) and links (text) as if they had been dropped."""
    manual_asked = Signal(int, int, list)
    """Import by hand: the files of a download (0: none), for a movie (0: any), or at these paths."""
    rename_asked = Signal(object)
    """Show what would get another name: of these movies (a list of ids), or (None) of all."""
    group_asked = Signal(str)
    """Show what became of a release group's releases."""
    settings_asked = Signal(str)
    """Open a section of the settings."""
    search_planned = Signal(str, object)
    """Ask whether so many searches are to begin: a question, and the SearchPlan."""
    search_begun = Signal()
    ending = Signal()
    """Ask for nothing more."""

    def __init__(self, engine: Engine, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.bridge = bridge
        self.has_begun = False
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_finished = False

    @cached_property
    def posters(self) -> Posters:
        """Pictures of movies, from the first page on that shows one."""
        # what paints them costs memory that a program in the tray need not have
        from radarr_desktop.ui.pages.posters import Posters

        return Posters(self)

    def begin(self) -> None:
        """The engine runs."""
        self.has_begun = True
        self.began.emit()

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any] | None:
        """Do something on the GUI loop; a problem nobody caught is told in a toast. None after the end."""
        if self._is_finished:
            work.close()
            return None
        task = asyncio.get_running_loop().create_task(self._tell_problems(work))
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        task.add_done_callback(lambda _: work.close())  # one that ends before it began leaves it behind
        return task

    async def search_missing(self) -> None:
        """Look for every missing movie; of many, it is said and asked first how long that takes."""
        nothing = self.tr("No movie is missing that an indexer could be asked for.")
        await self._search_many(None, self.tr("Search {count} missing movies?"), nothing)

    async def search_movies(self, ids: Sequence[int]) -> None:
        """The same for these."""
        nothing = self.tr("None of these movies can be searched: no indexer is searched for them.")
        await self._search_many(ids, self.tr("Search {count} movies?"), nothing)

    async def search_all(self, plan: SearchPlan) -> None:
        """Begin what was planned."""
        await self.bridge.call(self.engine.mass_search.start(plan.movie_ids))
        words = self.tr("{count} movies are being searched.").format(count=f"{len(plan.movie_ids):,}")
        words = words if len(plan.movie_ids) > 1 else self.tr("The movie is being searched.")
        self.told.emit(plan.waits or words, "miss" if plan.waits else "info")
        self.search_begun.emit()

    async def _search_many(self, ids: Sequence[int] | None, question: str, nothing: str) -> None:
        plan = await self.bridge.call(self.engine.mass_search.plan(ids))
        if not plan.movie_ids:
            self.told.emit(nothing, "info")
        elif len(plan.movie_ids) > HURRIED:
            self.search_planned.emit(question.format(count=f"{len(plan.movie_ids):,}"), plan)
        else:
            await self.search_all(plan)

    def tell_dropped(self, dropped: Dropped) -> None:
        """Say what speaks against a torrent that is taken all the same: it may replace a better file."""
        if dropped.against:
            title = dropped.movie.title if dropped.movie else dropped.name
            words = self.tr("The torrent for {title} is taken because you gave it. {against}")
            self.told.emit(words.format(title=title, against=" ".join(dropped.against)), "miss")

    async def finish(self) -> None:
        """Stop what is under way, and wait until it has stopped."""
        self._is_finished = True
        self.ending.emit()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _tell_problems(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except Problem as problem:
            self.told.emit(str(problem), "err")

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            _log.error("A page could not finish what it was doing", exc_info=fault)
            self.told.emit(self.tr("That did not work. The log has the details."), "err")
