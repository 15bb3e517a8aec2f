"""Fetch a torrent, or import finished media, that somebody put into a watched folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import OPEN_STATES, GrabState
from radarr_desktop.domain.watching import Afterwards
from radarr_desktop.engine.imports.roles import shown
from radarr_desktop.engine.imports.told import Wish
from radarr_desktop.engine.inbox.entries import EntryKind, content
from radarr_desktop.engine.search.inspect import look_into
from radarr_desktop.engine.search.search import Search
from radarr_desktop.store import grabs
from radarr_desktop.store.database import Database

if TYPE_CHECKING:
    from radarr_desktop.engine.imports.manual import ManualImport


class Taking:
    """Each verb may be done again: a crash may have come before the file was put away."""

    def __init__(self, db: Database, search: Search, manual: Callable[[], ManualImport]) -> None:
        self._db = db
        self._search = search
        self._manual = manual

    async def take(self, path: Path, kind: EntryKind, afterwards: Afterwards) -> None:
        """Raises ``Problem`` where it cannot be done, or it is not sure what it is."""
        if kind is EntryKind.MEDIA:
            await self._import(path, move=afterwards is Afterwards.DELETE)
            return
        for item in await asyncio.to_thread(content, path, kind):
            await self._fetch(item, path)

    async def _fetch(self, item: bytes | str, path: Path) -> None:
        looked = await asyncio.to_thread(look_into, item, "")
        hashes = looked.torrent.hashes if looked.torrent else ()
        known = await self._db.read(lambda: [grabs.by_hash(each) for each in hashes])
        if any(grab is not None and grab.state in (*OPEN_STATES, GrabState.IMPORTED) for grab in known):
            return
        dropped = await self._search.drop(item)
        if dropped.grab is None:
            titles = ", ".join(movie.title for movie in dropped.choices)
            why = f"It may be {titles}. {dropped.doubt}" if titles else "No movie of the library fits."
            what = f"{shown(path.name)} was not fetched."
            raise Problem(Kind.REFUSED, what, why, "Add the movie, or drop the file on the window to choose it.")

    async def _import(self, path: Path, *, move: bool) -> None:
        manual = self._manual()
        files = await manual.look(str(path))
        unsure = [
            file
            for file in files
            if not file.movie_id or (file.rejections and not await manual.has(file.path, file.movie_id))
        ]
        if unsure or not files:
            why = " ".join(unsure[0].rejections[:2]) if unsure else "There is no video in it that is not known already."
            raise Problem(Kind.REFUSED, f"{shown(path.name)} was not imported.", why, "Import it by hand.")
        for file in files:
            await manual.import_file(Wish(file.path, file.movie_id), move=move)
