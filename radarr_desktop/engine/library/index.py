"""The titles and ids of the library, kept ready for matching."""

from __future__ import annotations

import asyncio
from functools import partial

from radarr_desktop.domain.events import MovieAdded, MovieChanged, MovieRemoved
from radarr_desktop.domain.matching import Library
from radarr_desktop.domain.movie import Movie
from radarr_desktop.engine.bus import Bus
from radarr_desktop.store import movies as store
from radarr_desktop.store.database import Database

AT_ONCE = 50
"""Changed movies taken in before others get their turn on the loop."""


class LibraryIndex:
    """Built when first asked for; afterwards only what changed is read again."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._library: Library | None = None
        self._changed: set[int] = set()
        self._building = asyncio.Lock()
        bus.subscribe(MovieAdded, self._note)
        bus.subscribe(MovieChanged, self._note)
        bus.subscribe(MovieRemoved, self._note)

    async def current(self) -> Library:
        """The library as of now; ask again rather than keep it."""
        async with self._building:
            if self._library is None:
                self._changed.clear()
                self._library = await self._db.read(lambda: Library(store.all_movies()))
            changed, self._changed = list(self._changed), set()
            await self._take_in(self._library, changed)
            return self._library

    def _note(self, event: MovieAdded | MovieChanged | MovieRemoved) -> None:
        self._changed.add(event.movie_id)

    async def _take_in(self, library: Library, changed: list[int]) -> None:
        while changed:
            some = changed[:AT_ONCE]
            try:
                movies = await self._db.read(partial(_read, some))
            except BaseException:
                self._changed.update(changed)
                raise
            for movie_id, movie in zip(some, movies, strict=True):
                if movie is None:
                    library.remove(movie_id)
                else:
                    library.put(movie_id, movie.info)
            del changed[:AT_ONCE]


def _read(movie_ids: list[int]) -> list[Movie | None]:
    return [store.get(movie_id) for movie_id in movie_ids]
