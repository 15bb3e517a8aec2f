"""The database: one writer thread, read-only readers, nothing of SQLite's waiting or faults on the outside."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import peewee
import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.store import faults, opening
from radarr_desktop.store.models import MODELS

T = TypeVar("T")

MIGRATIONS = Path(__file__).with_name("migrations")
PATIENCE = 120.0
"""Seconds to wait for a lock that another program holds."""
READERS = 2

_SLICE = 1.0
"""Seconds SQLite waits by itself: as long as a close may have to wait for us."""
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # the journal of file changes is worth nothing if a power cut can take its rows back
    "foreign_keys": 1,
    "secure_delete": 1,  # what was taken out of a row (a key that an older version kept there) is not left in the file
    "cache_size": -8000,
}

log = structlog.get_logger(__name__)


class Database:
    """SQLite in WAL. One at a time in a process: the models are bound to the one opened last."""

    def __init__(self, path: Path, migrations: Path = MIGRATIONS) -> None:
        self.path = path
        self.damage: Problem | None = None
        """Found while running; nothing is written from then on."""
        self.hindrance: Problem | None = None
        """Why the last change could not be written: a full disk, another program. None once one could be."""
        self.commits = 0
        """Counts up with each transaction of ours: who has read since needs to read no more."""
        self._migrations = migrations
        self._sqlite = peewee.SqliteDatabase(str(path), pragmas=_PRAGMAS, timeout=_SLICE, check_same_thread=False)
        self._writer = ThreadPoolExecutor(1, "db-writer")
        self._readers = ThreadPoolExecutor(READERS, "db-reader")
        self._connections: list[Any] = []
        self._closing = threading.Event()
        self._check: asyncio.Task[None] | None = None
        self._checking: Any = None

    @property
    def copies(self) -> Path:
        """Where copies are kept."""
        return self.path.parent / "backups"

    async def open(self) -> None:
        """Check, migrate and bind. Raises ``Problem`` for a damaged, read-only or unreadable file."""
        try:
            checked = await self._on(self._writer, self._prepare)
        except BaseException:
            await self.close()
            raise
        if not checked:
            self._check = asyncio.create_task(self._check_later(), name="database check")

    async def run(self, work: Callable[[], T]) -> T:
        """Do ``work`` in one transaction on the writer thread; it must return plain values, no lazy query.

        It may be done twice when another program is in the way, so it must not change anything but the database.
        A caller that is cancelled cannot know: work that had begun is committed, work that still waited is dropped.
        """
        return await self._on(self._writer, lambda: self._write(work))

    async def read(self, work: Callable[[], T]) -> T:
        """Do ``work`` on a read-only connection: one snapshot of all that was committed, no wait for the writer."""
        return await self._on(self._readers, lambda: self._read(work))

    async def close(self) -> None:
        """Finish what is running and close every connection."""
        self._closing.set()
        if self._check is not None:
            if self._checking is not None and not self._check.done():
                self._checking.interrupt()
            await asyncio.gather(self._check, return_exceptions=True)
        await asyncio.to_thread(self._readers.shutdown)
        await asyncio.to_thread(self._writer.shutdown)
        while self._connections:  # the writer's was opened first and is closed last: it tidies up the log
            self._connections.pop().close()

    async def _on(self, threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        context = contextvars.copy_context()  # what is logged on the thread belongs to the same correlation id
        return await asyncio.get_running_loop().run_in_executor(threads, lambda: context.run(self._translated, work))

    def _connect(self) -> None:
        if self._sqlite.is_closed():
            self._sqlite.connect()
            self._connections.append(self._sqlite.connection())

    def _prepare(self) -> bool:
        """Make it ready; was it checked as well?"""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            size = self.path.stat().st_size if self.path.exists() else 0
        except OSError as fault:
            raise peewee.OperationalError("unable to open database file") from fault
        at_once = size <= opening.CHECKED_AT_ONCE or opening.ended_badly(self.path)
        self._retried(self._connect)
        if size and at_once:
            opening.check(self._sqlite)
        opening.migrate(self._sqlite, self._migrations, self.copies, self.path, known=bool(size))
        self._sqlite.bind(MODELS, bind_refs=False, bind_backrefs=False)
        return at_once

    def _write(self, work: Callable[[], T]) -> T:
        result = self._patiently(work, "IMMEDIATE")
        self.commits += 1
        self.hindrance = None
        return result

    def _read(self, work: Callable[[], T]) -> T:
        if self._sqlite.is_closed():
            self._connect()
            self._sqlite.execute_sql("PRAGMA query_only = 1")
        return self._patiently(work, "DEFERRED")

    def _patiently(self, work: Callable[[], T], lock: str) -> T:
        if MODELS[0]._meta.database is not self._sqlite:  # noqa: SLF001  Peewee's public name for it
            message = f"another database was opened after {self.path}: the models write there now"
            raise RuntimeError(message)
        if self.damage is not None and lock == "IMMEDIATE":
            raise self.damage

        def transaction() -> T:
            try:
                with self._sqlite.atomic(lock):
                    return work()
            except peewee.OperationalError as fault:
                raise faults.cause(fault) from fault

        return self._retried(transaction)

    def _retried(self, work: Callable[[], T]) -> T:
        """Try again while another program holds the lock."""
        deadline = time.monotonic() + PATIENCE
        told = False
        while True:
            try:
                return work()
            except peewee.OperationalError as fault:
                if not faults.is_busy(fault) or self._closing.is_set() or time.monotonic() > deadline:
                    raise
                if not told:
                    log.warning("database.busy", path=str(self.path))
                told = True

    async def _check_later(self) -> None:
        try:
            await self.read(self._check_all)
        except Problem as problem:
            self.damage = problem
            log.error("database.damaged", problem=str(problem))

    def _check_all(self) -> None:
        self._checking = self._sqlite.connection()
        opening.check(self._sqlite)

    def _translated(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except faults.FAULTS as fault:
            problem = faults.problem_of(fault, self.path, self.copies)
            if problem is None:
                raise
            if problem.kind is not Kind.CONFLICT:
                self.hindrance = problem
            raise problem from fault
