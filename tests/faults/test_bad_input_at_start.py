"""What can be wrong when the program starts: one clear sentence, exit code 2, and the data is as it was."""

from __future__ import annotations

import hashlib
import os
import random
import socket
import stat
from pathlib import Path

import pytest

from tests.fakes.command import Ended, run, running


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that a program has used before."""
    with running(tmp_path) as program:
        assert program.address
        assert program.end() == 0
    return tmp_path / "data"


def contents(data: Path) -> dict[str, str]:
    """Every file that is the user's, with its bytes; the log may grow, the lock is nobody's."""
    files = [path for path in data.rglob("*") if path.is_file() and path.name != "running.lock"]
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.parent.name != "logs"
    }


def start(tmp_path: Path, *more: str | Path, obeying: bool = False) -> Ended:
    config = tmp_path / "free.toml"
    config.write_text("[port]\nport = 0\n")
    return run(tmp_path, "--headless", "--data-dir", tmp_path / "data", "--config", config, *more, obeying=obeying)


def assert_refused(ended: Ended, *words: str) -> None:
    assert ended.code == 2, ended
    assert ended.out == ""
    assert "Traceback" not in ended.err
    for word in words:
        assert word in ended.err


def test_a_database_that_is_cut_off(tmp_path: Path, data: Path) -> None:
    database = data / "radarr-desktop.db"
    os.truncate(database, database.stat().st_size * 2 // 3)
    before = contents(data)
    assert_refused(start(tmp_path), f"The database {database} is damaged.", "Nothing was changed.", "Move it away")
    assert contents(data) == before


def test_a_database_of_random_bytes(tmp_path: Path, data: Path) -> None:
    database = data / "radarr-desktop.db"
    database.write_bytes(random.Random(17).randbytes(100_000))
    before = contents(data)
    assert_refused(start(tmp_path), f"The database {database} is damaged.", "Nothing was changed.", "Move it away")
    assert contents(data) == before


def test_a_database_with_random_bytes_in_the_middle(tmp_path: Path, data: Path) -> None:
    database = data / "radarr-desktop.db"
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(random.Random(17).randbytes(3 * 4096))
    before = contents(data)
    assert_refused(start(tmp_path), f"The database {database} is damaged.")
    assert contents(data) == before


def test_a_damaged_database_names_the_newest_copy(tmp_path: Path, data: Path) -> None:
    database, copy = data / "radarr-desktop.db", data / "backups" / "20250809-093425-000000-before-0002.db"
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(database.read_bytes())
    database.write_bytes(b"no database" * 1000)
    assert_refused(start(tmp_path), f"Put the newest copy, {copy}, in its place.")


def test_a_database_that_is_read_only(tmp_path: Path, data: Path) -> None:
    database = data / "radarr-desktop.db"
    database.chmod(0o444)
    before = contents(data)
    words = (f"The database {database} cannot be used.", "cannot be written", "Check owner and permissions.")
    assert_refused(start(tmp_path, obeying=True), *words)
    assert contents(data).items() >= before.items()
    database.chmod(0o600)
    with running(tmp_path) as program:
        assert program.address
        assert program.end() == 0


def test_a_data_folder_that_is_read_only(tmp_path: Path, data: Path) -> None:
    before, mode = contents(data), stat.S_IMODE(data.stat().st_mode)
    for folder in (data, data / "logs"):
        folder.chmod(0o500)
    (data / "running.lock").unlink()
    try:
        ended = start(tmp_path, obeying=True)
    finally:
        data.chmod(mode)
    assert_refused(ended, "radarr-desktop cannot start.", "Permission denied.", "Check owner, permissions")
    assert contents(data) == before


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    assert_refused(start(tmp_path), "radarr-desktop cannot start.", str(tmp_path / "data"), "Check owner")
    assert (tmp_path / "data").read_text() == "mine"


def test_a_port_that_is_taken(tmp_path: Path, data: Path) -> None:
    before = contents(data)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        config = tmp_path / "taken.toml"
        config.write_text(f"[port]\nport = {port}\n")
        ended = run(tmp_path, "--headless", "--data-dir", data, "--config", config)
    assert_refused(ended, f"The port 127.0.0.1:{port} is taken.", "Another program listens there", "names another port")
    assert set(contents(data)) == set(before)


def test_secrets_that_cannot_be_read(tmp_path: Path, data: Path) -> None:
    secrets = data / "secrets.enc"
    secrets.write_bytes(secrets.read_bytes()[:-1] + b"x")
    before = contents(data)
    assert_refused(start(tmp_path), f"The saved passwords in {secrets} cannot be read.", "Restore the key")
    assert contents(data) == before


def test_a_configuration_with_mistakes(tmp_path: Path, data: Path) -> None:
    before, config = contents(data), tmp_path / "wrong.toml"
    config.write_text("[port]\nport = 'x'\n\n[[root_folder]]\npath = '/nowhere'\nsize = 1\n")
    ended = run(tmp_path, "--headless", "--data-dir", data, "--config", config)
    assert_refused(ended)
    assert ended.err.splitlines() == [
        f"{config} cannot be used.",
        "Line 2: “port”: a whole number is needed.",
        "Line 5: /nowhere cannot be a root folder. There is no such folder.",
        "Line 6: “size” is not known here.",
        "Correct it and start again.",
    ]
    assert contents(data) == before


def test_a_configuration_that_is_not_there(tmp_path: Path, data: Path) -> None:
    ended = run(tmp_path, "--headless", "--data-dir", data, "--config", tmp_path / "nowhere.toml")
    assert_refused(ended, f"{tmp_path / 'nowhere.toml'} cannot be read.", "No such file or directory.")


def test_what_stopped_the_start_is_in_the_log_too(tmp_path: Path, data: Path) -> None:
    (data / "radarr-desktop.db").write_bytes(b"no database" * 1000)
    start(tmp_path)
    assert '"event": "app.not_started"' in (data / "logs" / "radarr-desktop.log").read_text()
