"""The log: one acquisition under one id, JSON in the file, words on a terminal, a secret nowhere."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog

from radarr_desktop.api.table import ENDPOINTS
from radarr_desktop.domain.events import MovieImported
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.monitoring import logs
from tests.fakes.command import environment
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine

SECRET = "s3cr3t/with+signs&more"
ACQUISITION = ("movie.added", "search.finished", "release.grabbed", "download.completed", "movie.imported")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    """A log that knows one secret."""
    path = tmp_path / "logs" / "test.log"
    logs.set_up(path, lambda: {SECRET, "short"})
    yield path
    logs.close()


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ({"problem": f"refused {SECRET} twice {SECRET}"}, SECRET),
        ({"url": "http://a/?q=s3cr3t%2Fwith%2Bsigns%26more"}, "s3cr3t%2Fwith"),
        ({"nested": {"list": ["x", {"deep": SECRET}]}}, SECRET),
        ({"password": "hunter22"}, "hunter22"),
        ({"settings": {"api_key": "0123456789"}}, "0123456789"),
        ({"headers": {"Cookie": "SID=0123456789"}}, "0123456789"),
        ({"url": "https://a/b?passkey=0123456789&x=1"}, "0123456789"),
        ({"url": "https://a/b?X=1&apikey=0123456789"}, "0123456789"),
        ({"url": "https://user:hunter22@a/b"}, "hunter22"),
        ({"text": '{"passkey": "0123456789", "id": 5}'}, "0123456789"),
        ({"text": "{'passkey': '0123456789', 'id': 5}"}, "0123456789"),
        ({"text": "Authorization: Bearer abcdef.0123456789"}, "0123456789"),
        ({"text": "sent Basic dXNlcjpodW50ZXIyMg== to it"}, "dXNlcjpodW50ZXIyMg"),
        ({"text": "X-Api-Key: 0123456789"}, "0123456789"),
        ({"text": "set-cookie: QBT_SID_8080=0123456789; path=/"}, "0123456789"),
        ({"text": "QBT_SID_8080=0123456789"}, "0123456789"),
    ],
)
def test_a_secret_is_masked_wherever_it_stands(written: Path, said: dict[str, Any], hidden: str) -> None:
    structlog.get_logger("test").info("said", **said, kept="the rest")
    logging.getLogger("foreign").warning("plain %s", said)
    text = written.read_text(encoding="utf-8")
    assert hidden not in text
    assert text.count("********") >= 2
    assert all(line["event"].startswith(("said", "plain")) for line in lines(written))
    assert lines(written)[0]["kept"] == "the rest"


def test_a_secret_in_a_traceback_is_masked(
    written: Path,
    expected_errors: Any,  # the fixture of that name
) -> None:
    expected_errors("broke")
    try:
        raise ValueError(f"no answer from http://a/?passkey=0123456789 with {SECRET}")
    except ValueError:
        structlog.get_logger("test").exception("broke")
    line = lines(written)[0]
    assert "ValueError: no answer from http://a/?passkey=********" in line["exception"]
    assert SECRET not in line["exception"]


def test_ordinary_words_are_not_masked(written: Path) -> None:
    text = "The passage of 3 tokens, a short password: see help; author=Kite, key frames, a basic idea"
    structlog.get_logger("test").info("said", text=text, movie="The Secret: Bearer of News (2025)")
    line = lines(written)[0]
    assert line["movie"] == "The Secret: Bearer of News (2025)"
    assert "author=Kite, key frames, a basic idea" in line["text"]


def test_the_file_is_turned_over_and_the_oldest_go(tmp_path: Path) -> None:
    path = tmp_path / "turn.log"
    logs.set_up(path, set)
    try:
        log = structlog.get_logger("test")
        for number in range(60):
            log.info("long", number=number, text="x" * 700_000)
    finally:
        logs.close()
    kept = sorted(each.name for each in tmp_path.iterdir())
    assert kept == ["turn.log", *(f"turn.log.{number}" for number in range(1, logs.FILES_KEPT + 1))]
    assert all(each.stat().st_size <= logs.MAX_BYTES for each in tmp_path.iterdir())
    assert lines(path)[-1]["number"] == 59


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "full.log"
    path.symlink_to("/dev/full")
    logs.set_up(path, set)
    try:
        structlog.get_logger("test").info("said")
    finally:
        logs.close()
    assert capfd.readouterr().err == ""


@pytest.fixture
def acquired(tmp_path: Path) -> Iterator[tuple[WorldThread, RunningEngine]]:
    """A program that has just acquired a movie, with another one it did not find before."""
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id, search=True)))
        running.wait_for_event(MovieImported)
        running.do(running.engine.jobs.idle())
        yield world, running


def test_one_acquisition_has_one_id_on_every_line(acquired: tuple[WorldThread, RunningEngine]) -> None:
    _, running = acquired
    imported = next(event for event in running.events if isinstance(event, MovieImported))
    said = lines(running.paths.log)
    mine = [line["event"] for line in said if line.get("correlation") == imported.correlation]
    steps = [each for each in mine if each in ACQUISITION]
    assert sorted(steps) == sorted(ACQUISITION)
    assert (steps[0], steps[-1]) == ("movie.added", "movie.imported")
    others = [line["event"] for line in said if line.get("correlation") != imported.correlation]
    assert set(others).isdisjoint(ACQUISITION)
    assert all({"event", "level", "timestamp", "logger"} <= line.keys() for line in said)
    history = running.do(running.engine.history.page()).entries
    assert {entry.correlation for entry in history if entry.kind.value != "releaseInspected"} == {imported.correlation}


def test_no_secret_is_left_anywhere_by_a_whole_acquisition(acquired: tuple[WorldThread, RunningEngine]) -> None:
    world, running = acquired
    token = json.loads(running.paths.port_file.read_bytes())["api_key"]
    secrets = {
        "passkey": world.world.hdbits.passkey,
        "film database": world.world.tmdb.api_key,
        "port": world.world.api_key,
        "this run": token,
    }
    answers = _everything_the_port_says(running)
    running.stop()
    files = {path: path.read_bytes() for path in running.paths.data.rglob("*") if path.is_file()}
    assert running.paths.log in files
    assert running.paths.database in files
    assert len(answers) > 15
    for whose, secret in secrets.items():
        assert len(secret) >= 8
        assert [str(path) for path, data in files.items() if secret.encode() in data] == [], whose
        assert [path for path, text in answers.items() if secret in text] == [], whose


def test_on_a_terminal_it_reads_well(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    (tmp_path / "free.toml").write_text("[port]\nport = 0\n")
    command = [sys.executable, "-m", "radarr_desktop", "--headless", "--config", str(tmp_path / "free.toml")]
    process = subprocess.Popen(
        [*command, "--data-dir", str(tmp_path / "data")],
        env=environment(tmp_path, {"TERM": "xterm-256color"}),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    try:
        shown = _read_until(ours, b"radarr-desktop runs at ")
        process.terminate()
        assert process.wait(60) == 0
        shown += _read_until(ours, b"engine.stopped")
    finally:
        process.kill()
        os.close(ours)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode())
    assert "\x1b[" in shown.decode(), "no colours"
    assert '{"' not in plain
    started = next(line for line in plain.splitlines() if "app.started" in line).strip()
    assert re.match(r"\d\d:\d\d:\d\d \[info\] +app\.started +address=http://127\.0\.0\.1:\d+$", started), started


def _everything_the_port_says(running: RunningEngine) -> dict[str, str]:
    with httpx.Client(base_url=running.url, headers={"X-Api-Key": running.api_key}, timeout=60) as client:
        paths = [one.path for one in ENDPOINTS if one.method == "GET" and "{" not in one.path]
        return {path: client.get(path).text for path in sorted(set(paths))}


def _read_until(terminal: int, words: bytes) -> bytes:
    seen = b""
    while words not in seen:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # the other side is closed
            break
        seen += chunk
    return seen
