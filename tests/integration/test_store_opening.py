"""Opening a database: damaged, foreign, read-only, of another version, after a crash."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.store import profiles, settings
from radarr_desktop.store.database import MIGRATIONS, Database
from tests.fakes.rooms import database, open_files, until

ROOT = Path(__file__).parents[2]
OPEN_AS_A_USER = """
import asyncio, os, sys
from pathlib import Path
from radarr_desktop.domain.problem import Problem
from radarr_desktop.store.database import Database
if os.geteuid() == 0:  # root may write everywhere
    os.setegid(65534)
    os.seteuid(65534)
try:
    asyncio.run(Database(Path(sys.argv[1])).open())
except Problem as problem:
    print(problem.kind, problem)
"""
WRITE_FOREVER = """
import asyncio, sys
from pathlib import Path
from radarr_desktop.store import settings
from radarr_desktop.store.database import Database
async def run():
    db = Database(Path(sys.argv[1]))
    await db.open()
    for number in range(10**9):
        await db.run(lambda: (settings.put("a", number), settings.put("b", number)))
        print(number, flush=True)
asyncio.run(run())
"""


async def open_and_close(path: Path, migrations: Path = MIGRATIONS) -> None:
    db = Database(path, migrations)
    await db.open()
    await db.close()


async def filled(folder: Path, size: int = 200_000) -> Path:
    async with database(folder) as db:
        await db.run(lambda: settings.put("filler", "x" * size))
        await db.run(lambda: profiles.save_tag("kept"))
    return folder / "test.db"


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def scramble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:12288] = random.Random(7).randbytes(8192)
    path.write_bytes(data)


def no_header(path: Path) -> None:
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def another_thing(path: Path) -> None:
    path.write_text("<html>not a database at all</html>" * 1000)


@pytest.mark.parametrize("damage", [cut, scramble, no_header, another_thing])
def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    async def run() -> None:
        path = await filled(tmp_path)
        damage(path)
        before = path.read_bytes()
        with pytest.raises(Problem, match=r"is damaged.*Move it away") as caught:
            await open_and_close(path)
        assert caught.value.kind is Kind.STORAGE
        assert path.read_bytes() == before
        assert open_files(tmp_path) == []

    asyncio.run(run())


def test_damage_in_a_big_file_is_found_while_running_and_stops_all_writing(tmp_path: Path) -> None:
    async def run() -> None:
        path = await filled(tmp_path, 20_000_000)
        connection = sqlite3.connect(path)
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'history_at'").fetchone()
        connection.close()
        with path.open("r+b") as file:
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 4096)
        with structlog.testing.capture_logs() as lines:
            db = Database(path)
            await db.open()
            await until(lambda: db.damage is not None, "finding the damage")
        assert any(line["event"] == "database.damaged" and line["log_level"] == "error" for line in lines)
        with pytest.raises(Problem, match="is damaged"):
            await db.run(lambda: profiles.save_tag("more"))
        assert [tag.label for tag in await db.read(profiles.all_tags)] == ["kept"]
        await db.close()

    asyncio.run(run())


def test_closing_does_not_wait_for_the_check_of_a_big_file(tmp_path: Path) -> None:
    async def run() -> None:
        path = await filled(tmp_path, 20_000_000)
        with structlog.testing.capture_logs() as lines:
            await open_and_close(path)
        assert lines == []
        assert open_files(tmp_path) == []

    asyncio.run(run())


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    async def run() -> None:
        (tmp_path / "test.db").touch()
        async with database(tmp_path) as db:
            await db.run(lambda: profiles.save_tag("x"))
            assert not db.copies.exists()

    asyncio.run(run())


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """Return a folder with the real first step and room for more."""
    folder = tmp_path / "steps"
    folder.mkdir()
    for step in MIGRATIONS.glob("0*.py"):
        (folder / step.name).write_bytes(step.read_bytes())
    return folder


def test_a_step_is_taken_after_a_copy_was_made(tmp_path: Path, steps: Path) -> None:
    async def run() -> None:
        path = await filled(tmp_path)
        (steps / "0900_more.py").write_text("def up(migrator, db):\n    db.execute_sql('CREATE TABLE more (x)')\n")
        await open_and_close(path, steps)
        (copy,) = (tmp_path / "backups").iterdir()
        assert "before-0900_more" in copy.name
        for file, tables in ((path, 1), (copy, 0)):
            connection = sqlite3.connect(file)
            (found,) = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'more'").fetchone()
            assert found == tables
            assert connection.execute("SELECT label FROM tag").fetchall() == [("kept",)]
            connection.close()
        await open_and_close(path, steps)
        assert len(list((tmp_path / "backups").iterdir())) == 1

    asyncio.run(run())


def test_a_step_that_fails_changes_nothing_and_names_the_copy(tmp_path: Path, steps: Path) -> None:
    async def run() -> None:
        path = await filled(tmp_path)
        (steps / "0900_bad.py").write_text(
            "def up(migrator, db):\n    db.execute_sql('DROP TABLE blocklist')\n    raise ValueError('no such thing')\n"
        )
        with structlog.testing.capture_logs() as lines, pytest.raises(Problem, match=r"no such thing.*copy is at"):
            await open_and_close(path, steps)
        assert [line["event"] for line in lines if line["log_level"] == "error"] == ["database.migration_failed"]
        async with database(tmp_path) as db:
            assert [tag.label for tag in await db.read(profiles.all_tags)] == ["kept"]
        connection = sqlite3.connect(path)
        assert connection.execute("SELECT count(*) FROM blocklist").fetchone() == (0,)
        connection.close()

    asyncio.run(run())


def test_only_our_own_old_copies_are_removed(tmp_path: Path, steps: Path) -> None:
    async def run() -> None:
        path = await filled(tmp_path)
        (tmp_path / "backups").mkdir()
        (tmp_path / "backups" / "mine.db").touch()
        for number in range(901, 909):
            (steps / f"0{number}_step.py").write_text("def up(migrator, db):\n    pass\n")
            await open_and_close(path, steps)
        names = sorted(copy.name for copy in (tmp_path / "backups").iterdir())
        assert "mine.db" in names
        assert [name.rpartition("-")[2] for name in names[:-1]] == [f"0{number}_step.db" for number in range(904, 909)]

    asyncio.run(run())


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path, steps: Path) -> None:
    async def run() -> None:
        path = await filled(tmp_path)
        (steps / "0900_future.py").write_text("def up(migrator, db):\n    pass\n")
        await open_and_close(path, steps)
        before = path.read_bytes()
        with pytest.raises(Problem, match=r"newer version.*0900_future"):
            await open_and_close(path)
        assert path.read_bytes() == before

    asyncio.run(run())


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that an ordinary user can get to, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="rd-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("there", [True, False])
def test_a_place_that_cannot_be_written_is_told(open_folder: Path, there: bool) -> None:
    path = open_folder / "test.db"
    if there:
        asyncio.run(filled(open_folder))
        path.chmod(0o444)
    open_folder.chmod(0o555)
    outcome = subprocess.run(
        [sys.executable, "-c", OPEN_AS_A_USER, str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    open_folder.chmod(0o755)
    assert outcome.stdout.startswith("storage "), outcome.stdout + outcome.stderr
    assert "cannot be used. The file or its folder cannot be written. Check owner and permissions." in outcome.stdout


def test_a_killed_writer_leaves_a_whole_database(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    with subprocess.Popen(
        [sys.executable, "-c", WRITE_FOREVER, str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout
        told = -1
        while told < 20:
            line = writer.stdout.readline().strip()
            told = int(line) if line.isdigit() else told
        writer.send_signal(signal.SIGKILL)
    assert Path(f"{path}-wal").exists()

    async def run() -> None:
        async with database(tmp_path) as db:
            first, second = await db.read(lambda: (settings.get("a"), settings.get("b")))
            assert first == second >= told

    asyncio.run(run())
