"""What lies in a watched folder. The calls block; links are not followed, and nothing without an end is read."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from radarr_desktop.domain.decision.contents import VIDEO, suffix
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.imports.roles import Role
from radarr_desktop.engine.imports.scan import scan
from radarr_desktop.engine.journal import disk

DONE, FAILED = "done", "failed"
"""Sub-folders for what was taken, and for torrents that could not be."""
LARGEST = 16 * 1024 * 1024
"""Bytes of a .torrent."""
LONGEST_LINK = 64 * 1024
"""Bytes of a file with a magnet link."""

_MAGNET = re.compile(rb"magnet:\?[^\s\"'<>]+", re.IGNORECASE)


class EntryKind(StrEnum):
    """What is done with it."""

    TORRENT = "torrent"
    MAGNET = "magnet"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder right in a watched folder. Two looks that find the same one know that it is at rest."""

    name: str
    kind: EntryKind
    size: int
    mtime: int
    """Nanoseconds; of a folder, the newest of its files'."""
    files: int = 1
    is_unfinished: bool = False
    """Its name, or one in it, says so."""


def entries(folder: Path) -> list[Entry]:
    """What is of interest in it. Raises ``OSError`` where it cannot be read."""
    found = []
    with os.scandir(folder) as listed:
        for each in sorted(listed, key=lambda entry: entry.name):
            if each.name.startswith(".") or each.name.lower() in (DONE, FAILED) or not _is_text(each.name):
                continue
            with contextlib.suppress(FileNotFoundError):
                entry = _entry(folder / each.name, each.stat(follow_symlinks=False))
                if entry is not None:
                    found.append(entry)
    return found


def is_written(path: Path) -> bool:
    """Has a program the file open for writing, as far as the system tells?"""
    try:
        import fcntl
    except ImportError:
        return False
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as fault:
        return fault.errno == errno.EAGAIN  # anything else: a file system that knows no leases, or another's file
    finally:
        os.close(handle)
    return False


def files_of(path: Path) -> list[Path]:
    """The file, or the files in the folder."""
    found = scan(path)
    return [found.place(file) for file in found.files if file.role is not Role.REFUSED]


def content(path: Path, kind: EntryKind) -> list[bytes | str]:
    """The torrent, or the magnet links. Raises ``Problem``."""
    limit = LARGEST if kind is EntryKind.TORRENT else LONGEST_LINK
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Problem(Kind.BAD_INPUT, f"{path.name} is no file of its own.", "Links and pipes are not read.")
            data = file.read(limit + 1)
    except OSError as fault:
        what, why = f"{path} cannot be read.", f"The system says: {fault.strerror}."
        raise Problem(Kind.STORAGE, what, why, "Check owner and permissions.") from fault
    if len(data) > limit:
        what = f"{path.name} is larger than {limit >> 10:,} kB."
        raise Problem(Kind.BAD_INPUT, what, "No torrent file or magnet link is.", "Remove it.")
    if kind is EntryKind.TORRENT:
        return [data]
    links: list[bytes | str] = [link.decode("utf-8", "replace") for link in _MAGNET.findall(data)]
    if not links:
        raise Problem(Kind.BAD_INPUT, f"{path.name} holds no magnet link.", todo="Remove it.")
    return links


def put_away(path: Path, into: str) -> None:
    """Move it into a sub-folder of where it lies, under a free name."""
    folder = path.parent / into
    try:
        if not os.path.lexists(path):
            return
        folder.mkdir(exist_ok=True)
        for number in itertools.count(1):
            name = path.name if number == 1 else f"{path.stem} ({number}){path.suffix}"
            with contextlib.suppress(FileExistsError):
                disk.rename_to_new(path, folder / name)
                return
    except OSError as fault:
        what, why = f"{path} cannot be put away.", f"The system says: {fault.strerror}."
        raise Problem(Kind.STORAGE, what, why, "Check owner and permissions of the watched folder.") from fault


def _entry(path: Path, found: os.stat_result) -> Entry | None:
    name = path.name
    if stat.S_ISDIR(found.st_mode):
        return _folder(path)
    kind = _kind(name)
    if not stat.S_ISREG(found.st_mode) or kind is None:
        return None
    return Entry(name, kind, found.st_size, found.st_mtime_ns, is_unfinished=found.st_size == 0)


def _kind(name: str) -> EntryKind | None:
    ending = suffix(name)
    if ending == ".torrent":
        return EntryKind.TORRENT
    if ending == ".magnet":
        return EntryKind.MAGNET
    return EntryKind.MEDIA if ending in VIDEO else None


def _folder(path: Path) -> Entry | None:
    """A folder with a video in it."""
    try:
        found = scan(path)
    except Problem:
        return None
    if not found.of(Role.MOVIE, Role.PART, Role.UNFINISHED):
        return None
    facts = [found.place(file).lstat() for file in found.files]
    size, newest = sum(one.st_size for one in facts), max(one.st_mtime_ns for one in facts)
    return Entry(path.name, EntryKind.MEDIA, size, newest, len(facts), bool(found.of(Role.UNFINISHED)))


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
