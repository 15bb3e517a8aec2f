"""Compare what is remembered of a movie's files with the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.events import MovieChanged
from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.imports.choose import video_in
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.library.found_file import file_of, happened
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.store import journal, operations
from radarr_desktop.store import movies as store
from radarr_desktop.store.database import Database

log = structlog.get_logger(__name__)


class Rescan:
    """A file that is gone is forgotten, unless its whole disk is gone: that is no deletion.

    A file that somebody put into the folder of a movie without one is the movie's.
    """

    def __init__(self, db: Database, bus: Bus, jobs: Jobs, movies: Movies) -> None:
        self._db = db
        self._bus = bus
        self._movies = movies
        jobs.handle("rescan_movie", self._job)

    async def movie(self, movie_id: int) -> None:
        """Look at one movie's files. Raises ``Problem`` when its root folder is missing or empty."""
        movie = await self._movies.get(movie_id)
        gone: list[MovieFile] = []
        for slot in movie.slots:
            if not await asyncio.to_thread(_is_mounted, Path(slot.root_folder)):
                what = f"The root folder {slot.root_folder} is missing or empty."
                why = "Its disk is probably not mounted, so nothing was forgotten."
                raise Problem(Kind.STORAGE, what, why, "Mount it, then scan again.")
            if slot.file is not None and not await asyncio.to_thread(Path(slot.file.path).exists):
                gone.append(slot.file)
        appeared = await asyncio.to_thread(_in_folder, movie) if movie.file in (None, *gone) else None

        def work() -> MovieFile | None:
            for file in gone:
                store.remove_file(file.id)
                journal.happened(_missing(file))
            if appeared is None or not _is_free(appeared):
                return None
            file = store.set_file(appeared)
            journal.happened(happened(file, correlation.current()))
            return file

        found = await self._db.run(work)
        if gone:
            log.info("movie.file_missing", movie=movie.title, files=[file.path for file in gone])
        if found is not None:
            log.info("movie.file_found", movie=movie.title, file=found.path)
        if gone or found is not None:
            self._bus.publish(MovieChanged(movie_id=movie_id, correlation=correlation.current()))

    async def _job(self, payload: Mapping[str, Any]) -> None:
        await self.movie(int(payload["movie_id"]))


def _is_mounted(root: Path) -> bool:
    try:
        return any(root.iterdir())
    except OSError:
        return False


def _in_folder(movie: Movie) -> MovieFile | None:
    """The one video in the movie's folder; where it cannot be told which one is the movie, there is none."""
    try:
        path = video_in(Path(movie.folder))
        size = path.stat().st_size
    except (Problem, OSError) as fault:
        log.info("movie.nothing_found", movie=movie.title, problem=str(fault))
        return None
    return file_of(movie, path, size, datetime.now(UTC))


def _is_free(file: MovieFile) -> bool:
    """Nobody else's, and not one that an import is putting there right now."""
    movie = store.get(file.movie_id)
    importing = bool(operations.open_operations(file.movie_id))
    return movie is not None and movie.file is None and not importing and store.file_at(file.path) is None


def _missing(file: MovieFile) -> HistoryEntry:
    return HistoryEntry(
        id=0,
        movie_id=file.movie_id,
        kind=HistoryKind.FILE_DELETED,
        at=datetime.now(UTC),
        title=file.path,
        quality_id=file.quality.id,
        correlation=correlation.current(),
        data={"reason": "MissingFromDisk", "size": str(file.size), "releaseGroup": file.group},
    )
