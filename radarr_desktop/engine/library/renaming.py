"""Rename what is in the library: a preview first, then movie by movie, each of which can be undone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import structlog

from radarr_desktop.domain.events import RenameFinished, RenameProgressed
from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.domain.naming import Naming, path_key, spare_for
from radarr_desktop.domain.operations import Change, OperationKind, OperationState, Step
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Job, JobState
from radarr_desktop.domain.renaming import MovieRename, RenamePreview, renamed, with_rivals
from radarr_desktop.domain.side_files import SideFile
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs, current_job
from radarr_desktop.engine.journal import disk
from radarr_desktop.engine.journal.changes import Changes
from radarr_desktop.engine.journal.undo import Undo
from radarr_desktop.engine.library import rename_steps
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.engine.library.names import NameMaker, Names
from radarr_desktop.engine.library.rename_commit import close
from radarr_desktop.store import library_paths, operations, side_files
from radarr_desktop.store import movies as movie_store
from radarr_desktop.store.database import Database

JOB = "rename_movies"
UNDO = "undo_renaming"
EXAMPLES = 3
AT_ONCE = 100
"""Movies named or looked at before others get their turn."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class RenameState:
    """How far a job of renaming has come."""

    done: int
    total: int
    renamed: int = 0
    problems: tuple[str, ...] = ()
    """A sentence for each movie that was left out."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What makes the names, and of what."""

    maker: NameMaker
    folders: bool
    files: Collection[int] | None
    """Only of these; None: of all."""


