"""The verbs of the library's files: say what they are, remove them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from radarr_desktop.domain.events import MovieChanged
from radarr_desktop.domain.movie import MovieFile
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.imports.told import Told
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.plugin_api import IndexerFlag
from radarr_desktop.store import movies as store
from radarr_desktop.store.database import Database


class MovieFiles:
    """What is said of a file is kept in its row; the file itself is not touched."""

    def __init__(self, db: Database, bus: Bus, movies: Movies) -> None:
        self._db = db
        self._bus = bus
        self._movies = movies

    async def change(
        self,
        file_id: int,
        told: Told,
        *,
        release_title: str | None = None,
        flags: frozenset[IndexerFlag] | None = None,
    ) -> MovieFile:
        """Correct what is remembered of a file; None: as it is."""

        def work() -> MovieFile | None:
            file = store.file(file_id)
            if file is None:
                return None
            known = ParsedRelease("", quality=file.quality, revision=file.revision, group=file.group)
            said = told.amend(known)
            wanted = replace(
                file,
                quality=said.quality,
                revision=said.revision,
                group=said.group,
                languages=file.languages if told.languages is None else told.languages,
                editions=file.editions if told.editions is None else told.editions,
                release_title=file.release_title if release_title is None else release_title,
                flags=file.flags if flags is None else flags,
            )
            return store.set_file(wanted, keep_id=True)

        changed = await self._db.run(work)
        if changed is None:
            raise _unknown(file_id)
        self._bus.publish(MovieChanged(movie_id=changed.movie_id))
        return changed

    async def remove(self, file_ids: Sequence[int]) -> None:
        """Put files into the trash, one operation each. Raises ``Problem`` for an unknown one before any is removed."""
        known = await self._db.read(lambda: {id_ for id_ in file_ids if store.file(id_) is not None})
        if missing := [id_ for id_ in file_ids if id_ not in known]:
            raise _unknown(missing[0])
        for file_id in dict.fromkeys(file_ids):
            await self._movies.delete_file(file_id)


def _unknown(file_id: int) -> Problem:
    return Problem(Kind.NOT_FOUND, f"There is no file {file_id} in the library.")
