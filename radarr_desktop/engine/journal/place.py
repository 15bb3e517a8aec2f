"""Give a file a name in the library: staged, durable, never over another file. The calls block."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import io
import os
import shutil
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from radarr_desktop.domain import amounts
from radarr_desktop.domain.operations import Action, JournalEntry, Step
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.journal import disk

STAGED = ".import-{id}.part"

_CANNOT_LINK = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS}
_FICLONE = 0x40049409
_CHUNK = 4 << 20
_BETWEEN = 0.1
"""Seconds between two words on how far a copy is."""
_SYNC_EVERY = 256 << 20
"""Bytes of a copy between two syncs: the last one must not take minutes."""
_SAME_TIME = 2_000_000_000
"""Nanoseconds by which some file systems round a time."""


class Copying:
    """A copy that takes its time: how far it is, told ten times a second at most, and whether it shall end."""

    def __init__(self, tell: Callable[[int], object], stop: threading.Event) -> None:
        self._tell = tell
        self._told = time.monotonic()
        self.stop = stop

    def is_at(self, done: int) -> None:
        """So many bytes are copied."""
        if time.monotonic() - self._told > _BETWEEN:
            self._told = time.monotonic()
            self._tell(done)


def link_step(source: Path, target: Path, *, root: Path, allow_copy: bool) -> Step:
    """The step that does it; ``root`` must be there. Raises ``Problem`` where the source cannot be looked at."""
    try:
        data = {"root": str(root), "allow_copy": allow_copy, **facts(source)}
    except OSError as fault:
        raise disk.problem_of(fault, source, target) from fault
    return Step(Action.LINK, str(source), str(target), data)


def takes_long(steps: Iterable[Step]) -> bool:
    """Is anything copied, as far as its disk tells? The call blocks."""
    return any(
        step.action is Action.LINK and step.data["allow_copy"] and _disk_of(step.source) != _disk_of(step.data["root"])
        for step in steps
    )


def facts(source: Path) -> dict[str, int]:
    """What the journal remembers of a file, to know it again. Raises ``OSError``."""
    found = source.lstat()
    return {"size": found.st_size, "inode": found.st_ino, "mtime": found.st_mtime_ns}


def staged_path(entry: JournalEntry) -> Path:
    """Where a file waits in the target's folder until it may have its name."""
    return Path(entry.target).parent / STAGED.format(id=entry.id)


def place(entry: JournalEntry, *, keep_free: int, copying: Copying) -> str:
    """Bring the source to the target and make it durable; how: ``hardlink``, ``reflink`` or ``copy``.

    Raises ``Problem`` and leaves nothing behind. ``copying`` hears of a copy, and may end it.
    """
    source, target, staged = Path(entry.source), Path(entry.target), staged_path(entry)
    made: list[Path] = []
    has_its_name = False
    try:
        disk.make_folders(target.parent, Path(entry.data["root"]), made)
        staged.unlink(missing_ok=True)
        method = _bring(source, staged, entry, keep_free=keep_free, copying=copying)
        _require_whole(source, staged, entry, method)
        disk.sync_file(staged)
        disk.rename_to_new(staged, target)
        has_its_name = True
        for folder in (target.parent, *(each.parent for each in reversed(made))):
            disk.sync_folder(folder)
    except (OSError, Problem) as fault:
        with contextlib.suppress(OSError):
            (target if has_its_name else staged).unlink(missing_ok=True)
        disk.remove_empty(made)
        if isinstance(fault, Problem):
            raise
        raise disk.problem_of(fault, source, target) from fault
    return method


def placed_by(entry: JournalEntry) -> str:
    """After a crash: how the target was made from the source, or empty when it was not.

    The target was free when the journal was written and its row owns that name, so the file we know again is ours.
    """
    target, staged = Path(entry.target), staged_path(entry)
    try:
        found = target.lstat()
    except OSError:
        return ""
    if staged.exists():
        if not staged.samefile(target):
            return ""
        staged.unlink()  # a file system that cannot rename without replacing: linked, not yet unlinked
    if not stat.S_ISREG(found.st_mode) or found.st_size != entry.data["size"]:
        return ""
    if found.st_ino == entry.data["inode"]:
        return "hardlink"
    if abs(found.st_mtime_ns - int(entry.data["mtime"])) > _SAME_TIME:
        return ""
    return "copy" if entry.data["allow_copy"] else "reflink"


def is_ours(entry: JournalEntry) -> bool:
    """Is the target still the file that this step put there, as far as can be told?"""
    found = Path(entry.target).lstat()
    same = entry.method != "hardlink" or found.st_ino == entry.data["inode"]
    return stat.S_ISREG(found.st_mode) and same and found.st_size == entry.data["size"]


