"""One window for each data folder: a second start hands its arguments over and ends."""

from __future__ import annotations

import json
import secrets
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QSocketNotifier, QTimer, Signal

from radarr_desktop.engine.secrets import write_private
from radarr_desktop.ui.handover import ANSWER, LIMIT, PATIENCE, PLACE, hand_over, parse_message

_MOST_CALLERS = 16


class NoAnswerError(Exception):
    """Another program holds this data folder but does not take arguments."""


class SingleInstance(QObject):
    """Call `acquire` once; when it says no, another program has taken the arguments."""

    arguments = Signal(list)
    """The arguments of a later start, as a list of text."""

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = data_dir / PLACE
        self._lock = QLockFile(str(data_dir / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._token = secrets.token_urlsafe(32)
        self._server: socket.socket | None = None

    def acquire(self, arguments: Sequence[str]) -> bool:
        """Whether this is the first start; if not, the running one has the arguments.

        Raises NoAnswerError when there is a running one that does not answer.
        """
        deadline = time.monotonic() + 2 * PATIENCE
        while time.monotonic() < deadline:
            # held by a program that is just starting or just ending: ask again
            if self._lock.tryLock(100):
                self._listen()
                return True
            if hand_over(self._place.parent, arguments):
                return False
        raise NoAnswerError(
            "radarr-desktop already runs with this data folder, but does not answer. "
            "Wait until it has finished what it does, or end it, then start again."
        )

    def release(self) -> None:
        """Let the next start be the first."""
        if self._server is None:
            return
        self._place.unlink(missing_ok=True)
        self._news.setEnabled(False)
        self._server.close()
        self._server = None
        self._lock.unlock()

    def heard(self, message: bytes) -> list[str] | None:
        """The arguments in what a caller says, if it is one of ours."""
        said = parse_message(message)
        if said is None or not secrets.compare_digest(said[0].encode(), self._token.encode()):
            return None
        return said[1]

    def _listen(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setblocking(False)
        self._news = QSocketNotifier(self._server.fileno(), QSocketNotifier.Type.Read, self)
        self._news.activated.connect(self._welcome)
        place = {"port": self._server.getsockname()[1], "token": self._token}
        write_private(self._place, json.dumps(place).encode())

    def _welcome(self) -> None:
        if self._server is None:
            return
        try:
            connection, _ = self._server.accept()
        except OSError:  # gone before it was its turn
            return
        if len(self.findChildren(_Caller)) < _MOST_CALLERS:
            _Caller(connection, self)
        else:
            connection.close()


class _Caller(QObject):
    """Reads one message from one connection, with limits in size and time."""

    def __init__(self, connection: socket.socket, owner: SingleInstance) -> None:
        super().__init__(owner)
        self._connection, self._owner = connection, owner
        self._read = bytearray()
        connection.setblocking(False)
        self._news = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._news.activated.connect(self._take)
        QTimer.singleShot(int(PATIENCE * 1000), self, self._hang_up)

    def _take(self) -> None:
        try:
            part = self._connection.recv(LIMIT)
        except OSError:
            part = b""
        self._read += part
        if b"\n" in self._read and len(self._read) <= LIMIT:
            self._tell(self._owner.heard(bytes(self._read.partition(b"\n")[0])))
        elif not part or len(self._read) > LIMIT:
            self._hang_up()

    def _tell(self, arguments: list[str] | None) -> None:
        if arguments is None:
            self._hang_up()
            return
        # it may have ended meanwhile; its arguments are here
        with suppress(OSError):
            self._connection.sendall(ANSWER)
        self._hang_up()
        # after the answer: showing the window takes longer than anybody should wait for a command
        self._owner.arguments.emit(arguments)

    def _hang_up(self) -> None:
        self._news.setEnabled(False)
        self._connection.close()
        self.deleteLater()
