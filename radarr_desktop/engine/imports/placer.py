"""Give movies' files their place in the library, and afterwards what is set for them.

Imports that wait for the journal at the same time go together: whoever gets it first takes the others along, in the
same threads and transactions, which cost more than the work itself.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import structlog

from radarr_desktop.domain.movie import MovieFile
from radarr_desktop.domain.naming import path_key
from radarr_desktop.domain.operations import Change, Operation, OperationKind
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.side_files import SideFile
from radarr_desktop.engine import correlation
from radarr_desktop.engine.imports import planning
from radarr_desktop.engine.imports.commit import FINISH, close
from radarr_desktop.engine.imports.features import Feature
from radarr_desktop.engine.imports.finish import date_of, finish
from radarr_desktop.engine.imports.order import Order
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.journal import disk, place
from radarr_desktop.engine.journal.changes import Changes, to_its_end
from radarr_desktop.engine.library import presence
from radarr_desktop.engine.library.names import Names
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import movies
from radarr_desktop.store.database import Database

T = TypeVar("T")
Prepare = Callable[[], Awaitable[Order | None]]
"""Asked when nobody else changes files any more: what is to be imported now; None where nothing is."""

MOST = 32
"""Imports that go together."""

log = structlog.get_logger(__name__)


@dataclass(eq=False, slots=True)
class _Wanted:
    """An import that somebody waits for."""

    movie_id: int
    feature: Feature
    prepare: Prepare
    correlation: str
    done: asyncio.Future[MovieFile | None]
    stop: threading.Event = field(default_factory=threading.Event)
    """Set: nobody waits any more, and a copy shall end."""


@dataclass(eq=False, slots=True)
class _Placing:
    """An import that is under way."""

    wanted: _Wanted
    order: Order
    target: Path = Path()
    old: Sequence[SideFile] = ()
    """What lies beside the slot's movie as long as it has another one."""