class Renaming:
    """Names by the rules as they are now. Nothing is done without ``carry_out``."""

    def __init__(
        self, db: Database, bus: Bus, jobs: Jobs, movies: Movies, names: Names, changes: Changes, undo: Undo
    ) -> None:
        self._db = db
        self._undo = undo
        self._bus = bus
        self._jobs = jobs
        self._movies = movies
        self._names = names
        self._changes = changes
        self._states: dict[int, RenameState] = {}
        self._stopped: set[int] = set()
        jobs.handle(JOB, self._job)
        jobs.handle(UNDO, self._undo_job)
        changes.on_close(OperationKind.RENAME, close)

    async def examples(self, naming: Naming) -> list[str]:
        """What rules that need not be kept make of the newest files of the library, below their root folders."""
        movies = await self._db.read(lambda: movie_store.newest_with_file(EXAMPLES))
        maker = await self._names.maker(naming)
        return [f"{maker.folder(movie)}/{maker.of_file(movie, movie.file)}" for movie in movies if movie.file]

    async def preview(
        self, movie_ids: Sequence[int] | None = None, *, folders: bool = True, files: Collection[int] | None = None
    ) -> RenamePreview:
        """What would get another name, of these movies or of all, and of their files or only of these."""
        movies = await self._movies.all()
        wanted = movies if movie_ids is None else [await self._movies.get(movie_id) for movie_id in movie_ids]
        rules = _Rules(await self._names.maker(), folders, files)
        sides = await self._db.read(side_files.by_movie)
        renames: list[MovieRename] = []
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            renames += await asyncio.to_thread(_all_named, part, rules, sides)
        changing = [rename for rename in renames if rename.changes]
        owners = await self._db.read(library_paths.owners)
        changing = with_rivals(changing, owners, {movie.id: movie.title for movie in movies})
        told: list[MovieRename] = []
        for start in range(0, len(changing), AT_ONCE):
            some = changing[start : start + AT_ONCE]
            told += await asyncio.to_thread(lambda part: [*map(rename_steps.looked_at, part)], some)
        return RenamePreview(tuple(told), len(movies) - len(told), folders)

    async def carry_out(self, preview: RenamePreview, *, yes: bool = False) -> Job:
        """Do it, movie by movie; what changed since the preview is left out. Much of a library needs a yes."""
        if not preview.possible:
            raise Problem(Kind.CONFLICT, "There is nothing to rename.", _first_conflict(preview))
        if preview.needs_yes and not yes:
            raise Problem(Kind.REFUSED, preview.why, "So many are renamed only after a yes.", "Look at the preview.")
        return await self._enqueue(preview.possible, folders=preview.folders)

    async def begin(self, movie_ids: Sequence[int], *, folders: bool) -> Job:
        """Rename movies that somebody named one by one: no yes is waited for, the job tells what could not be."""
        preview = await self.preview(movie_ids, folders=folders)
        return await self._enqueue(preview.movies, folders=folders)

    async def begin_files(self, movie_id: int, file_ids: Sequence[int]) -> Job:
        """Rename some of a movie's files, and what lies beside these; all else keeps its name."""
        movie = await self._movies.get(movie_id)
        if missing := set(file_ids) - {slot.file.id for slot in movie.slots if slot.file}:
            raise Problem(Kind.NOT_FOUND, f"{movie.title} has no file {min(missing)}.", field="files")
        preview = await self.preview([movie_id], folders=False, files=file_ids)
        return await self._enqueue(preview.movies, folders=False, files=file_ids)

    async def undo(self, operation_id: int = 0) -> Job:
        """Take back all movies that were renamed at one go with this one; 0: with the newest."""
        together = await self._db.read(lambda: operations.together(operation_id))
        if not together:
            raise Problem(Kind.NOT_FOUND, "There is no renaming to undo.")
        return await self._jobs.enqueue(UNDO, {"operations": together}, priority=5)

    async def cancel(self, job_id: int) -> None:
        """Stop after the movie that is being renamed."""
        job = await self._jobs.get(job_id)
        if job.kind not in (JOB, UNDO):
            raise Problem(Kind.NOT_FOUND, f"There is no renaming {job_id}.")
        if job.state is JobState.RUNNING:
            self._stopped.add(job_id)
        else:
            await self._jobs.cancel(job_id)

    def state(self, job_id: int) -> RenameState | None:
        """How far a job has come, as long as this program runs."""
        return self._states.get(job_id)

    async def _enqueue(
        self, renames: Sequence[MovieRename], *, folders: bool, files: Sequence[int] | None = None
    ) -> Job:
        movies = [[rename.movie_id, rename.mark] for rename in renames]
        payload = {"movies": movies, "folders": folders} | ({} if files is None else {"files": list(files)})
        return await self._jobs.enqueue(JOB, payload, priority=5)

    async def _job(self, payload: Mapping[str, Any]) -> None:
        """Done again after a crash, it goes on: what has its name already needs none."""
        owners = await self._db.read(library_paths.owners)
        rules = _Rules(await self._names.maker(), payload["folders"], payload.get("files"))

        async def rename(mark: Sequence[Any]) -> tuple[int, str, str]:
            return mark[0], *await self._one(mark[0], mark[1], rules, owners)

        await self._each(payload["movies"], rename)

    async def _undo_job(self, payload: Mapping[str, Any]) -> None:
        async def take_back(operation_id: int) -> tuple[int, str, str]:
            (state,) = await self._undo.operations(ids=[operation_id])
            movie_id, title = state.operation.movie_id, state.operation.title
            if state.operation.state is OperationState.UNDONE:
                return movie_id, title, ""  # before a crash
            try:
                await self._undo.undo(operation_id)
            except Problem as problem:
                return movie_id, title, str(problem)
            return movie_id, title, ""

        await self._each(payload["operations"], take_back)

    async def _each(self, items: Sequence[T], do: Callable[[T], Awaitable[tuple[int, str, str]]]) -> None:
        """One after the other until somebody stops it; each tells movie, title, and why it could not be."""
        job_id, renamed, problems = current_job(), 0, list[str]()
        for done, item in enumerate(items, 1):
            if job_id in self._stopped:
                break
            movie_id, title, problem = await do(item)
            renamed += not problem
            problems += [problem] if problem else []
            self._states[job_id] = RenameState(done, len(items), renamed, tuple(problems))
            self._bus.publish(
                RenameProgressed(
                    job_id=job_id, done=done, total=len(items), movie_id=movie_id, title=title, problem=problem
                )
            )
        self._stopped.discard(job_id)
        self._bus.publish(RenameFinished(job_id=job_id, renamed=renamed, problems=tuple(problems)))

    async def _one(self, movie_id: int, mark: str, rules: _Rules, owners: dict[str, int]) -> tuple[str, str]:
        """Rename one movie: its title, and why that could not be."""
        title = f"Movie {movie_id}"
        try:
            async with self._changes.alone(movie_id):
                movie = await self._movies.get(movie_id)
                title = movie.title
                sides = {movie_id: await self._db.read(lambda: side_files.of_movie(movie_id))}
                (rename,) = await asyncio.to_thread(_all_named, [movie], rules, sides)
                if not rename.changes:
                    return title, ""
                (rename,) = with_rivals([rename], owners, {})
                rename = await asyncio.to_thread(rename_steps.looked_at, rename)
                if rename.conflicts:
                    return title, f"{title}: {rename.conflicts[0]}"
                if rename.mark != mark:
                    return title, f"{title}: its names are not those of the preview any more."
                with correlation.correlated():
                    await self._changes.carry_out(
                        change_of(rename, await asyncio.to_thread(rename_steps.steps, rename))
                    )
        except Problem as problem:
            log.warning("movie.not_renamed", movie=title, problem=str(problem))
            return title, f"{title}: {problem}"
        _now_owns(owners, rename)
        log.info("movie.renamed", movie=title, folder=rename.new_folder)
        return title, ""


