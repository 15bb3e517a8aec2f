"""What happened, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.operations import Operation
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.engine.decisions.held import HeldFile, held_files
from radarr_desktop.store import history as store
from radarr_desktop.store import movies, operations
from radarr_desktop.store.database import Database

MOST = 1000
"""Operations and entries that are read of one movie."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, and how many there are in all."""

    entries: list[HistoryEntry]
    total: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """Files that came in by one method (``hardlink``, ``reflink`` or ``copy``)."""

    method: str
    count: int
    size: int
    """Bytes."""


class History:
    """Read only: the verbs write it in their own transactions."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def page(
        self,
        *,
        page: int = 1,
        page_size: int = 50,
        movie_id: int | None = None,
        kinds: Sequence[HistoryKind] = (),
        download_id: str = "",
        newest_first: bool = True,
    ) -> Page:
        """One page; the first is 1."""
        entries, total = await self._db.read(
            lambda: store.page(
                offset=(max(1, page) - 1) * page_size,
                limit=page_size,
                movie_id=movie_id,
                kinds=kinds,
                download_id=download_id,
                newest_first=newest_first,
            )
        )
        return Page(entries, total)

    async def qualities(self, movie_id: int) -> list[HeldFile]:
        """The files a movie had, newest first, and why each made room."""

        def work() -> tuple[Movie | None, list[Operation], list[HistoryEntry]]:
            kinds = (HistoryKind.IMPORTED, HistoryKind.FILE_DELETED)
            told, _ = store.page(offset=0, limit=MOST, movie_id=movie_id, kinds=kinds)
            return movies.get(movie_id), operations.newest(movie_id=movie_id, limit=MOST), told

        movie, done, told = await self._db.read(work)
        if movie is None:
            raise Problem(Kind.NOT_FOUND, f"There is no movie {movie_id} in the library.")
        return held_files(movie, done, told)

    async def arrived(self, since: datetime) -> list[Arrived]:
        """What was imported since then."""
        return [Arrived(*row) for row in await self._db.read(lambda: store.imported_since(since))]
