"""The trash of each volume: how much lies in it, and when it goes for good."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from radarr_desktop.domain.operations import JournalEntry, Operation, OperationState
from radarr_desktop.engine.journal import disk, moves
from radarr_desktop.engine.journal.changes import Changes
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import operations
from radarr_desktop.store.database import Database

GB = 1_000_000_000
_CLOSED = (OperationState.DONE, OperationState.UNDONE, OperationState.EXPIRED)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class InTrash:
    """What one operation put there and is still there."""

    operation: Operation
    files: tuple[JournalEntry, ...]
    size: int
    """Bytes; what else has a name for them does not matter here."""


class Trash:
    """Only what the journal put there is ever deleted, and only by age, size, or the user's word."""

    def __init__(self, db: Database, settings: AppSettings, changes: Changes) -> None:
        self._db = db
        self._settings = settings
        self._changes = changes

    async def all(self) -> list[InTrash]:
        """What lies there, oldest first; also what could not be deleted when its time was over."""
        known = await self._db.read(lambda: operations.trashed(_CLOSED))
        found: dict[int, tuple[Operation, list[JournalEntry]]] = {}
        for operation, entry in known:
            found.setdefault(operation.id, (operation, []))[1].append(entry)
        looked = await asyncio.to_thread(lambda: [_looked_at(*one) for one in found.values()])
        return [one for one in looked if one.files]

    async def sweep(self, now: datetime) -> None:
        """Delete what is older or more than the settings allow."""
        media = await self._settings.media()
        async with self._changes.alone():
            there = await self.all()
            room = sum(one.size for one in there) - media.trash_gb * GB if media.trash_gb else 0
            for one in there:
                old = bool(media.trash_days) and now - one.operation.at > timedelta(days=media.trash_days)
                if old or room > 0 or one.operation.state is OperationState.EXPIRED:
                    room -= one.size
                    await self._delete(one)

    async def empty(self) -> list[InTrash]:
        """Delete all of it; what was there."""
        async with self._changes.alone():
            there = await self.all()
            for one in there:
                await self._delete(one)
        return there

    async def _delete(self, one: InTrash) -> None:
        """First the word that it cannot be undone any more: a crash in between leaves a file, not a lie."""
        await self._db.run(lambda: operations.set_state(one.operation.id, OperationState.EXPIRED))
        await asyncio.to_thread(_delete_files, one.files)
        log.info("trash.deleted", title=one.operation.title, files=len(one.files), bytes=one.size)


def _looked_at(operation: Operation, entries: Sequence[JournalEntry]) -> InTrash:
    files, size = [], 0
    for entry in entries:
        try:
            size += Path(entry.target).lstat().st_size
        except OSError:
            continue  # brought back by an undo, taken out by somebody, or its disk is not there
        files.append(entry)
    return InTrash(operation, tuple(files), size)


def _delete_files(entries: Sequence[JournalEntry]) -> None:
    for entry in entries:
        path = Path(entry.target)
        if not path.is_relative_to(moves.root_of(entry) / moves.TRASH):
            continue
        try:
            path.unlink(missing_ok=True)
        except OSError as fault:
            log.warning("trash.not_deleted", path=str(path), problem=str(fault))
            continue
        disk.prune(path.parent, moves.root_of(entry))
