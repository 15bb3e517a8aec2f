"""Compare what is remembered of movies' files with the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.events import MovieChanged
from radarr_desktop.domain.media_notes import media_notes
from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.domain.parsing import parse_path
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import UNKNOWN, Source, find_quality
from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.imports.choose import video_in
from radarr_desktop.engine.imports.probe import Prober
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.journal import disk
from radarr_desktop.engine.journal.changes import Changes
from radarr_desktop.engine.library import presence
from radarr_desktop.engine.library.found_file import file_of, happened
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import history, looks, operations
from radarr_desktop.store import movies as store
from radarr_desktop.store.database import Database

MANY, PART = 10, 0.05
"""Files, and part of a root folder's files, above which none is forgotten at once before somebody says so."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LibraryLook:
    """What came of a look at the whole library."""

    movies: int
    looked_into: int
    """Movies whose folder was changed since the last look."""
    held: tuple[str, ...] = ()
    """Root folders of which nothing was forgotten, and why, as sentences."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A movie's folder from outside: one question to the disk, and none to the folder itself."""

    movie: Movie
    changed: bool
    gone: bool


class Rescan:
    """A file that is gone is forgotten, unless its whole disk is gone: that is no deletion.

    A file that somebody put into the folder of a movie without one is the movie's.
    """

    def __init__(
        self,
        db: Database,
        bus: Bus,
        jobs: Jobs,
        movies: Movies,
        settings: AppSettings,
        changes: Changes,
        prober: Prober,
    ) -> None:
        self._db = db
        self._bus = bus
        self._movies = movies
        self._settings = settings
        self._changes = changes
        self._prober = prober
        self.held: tuple[str, ...] = ()
        """Of the last look at the library."""
        jobs.handle("rescan_movie", self._job)
        jobs.handle("rescan_library", self._library_job)

    async def movie(self, movie_id: int) -> None:
        """Look at one movie's files. Raises ``Problem`` when its root folder is missing, empty or another one."""
        async with self._changes.alone(movie_id):  # what a rename moves just now is not gone
            await self._movie(await self._movies.get(movie_id))

    async def library(self, *, accept: bool = False) -> LibraryLook:
        """Look at every movie whose folder was changed; ``accept``: however many files are gone, they were deleted."""
        movies = await self._movies.all()
        roots: dict[str, list[Movie]] = {}
        for movie in movies:
            roots.setdefault(movie.slot.root_folder, []).append(movie)
        held, into = list[str](), 0
        for root, theirs in roots.items():
            try:
                await presence.require(self._db, Path(root))
                into += await self._changed(theirs, held, accept=accept)
            except Problem as problem:
                log.warning("library.held", root=root, problem=str(problem))
                held.append(str(problem))
        self.held = tuple(dict.fromkeys(held))
        return LibraryLook(len(movies), into, self.held)

    async def _changed(self, movies: Sequence[Movie], held: list[str], *, accept: bool) -> int:
        """Look into the changed folders of one root; how many. ``held`` hears of movies that cannot be looked at."""
        known = await self._db.read(lambda: looks.times([movie.folder for movie in movies]))
        seen = await asyncio.to_thread(lambda: [_seen(movie, known.get(movie.folder)) for movie in movies])
        files, gone = sum(movie.file is not None for movie in movies), sum(each.gone for each in seen)
        if gone > max(MANY, files * PART) and not accept:
            what = f"{gone:,} of {files:,} files in {movies[0].slot.root_folder} are gone."
            todo = "If you deleted them, say so: radarr-desktop library rescan --accept"
            raise Problem(Kind.STORAGE, what, "That many at once may be a mistake, so nothing was forgotten.", todo)
        changed = [each for each in seen if each.changed or each.gone]
        for each in changed:
            try:
                await self.movie(each.movie.id)
            except Problem as problem:
                log.warning("movie.held", movie=each.movie.title, problem=str(problem))
                held.append(str(problem))
        return len(changed)

    async def _movie(self, movie: Movie) -> None:
        gone: list[MovieFile] = []
        differs: list[MovieFile] = []
        mtime = await asyncio.to_thread(_mtime, Path(movie.folder))  # before the look: what comes during it counts anew
        for slot in movie.slots:
            await presence.require(self._db, Path(slot.root_folder))
            if slot.file is None:
                continue
            root = await self._movies.root_of_file(slot, slot.file)
            await presence.require(self._db, root)
            await presence.require_inner(self._db, root, Path(slot.file.path))
            size = await asyncio.to_thread(_size, Path(slot.file.path))
            if size is None:
                gone.append(slot.file)
            elif size != slot.file.size or slot.file.media is None:
                differs.append(replace(slot.file, size=size))
        appeared = await asyncio.to_thread(_in_folder, movie) if movie.file in (None, *gone) else None
        looked_into = [await self._with_facts(movie, file) for file in [*differs, *([appeared] if appeared else [])]]

        def work() -> MovieFile | None:
            if mtime:
                looks.keep_time(movie.folder, mtime, datetime.now(UTC))
            return _written(gone, looked_into, appeared is not None)

        found = await self._db.run(work)
        if gone:
            log.info("movie.file_missing", movie=movie.title, files=[file.path for file in gone])
            if (await self._settings.media()).delete_empty_folders:
                await asyncio.to_thread(disk.prune, Path(movie.folder), Path(movie.slot.root_folder))
        if found is not None:
            log.info("movie.file_found", movie=movie.title, file=found.path)
        if gone or looked_into:
            self._bus.publish(MovieChanged(movie_id=movie.id, correlation=correlation.current()))

    async def _with_facts(self, movie: Movie, file: MovieFile) -> MovieFile:
        """What its bytes tell, now that they may be others."""
        facts = (await self._prober.probe(Path(file.path))).facts
        if facts is None:
            return file
        notes = media_notes(parse_path(file.path), facts, movie.info.original_language)
        quality = file.quality if file.quality != UNKNOWN else find_quality(Source.UNKNOWN, facts.resolution)
        return replace(file, media=facts, notes=notes, quality=quality)

    async def _job(self, payload: Mapping[str, Any]) -> None:
        await self.movie(int(payload["movie_id"]))

    async def _library_job(self, payload: Mapping[str, Any]) -> None:
        await self.library(accept=bool(payload.get("accept", False)))


