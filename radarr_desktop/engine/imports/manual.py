"""Manual import: what may be imported from a place, with suggestions; and the import of what the user decided."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.events import ManualImportProgressed
from radarr_desktop.domain.movie import MovieFile
from radarr_desktop.domain.naming import path_key
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Job
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.imports.importer import Imports
from radarr_desktop.engine.imports.suggest import ManualFile, Place, Suggester
from radarr_desktop.engine.imports.told import Told, Wish
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.journal import disk
from radarr_desktop.engine.library.movies import Movies

JOB = "manual_import"
SCAN = "import_folder"
AT_ONCE = 8
"""Movies that are imported at the same time: while one file is looked into, others get their places in one go."""
MODES = ("auto", "copy", "move")
"""``copy`` and ``auto`` leave the file where it is; both link it where they can. ``move`` takes it away."""

log = structlog.get_logger(__name__)


class ManualImport:
    """Suggests and carries out; it decides nothing."""

    def __init__(self, bus: Bus, jobs: Jobs, movies: Movies, imports: Imports, suggester: Suggester) -> None:
        self._bus = bus
        self._jobs = jobs
        self._movies = movies
        self._imports = imports
        self._suggester = suggester

    async def look(
        self, path: str = "", *, grab_id: int = 0, movie_id: int = 0, only_new: bool = True
    ) -> list[ManualFile]:
        """The videos of a file or folder, of a download, or of a movie's folder, with suggestions."""
        if grab_id:
            return await self._suggester.files(await self._suggester.of_grab(grab_id), only_new=only_new)
        if not path and movie_id:
            movie = await self._movies.get(movie_id)
            return await self._suggester.files(Place(Path(movie.folder), movie_id=movie_id), only_new=only_new)
        if not Path(path).is_absolute():
            raise Problem(Kind.BAD_INPUT, "Give the whole path, from the root on.", field="path")
        return await self._suggester.files(Place(Path(path), movie_id=movie_id), only_new=only_new)

    async def grab_of(self, download_id: str) -> int:
        """The grab that other programs call by its info hash."""
        return (await self._suggester.grab_by_hash(download_id)).id

    async def scan(self, path: str, *, mode: str = "auto") -> Job:
        """Import what is sure and accepted in a folder, by a job; the rest is left where it is."""
        if not Path(path).is_absolute():
            raise Problem(Kind.BAD_INPUT, "Give the whole path, from the root on.", field="path")
        if mode not in MODES:
            raise Problem(Kind.BAD_INPUT, f"There is no way “{mode}”.", f"Known are {', '.join(MODES)}.", field="mode")
        return await self._jobs.enqueue(SCAN, {"path": path, "mode": mode}, priority=5)

    async def reconsider(self, wishes: Sequence[Wish]) -> list[ManualFile]:
        """The same files, now that the user changed what they are."""
        return [
            await self._suggester.reconsidered(wish.path, wish.movie_id, wish.told, wish.grab_id) for wish in wishes
        ]

    async def take(self, wishes: Sequence[Wish], *, mode: str = "auto") -> Job:
        """Import them, those of one movie in their order.

        Raises ``Problem`` before anything is begun for what cannot be meant.
        """
        if mode not in MODES:
            raise Problem(Kind.BAD_INPUT, f"There is no way “{mode}”.", f"Known are {', '.join(MODES)}.", field="mode")
        if not wishes:
            raise Problem(Kind.BAD_INPUT, "There is nothing to import.", todo="Name at least one file.", field="files")
        for wish in wishes:
            if not wish.movie_id:
                what = f"{Path(wish.path).name} has no movie."
                raise Problem(Kind.BAD_INPUT, what, todo="Say which movie it is.", field="movie_id")
            await self._movies.get(wish.movie_id)
        payload = {"wishes": [asdict(wish) | {"told": wish.told.values()} for wish in wishes], "mode": mode}
        return await self._jobs.enqueue(JOB, payload, priority=10)

    async def job(self, payload: Mapping[str, Any]) -> None:
        """One that fails does not hold up the others; all reasons are told at the end."""
        wishes = [Wish(**each | {"told": Told.of(each["told"])}) for each in payload["wishes"]]
        of_movie: dict[int, list[Wish]] = {}
        for wish in wishes:
            of_movie.setdefault(wish.movie_id, []).append(wish)
        ended: list[str] = []
        faults: list[Problem] = []
        waiting = iter(of_movie.values())

        async def work() -> None:
            for wish in itertools.chain.from_iterable(waiting):
                problem = await self._tried(wish, move=payload["mode"] == "move")
                faults.extend([problem] if problem else [])
                ended.append(wish.path)
                self._bus.publish(
                    ManualImportProgressed(
                        correlation=correlation.current(),
                        done=len(ended),
                        total=len(wishes),
                        path=wish.path,
                        movie_id=wish.movie_id,
                        problem=str(problem or ""),
                    )
                )

        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())
        if len(faults) == 1:
            raise faults[0]
        if faults:
            what = f"{len(faults)} of {len(wishes)} files could not be imported."
            raise Problem(Kind.REFUSED, what, " ".join(map(str, faults[:5])))

    async def _tried(self, wish: Wish, *, move: bool) -> Problem | None:
        try:
            await self.import_file(wish, move=move)
        except Problem as problem:
            log.info("manual_import.refused", path=wish.path, problem=str(problem))
            return problem
        return None

    async def scan_job(self, payload: Mapping[str, Any]) -> None:
        """What is sure in a folder."""
        path = str(payload["path"])
        found = await self.look(path)
        sure = [file for file in found if file.movie_id and not file.rejections]
        if not sure:
            why = next((said for file in found for said in file.rejections), "There is no video in it.")
            raise Problem(Kind.REFUSED, f"Nothing in {path} was imported.", why, "Import it by hand.")
        wishes = [asdict(Wish(file.path, file.movie_id)) | {"told": {}} for file in sure]
        await self.job({"wishes": wishes, "mode": payload["mode"]})

    async def has(self, path: str, movie_id: int) -> bool:
        """Is it this file, as it is now, that the movie has? Then a crash came before it was put away."""
        file = (await self._movies.get(movie_id)).file
        return file is not None and await asyncio.to_thread(_came_from, file, Path(path))

    async def import_file(self, wish: Wish, *, move: bool) -> None:
        """Import one now; done already is done."""
        source = Path(wish.path)
        file = (await self._movies.get(wish.movie_id)).file
        if file is None or not await asyncio.to_thread(_came_from, file, source):
            moves = move and not wish.grab_id  # a client goes on seeding what it downloaded
            file = await self._imports.file(wish.path, wish.movie_id, told=wish.told, grab_id=wish.grab_id, moves=moves)
        if move and not wish.grab_id:
            await asyncio.to_thread(_take_away, source, Path(file.path))


