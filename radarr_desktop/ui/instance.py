"""One window for each data folder: a second start hands its arguments over and ends."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_LIMIT = 64 * 1024
_MOST_ARGUMENTS = 64
_LONGEST_ARGUMENT = 8192
_PATIENCE_MS = 2000
_ANSWER = b"ok\n"
_PATH_LIMIT = 100


class NoAnswerError(Exception):
    """Another program holds this data folder but does not take arguments."""


class SingleInstance(QObject):
    """Call `acquire` once; when it says no, another program has taken the arguments."""

    arguments = Signal(list)
    """The arguments of a later start, as a list of text."""

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = server_name(data_dir)
        self._lock = QLockFile(str(data_dir / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def acquire(self, arguments: Sequence[str]) -> bool:
        """Whether this is the first start; if not, the running one has the arguments.

        Raises NoAnswerError when there is a running one that does not answer.
        """
        message = json.dumps([_absolute(argument) for argument in arguments]).encode() + b"\n"
        deadline = time.monotonic() + 2 * _PATIENCE_MS / 1000
        while time.monotonic() < deadline:
            if self._hand_over(message):
                return False
            # held by a program that is just starting or just ending: ask again
            if self._lock.tryLock(100):
                QLocalServer.removeServer(self._name)
                if not self._server.listen(self._name):
                    raise NoAnswerError(
                        f"The window cannot listen at {self._name}: {self._server.errorString()}. "
                        "Check that the folder exists and may be written to, then start again."
                    )
                return True
        raise NoAnswerError(
            "radarr-desktop already runs with this data folder, but does not answer. "
            "Wait until it has finished what it does, or end it, then start again."
        )

    def release(self) -> None:
        """Let the next start be the first."""
        self._server.close()
        self._lock.unlock()

    def _hand_over(self, message: bytes) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS // 4):
            return False
        socket.write(message)
        answered = socket.waitForBytesWritten(_PATIENCE_MS) and socket.waitForReadyRead(_PATIENCE_MS)
        taken = answered and socket.readAll().data() == _ANSWER
        socket.abort()
        return taken

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            _Reader(socket, self)


class _Reader(QObject):
    """Reads one message from one connection, with limits in size and time."""

    def __init__(self, socket: QLocalSocket, owner: SingleInstance) -> None:
        super().__init__(socket)
        self._socket, self._owner = socket, owner
        self._read = bytearray()
        socket.setReadBufferSize(_LIMIT + 1)
        socket.readyRead.connect(self._take)
        socket.disconnected.connect(socket.deleteLater)
        QTimer.singleShot(_PATIENCE_MS, self, socket.abort)
        if socket.bytesAvailable():
            self._take()

    def _take(self) -> None:
        self._read += self._socket.readAll().data()
        if b"\n" not in self._read:
            if len(self._read) > _LIMIT:
                self._socket.abort()
            return
        arguments = parse_arguments(bytes(self._read.partition(b"\n")[0]))
        if arguments is None:
            self._socket.abort()
            return
        self._socket.write(_ANSWER)
        self._socket.flush()
        self._owner.arguments.emit(arguments)


def parse_arguments(message: bytes) -> list[str] | None:
    """The arguments in a message, or None for anything else: whoever can connect may send what they like."""
    if len(message) > _LIMIT:
        return None
    try:
        value = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, list) or len(value) > _MOST_ARGUMENTS:
        return None
    arguments = [
        item for item in value if isinstance(item, str) and len(item) <= _LONGEST_ARGUMENT and "\0" not in item
    ]
    return arguments if len(arguments) == len(value) else None


def server_name(data_dir: Path) -> str:
    """The socket's name: the same for every start with this folder, and nobody else's."""
    digest = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:16]
    name = f"radarr-desktop-{digest}"
    if os.name == "nt":
        return name
    runtime = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
    for folder in (runtime, str(data_dir.resolve())):
        path = f"{folder}/{name}"
        if folder and len(os.fsencode(path)) <= _PATH_LIMIT:
            return path
    return f"{tempfile.gettempdir()}/{name}-{os.getuid()}"


def _absolute(argument: str) -> str:
    """A file by its full path: the running program has another working directory."""
    if "://" in argument or argument.startswith(("-", "magnet:")):
        return argument
    path = Path(argument)
    try:
        return str(path.resolve()) if path.exists() else argument
    except (OSError, ValueError):
        return argument
