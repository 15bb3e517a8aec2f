"""The database: one writer thread, read-only readers, migrations with a copy made first."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import peewee
import structlog
from playhouse.migrations import Runner

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.store.models import MODELS

T = TypeVar("T")

BUSY_TIMEOUT = 30.0
"""Seconds SQLite itself waits for a lock held by another program."""
BUSY_TRIES = 10
COPIES_KEPT = 5
READERS = 2

_MIGRATIONS = Path(__file__).with_name("migrations")
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # the journal of file changes is worth nothing if a power cut can take its rows back
    "foreign_keys": 1,
    "busy_timeout": int(BUSY_TIMEOUT * 1000),
    "cache_size": -8000,
}

log = structlog.get_logger(__name__)


class Database:
    """SQLite in WAL. One at a time in a process: the models are bound to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sqlite = peewee.SqliteDatabase(str(path), pragmas=_PRAGMAS, timeout=BUSY_TIMEOUT)
        self._writer = ThreadPoolExecutor(1, "db-writer")
        self._readers = ThreadPoolExecutor(READERS, "db-reader", initializer=self._open_reader)
        self._open = threading.Event()

    async def open(self) -> None:
        """Check, migrate and bind. Raises ``Problem`` for a damaged, read-only or unreadable file."""
        await asyncio.get_running_loop().run_in_executor(self._writer, self._translated, self._prepare)
        self._open.set()

    async def run(self, work: Callable[[], T]) -> T:
        """Do ``work`` in one transaction on the writer thread; it must return plain values, no lazy query."""
        return await asyncio.get_running_loop().run_in_executor(
            self._writer, self._translated, lambda: self._in_transaction(work)
        )

    async def read(self, work: Callable[[], T]) -> T:
        """Do ``work`` on a read-only connection: sees all that was committed, never waits for the writer."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._translated, work)

    async def close(self) -> None:
        """Finish what is running and close every connection."""
        self._readers.shutdown(wait=True)
        if self._open.is_set():
            await asyncio.get_running_loop().run_in_executor(self._writer, self._sqlite.close)
        self._writer.shutdown(wait=True)
        self._open.clear()

    def _in_transaction(self, work: Callable[[], T]) -> T:
        for tries_left in reversed(range(BUSY_TRIES)):
            try:
                with self._sqlite.atomic("IMMEDIATE"):
                    return work()
            except peewee.OperationalError as fault:
                if "locked" not in str(fault) or not tries_left:
                    raise
                log.warning("database.busy", tries_left=tries_left)
                time.sleep(0.1)  # on the writer thread: SQLite has already waited BUSY_TIMEOUT
        raise AssertionError

    def _open_reader(self) -> None:
        self._sqlite.connect(reuse_if_open=True)
        self._sqlite.execute_sql("PRAGMA query_only = 1")

    def _prepare(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        known = self.path.exists()
        self._sqlite.connect()
        if known:
            answer = self._sqlite.execute_sql("PRAGMA quick_check(1)").fetchone()[0]
            if answer != "ok":
                raise peewee.DatabaseError(f"malformed: {answer}")
        self._migrate(known)
        self._sqlite.bind(MODELS, bind_refs=False, bind_backrefs=False)

    def _migrate(self, known: bool) -> None:
        runner = Runner(self._sqlite, str(_MIGRATIONS))
        pending = [step.name for step in runner.status() if step.path is not None and not step.applied]
        newer = [step.name for step in runner.status() if step.path is None]
        if newer:
            raise Problem(
                Kind.STORAGE,
                f"The database {self.path} was written by a newer version of this program.",
                f"It knows {newer[-1]}, which this version does not.",
                f"Install the newer version again, or restore a copy from {self.copies}.",
            )
        if pending and known:
            self._copy(f"before-{pending[0]}")
        if pending:
            runner.up()
            log.info("database.migrated", steps=pending)

    @property
    def copies(self) -> Path:
        """Where copies are kept."""
        return self.path.parent / "backups"

    def _copy(self, why: str) -> None:
        self.copies.mkdir(exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        self._sqlite.execute_sql("VACUUM INTO ?", (str(self.copies / f"{stamp}-{why}.db"),))
        for old in sorted(self.copies.glob("*.db"))[:-COPIES_KEPT]:
            old.unlink()

    def _translated(self, work: Callable[[], T]) -> T:
        """Run ``work``; what SQLite says becomes a problem a user can act on."""
        try:
            return work()
        except (peewee.DatabaseError, sqlite3.DatabaseError) as fault:
            problem = self._problem(fault)
            if problem is None:
                raise
            raise problem from fault

    def _problem(self, fault: Exception) -> Problem | None:
        text = str(fault)
        if "malformed" in text or "not a database" in text:
            copies = sorted(self.copies.glob("*.db")) if self.copies.is_dir() else []
            todo = f"Put the newest copy, {copies[-1]}, in its place." if copies else "Move it away to start afresh."
            return Problem(Kind.STORAGE, f"The database {self.path} is damaged.", "Nothing was changed.", todo)
        if "readonly" in text or "unable to open" in text:
            why = "The file or its folder cannot be written."
            return Problem(
                Kind.STORAGE, f"The database {self.path} cannot be used.", why, "Check owner and permissions."
            )
        if "disk is full" in text or "disk I/O error" in text:
            why = f"The disk answered: {text}."
            return Problem(
                Kind.DISK_FULL, f"The database {self.path} cannot be written.", why, "Make room, then try again."
            )
        return None