def _came_from(file: MovieFile, source: Path) -> bool:
    """Is the file in the library what lies there, or lay there before it was taken away?"""
    try:
        ours = Path(file.path).stat()
        theirs = source.stat() if os.path.lexists(source) else None
    except OSError:
        return False
    if theirs is not None and os.path.samestat(ours, theirs):
        return True
    if file.original_path != str(source):
        return False
    return theirs is None or (theirs.st_size == ours.st_size and theirs.st_ctime <= file.added.timestamp())


def _take_away(source: Path, file: Path) -> None:
    """Remove the name that a file had before, if the library really has the file under another one."""
    try:
        is_whole = os.path.lexists(source) and source.stat().st_size == file.stat().st_size
        if is_whole and not _is_one_name(source, file):
            source.unlink()
            disk.sync_folder(source.parent)
    except OSError as fault:
        what, why = f"{source} could not be taken away.", f"The system says: {fault.strerror}."
        raise Problem(Kind.STORAGE, what, why, f"It was imported; remove it yourself. It is at {file} too.") from fault


def _is_one_name(one: Path, other: Path) -> bool:
    """Two paths to one name: by a link, a second mount, or a disk that takes capitals for small letters."""
    if one.samefile(other) and one.stat().st_nlink < 2:
        return True
    return one.parent.samefile(other.parent) and path_key(one.name) == path_key(other.name)
