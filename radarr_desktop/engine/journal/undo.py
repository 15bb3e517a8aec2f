"""Undo: the steps of an operation turned round, and the rows as they were before it. It can be undone itself."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from radarr_desktop.domain.events import Event, MovieAdded, MovieRemoved, OperationUndone, QueueChanged
from radarr_desktop.domain.failures import Failure, Reason
from radarr_desktop.domain.operations import (
    Action,
    Change,
    Holdings,
    JournalEntry,
    Operation,
    OperationKind,
    OperationState,
    Step,
)
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, HistoryEntry, HistoryKind
from radarr_desktop.engine import correlation
from radarr_desktop.engine.downloads.blocklist import remember, subject_of
from radarr_desktop.engine.journal import moves, place
from radarr_desktop.engine.journal.changes import Changes, check_disks
from radarr_desktop.store import blocklist, grabs, history, holdings, operations
from radarr_desktop.store.database import Database

UNDONE_REASON = "You undid its import."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class UndoState:
    """An operation, and why it cannot be undone; empty where it can, as far as the rows tell."""

    operation: Operation
    why_not: str

    @property
    def undoable(self) -> bool:
        """May it be tried?"""
        return not self.why_not


class Undo:
    """Takes changes of the library's files back."""

    def __init__(self, db: Database, changes: Changes) -> None:
        self._db = db
        self._changes = changes
        changes.on_close(OperationKind.UNDO, _close)

    async def operations(self, movie_id: int = 0, *, ids: Collection[int] = (), limit: int = 100) -> list[UndoState]:
        """What was done, of one movie, of these ids or all, newest first."""

        def work() -> list[UndoState]:
            found = operations.newest(movie_id=movie_id, ids=ids, limit=limit)
            return [UndoState(one, _hindrance(one)) for one in found]

        return await self._db.read(work)

    async def undo(self, operation_id: int) -> Operation:
        """Take one back. Raises ``Problem``, and then nothing was changed."""
        operation = await self._get(operation_id)
        with correlation.correlated():
            async with self._changes.alone(operation.movie_id):
                operation = await self._get(operation_id)
                if why := await self._db.read(lambda: _hindrance(operation)):
                    raise Problem(Kind.CONFLICT, f"{_named(operation)} cannot be undone.", why)
                entries = await self._db.read(lambda: operations.steps(operation_id))
                await check_disks(self._db, entries)
                steps = await asyncio.to_thread(_inverse, operation, entries)
                whole = bool(operation.data.get("whole", False))
                change = Change(
                    OperationKind.UNDO,
                    operation.movie_id,
                    operation.title,
                    steps,
                    slot_id=operation.slot_id,
                    grab_id=operation.grab_id,
                    undoes=operation.id,
                    data={"whole": whole},
                )
                done = await self._changes.carry_out(change)
        log.info("operation.undone", kind=operation.kind.value, title=operation.title)
        return done

    async def _get(self, operation_id: int) -> Operation:
        operation = await self._db.read(lambda: operations.get(operation_id))
        if operation is None:
            raise Problem(Kind.NOT_FOUND, f"There is no change {operation_id}.")
        return operation


def _hindrance(operation: Operation) -> str:
    """Why it cannot be undone, as a sentence."""
    if operation.state is OperationState.UNDONE:
        return "It was undone already."
    if operation.state is OperationState.EXPIRED:
        return "The old file is not in the trash any more."
    if operation.state is OperationState.OPEN:
        return "It is not finished."
    if later := _later(operation):
        return f"{_named(later)} came later. Undo that first."
    now = holdings.of(operation.movie_id)
    if not _same(operation.after, now, operation.slot_id):
        return "The movie's files were changed since by something else."
    return ""


def _later(operation: Operation) -> Operation | None:
    """What was done to the same files afterwards; what took back something that came afterwards is no change."""
    for later in operations.since(operation.movie_id, operation.id):
        same_slot = 0 in (later.slot_id, operation.slot_id) or later.slot_id == operation.slot_id
        if same_slot and (later.undoes is None or later.undoes <= operation.id):
            return later
    return None


def _same(told: Holdings | None, now: Holdings | None, slot_id: int) -> bool:
    if told is None or now is None:
        return told is now
    paths = [{file.slot_id: file.path for file in one.files if slot_id in (0, file.slot_id)} for one in (told, now)]
    return told.folder == now.folder and paths[0] == paths[1]


