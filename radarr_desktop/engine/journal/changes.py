"""Carry out changes of the library's files: all of one or nothing of it; after a crash, forward or back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import structlog

from radarr_desktop.domain.events import Event, ImportProgressed, MovieChanged, OperationDone
from radarr_desktop.domain.operations import Action, Change, JournalEntry, Operation, OperationKind
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.journal import disk, moves, place
from radarr_desktop.store import holdings, operations
from radarr_desktop.store.database import Database

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
                for operation in await self._db.read(lambda: operations.open_operations(movie_id)):
                    await self.settle(operation)
            yield

    async def recover(self) -> None:
        """At the start, before anything else: end what a crash interrupted, as far as its disks are there."""
        async with self._one:
            for operation in await self._db.read(operations.open_operations):
                try:
                    await self.settle(operation)
                except Problem as problem:
                    log.warning("operation.not_recovered", operation=operation.id, problem=str(problem))
            for operation, entries in await self._db.read(_last):  # closed, perhaps not tidied up
                await asyncio.to_thread(_tidy, operation, entries)

    async def carry_out(self, change: Change) -> Operation:
        """Make it so and commit; what fails is taken back, and raised as ``Problem``. Only within ``alone``.

        ``data`` may have ``keep_free``, the bytes that a copy must leave free, and ``whole``, where the movie itself
        comes or goes.
        """
        id_, now = correlation.current(), datetime.now(UTC)
        operation, entries = await self._db.run(lambda: operations.begin(change, id_, now))
        return await self._finish(operation, entries, again=False)

    async def settle(self, operation: Operation) -> None:
        """End what was interrupted. Raises ``Problem`` where it cannot be ended yet, or had to be taken back."""
        with correlation.correlated(operation.correlation):
            log.info("operation.recovering", operation=operation.id, kind=operation.kind.value)
            entries = await self._db.read(lambda: operations.steps(operation.id))
            if missing := await asyncio.to_thread(_missing_disk, entries):
                what, why = f"The folder {missing} is missing or empty.", "Its disk is probably not mounted."
                raise Problem(Kind.STORAGE, what, why, "Mount it, then try again.")
            await self._finish(operation, entries, again=True)

    async def _finish(self, operation: Operation, entries: Sequence[JournalEntry], *, again: bool) -> Operation:
        """``again``: a crash may have done a part of it already."""
        methods: dict[int, str] = {}
        keep_free = int(operation.data.get("keep_free", 0))
        try:
            for entry in entries:
                methods[entry.id] = await self._step(operation, entry, keep_free=keep_free, again=again)
            closed, told = await self._db.run(lambda: self._closed(operation, entries, methods))
        except Problem as problem:
            log.info("operation.withdrawn", operation=operation.id, problem=str(problem))
            await self._take_back(operation, entries, methods)
            raise
        self._jobs.wake()
        if operation.kind is not OperationKind.IMPORT:  # many at once, and nothing to do
            await asyncio.to_thread(_tidy, operation, entries)
        for event in told:
            self._bus.publish(event)
        return closed

    async def _step(self, operation: Operation, entry: JournalEntry, *, keep_free: int, again: bool) -> str:
        if entry.action is not Action.LINK:
            await asyncio.to_thread(moves.move, entry)
            method = "rename"
        else:
            placed = await asyncio.to_thread(place.placed_by, entry) if again else ""
            method = placed or await self._place(operation, entry, keep_free)
        if again:  # what was found done may have been done a moment before the crash, and be in no disk's hands yet
            await asyncio.to_thread(_make_durable, entry)
        return method

    async def _place(self, operation: Operation, link: JournalEntry, keep_free: int) -> str:
        """A copy under way does not outlive its caller: who is cancelled waits for the thread to end."""
        loop = asyncio.get_running_loop()
        copying = place.Copying(lambda done: loop.call_soon_threadsafe(self._progressed, operation, link, done))
        work = asyncio.ensure_future(asyncio.to_thread(place.place, link, keep_free=keep_free, copying=copying))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            copying.stop.set()
            await asyncio.wait([work])
            work.exception()  # looked at, or asyncio would complain
            raise

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

    def _closed(
        self, operation: Operation, entries: Sequence[JournalEntry], methods: dict[int, str]
    ) -> tuple[Operation, list[Event]]:
        """On the writer thread: the rows change, and remember what they were."""
        id_ = operation.movie_id
        whole = bool(operation.data.get("whole", False))
        before = holdings.of(id_, whole=whole)
        told = list(self._closings[operation.kind](operation, entries, methods))
        after = holdings.of(id_, whole=whole)
        operations.close(operation.id, methods, before, after)
        closed = operations.get(operation.id)
        assert closed is not None
        about = operation.correlation
        told.append(
            OperationDone(correlation=about, operation_id=closed.id, kind=closed.kind, movie_id=id_, title=closed.title)
        )
        if after is not None:
            told.append(MovieChanged(correlation=about, movie_id=id_))
        return closed, told

    async def _take_back(self, operation: Operation, entries: Sequence[JournalEntry], methods: dict[int, str]) -> None:
        """Leave no trace of it; what cannot be undone without a loss is left and told."""
        for entry in reversed(entries):
            if entry.action is Action.LINK:
                placed = bool(methods.get(entry.id))
                undone = await asyncio.to_thread(place.take_back, entry, placed=placed)
            else:
                undone = await asyncio.to_thread(moves.take_back, entry)
            if not undone:
                log.warning("operation.left_in_place", path=entry.target)
        await self._db.run(lambda: operations.withdraw(operation.id))


def _last() -> list[tuple[Operation, list[JournalEntry]]]:
    """The operation that was closed last, if any was, with its steps."""
    return [(operation, operations.steps(operation.id)) for operation in operations.newest(limit=1)]


def _missing_disk(entries: Sequence[JournalEntry]) -> Path | None:
    """The root folder that cannot be the one the journal was written for."""
    for entry in entries:
        root = moves.root_of(entry)
        gone = not root.is_dir()
        if not gone and entry.action is not Action.LINK:  # the file must be at one of its two places
            gone = not Path(entry.source).exists() and not Path(entry.target).exists() and not any(root.iterdir())
        if gone:
            return root
    return None


def _make_durable(entry: JournalEntry) -> None:
    """Every name the step may have made or taken away. Raises ``Problem``."""
    source, target, root = Path(entry.source), Path(entry.target), moves.root_of(entry)
    try:
        for folder in (target.parent,) if entry.action is Action.LINK else (target.parent, source.parent):
            if folder.is_dir():
                disk.sync_up(folder, root)
    except OSError as fault:
        raise disk.problem_of(fault, source, target) from fault


def _tidy(operation: Operation, entries: Sequence[JournalEntry]) -> None:
    """Folders that a move has emptied are no use to anybody. An import fills the one it has emptied."""
    if operation.kind is not OperationKind.IMPORT:
        for entry in entries:
            if entry.action is not Action.LINK:
                disk.prune(Path(entry.source).parent, moves.root_of(entry))
