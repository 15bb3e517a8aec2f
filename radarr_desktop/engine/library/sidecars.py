"""Notes and pictures beside movies, for Kodi, Emby and Jellyfin: an option, off at first.

They follow their movie: after an import, a rename, an undo or a refresh they are written anew where they changed.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Mapping, Sequence
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.events import OperationDone, OperationUndone
from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.journal import disk
from radarr_desktop.engine.journal.changes import Changes
from radarr_desktop.engine.library import sidecar_files
from radarr_desktop.engine.library.images import Images
from radarr_desktop.engine.settings import AppSettings, SidecarSettings
from radarr_desktop.store import movies, operations, profiles, sidecars
from radarr_desktop.store.database import Database
from radarr_desktop.store.sidecars import Sidecar

JOB = "write_sidecars"
_PICTURES = {"poster": "poster", "backdrop": "fanart"}
_READABLE = (".jpg", ".png")

log = structlog.get_logger(__name__)


class Sidecars:
    """What was written once goes on following its movie, even where no new ones are wanted."""

    def __init__(
        self, db: Database, bus: Bus, jobs: Jobs, settings: AppSettings, images: Images, changes: Changes
    ) -> None:
        self._db = db
        self._jobs = jobs
        self._settings = settings
        self._images = images
        self._changes = changes
        self._is_used: bool | None = None
        """Is anything written, or was it ever? None: not asked yet."""
        jobs.handle(JOB, self._job)
        bus.subscribe(OperationDone, self._changed)
        bus.subscribe(OperationUndone, self._changed)

    async def follow(self, movie_id: int, after: int = 0) -> None:
        """See to a movie's files soon, if there are any or should be; ``after`` an operation."""
        if self._is_used is None:
            self._is_used = (await self._settings.sidecars()).any or await self._db.read(sidecars.is_any)
        if not self._is_used:
            return
        wanted = await self._settings.sidecars()
        known = await self._db.read(lambda: sidecars.of_movie(movie_id))
        if wanted.any or known:
            await self._jobs.enqueue(JOB, {"movie_id": movie_id, "after": after}, priority=-10)

    async def save(self, wanted: SidecarSettings) -> None:
        """Change what is written, and write it for every movie that has a file."""
        await self._settings.save_sidecars(wanted)
        self._is_used = self._is_used or wanted.any or None
        for movie in await self._db.read(movies.all_movies) if wanted.any else ():
            if movie.file is not None:
                await self.follow(movie.id)

    def _changed(self, event: OperationDone | OperationUndone) -> Awaitable[None] | None:
        is_unused = self._is_used is False  # as for most: every import comes by here
        return None if is_unused else self.follow(event.movie_id, event.operation_id)

    async def _job(self, payload: Mapping[str, Any]) -> None:
        movie_id, is_done = int(payload["movie_id"]), False
        while not is_done:
            movie = await self._db.read(lambda: movies.get(movie_id))
            known = await self._db.read(lambda: sidecars.of_movie(movie_id))
            wanted = await self._wanted(movie, known) if movie else {}  # pictures may come from far: before the lock
            async with self._changes.alone(movie_id):
                is_done = await self._db.read(lambda: movies.get(movie_id)) == movie
                if is_done and movie is None:
                    await self._left_behind(movie_id, known)
                elif is_done and movie is not None:
                    await self._settle(movie, wanted, known)

    async def _settle(self, movie: Movie, wanted: Mapping[str, bytes], known: Sequence[Sidecar]) -> None:
        try:
            kept = await asyncio.to_thread(sidecar_files.settled, wanted, movie.slot.root_folder, known)
        except OSError as fault:
            folder = Path(movie.folder)
            raise disk.problem_of(fault, folder, folder / "movie.nfo") from fault
        if kept != known:
            await self._db.run(lambda: sidecars.replace(movie.id, kept))

    async def _left_behind(self, movie_id: int, known: Sequence[Sidecar]) -> None:
        """Of a movie that is not in the library any more: they go where its file went, and stay where it stayed."""
        newest = await self._db.read(lambda: operations.newest(movie_id=movie_id, limit=1))
        files = newest[0].before.files if newest and newest[0].before else ()
        if not await asyncio.to_thread(lambda: any(map(_is_there, files))):
            await asyncio.to_thread(sidecar_files.removed, known)
        await self._db.run(lambda: sidecars.replace(movie_id, []))

    async def _wanted(self, movie: Movie, known: Sequence[Sidecar]) -> dict[str, bytes]:
        settings, wanted = await self._settings.sidecars(), dict[str, bytes]()
        endings = {Path(one.path).suffix for one in known}
        files = [slot.file for slot in movie.slots if slot.file is not None]
        there = [file for file in files if await asyncio.to_thread(_is_there, file)]
        if settings.nfo or ".nfo" in endings:
            labels = {tag.id: tag.label for tag in await self._db.read(profiles.all_tags)}
            tags = tuple(labels[id] for id in movie.tags if id in labels)
            from radarr_desktop.domain.nfo import movie_nfo  # here: XML is for those who want it

            for file in there:
                wanted[_nfo_path(movie, file, settings)] = movie_nfo(movie, file.media, tags)
        if there and (settings.images or endings & set(_READABLE)):
            wanted |= await self._pictures(movie, there[0])
        return wanted

    async def _pictures(self, movie: Movie, file: MovieFile) -> dict[str, bytes]:
        found = {}
        for kind, name in _PICTURES.items():
            try:
                picture = await self._images.of_info(movie.info, kind)
            except Problem as problem:
                log.info("sidecar.no_picture", movie=movie.title, problem=str(problem))
                continue
            if picture is not None and picture.suffix in _READABLE:
                path = _beside(movie, file, f"{name}{picture.suffix}", f"-{name}{picture.suffix}")
                found[path] = await asyncio.to_thread(picture.read_bytes)
        return found


def _nfo_path(movie: Movie, file: MovieFile, settings: SidecarSettings) -> str:
    if settings.movie_nfo and file == movie.file:
        return _beside(movie, file, "movie.nfo", ".nfo")
    return str(Path(file.path).with_suffix(".nfo"))


def _beside(movie: Movie, file: MovieFile, alone: str, shared: str) -> str:
    """``alone`` in a folder of the movie's own; in one that it shares, a name that begins with the file's."""
    path = Path(file.path)
    own = Path(movie.slot.root_folder) in path.parent.parents
    return str(path.parent / alone if own else path.with_name(f"{path.stem}{shared}"))


def _is_there(file: MovieFile) -> bool:
    return os.path.lexists(file.path)
