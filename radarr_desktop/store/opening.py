"""Before the database is used: is it whole, is it ours, is it of this version?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import peewee
import structlog

from radarr_desktop.domain.problem import Kind, Problem

COPIES_KEPT = 5
CHECKED_AT_ONCE = 16 * 1024 * 1024
"""Bytes. A check reads the whole file, about 1 ms a MB: a bigger one is checked while the program already runs."""

log = structlog.get_logger(__name__)


def ended_badly(path: Path) -> bool:
    """Did the last program not close it? SQLite removes the log of changes when the last connection closes."""
    return path.with_name(f"{path.name}-wal").exists()


def check(sqlite: Any) -> None:
    """Read every page; raises ``DatabaseError`` for a damaged file."""
    answer = sqlite.execute_sql("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise peewee.DatabaseError(f"malformed: {answer}")


def migrate(sqlite: Any, migrations: Path, copies: Path, path: Path, *, known: bool) -> None:
    """Take the steps that are missing, each whole or not at all; what was there is copied first."""
    steps = {path.stem for path in migrations.glob("[0-9]*.py")}
    taken = _taken(sqlite)
    if newer := sorted(taken - steps):
        raise Problem(
            Kind.STORAGE,
            f"The database {path} was written by a newer version of this program.",
            f"It knows {newer[-1]}, which this version does not.",
            f"Install the newer version again, or restore a copy from {copies}.",
        )
    pending = sorted(steps - taken)
    if not pending:
        return
    from playhouse.migrations import Runner  # here: half a megabyte that most starts do not need

    if known:
        check(sqlite)
    copy = _copy(sqlite, copies, f"before-{pending[0]}") if known else None
    try:
        Runner(sqlite, str(migrations)).up()
    except Exception as fault:
        log.exception("database.migration_failed", steps=pending)
        what = f"The database {path} could not be brought to this version."
        todo = f"Install the version from before; a copy is at {copy}." if copy else "Make room or choose another disk."
        raise Problem(Kind.STORAGE, what, f"It stays as it was before the step that failed: {fault}", todo) from fault
    log.info("database.migrated", steps=pending)


def _taken(sqlite: Any) -> set[str]:
    """The steps that were taken, as the runner wrote them down."""
    if not sqlite.table_exists("schema_migration"):
        return set()
    return {name for (name,) in sqlite.execute_sql("SELECT name FROM schema_migration")}


def _copy(sqlite: Any, copies: Path, why: str) -> Path:
    copies.mkdir(exist_ok=True, mode=0o700)
    target = copies / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{why}.db"
    try:
        sqlite.execute_sql("VACUUM INTO ?", (str(target),))
    except peewee.DatabaseError:
        target.unlink(missing_ok=True)  # half a copy is worse than none
        raise
    for old in sorted(copies.glob("*-before-*.db"))[:-COPIES_KEPT]:
        old.unlink()
    return target