def take_back(entry: JournalEntry, *, placed: bool) -> bool:
    """Undo what was begun and cannot be finished; the last copy of a file is never taken away: False if it was."""
    source, target = Path(entry.source), Path(entry.target)
    try:
        staged_path(entry).unlink(missing_ok=True)
        if not placed or not target.exists():
            return True
        if not source.exists() or not (source.samefile(target) or filecmp.cmp(source, target, shallow=False)):
            return False
        target.unlink()
        disk.sync_folder(target.parent)
        disk.remove_empty([target.parent])
    except OSError as fault:
        raise disk.problem_of(fault, source, target) from fault
    return True


def _bring(source: Path, staged: Path, entry: JournalEntry, *, keep_free: int, copying: Copying) -> str:
    try:
        os.link(source, staged, follow_symlinks=False)
    except OSError as fault:
        if fault.errno not in _CANNOT_LINK:
            raise
        reason = fault
    else:
        return "hardlink"
    if _reflink(source, staged):
        return "reflink"
    if not os.access(source, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(source))
    if not entry.data["allow_copy"]:
        raise _no_link(source, staged, reason)
    _require_room(source, staged, keep_free)
    _copy(source, staged, copying)
    shutil.copystat(source, staged)
    return "copy"


def _reflink(source: Path, staged: Path) -> bool:
    """Share the bytes on file systems that can (btrfs, xfs)."""
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        with _reading(source) as old, staged.open("xb") as new:
            fcntl.ioctl(new.fileno(), _FICLONE, old.fileno())
        shutil.copystat(source, staged)
    except OSError:
        staged.unlink(missing_ok=True)
        return False
    return True


def _copy(source: Path, staged: Path, copying: Copying) -> None:
    done = unsynced = 0
    with _reading(source) as old, staged.open("xb", buffering=0) as new:
        while chunk := old.read(_CHUNK):
            if copying.stop.is_set():
                raise Problem(Kind.STORAGE, f"Copying {source.name} was interrupted.", "It begins again.")
            left = memoryview(chunk)
            while left:
                left = left[new.write(left) :]
            done += len(chunk)
            copying.is_at(done)
            unsynced += len(chunk)
            if unsynced > _SYNC_EVERY:
                os.fsync(new.fileno())
                unsynced = 0


def _disk_of(path: str) -> int:
    try:
        return Path(path).stat().st_dev
    except OSError:
        return 0


def _reading(source: Path) -> io.FileIO:
    return io.FileIO(os.open(source, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)))


def _require_whole(source: Path, staged: Path, entry: JournalEntry, method: str) -> None:
    """What is staged must be the file that was chosen: it may have been swapped or written to meanwhile."""
    found, now = staged.lstat(), facts(source)
    kept = found.st_ino == entry.data["inode"] if method == "hardlink" else now["mtime"] == entry.data["mtime"]
    if not stat.S_ISREG(found.st_mode) or not kept or not found.st_size == now["size"] == entry.data["size"]:
        why = "Something wrote to it or put another file in its place."
        raise Problem(Kind.STORAGE, f"{source} changed while it was imported.", why, "Try again when it is at rest.")


def _require_room(source: Path, staged: Path, keep_free: int) -> None:
    size, free = source.stat().st_size, shutil.disk_usage(staged.parent).free
    if free - size < keep_free:
        what = f"There is no room for {source.name}."
        room = f"{staged.parent} has {amounts.size(free)} free and must keep {amounts.size(keep_free)}."
        why = f"It has {amounts.size(size)}; {room}"
        raise Problem(Kind.DISK_FULL, what, why, "Make room, then try again.")


def _no_link(source: Path, staged: Path, fault: OSError) -> Problem:
    what = f"{source.name} cannot be linked."
    if fault.errno == errno.EPERM and not os.access(source, os.W_OK):
        why = f"The file in {source.parent} belongs to another user, and the system links only what one may write."
        todo = "Copy this one, or let the download client run as the same user, or as a group that may write."
        return Problem(Kind.CANNOT_LINK, what, why, todo)
    why = f"The download is in {source.parent}, the library in {staged.parent}: {_why(fault)}"
    return Problem(Kind.CANNOT_LINK, what, why, "Copy this one, or put downloads and library on one disk.")


def _why(fault: OSError) -> str:
    if fault.errno == errno.EXDEV:
        return "a hard link cannot cross file systems."
    if fault.errno == errno.EMLINK:
        return "the file has as many links as the file system allows."
    return f"the file system does not allow a hard link there ({fault.strerror})."
