"""What is asked for again and again is read once after each change."""

from __future__ import annotations

import asyncio
from pathlib import Path

from radarr_desktop.store import sql
from radarr_desktop.store.database import Database
from radarr_desktop.store.kept import Kept


def test_it_is_read_again_only_after_a_change(tmp_path: Path) -> None:
    asked = 0

    def count() -> int:
        nonlocal asked
        asked += 1
        ((found,),) = sql.execute("SELECT count(*) FROM setting")
        return int(found)

    def note() -> None:
        sql.execute("INSERT INTO setting (key, value) VALUES ('kept', '{}')")

    async def work() -> None:
        db = Database(tmp_path / "test.db")
        await db.open()
        try:
            kept = Kept(db, count)
            before = [await kept.get() for _ in range(3)]
            assert asked == 1
            await db.run(note)
            assert [await kept.get() for _ in range(3)] == [one + 1 for one in before]
            assert asked == 2
        finally:
            await db.close()

    asyncio.run(work())


def test_what_is_written_while_it_is_read_is_read_the_next_time(tmp_path: Path) -> None:
    async def work() -> None:
        db = Database(tmp_path / "test.db")
        await db.open()
        loop = asyncio.get_running_loop()

        def note() -> None:
            sql.execute("INSERT INTO setting (key, value) VALUES ('kept', '{}')")

        def count_and_write() -> int:
            ((found,),) = sql.execute("SELECT count(*) FROM setting WHERE key = 'kept'")
            if not found:
                asyncio.run_coroutine_threadsafe(db.run(note), loop).result()
            return int(found)

        try:
            kept = Kept(db, count_and_write)
            assert [await kept.get(), await kept.get()] == [0, 1]
        finally:
            await db.close()

    asyncio.run(work())
