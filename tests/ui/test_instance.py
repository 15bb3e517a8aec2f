"""A second start with the same data folder hands its arguments over; strangers on the socket are refused."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.ui.handover import PLACE, hand_over, parse_message
from radarr_desktop.ui.instance import NoAnswerError, SingleInstance

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
    assert (data_dir / PLACE).exists()
    assert not hand_over(data_dir, [])
    after = SingleInstance(data_dir)
    assert after.acquire([])
    after.release()


def test_a_program_that_does_not_answer_is_told_apart(qtbot: QtBot, first: SingleInstance, data_dir: Path) -> None:
    # the first one's event loop stands still while this thread waits for it
    with pytest.raises(NoAnswerError, match="does not answer"):
        SingleInstance(data_dir).acquire(["x"])


def test_only_this_user_knows_the_word(first: SingleInstance, data_dir: Path) -> None:
    assert stat.S_IMODE((data_dir / PLACE).stat().st_mode) == 0o600


def call(data_dir: Path, message: bytes) -> socket.socket:
    """Say something to the running one."""
    place = json.loads((data_dir / PLACE).read_bytes())
    caller = socket.create_connection(("127.0.0.1", place["port"]), 10)
    caller.sendall(message.replace(b"TOKEN", place["token"].encode()))
    caller.setblocking(False)
    return caller


def answer(qtbot: QtBot, caller: socket.socket) -> bytes:
    """All it says until it hangs up."""
    said = bytearray()

    def is_over() -> bool:
        try:
            part = caller.recv(1024)
        except BlockingIOError:
            return False
        except ConnectionError:
            return True
        said.extend(part)
        return not part

    with caller:
        qtbot.waitUntil(is_over, timeout=30_000)
    return bytes(said)


def ours(arguments: str) -> bytes:
    return b'{"token": "TOKEN", "arguments": %s}\n' % arguments.encode()


def test_who_knows_the_word_is_heard(qtbot: QtBot, first: SingleInstance, data_dir: Path) -> None:
    told: list[list[str]] = []
    first.arguments.connect(told.append)
    assert answer(qtbot, call(data_dir, ours('["x"]'))) == b"ok\n"
    assert told == [["x"]]


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(b"not json\n", id="words"),
        pytest.param(b'["x"]\n', id="list"),
        pytest.param(b'{"token": "guessed", "arguments": []}\n', id="another word"),
        pytest.param(b'{"token": "\xc3\xa9", "arguments": []}\n', id="no plain word"),
        pytest.param(ours('{"run": "this"}'), id="object"),
        pytest.param(ours('["ok", 7]'), id="number"),
        pytest.param(ours('["a\\u0000b"]'), id="nul"),
        pytest.param(ours(json.dumps(["x"] * 65)), id="many"),
        pytest.param(ours(json.dumps(["x" * 9000])), id="long"),
        pytest.param(b"x" * 200_000, id="endless"),
        pytest.param(b"[" * 60_000 + b"\n", id="deep"),
        pytest.param(b"\xff\xfe\n", id="bytes"),
    ],
)
def test_a_stranger_is_hung_up_on(qtbot: QtBot, first: SingleInstance, data_dir: Path, message: bytes) -> None:
    told: list[list[str]] = []
    first.arguments.connect(told.append)
    assert answer(qtbot, call(data_dir, message)) == b""
    assert told == []


def test_a_caller_that_says_nothing_is_hung_up_on(qtbot: QtBot, first: SingleInstance, data_dir: Path) -> None:
    assert answer(qtbot, call(data_dir, b"")) == b""


def test_arguments_are_text_within_limits() -> None:
    assert parse_message(b'{"token": "t", "arguments": ["--minimised", "magnet:?x"]}') == (
        "t",
        ["--minimised", "magnet:?x"],
    )
    assert parse_message(b'{"token": "t", "arguments": []}') == ("t", [])
    assert parse_message(b'"text"') is None


@pytest.mark.parametrize("content", [b"", b"[]", b'{"port": "x"}', b'{"port": 1, "token": "t"}', b"\xff"])
def test_a_damaged_place_is_nobody(data_dir: Path, content: bytes) -> None:
    (data_dir / PLACE).write_bytes(content)
    assert not hand_over(data_dir, [])
