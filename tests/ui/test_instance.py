"""A second start with the same data folder hands its arguments over; strangers on the socket are refused."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.ui.instance import NoAnswerError, SingleInstance, parse_arguments, server_name

SECOND = """
import os
import signal
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from radarr_desktop.ui.instance import SingleInstance
app = QCoreApplication(sys.argv)
instance = SingleInstance(Path(sys.argv[1]))
print("first" if instance.acquire(sys.argv[2:]) else "second", flush=True)
if "--crash" in sys.argv:
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def first(qapp: QApplication, data_dir: Path) -> Iterator[SingleInstance]:
    """Return the instance that runs."""
    made = SingleInstance(data_dir)
    assert made.acquire([])
    yield made
    made.release()


def start_again(data_dir: Path, *arguments: str, folder: Path | None = None) -> subprocess.Popen[str]:
    """Start the program once more, as the desktop would."""
    paths = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry)
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, str(data_dir), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
    )


def finish(process: subprocess.Popen[str], qtbot: QtBot) -> str:
    """What it printed, while our own event loop goes on."""
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=30_000)
    assert process.stdout is not None
    with process.stdout as out:
        return out.read().strip()


def test_a_second_start_hands_over_and_ends(
    qtbot: QtBot, first: SingleInstance, data_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.torrent").write_bytes(b"de")
    magnet = "magnet:?xt=urn:btih:" + "0" * 40
    with qtbot.waitSignal(first.arguments, timeout=30_000) as told:
        process = start_again(data_dir, "x.torrent", magnet, "--minimised", folder=tmp_path)
    assert finish(process, qtbot) == "second"
    assert told.args == [[str((tmp_path / "x.torrent").resolve()), magnet, "--minimised"]]


def test_another_data_folder_is_another_program(qtbot: QtBot, first: SingleInstance, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert finish(start_again(other), qtbot) == "first"


def test_after_the_end_the_next_start_is_the_first(qtbot: QtBot, qapp: QApplication, data_dir: Path) -> None:
    one = SingleInstance(data_dir)
    assert one.acquire([])
    one.release()
    two = SingleInstance(data_dir)
    assert two.acquire([])
    two.release()


def test_a_crashed_program_does_not_lock_the_next_out(qtbot: QtBot, data_dir: Path) -> None:
    process = start_again(data_dir, "--crash")
    assert finish(process, qtbot) == "first"
    assert (data_dir / "window.lock").exists()
    assert Path(server_name(data_dir)).exists()
    after = SingleInstance(data_dir)
    assert after.acquire([])
    after.release()


def test_a_program_that_does_not_answer_is_told_apart(qtbot: QtBot, first: SingleInstance, data_dir: Path) -> None:
    # the first one's event loop stands still while this thread waits for it
    with pytest.raises(NoAnswerError, match="does not answer"):
        SingleInstance(data_dir).acquire(["x"])


def test_only_this_user_can_reach_the_socket(first: SingleInstance, data_dir: Path) -> None:
    mode = Path(server_name(data_dir)).stat().st_mode
    assert stat.S_IMODE(mode) & 0o077 == 0


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(b"not json\n", id="words"),
        pytest.param(b'{"run": "this"}\n', id="object"),
        pytest.param(b'["ok", 7]\n', id="number"),
        pytest.param(b'["a\\u0000b"]\n', id="nul"),
        pytest.param(json.dumps(["x"] * 65).encode() + b"\n", id="many"),
        pytest.param(json.dumps(["x" * 9000]).encode() + b"\n", id="long"),
        pytest.param(b"x" * 200_000, id="endless"),
        pytest.param(b"[" * 60_000 + b"\n", id="deep"),
        pytest.param(b"\xff\xfe\n", id="bytes"),
    ],
)
def test_a_stranger_is_hung_up_on(qtbot: QtBot, first: SingleInstance, data_dir: Path, message: bytes) -> None:
    told: list[list[str]] = []
    first.arguments.connect(told.append)
    socket = QLocalSocket()
    socket.connectToServer(server_name(data_dir))
    assert socket.waitForConnected(5000)
    socket.write(message)
    socket.flush()
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=10_000)
    assert socket.readAll().data() == b""
    assert told == []


def test_a_caller_that_says_nothing_is_hung_up_on(qtbot: QtBot, first: SingleInstance, data_dir: Path) -> None:
    socket = QLocalSocket()
    socket.connectToServer(server_name(data_dir))
    assert socket.waitForConnected(5000)
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=10_000)


def test_arguments_are_text_within_limits() -> None:
    assert parse_arguments(b'["--minimised", "magnet:?x"]') == ["--minimised", "magnet:?x"]
    assert parse_arguments(b"[]") == []
    assert parse_arguments(b'"text"') is None


def test_the_name_of_the_socket_is_short_and_belongs_to_the_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120)
    assert len(os.fsencode(server_name(deep))) <= 107
    assert server_name(deep) != server_name(tmp_path)
    assert server_name(tmp_path) == server_name(tmp_path / "." / "x" / "..")