class Placer:
    """Plans imports and has them carried out."""

    def __init__(self, db: Database, jobs: Jobs, settings: AppSettings, names: Names, changes: Changes) -> None:
        self._db = db
        self._settings = settings
        self._names = names
        self._changes = changes
        self._waiting: list[_Wanted] = []
        changes.on_close(OperationKind.IMPORT, partial(close, jobs=jobs))
        jobs.handle(FINISH, self._finish)

    async def place(self, movie_id: int, feature: Feature, prepare: Prepare) -> MovieFile | None:
        """What was prepared, in its place. Raises what ``prepare`` raises, or ``Problem``; then nothing was changed."""
        done = asyncio.get_running_loop().create_future()
        wanted = _Wanted(movie_id, feature, prepare, correlation.current(), done)
        self._waiting.append(wanted)
        try:
            async with self._changes.alone():
                while wanted in self._waiting:  # else somebody took it along
                    await to_its_end(self._together(self._next()), wanted.stop)
        except asyncio.CancelledError:
            await self._give_up(wanted)
            raise
        return wanted.done.result()

    async def _give_up(self, wanted: _Wanted) -> None:
        """Nobody waits for it; what is under way comes to its end all the same."""
        wanted.stop.set()
        if wanted in self._waiting:
            self._waiting.remove(wanted)
            return
        await asyncio.wait([wanted.done])
        wanted.done.exception()  # looked at, or asyncio would complain

    def _next(self) -> list[_Wanted]:
        """Those that waited longest, of each movie one."""
        chosen = {one.movie_id: one for one in reversed(self._waiting)}
        taken = [one for one in self._waiting if chosen[one.movie_id] is one][:MOST]
        self._waiting = [one for one in self._waiting if one not in taken]
        return taken

    async def _together(self, batch: Sequence[_Wanted]) -> None:
        """All the way, telling each how it went."""
        try:
            for some in await self._planned(await self._prepared(batch)):
                done = await self._changes.carry_out_all([(change, one.wanted.stop) for one, change in some])
                for (one, change), outcome in zip(some, done, strict=True):
                    _tell(one, change, outcome)
        except Exception as mistake:  # noqa: BLE001  those that wait for it raise it
            for wanted in self._untold(batch):
                wanted.done.set_exception(mistake)
        finally:
            for wanted in self._untold(batch):
                wanted.done.cancel()

    def _untold(self, batch: Sequence[_Wanted]) -> list[_Wanted]:
        return [one for one in batch if not one.done.done() and one not in self._waiting]

    async def _prepared(self, batch: Sequence[_Wanted]) -> list[_Placing]:
        """Those that are still to be imported, into root folders that are there."""
        ready: dict[str, _Placing] = {}
        checked: set[tuple[Path, Path]] = set()
        left = await self._changes.left_open([one.movie_id for one in batch])
        for one in batch:
            with _failing(one):
                for operation in left:
                    if operation.movie_id == one.movie_id:
                        await self._changes.settle(operation)
                order = await one.prepare()
                if order is None:
                    one.done.set_result(None)
                    continue
                folder, place_of = path_key(order.movie.folder), Path(order.movie.folder)
                where = (Path(order.slot.root_folder), place_of.parent)
                if folder in ready:  # two must not plan for the same names
                    self._waiting.insert(0, one)
                    continue
                if where not in checked:
                    await presence.check(self._db, where[0], place_of)
                    checked.add(where)
                ready[folder] = _Placing(one, order)
        return list(ready.values())

    async def _planned(self, ready: Sequence[_Placing]) -> list[list[tuple[_Placing, Change]]]:
        """What is to be done: first all that takes no time, in one go, then each copy for itself."""
        settings = await self._settings.media()
        maker = await self._names.maker(settings.naming)

        def find_target(one: _Placing) -> None:
            one.target = planning.target(one.order, maker, one.wanted.feature, settings)

        def find_old(one: _Placing) -> None:
            one.old = planning.old_sides(one.order, one.target)

        def plan(one: _Placing) -> Change:
            change = planning.change(one.order, one.wanted.feature, one.target, settings, one.old)
            return replace(change, correlation=one.wanted.correlation)

        ready = [one for one, _ in await _each(asyncio.to_thread, find_target, ready)]
        ready = [one for one, _ in await _each(self._db.read, find_old, ready)]
        planned = await _each(asyncio.to_thread, plan, ready)
        slow = await asyncio.to_thread(lambda: [one for one in planned if place.takes_long(one[1].steps)])
        swift = [one for one in planned if one not in slow]
        return [*([swift] if swift else []), *([one] for one in slow)]

    async def _finish(self, payload: Mapping[str, Any]) -> None:
        movie = await self._db.read(lambda: movies.get(int(payload["movie_id"])))
        settings = await self._settings.media()
        if movie is None:
            return
        files, folders = map(Path, payload["files"]), map(Path, payload["folders"])
        day = date_of(movie, settings.file_date)
        for sentence in await asyncio.to_thread(finish, list(files), list(folders), settings, day):
            log.warning("import.not_finished", movie=movie.title, problem=sentence)
        if settings.delete_empty_folders and payload["emptied"]:
            await asyncio.to_thread(disk.prune, Path(payload["emptied"]), Path(movie.slot.root_folder))


async def _each(
    where: Callable[[Callable[[], list[T | Problem]]], Awaitable[list[T | Problem]]],
    work: Callable[[_Placing], T],
    ready: Sequence[_Placing],
) -> list[tuple[_Placing, T]]:
    """What work makes of each, all in one go on another thread; those it refuses are told, and left out."""

    def tried(one: _Placing) -> T | Problem:
        try:
            return work(one)
        except Problem as problem:
            return problem

    kept, results = [], await where(lambda: [tried(one) for one in ready])
    for one, made in zip(ready, results, strict=True):
        if isinstance(made, Problem):
            one.wanted.done.set_exception(made)
        else:
            kept.append((one, made))
    return kept


@contextmanager
def _failing(one: _Wanted) -> Iterator[None]:
    """What goes wrong is its own, and does not hinder those it goes together with."""
    with correlation.correlated(one.correlation):
        try:
            yield
        except Exception as fault:  # noqa: BLE001  who waits for it raises it
            one.done.set_exception(fault)


def _tell(one: _Placing, change: Change, outcome: Operation | Problem) -> None:
    if isinstance(outcome, Problem):
        one.wanted.done.set_exception(outcome)
        return
    with correlation.correlated(outcome.correlation):
        log.info("movie.imported", movie=one.order.movie.title, path=str(one.target), steps=len(change.steps))
    assert outcome.after is not None
    one.wanted.done.set_result(next(file for file in outcome.after.files if file.slot_id == one.order.slot.id))
