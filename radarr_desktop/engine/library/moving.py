"""Move a movie to a folder that the user names: with its files, as one operation that can be undone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.operations import OperationKind
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Job
from radarr_desktop.domain.renaming import renamed, with_rivals
from radarr_desktop.engine import correlation
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.journal.changes import Changes
from radarr_desktop.engine.library import rename_steps
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.engine.library.renaming import change_of
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import library_paths, side_files
from radarr_desktop.store.database import Database

JOB = "move_movie"

log = structlog.get_logger(__name__)


class Moving:
    """Within a root folder names change; into another one files are linked, or copied where that is allowed."""

    def __init__(self, db: Database, jobs: Jobs, movies: Movies, settings: AppSettings, changes: Changes) -> None:
        self._db = db
        self._jobs = jobs
        self._movies = movies
        self._settings = settings
        self._changes = changes
        jobs.handle(JOB, self._job)

    async def move(self, movie_id: int, folder: str) -> Job:
        """Begin it; a copy onto another disk takes its time. Raises ``Problem`` for a folder that cannot be."""
        movie = await self._movies.get(movie_id)
        if str(Path(folder)) == movie.folder:
            raise Problem(Kind.CONFLICT, f"{movie.title} is there already.", field="folder")
        folder = await self._movies.free_folder(folder, movie_id)
        return await self._jobs.enqueue(JOB, {"movie_id": movie_id, "folder": folder}, priority=5)

    async def _job(self, payload: Mapping[str, Any]) -> None:
        movie_id, folder = int(payload["movie_id"]), str(payload["folder"])
        async with self._changes.alone(movie_id):
            movie = await self._movies.get(movie_id)
            if movie.folder == folder:
                return  # done before a crash
            folder = await self._movies.free_folder(folder, movie_id)
            sides = await self._db.read(lambda: side_files.of_movie(movie_id))
            owners = await self._db.read(library_paths.owners)
            old_root = movie.slot.root_folder
            new_root = await self._movies.root_of(folder)
            rename = renamed(movie, sides, old_root, folder, {})
            (rename,) = with_rivals([rename], owners, {})
            rename = await asyncio.to_thread(rename_steps.looked_at, rename)
            if rename.conflicts:
                raise Problem(Kind.CONFLICT, f"{movie.title} cannot be moved.", rename.conflicts[0])
            media = await self._settings.media()
            steps = await asyncio.to_thread(
                rename_steps.steps, rename, allow_copy=media.allow_copies, new_root=new_root
            )
            more = {"root": new_root, "keep_free": media.minimum_free_mb << 20}
            with correlation.correlated():
                await self._changes.carry_out(change_of(rename, steps, **more))
        log.info("movie.moved", movie=movie.title, folder=folder, kind=OperationKind.RENAME.value)