def _all_named(movies: Sequence[Movie], rules: _Rules, sides: Mapping[int, Sequence[SideFile]]) -> list[MovieRename]:
    limits = {root: disk.longest_name(Path(root)) for root in {movie.slot.root_folder for movie in movies}}
    return [_named(movie, rules, sides.get(movie.id, ()), limits[movie.slot.root_folder]) for movie in movies]


def _named(movie: Movie, rules: _Rules, sides: Sequence[SideFile], limit: int) -> MovieRename:
    """What the rules make of one movie. A folder outside its root folder is the user's own choice and stays."""
    root, old = Path(movie.slot.root_folder), Path(movie.folder)
    inside = root in old.parents
    folder = root / rules.maker.folder(movie) if rules.folders and inside else old
    names = {}
    if rules.maker.naming.rename:
        names = {
            slot.id: rules.maker.of_file(movie, slot.file, limit=limit - _spare(slot.file, sides))
            for slot in movie.slots
            if slot.file and (rules.files is None or slot.file.id in rules.files)
        }
    return renamed(movie, sides, str(root if inside else old.parent), str(folder), names)


def _spare(file: MovieFile, sides: Sequence[SideFile]) -> int:
    if not sides:
        return 0
    path = Path(file.path)
    names = (Path(side.path).name for side in sides)
    return spare_for([name.removeprefix(path.stem) for name in names if name.startswith(path.stem)], path.suffix)


def change_of(rename: MovieRename, steps: tuple[Step, ...], **more: Any) -> Change:
    """The operation, with what closing it needs to know."""
    paths = {move.old: move.new for move in rename.moves}
    data = {"folder": rename.new_folder, "paths": paths, **more}
    return Change(OperationKind.RENAME, rename.movie_id, rename.title, steps, data=data)


def _now_owns(owners: dict[str, int], rename: MovieRename) -> None:
    for path in (rename.old_folder, *(move.old for move in rename.moves)):
        owners.pop(path_key(path), None)
    for path in (rename.new_folder, *(move.new for move in rename.moves)):
        owners[path_key(path)] = rename.movie_id


def _first_conflict(preview: RenamePreview) -> str:
    return next((f"{movie.title}: {movie.conflicts[0]}" for movie in preview.movies if movie.conflicts), "")
