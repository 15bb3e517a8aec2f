"""The database in use: threads, transactions, other programs, a full disk."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.store import profiles, settings
from radarr_desktop.store.database import Database
from radarr_desktop.store.models import MODELS, TagRow
from tests.fakes.rooms import database, open_files, until

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
connection.execute("INSERT INTO tag (label) VALUES ('theirs')")
print("held", flush=True)
sys.stdin.readline()
connection.execute("COMMIT")
"""
TYPES = {
    "AUTO": "INTEGER",
    "INT": "INTEGER",
    "BIGINT": "INTEGER",
    "BOOL": "INTEGER",
    "FLOAT": "REAL",
    "TEXT": "TEXT",
    "BLOB": "BLOB",
}


def labels() -> set[str]:
    return {tag.label for tag in profiles.all_tags()}


def test_models_are_what_the_migrations_made(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path):
            pass

    asyncio.run(run())
    connection = sqlite3.connect(tmp_path / "test.db")
    made = {
        (table, name): (type_, bool(needed))
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if table not in ("sqlite_sequence", "schema_migration")
        for _, name, type_, needed, _, _ in connection.execute(f"PRAGMA table_info({table})")
    }
    links = {
        (table, row[3]): row[2]
        for table in {table for table, _ in made}
        for row in connection.execute(f"PRAGMA foreign_key_list({table})")
    }
    strict = {
        row[1]: row[5] for row in connection.execute("PRAGMA table_list") if row[1] in {table for table, _ in made}
    }
    connection.close()
    fields: list[tuple[str, Any]] = [
        (model._meta.table_name, field) for model in MODELS for field in model._meta.sorted_fields
    ]
    declared = {
        (table, field.column_name): (
            TYPES["INT" if hasattr(field, "rel_model") else field.field_type],
            not field.null and not (field.primary_key and field.field_type == "AUTO"),
        )
        for table, field in fields
    }
    assert declared == {
        key: (type_, needed or (key[1] in ("key", "name") and key[0] in ("setting", "scheduled_task")))
        for key, (type_, needed) in made.items()
    }
    assert links == {
        (table, field.column_name): field.rel_model._meta.table_name
        for table, field in fields
        if hasattr(field, "rel_model")
    }
    assert set(strict.values()) == {1}


def test_a_failing_transaction_leaves_nothing_and_its_fault_comes_out(tmp_path: Path) -> None:
    def work() -> None:
        profiles.save_tag("half")
        raise Problem(Kind.REFUSED, "No.")

    async def run() -> None:
        async with database(tmp_path) as db:
            with pytest.raises(Problem, match="No"):
                await db.run(work)
            assert await db.read(labels) == set()

    asyncio.run(run())


def test_readers_cannot_write(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            with pytest.raises(Problem) as caught:
                await db.read(lambda: profiles.save_tag("x"))
            assert caught.value.kind is Kind.STORAGE
            assert await db.read(labels) == set()

    asyncio.run(run())


def test_a_read_is_one_snapshot_and_does_not_wait_for_the_writer(tmp_path: Path) -> None:
    looked, written = threading.Event(), threading.Event()

    def read() -> tuple[set[str], set[str]]:
        before = labels()
        looked.set()
        assert written.wait(60)
        return before, labels()

    async def run() -> None:
        async with database(tmp_path) as db:
            reading = asyncio.create_task(db.read(read))
            await asyncio.to_thread(looked.wait, 60)
            await db.run(lambda: profiles.save_tag("new"))
            written.set()
            assert await reading == (set(), set())
            assert await db.read(labels) == {"new"}

    asyncio.run(run())


def test_a_cancelled_caller_drops_work_that_waited_and_keeps_work_that_had_begun(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        profiles.save_tag("begun")
        begun.set()
        assert go_on.wait(60)

    async def run() -> None:
        async with database(tmp_path) as db:
            first = asyncio.create_task(db.run(slow))
            await asyncio.to_thread(begun.wait, 60)
            second = asyncio.create_task(db.run(lambda: profiles.save_tag("waited")))
            await asyncio.sleep(0)
            first.cancel()
            second.cancel()
            await asyncio.wait([first, second])
            assert first.cancelled()
            assert second.cancelled()
            go_on.set()
            await db.run(lambda: profiles.save_tag("after"))
            assert await db.read(labels) == {"begun", "after"}

    asyncio.run(run())


def test_log_lines_on_the_database_thread_keep_the_callers_context(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            with structlog.contextvars.bound_contextvars(correlation="c1"):
                assert (await db.run(structlog.contextvars.get_contextvars))["correlation"] == "c1"

    asyncio.run(run())


def test_what_other_rows_forbid_is_told_as_a_problem(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            await db.run(lambda: TagRow.create(label="a"))
            with pytest.raises(Problem, match="another one with the same label") as caught:
                await db.run(lambda: TagRow.create(label="a"))
            assert caught.value.kind is Kind.CONFLICT

    asyncio.run(run())


def test_a_lock_of_another_program_is_waited_for(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            holder = await asyncio.create_subprocess_exec(
                sys.executable, "-c", HOLDER, str(db.path), stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            assert holder.stdin
            assert holder.stdout
            assert (await holder.stdout.readline()).strip() == b"held"
            with structlog.testing.capture_logs() as lines:
                saving = asyncio.create_task(db.run(lambda: profiles.save_tag("ours")))
                # it is said after SQLite itself has waited for a whole slice
                await until(lambda: any(line["event"] == "database.busy" for line in lines), "the wait")
                assert not saving.done()
                assert await db.read(labels) == set()
                holder.stdin.write(b"\n")
                await holder.stdin.drain()
                await saving
            assert await holder.wait() == 0
            assert await db.read(labels) == {"ours", "theirs"}
            assert [line["event"] for line in lines] == ["database.busy"]

    asyncio.run(run())


def test_closing_does_not_wait_for_a_lock_of_another_program(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            other = sqlite3.connect(db.path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            with structlog.testing.capture_logs() as lines:
                saving = asyncio.create_task(db.run(lambda: profiles.save_tag("ours")))
                await until(lambda: any(line["event"] == "database.busy" for line in lines), "the wait")
                await db.close()
            with pytest.raises(Problem, match="Another program holds it"):
                await saving
            other.close()

    asyncio.run(run())


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            await db.run(lambda: settings.put("kept", 1))
            sqlite = TagRow._meta.database

            def limit(more: int) -> None:
                pages = sqlite.pragma("page_count")
                sqlite.pragma("max_page_count", pages + more)

            await db.run(lambda: limit(0))
            with pytest.raises(Problem) as caught:
                await db.run(lambda: settings.put("big", "x" * 100_000))
            assert caught.value.kind is Kind.DISK_FULL
            assert "Make room" in str(caught.value)
            await db.run(lambda: limit(1000))
            await db.run(lambda: settings.put("big", "x" * 100_000))
            assert await db.read(lambda: settings.get("kept")) == 1

    asyncio.run(run())


def test_closing_leaves_no_file_open_and_no_log_behind(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            await asyncio.gather(*(db.read(labels) for _ in range(20)), db.run(lambda: profiles.save_tag("x")))
            assert open_files(tmp_path)

    asyncio.run(run())
    assert open_files(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == ["test.db"]


def test_the_older_of_two_open_databases_refuses_to_write_into_the_newer(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as old:
            new = Database(tmp_path / "new" / "test.db")
            await new.open()
            with pytest.raises(RuntimeError, match="another database"):
                await old.run(lambda: profiles.save_tag("lost"))
            assert await new.read(labels) == set()
            await new.close()

    asyncio.run(run())
