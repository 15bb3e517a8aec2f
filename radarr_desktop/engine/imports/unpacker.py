"""The process that unpacks an archive: readers of archives are large and old, and strangers write what they read."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from radarr_desktop.domain import amounts
from radarr_desktop.domain.decision.contents import DANGEROUS
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.imports import prober
from radarr_desktop.engine.imports.members import Damaged, Member, NoReader, members
from radarr_desktop.engine.imports.roles import shown
from radarr_desktop.engine.imports.volumes import ArchiveSet

SLACK = 64 << 20
"""Bytes that may come out however small the archive: subtitles pack well."""
DEEPEST = 16
_BETWEEN = 0.1
"""Seconds between two words on how far it is."""
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an archive may cost. Packing makes no movie smaller: when much more comes out than went in, it is a bomb."""

    size: int = 200 << 30
    ratio: int = 10
    files: int = 10_000
    keep_free: int = 1 << 30
    """Bytes that stay free on the disk it is unpacked to."""
    memory: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Task:
    """One archive to unpack into a folder that is there, empty and nobody else's."""

    root: str
    archive: ArchiveSet
    folder: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Left:
    """What was not unpacked, and why."""

    name: str
    why: str


Word = tuple[str, object]
"""``far`` with bytes, ``done`` with what was left, or ``problem`` with the parts of one."""


def serve(pipe: Connection, task: Task) -> None:
    """Do it, telling how far it is, and end."""
    prober.end_with_parent()
    prober.confine(task.bounds.memory, largest=task.bounds.size)
    told = 0.0

    def tell(done: int) -> None:
        nonlocal told
        if time.monotonic() - told > _BETWEEN:
            told = time.monotonic()
            pipe.send(("far", done))

    try:
        pipe.send(("done", tuple(unpack(task, tell))))
    except Problem as problem:
        pipe.send(("problem", (problem.kind.value, problem.what, problem.why, problem.todo)))


def unpack(task: Task, tell: Callable[[int], None]) -> list[Left]:
    """Write the archive's files below the folder. Raises ``Problem``; what is written by then the caller removes."""
    name = shown(Path(task.archive.first).name)
    volumes = [str(Path(task.root) / one) for one in task.archive.volumes]
    try:
        packed = sum(_size(one) for one in volumes)
        return list(_unpacked(task, members(task.archive.kind, volumes), packed, tell))
    except NoReader as fault:
        what, why = f"{name} cannot be unpacked.", f"That needs libarchive, to read {task.archive.kind} files."
        raise Problem(Kind.STORAGE, what, why, "Install libarchive (Debian, Ubuntu: libarchive13).") from fault
    except MemoryError as fault:
        what, why = f"{name} was not unpacked.", f"It wants more than {amounts.size(task.bounds.memory)} of memory."
        raise Problem(Kind.REFUSED, what, why, "Take another release.") from fault
    except Damaged as fault:
        what, why = f"{name} cannot be unpacked.", f"It is damaged or its end is missing ({shown(str(fault))[:200]})."
        raise Problem(Kind.REFUSED, what, why, "Let the download client check it again.") from fault
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _no_room(name, Path(task.folder)) from fault
        what, why = f"{name} cannot be unpacked.", f"The system says: {fault.strerror or fault}."
        raise Problem(Kind.STORAGE, what, why, "Check the disk, then try again.") from fault


def _unpacked(task: Task, found: Iterator[Member], packed: int, tell: Callable[[int], None]) -> Iterator[Left]:
    archive, bounds, root = shown(Path(task.archive.first).name), task.bounds, Path(task.folder)
    limit = min(bounds.size, max(SLACK, packed * bounds.ratio))
    done = count = 0
    for member in found:
        count += 1
        if member.is_encrypted:
            raise _refused(archive, "It is locked with a password.", "Take another release.")
        if count > bounds.files:
            raise _refused(archive, f"It holds more than {bounds.files:,} files.")
        parts = _parts(member.name, archive)
        if why := _left(member, parts):
            if not stat.S_ISDIR(member.mode):
                yield Left(shown(member.name)[:255], why)
            continue
        if done + max(member.size, 0) > limit:
            raise _bomb(archive, packed)
        with os.fdopen(_made(root, parts, archive), "wb", buffering=0) as file:
            while content := member.read():
                done += len(content)
                if done > limit:
                    raise _bomb(archive, packed)
                if _free(root) - len(content) < bounds.keep_free:
                    raise _no_room(archive, root)
                _write(file.fileno(), content)
                tell(done)


def _parts(name: str, archive: str) -> tuple[str, ...]:
    """A member's folders and name. Both slashes part them, as on Windows; what leads elsewhere condemns the archive."""
    plain = name.replace("\\", "/")
    parts = tuple(part for part in plain.split("/") if part not in ("", "."))
    if plain.startswith("/") or ".." in parts or _DRIVE.match(plain):
        raise _refused(archive, f"It holds {shown(name)[:100]}, which leads out of its folder.")
    if len(parts) > DEEPEST or any(len(os.fsencode(part)) > 255 for part in parts):
        raise _refused(archive, "It holds names that no disk takes.")
    if any("\0" in part for part in parts):
        raise _refused(archive, "It holds names that no disk takes.")
    return parts


def _left(member: Member, parts: tuple[str, ...]) -> str:
    """Why this one is not unpacked, or empty."""
    if stat.S_ISDIR(member.mode):
        return "It is a folder, made when something lies in it."
    if not stat.S_ISREG(member.mode):
        return "It is a link or a device."
    if not parts:
        return "It has no name."
    ending = Path(parts[-1].rstrip(". ")).suffix.lower()
    return f"{ending} is a program or leads to one." if ending in DANGEROUS else ""


def _made(root: Path, parts: tuple[str, ...], archive: str) -> int:
    """A new file below the root, open for writing. Nothing there can be a link, as none is ever made."""
    path = root.joinpath(*parts)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except (FileExistsError, NotADirectoryError) as fault:
        raise _refused(archive, f"It holds two things named {shown('/'.join(parts))[:100]}.") from fault


def _write(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


def _size(path: str) -> int:
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode):
        raise Problem(Kind.REFUSED, f"{shown(Path(path).name)} is no regular file.", "Nothing was unpacked.")
    return found.st_size


def _free(folder: Path) -> int:
    if sys.platform == "win32":
        import shutil

        return shutil.disk_usage(folder).free
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def _refused(archive: str, why: str, todo: str = "") -> Problem:
    return Problem(Kind.REFUSED, f"{archive} was not unpacked.", why, todo or "It may be made to do harm: remove it.")


def _bomb(archive: str, packed: int) -> Problem:
    return _refused(archive, f"Far more comes out of it than the {amounts.size(packed)} that it has.")


def _no_room(archive: str, folder: Path) -> Problem:
    return Problem(
        Kind.DISK_FULL,
        f"There is no room to unpack {archive}.",
        f"The disk of {folder} is nearly full.",
        "Make room, then try again.",
    )
