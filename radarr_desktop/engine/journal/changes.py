"""Carry out changes of the library's files: all of one or nothing of it; after a crash, forward or back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import structlog

from radarr_desktop.domain.events import Event, ImportProgressed, MovieChanged, OperationDone
from radarr_desktop.domain.operations import Change, JournalEntry, Operation, OperationKind, OperationState
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.journal import moves, underway
from radarr_desktop.engine.journal.underway import Underway
from radarr_desktop.engine.library import presence
from radarr_desktop.store import holdings, operations
from radarr_desktop.store.database import Database

T = TypeVar("T")

Closing = Callable[[Operation, Sequence[JournalEntry], Mapping[int, str]], Sequence[Event]]
"""What becomes true with an operation: called in the transaction that closes it, with how each step was done.

It changes the rows, and returns what is told after the commit.
"""

log = structlog.get_logger(__name__)


class Changes:
    """One change at a time: disks like it, and two can never want the same name."""

    def __init__(self, db: Database, bus: Bus, jobs: Jobs) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._closings: dict[OperationKind, Closing] = {}
        self._one = asyncio.Lock()

    def on_close(self, kind: OperationKind, closing: Closing) -> None:
        """Say what closes the operations of a kind."""
        self._closings[kind] = closing

    @asynccontextmanager
    async def alone(self, movie_id: int = 0) -> AsyncIterator[None]:
        """From planning a change to its end; what was begun for the movie before is ended first."""
        async with self._one:
            if movie_id:
                for operation in await self.left_open([movie_id]):
                    await self.settle(operation)
            yield

    async def left_open(self, movie_ids: Collection[int]) -> list[Operation]:
        """What was begun for these movies and not ended, oldest first."""
        found = await self._db.read(operations.open_operations)
        return [operation for operation in found if operation.movie_id in movie_ids]

    async def recover(self) -> None:
        """At the start, before anything else: end what a crash interrupted, as far as its disks are there."""
        async with self._one:
            for operation in await self._db.read(operations.open_operations):
                try:
                    await self.settle(operation)
                except Problem as problem:
                    log.warning("operation.not_recovered", operation=operation.id, problem=str(problem))
            for operation, entries in await self._db.read(_last):  # closed, perhaps not tidied up
                await asyncio.to_thread(underway.tidy, operation, entries)

    async def carry_out(self, change: Change) -> Operation:
        """Make it so and commit; what fails is taken back, and raised as ``Problem``. Only within ``alone``.

        ``data`` may have ``keep_free``, the bytes that a copy must leave free, and ``whole``, where the movie itself
        comes or goes. Who is cancelled waits for its end; a copy under way is broken off.
        """
        stop = threading.Event()
        (done,) = await to_its_end(self.carry_out_all([(change, stop)]), stop)
        if isinstance(done, Problem):
            raise done
        return done

    async def carry_out_all(self, changes: Sequence[tuple[Change, threading.Event]]) -> list[Operation | Problem]:
        """Several at one go, each with what stops its copying. No two may be of one movie or one folder.

        Each is an operation of its own, whole or not at all; they share their threads and transactions.
        """
        id_, now = correlation.current(), datetime.now(UTC)

        def begin() -> list[tuple[Operation, list[JournalEntry]]]:
            return [operations.begin(change, change.correlation or id_, now) for change, _ in changes]

        begun = await self._db.run(begin)
        all_of_them = [Underway(*one, stop) for one, (_, stop) in zip(begun, changes, strict=True)]
        return await self._end(all_of_them, again=False)

    async def settle(self, operation: Operation) -> None:
        """End what was interrupted. Raises ``Problem`` where it cannot be ended yet, or had to be taken back."""
        with correlation.correlated(operation.correlation):
            log.info("operation.recovering", operation=operation.id, kind=operation.kind.value)
            entries = await self._db.read(lambda: operations.steps(operation.id))
            if missing := await asyncio.to_thread(underway.missing_disk, entries):
                what, why = f"The folder {missing} is missing or empty.", "Its disk is probably not mounted."
                raise Problem(Kind.STORAGE, what, why, "Mount it, then try again.")
            await check_disks(self._db, entries)
            one = Underway(operation, entries)
            (done,) = await to_its_end(self._end([one], again=True), one.stop)
            if isinstance(done, Problem):
                raise done

    async def _end(self, begun: Sequence[Underway], *, again: bool) -> list[Operation | Problem]:
        """``again``: a crash may have done a part of it already."""
        loop = asyncio.get_running_loop()

        def progress(operation: Operation, link: JournalEntry, done: int) -> None:
            loop.call_soon_threadsafe(self._progressed, operation, link, done)

        await asyncio.to_thread(underway.carry_out, begun, progress, again=again)
        await self._close([one for one in begun if one.problem is None])
        for one in begun:
            if one.problem is not None:
                await self._take_back(one, one.problem)
            elif one.operation.kind is not OperationKind.IMPORT:  # many at once, and nothing to do
                await asyncio.to_thread(underway.tidy, one.operation, one.entries)
        self._jobs.wake()
        for event in [event for one in begun for event in one.told]:
            self._bus.publish(event)
        return [one.problem or one.operation for one in begun]

    def _progressed(self, operation: Operation, link: JournalEntry, done: int) -> None:
        self._bus.publish(
            ImportProgressed(
                correlation=operation.correlation,
                movie_id=operation.movie_id,
                grab_id=operation.grab_id,
                path=link.source,
                step="copy",
                done=done,
                size=int(link.data["size"]),
            )
        )

    async def _close(self, carried_out: Sequence[Underway]) -> None:
        """All in one transaction; where one of them is refused, each in its own."""
        try:
            closed = await self._db.run(lambda: [self._closed(one) for one in carried_out])
        except Problem as problem:
            if len(carried_out) == 1:
                carried_out[0].problem = problem
                return
            for one in carried_out:
                await self._close([one])
        else:
            for one, (operation, told) in zip(carried_out, closed, strict=True):
                one.operation, one.told = operation, told

    def _closed(self, one: Underway) -> tuple[Operation, list[Event]]:
        """On the writer thread: the rows change, and remember what they were."""
        operation, id_ = one.operation, one.operation.movie_id
        whole = bool(operation.data.get("whole", False))
        before = holdings.of(id_, whole=whole)
        told = list(self._closings[operation.kind](operation, one.entries, one.methods))
        after = holdings.of(id_, whole=whole)
        operations.close(operation.id, one.methods, before, after)
        closed = replace(operation, state=OperationState.DONE, before=before, after=after)
        about = operation.correlation
        told.append(
            OperationDone(correlation=about, operation_id=closed.id, kind=closed.kind, movie_id=id_, title=closed.title)
        )
        if after is not None:
            told.append(MovieChanged(correlation=about, movie_id=id_))
        return closed, told

    async def _take_back(self, one: Underway, problem: Problem) -> None:
        with correlation.correlated(one.operation.correlation):
            log.info("operation.withdrawn", operation=one.operation.id, problem=str(problem))
            try:
                await asyncio.to_thread(underway.take_back, one)
            except Problem as worse:
                one.problem = worse
            else:
                await self._db.run(lambda: operations.withdraw(one.operation.id))


async def to_its_end(work: Coroutine[Any, Any, T], stop: threading.Event) -> T:
    """What ``work`` returns. Who is cancelled meanwhile waits for it all the same, with ``stop`` set."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([task])
        task.exception()  # looked at, or asyncio would complain
        raise


async def check_disks(db: Database, entries: Sequence[JournalEntry]) -> None:
    """Raises ``Problem`` where a disk that they are about is away, or another one is in its place.

    A file that is at one of its two places proves that the disk is there.
    """
    of_root: dict[Path, list[JournalEntry]] = {}
    for entry in entries:
        of_root.setdefault(moves.root_of(entry), []).append(entry)
    for root, theirs in of_root.items():
        if not await asyncio.to_thread(underway.is_any_seen, theirs):
            await presence.check(db, root, *(Path(entry.target) for entry in theirs))


def _last() -> list[tuple[Operation, list[JournalEntry]]]:
    """The operation that was closed last, if any was, with its steps."""
    return [(operation, operations.steps(operation.id)) for operation in operations.newest(limit=1)]
