"""The steps of an operation as the process itself sees them, and an end by SIGKILL at exactly one of them.

A step is a call that changes files or the database, or sends something. Nothing of the program is replaced: Python
tells of each call.
"""

from __future__ import annotations

import io
import os
import re
import signal
import socket
import sys
import threading
from types import FrameType
from typing import Any

_FILE_CALLS = frozenset(
    {
        *("link", "symlink", "rename", "replace", "mkdir", "rmdir", "unlink", "remove", "fsync", "write", "utime"),
        *("chmod", "chown", "copy_file_range", "sendfile", "ioctl", "truncate", "ftruncate"),
    }
)
_WRITES = ("INSERT", "UPDATE", "DELETE")
_FOREIGN = "rename_to_new"
"""Calls the system by itself, so that the call cannot be seen: the function around it can."""
_BORDERS = {"c_call": "before", "c_return": "after", "call": "before", "return": "after"}


class Steps:
    """Counts the steps between ``begin`` and ``end``, in all threads; with ``die_at`` the process ends at that one.

    Made before any thread that is to be watched. Without ``statements`` of the database only its commits count.
    """

    def __init__(self, die_at: int = 0, *, statements: bool = True) -> None:
        self.seen: list[str] = []
        self._die_at = die_at
        self._leaves_out = () if statements else _WRITES
        self._counts = False
        self._one = threading.Lock()
        threading.setprofile(self._profile)
        sys.setprofile(self._profile)

    def begin(self) -> None:
        """From here on."""
        self._counts = True

    def end(self) -> None:
        """Up to here."""
        self._counts = False

    def _profile(self, frame: FrameType, event: str, argument: Any) -> None:
        if not self._counts or not (step := _step(frame, event, argument)) or step in self._leaves_out:
            return
        with self._one:
            self.seen.append(f"{_BORDERS[event]} {step}")
            if len(self.seen) == self._die_at:
                os.kill(os.getpid(), signal.SIGKILL)


def _step(frame: FrameType, event: str, argument: Any) -> str:
    """What happens there; empty when it changes nothing that lasts."""
    if event in ("call", "return"):
        return "rename" if frame.f_code.co_name == _FOREIGN else ""
    if event not in _BORDERS:
        return ""
    name, module = getattr(argument, "__name__", ""), getattr(argument, "__module__", "")
    if (module in ("posix", "fcntl") and name in _FILE_CALLS) or (
        name == "write" and isinstance(getattr(argument, "__self__", None), io.FileIO)
    ):
        return str(name)
    if name == "send" and isinstance(getattr(argument, "__self__", None), socket.socket):
        sent = re.match(rb"(POST) (\S+)", bytes(frame.f_locals.get("data", b""))[:200])
        return b" ".join(sent.groups()).decode() if sent else ""
    if name == "execute":
        if frame.f_code.co_name == "commit":
            return "COMMIT" if threading.current_thread().name.startswith("db-writer") else ""
        said = str(frame.f_locals.get("sql", "")).upper()
        return next((word for word in _WRITES if said.startswith(word)), "")
    return ""
