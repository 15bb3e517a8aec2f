"""One program for one data folder."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from radarr_desktop.domain.problem import Kind, Problem

_HELD = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
"""What the systems call a lock that somebody else has; anything else is a disk that cannot lock."""


class DataLock:
    """Held while the program runs; the system lets go of it when the process dies."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "running.lock"
        self._handle: int | None = None

    def acquire(self) -> None:
        """Raises ``Problem`` when another program works on this folder."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError as fault:
            os.close(handle)
            if fault.errno not in _HELD:
                raise
            what = f"radarr-desktop runs already on {self._path.parent}."
            raise Problem(Kind.CONFLICT, what, todo="Use it, or end it first.") from None
        self._handle = handle

    def release(self) -> None:
        """Let the next one in."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