def _named(operation: Operation) -> str:
    what = {
        OperationKind.IMPORT: "The import of",
        OperationKind.RENAME: "The renaming of",
        OperationKind.DELETE: "The removal of",
        OperationKind.UNDO: "The undoing of",
    }
    return f"{what[operation.kind]} {operation.title}"


def _inverse(operation: Operation, entries: Sequence[JournalEntry]) -> tuple[Step, ...]:
    """The steps back, the last one first. Raises ``Problem`` where the disk is not as it was left."""
    trash = moves.Bin(operation.movie_id)
    steps: list[Step] = []
    done: list[tuple[Path, Path]] = []
    for entry in reversed(entries):
        source, target, root = Path(entry.source), Path(entry.target), moves.root_of(entry)
        if entry.action is Action.LINK:
            if not os.path.lexists(target):
                continue  # the user deleted it: nothing to take away
            if not place.is_ours(entry):
                what, why = f"{_named(operation)} cannot be undone.", f"{target} is not the file that was put there."
                raise Problem(Kind.CONFLICT, what, why, "Move it away, then undo again.")
            if operation.data.get("moves") and source.parent.is_dir() and not os.path.lexists(source):
                steps += _moved_back(entry, trash)
            else:
                steps.append(trash.step(root, target))
        elif os.path.lexists(_before(target, done)):
            steps.append(moves.move_step(target, source, root=root))
            done.append((target, source))
        elif entry.method:
            what, why = f"{_named(operation)} cannot be undone.", f"{target} is not there any more."
            raise Problem(Kind.STORAGE, what, why, "Something moved or deleted it, or its disk is not mounted.")
    return moves.in_turn(steps)


def _moved_back(entry: JournalEntry, trash: moves.Bin) -> Sequence[Step]:
    """What the user moved into the library goes where it was; a copy, as it came, from another disk."""
    source, target = Path(entry.source), Path(entry.target)
    if entry.method == "hardlink":
        return [moves.move_step(target, source, root=source.parent)]
    copy = place.link_step(target, source, root=source.parent, allow_copy=True)
    return [copy, trash.step(moves.root_of(entry), target)]


def _before(path: Path, done: Sequence[tuple[Path, Path]]) -> Path:
    """Where a file or folder lies now that these moves will bring to ``path``."""
    for source, target in reversed(done):
        if path == target or target in path.parents:
            path = source / path.relative_to(target)
    return path


def _close(operation: Operation, entries: Sequence[JournalEntry], methods: Mapping[int, str]) -> list[Event]:
    """The rows as they were. Runs on the writer thread, in the closing transaction."""
    assert operation.undoes is not None
    undone = operations.get(operation.undoes)
    assert undone is not None
    holdings.change(operation.movie_id, undone.after, undone.before)
    operations.set_state(undone.id, OperationState.UNDONE)
    if undone.undoes is not None:
        operations.set_state(undone.undoes, OperationState.DONE)
    now = datetime.now(UTC)
    history.happened(
        HistoryEntry(
            id=0,
            movie_id=operation.movie_id,
            kind=HistoryKind.UNDONE,
            at=now,
            title=operation.title,
            correlation=operation.correlation,
            data={"operation": str(operation.id), "undoes": str(undone.id), "kind": undone.kind.value},
        )
    )
    if grab := grabs.get(undone.grab_id) if undone.grab_id else None:
        _keep_away(undone, grab, now)
    told: list[Event] = [
        OperationUndone(
            correlation=operation.correlation,
            operation_id=undone.id,
            kind=undone.kind,
            movie_id=operation.movie_id,
            title=operation.title,
        ),
        QueueChanged(correlation=operation.correlation),
    ]
    if undone.before is None or undone.after is None:
        event = MovieRemoved if undone.before is None else MovieAdded
        told.append(event(correlation=operation.correlation, movie_id=operation.movie_id, title=operation.title))
    return told


def _keep_away(undone: Operation, grab: Grab, now: datetime) -> None:
    """A release whose import was undone must not be taken again by itself; with the import, it may come back."""
    if undone.kind is OperationKind.IMPORT:
        remember(Failure(Reason.MANUALLY_REJECTED, UNDONE_REASON), subject_of(grab), now)
    elif undone.kind is OperationKind.UNDO:
        known = blocklist.all_of(grab.movie_id)
        blocklist.remove(one.id for one in known if (one.title, one.reason) == (grab.title, UNDONE_REASON))
