"""What must survive a crash: one file for each torrent, written by one thread in order.

A private torrent's trackers hold the user's passkey, and they are in its record: nobody else may read it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

_NAME = re.compile(r"([0-9a-f]{40}|[0-9a-f]{64})\.resume")


class Records:
    """Resume data by torrent id."""

    def __init__(self, folder: Path, log: logging.Logger) -> None:
        self._folder = folder
        self._log = log
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="libtorrent-records")

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for path in sorted(self._folder.iterdir()):
            if match := _NAME.fullmatch(path.name):
                yield match[1], path.read_bytes()

    def write(self, id: str, record: bytes, content: Sequence[Path] = ()) -> Future[None]:
        """Keep the record. ``content`` reaches the disk first: a record must not claim data a power cut takes away."""
        done = self._writer.submit(self._write, id, record, content)
        done.add_done_callback(self._note)
        return done

    def remove(self, id: str) -> Future[None]:
        """Forget the record, after all writes before."""
        return self._writer.submit((self._folder / f"{id}.resume").unlink, missing_ok=True)

    def set_aside(self, id: str) -> Path:
        """Keep a damaged record for a look, out of the way."""
        path = self._folder / f"{id}.resume"
        return path.rename(path.with_suffix(".damaged"))

    def close(self) -> None:
        """Return once everything is written."""
        self._writer.shutdown()

    def _write(self, id: str, record: bytes, content: Sequence[Path]) -> None:
        for path in content:
            with contextlib.suppress(FileNotFoundError):
                _sync(path)
        staged = self._folder / f"{id}.new"
        staged.unlink(missing_ok=True)
        with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(record)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(self._folder / f"{id}.resume")
        if os.name == "posix":  # elsewhere folders cannot be opened
            _sync(self._folder)

    def _note(self, done: Future[None]) -> None:
        if fault := done.exception():
            self._log.warning("A download's progress could not be kept in %s: %s", self._folder, fault)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
