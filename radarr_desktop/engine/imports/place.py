"""Put one file into the library: staged, durable, never over another file. The calls block."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Action, JournalEntry

STAGED = ".import-{id}.part"
TRASH = ".radarr-desktop-trash"

_CANNOT_LINK = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES}
_AT_FDCWD, _RENAME_NOREPLACE, _FICLONE = -100, 1, 0x40049409


def staged_path(target: Path, entry_id: int) -> Path:
    """Where a file waits in the target's folder until it may have its name."""
    return target.parent / STAGED.format(id=entry_id)


def place(source: Path, target: Path, entry_id: int, *, allow_copy: bool, keep_free: int) -> str:
    """Bring ``source`` to ``target`` and make it durable; how: ``hardlink``, ``reflink`` or ``copy``.

    Doing it again after a crash ends in the same state. Raises ``Problem`` and leaves nothing behind.
    """
    staged = staged_path(target, entry_id)
    fresh = _make_folder(target.parent)
    staged.unlink(missing_ok=True)
    try:
        method = _bring(source, staged, allow_copy=allow_copy, keep_free=keep_free)
        rename_to_new(staged, target)
    except OSError as fault:
        staged.unlink(missing_ok=True)
        raise _problem(fault, source, target) from fault
    except Problem:
        staged.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    if fresh:
        sync_folder(target.parent.parent)
    return method


def placed_by(source: Path, target: Path, size: int) -> str:
    """After a crash: how ``target`` was made from ``source``, or empty when it is not there.

    The target was free when the journal was written and its row owns that name, so a file of the right size is ours.
    """
    if not target.is_file() or target.is_symlink():
        return ""
    if source.exists() and source.samefile(target):
        return "hardlink"
    return "copy" if target.stat().st_size == size else ""


def take_back(entry: JournalEntry) -> None:
    """Undo what was begun and cannot be finished: the old file returns from the trash, staged ones go."""
    source, target = Path(entry.source), Path(entry.target)
    if entry.action is Action.TRASH and target.exists() and not source.exists():
        trash(target, source)
    if entry.action is Action.LINK:
        staged_path(target, entry.id).unlink(missing_ok=True)


def trash(path: Path, target: Path) -> None:
    """Move a file into the trash of its own volume; done already is done."""
    if not path.exists() and target.exists():
        return
    _make_folder(target.parent)
    rename_to_new(path, target)
    sync_folder(target.parent)
    sync_folder(path.parent)


def trash_target(root: Path, path: Path, stamp: str) -> Path:
    """Where a replaced file goes: on the same volume, under its own name, one folder for each time."""
    return root / TRASH / stamp / path.name


def rename_to_new(old: Path, new: Path) -> None:
    """Rename at once, but never over an existing file."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.renameat2(_AT_FDCWD, os.fsencode(old), _AT_FDCWD, os.fsencode(new), _RENAME_NOREPLACE) == 0:
            return
        code = ctypes.get_errno()
        if code not in (errno.ENOSYS, errno.EINVAL):
            raise OSError(code, os.strerror(code), str(new))
    if new.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(new))
    old.rename(new)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    if os.name == "nt":  # Windows has no such call; NTFS journals names itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_folder(folder: Path) -> bool:
    """Make the movie's folder; the root folder must be there, else a disk is not mounted."""
    if folder.is_dir():
        return False
    if not folder.parent.is_dir() and folder.parent.name != TRASH:
        what = f"The folder {folder.parent} is missing."
        raise Problem(Kind.STORAGE, what, "Its disk is probably not mounted.", "Mount it, then try again.")
    try:
        folder.mkdir(parents=folder.parent.name == TRASH)
    except OSError as fault:
        raise _problem(fault, folder, folder) from fault
    return True


def _bring(source: Path, staged: Path, *, allow_copy: bool, keep_free: int) -> str:
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
    if not allow_copy:
        raise Problem(
            Kind.CANNOT_LINK,
            f"{source.name} cannot be linked.",
            f"The download is in {source.parent}, the library in {staged.parent}: {_why(reason)}",
            "Copy this one, or put downloads and library on one disk.",
        )
    _check_room(source, staged, keep_free)
    shutil.copyfile(source, staged)
    shutil.copystat(source, staged)
    _sync_file(staged)
    return "copy"


def _reflink(source: Path, staged: Path) -> bool:
    """Share the bytes on file systems that can (btrfs, xfs)."""
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        with source.open("rb") as old, staged.open("xb") as new:
            fcntl.ioctl(new.fileno(), _FICLONE, old.fileno())
            os.fsync(new.fileno())
    except OSError:
        staged.unlink(missing_ok=True)
        return False
    return True


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _check_room(source: Path, staged: Path, keep_free: int) -> None:
    size, free = source.stat().st_size, shutil.disk_usage(staged.parent).free
    if free - size < keep_free:
        what = f"There is no room for {source.name}."
        why = f"It has {size:,} bytes, {staged.parent} has {free:,} free and {keep_free:,} must stay free."
        raise Problem(Kind.DISK_FULL, what, why, "Make room, then try again.")


def _why(fault: OSError) -> str:
    if fault.errno == errno.EXDEV:
        return "a hard link cannot cross file systems."
    if fault.errno == errno.EMLINK:
        return "the file has as many links as the file system allows."
    return f"the file system does not allow a hard link there ({fault.strerror})."


def _problem(fault: OSError, source: Path, target: Path) -> Problem:
    if isinstance(fault, FileExistsError):
        what = f"{target} is there already."
        return Problem(Kind.CONFLICT, what, "It was not put there by this program.", "Move it away, then try again.")
    if isinstance(fault, FileNotFoundError) and not source.exists():
        return Problem(Kind.STORAGE, f"{source} is gone.", "The download was moved or deleted.", "Download it again.")
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem(Kind.DISK_FULL, f"The disk of {target.parent} is full.", todo="Make room, then try again.")
    if fault.errno == errno.ENAMETOOLONG:
        why = "The file system allows no name that long."
        return Problem(Kind.STORAGE, f"{target.name} cannot be made.", why, "Choose a shorter naming pattern.")
    if fault.errno == errno.EROFS:
        return Problem(Kind.STORAGE, f"{target.parent} cannot be written.", "Its file system is read-only.")
    if isinstance(fault, PermissionError):
        todo = "Check owner and permissions of the folder."
        return Problem(Kind.STORAGE, f"{target.parent} cannot be written.", "The system denies it.", todo)
    return Problem(Kind.STORAGE, f"{source.name} could not be put into the library.", f"{fault.strerror or fault}.")
