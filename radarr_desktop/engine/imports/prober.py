"""The process that reads media files: a crafted one may hang it, fill it or kill it, and nothing else."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import threading
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, BinaryIO, cast

from radarr_desktop.domain.media import Finding, MediaFacts
from radarr_desktop.engine.imports.matroska import HEAD, marks
from radarr_desktop.engine.imports.tracks import read_tracks

MOST_READ = 192 << 20
"""Bytes looked at in one file: a sound one of 100 GB needs less than 70 MB."""

Answer = tuple[MediaFacts | None, Finding | None]


class TooMuchReading(Exception):
    """The file leads its reader from place to place without an end."""


class Looked:
    """A file as the library may see it: without a name, so that nothing beside it is opened, and only so much of it."""

    mode = "rb"

    def __init__(self, handle: int) -> None:
        self._file = io.FileIO(handle, closefd=False)
        self._left = MOST_READ

    def read(self, count: int) -> bytes:
        """Some bytes at the place it stands at."""
        found = self._file.read(min(count, 1 << 20))
        self._left -= len(found) + 4096  # a look costs something even when it finds nothing
        if self._left < 0:
            raise TooMuchReading
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        """Stand at another place."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Where it stands."""
        return self._file.tell()


def serve(pipe: Connection, memory: int) -> None:
    """Answer paths with facts or findings, until nobody asks any more."""
    end_with_parent()
    try:
        from pymediainfo import MediaInfo
    except (ImportError, OSError):
        ready = False
    else:
        ready = MediaInfo.can_parse()
    confine(memory)
    pipe.send(ready)
    while True:
        try:
            path = pipe.recv()
        except EOFError:
            return
        answer: Answer = (None, Finding.NO_READER)
        if ready:
            answer = look_at(path)
        pipe.send(answer)


def look_at(path: str) -> Answer:
    """Facts of one file. It is opened once, without following a link or waiting for a pipe's other end."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):  # a device must not even be opened
            return None, Finding.NOT_REGULAR
        handle = os.open(path, flags)
    except FileNotFoundError:
        return None, Finding.GONE
    except (OSError, ValueError):
        return None, Finding.UNREADABLE
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            return None, Finding.NOT_REGULAR
        if found.st_size == 0:
            return None, Finding.EMPTY
        return _read(handle, found.st_size)
    finally:
        os.close(handle)


def _read(handle: int, size: int) -> Answer:
    from pymediainfo import MediaInfo

    try:
        said = MediaInfo.parse(
            cast(BinaryIO, Looked(handle)), output="JSON", parse_speed=0, full=False, encoding_errors="replace"
        )
        answer: Any = json.loads(said)
        os.lseek(handle, 0, os.SEEK_SET)
        head = os.read(handle, HEAD)
    except TooMuchReading:
        return None, Finding.TOO_MUCH_READING
    except MemoryError:
        return None, Finding.TOO_MUCH_MEMORY
    except OSError:
        return None, Finding.UNREADABLE
    except (RuntimeError, ValueError, RecursionError):
        return None, Finding.NOT_MEDIA
    return read_tracks(answer, size, marks(head))


def confine(memory: int, *, largest: int = 0) -> None:
    """This process gets little: so much more memory, no core dumped, no file written that is larger than this."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    if sys.platform == "linux":  # elsewhere the address space says nothing about memory
        resource.setrlimit(resource.RLIMIT_AS, (_address_space() + memory,) * 2)


def _address_space() -> int:
    """Bytes of address space taken before the first file."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def end_with_parent() -> None:
    """Who waits for an answer may be killed while a library reads on and on."""
    threading.Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
