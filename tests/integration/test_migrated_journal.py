"""A journal that an older version wrote is still read."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from radarr_desktop.domain.operations import Operation, OperationKind, OperationState
from radarr_desktop.store import operations
from radarr_desktop.store.database import MIGRATIONS, Database

OLD = """
insert into journal (action, source, target, open, at, method, movie_id, slot_id, grab_id, correlation, data) values
    ('trash', '/m/a.mkv', '/m/.t/s/a.mkv', 0, 5, 'rename', 1, 1, 7, 'abc', '{}'),
    ('link', '/d/b.mkv', '/m/b.mkv', 0, 5, 'hardlink', 1, 1, 7, 'abc', '{"title": "B", "parsed": "B", "root": "/m"}'),
    ('link', '/d/c.mkv', '/m/c.mkv', 1, 6, '', 2, 2, null, 'def', '{"title": "C", "parsed": "C", "root": "/m"}'),
    ('trash', '/m/d.mkv', '/m/.t/s/d.mkv', 1, 7, '', 3, 3, null, 'ghi', '{}')
"""


async def migrated(path: Path, old: Path) -> list[Operation]:
    """Open it as the version before, write, open it as this one."""
    before = Database(path, old)
    await before.open()
    await before.close()
    with closing(sqlite3.connect(path)) as sqlite, sqlite:
        sqlite.execute(OLD)
    now = Database(path)
    await now.open()
    try:
        return await now.read(lambda: [*operations.newest(), *operations.open_operations()])
    finally:
        await now.close()


def test_steps_of_an_older_version_are_grouped_and_the_open_ones_are_ended(tmp_path: Path) -> None:
    old = tmp_path / "migrations"
    old.mkdir()
    for step in sorted(MIGRATIONS.glob("000[1-4]_*.py")):
        shutil.copy(step, old)
    ended, importing, removing = asyncio.run(migrated(tmp_path / "old.db", old))
    assert (ended.kind, ended.state, ended.grab_id, ended.title) == (
        OperationKind.IMPORT,
        OperationState.EXPIRED,
        7,
        "B",
    )
    assert (importing.kind, importing.movie_id, importing.data["parsed"]) == (OperationKind.IMPORT, 2, "C")
    assert (removing.kind, removing.state, removing.before) == (OperationKind.DELETE, OperationState.OPEN, None)