def _seen(movie: Movie, known: int | None) -> _Seen:
    folder = Path(movie.folder)
    mtime = _mtime(folder)
    changed = bool(mtime) and mtime != known
    # in a folder that was not changed no name was taken away
    beside = movie.file is not None and folder not in Path(movie.file.path).parents
    gone = movie.file is not None and (changed or not mtime or beside) and _is_gone(Path(movie.file.path))
    return _Seen(movie, changed, gone)


def _is_gone(path: Path) -> bool:
    try:
        return _size(path) is None
    except Problem:
        return True  # told when it is looked at by itself


def _mtime(folder: Path) -> int:
    """When names in it were last changed, in nanoseconds; 0 where it is not there."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _size(path: Path) -> int | None:
    """None where it is gone. Raises ``Problem`` where that cannot be told, which is no deletion."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        if not _leads_nowhere(path):
            return None
        why = "It is a link, or lies behind one, whose disk is probably not mounted, so nothing was changed."
    except OSError as fault:
        why = f"The system says: {fault.strerror}. So nothing was changed."
    raise Problem(Kind.STORAGE, f"{path} cannot be looked at.", why, "Check the disk, its owner and permissions.")


def _leads_nowhere(path: Path) -> bool:
    return any(each.is_symlink() and not each.exists() for each in (path, *path.parents))


def _in_folder(movie: Movie) -> MovieFile | None:
    """The one video in the movie's folder; where it cannot be told which one is the movie, there is none."""
    try:
        path = video_in(Path(movie.folder))
        size = path.stat().st_size
    except (Problem, OSError) as fault:
        log.info("movie.nothing_found", movie=movie.title, problem=str(fault))
        return None
    return file_of(movie, path, size, datetime.now(UTC))


def _written(gone: Sequence[MovieFile], looked_into: Sequence[MovieFile], appeared: bool) -> MovieFile | None:
    """The rows as the disk is. The last of ``looked_into`` may be one that appeared; it is returned if it is taken."""
    for file in gone:
        store.remove_file(file.id)
        history.happened(_missing(file))
    for file in looked_into:
        if file.id:
            store.set_file(file, keep_id=True)
    if not appeared or not _is_free(looked_into[-1]):
        return None
    file = store.set_file(replace(looked_into[-1], added=datetime.now(UTC)))
    history.happened(happened(file, correlation.current()))
    return file


def _is_free(file: MovieFile) -> bool:
    """Nobody else's, and not one that an import is putting there right now."""
    movie = store.get(file.movie_id)
    importing = any(operation.movie_id == file.movie_id for operation in operations.open_operations())
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
