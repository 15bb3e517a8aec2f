"""The program as a whole: how it starts, what it refuses, how it ends."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from radarr_desktop.app import program_version
from radarr_desktop.domain.problem import Kind, Problem
from tests.fakes.command import run, running
from tests.fixtures_engine import RunningEngine, running_engine

QT = ("PySide6", "shiboken6", "qasync")


def status(address: str, key: str) -> int:
    return httpx.get(f"{address}/api/v3/system/status", headers={"X-Api-Key": key}, timeout=60).status_code


def test_says_its_version(tmp_path: Path) -> None:
    ended = run(tmp_path, "--version")
    assert (ended.code, ended.out, ended.err) == (0, f"radarr-desktop {program_version()}\n", "")


def test_explains_itself(tmp_path: Path) -> None:
    ended = run(tmp_path, "--help")
    assert ended.code == 0
    for word in ("--headless", "--config FILE", "--data-dir DIR", "--version", "TORRENT", "Say how the program is."):
        assert word in ended.out
    assert ended.err == ""


def test_an_option_it_does_not_know_is_wrong_use(tmp_path: Path) -> None:
    ended = run(tmp_path, "--headles", "x", "--nothing")
    assert ended.code == 2
    assert "--nothing" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_without_a_display_it_runs_headless_until_it_is_asked_to_end(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path) as program:
        address = program.address
        assert program.out == f"radarr-desktop runs at {address}\n"
        assert httpx.get(f"{program.address}/ping", timeout=60).status_code == 200
        assert program.end(number) == 0
        assert program.err == ""
        assert not (program.data / "port.json").exists()
        assert not list(program.data.glob("*.db-wal")), "the database was not closed"


def test_headless_imports_no_qt(tmp_path: Path) -> None:
    with running(tmp_path, "--headless", python=("-X", "importtime")) as program:
        assert status(program.address, program.port_file["api_key"]) == 200
        assert program.end() == 0
        imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in program.err.splitlines()}
    assert "radarr_desktop" in imported
    assert imported.isdisjoint(QT)


def test_a_second_start_on_the_same_data_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as program:
        address = program.address
        ended = run(tmp_path, "--headless", "--data-dir", program.data)
        assert ended.code == 2
        assert ended.err == f"radarr-desktop runs already on {program.data}. Use it, or end it first.\n"
        assert status(address, program.port_file["api_key"]) == 200
        assert program.end() == 0
    with running(tmp_path) as again:
        assert again.address
        assert again.end() == 0


def test_the_commands_get_a_key_of_this_run_alone(tmp_path: Path) -> None:
    with running_engine(tmp_path) as running:
        key = _run_key(running)
        assert key != running.api_key
        assert status(running.url, key) == status(running.url, running.api_key) == 200
        assert status(running.url, "") == status(running.url, key[:-1]) == 401
        running.stop()
        assert not running.paths.port_file.exists()
        running.start()
        assert _run_key(running) != key
        assert status(running.url, key) == 401


def test_a_part_that_fails_at_the_start_leaves_nothing_running(tmp_path: Path) -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    config = f"[port]\nport = {taken.getsockname()[1]}\n"
    running = RunningEngine(tmp_path, config)
    with pytest.raises(Problem) as caught:
        running.start()
    assert caught.value.kind is Kind.CONFLICT
    assert [each.name for each in threading.enumerate() if each.name.startswith("db-")] == []
    assert not running.paths.port_file.exists()
    running.stop()
    taken.close()
    running.start()
    assert status(running.url, running.api_key) == 200
    running.stop()


def test_what_is_asked_for_rarely_is_not_imported_at_the_start() -> None:
    rare = (
        *("radarr_desktop.api.table", "radarr_desktop.engine.decisions.whatif", "radarr_desktop.engine.decisions.why"),
        *("radarr_desktop.engine.imports.prober", "bencode2", "playhouse.migrations", "uvicorn.main", "click"),
        "starlette.routing",
    )
    code = f"import sys, radarr_desktop.app; print([one for one in {rare} if one in sys.modules])"
    paths = {"PYTHONPATH": ":".join(entry for entry in sys.path if entry)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=paths)
    assert done.stdout.strip() == "[]"


def test_stopping_twice_or_before_the_start_is_nothing(tmp_path: Path) -> None:
    with running_engine(tmp_path) as running:
        running.do(running.app.stop())
        running.do(running.app.stop())
        assert running.app.port.address == ""


def _run_key(running: RunningEngine) -> str:
    return str(json.loads(running.paths.port_file.read_bytes())["api_key"])
