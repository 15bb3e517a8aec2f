"""File operations that survive a power cut and never hit another file. The calls block."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from radarr_desktop.domain.naming import MAX_NAME
from radarr_desktop.domain.problem import Kind, Problem

_AT_FDCWD, _RENAME_NOREPLACE = -100, 1
_NOT_KNOWN = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


def rename_to_new(old: Path, new: Path) -> None:
    """Rename at once, but never over an existing file."""
    code = _renameat2()(old, new)
    if not code:
        return
    if code not in _NOT_KNOWN:
        raise OSError(code, os.strerror(code), str(new))
    try:
        os.link(old, new, follow_symlinks=False)  # the other call that refuses to replace
    except FileExistsError:
        raise
    except OSError as fault:
        if os.path.lexists(new):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(new)) from fault
        old.rename(new)
    else:
        old.unlink()


@cache
def _renameat2() -> Callable[[Path, Path], int]:
    """The system's call, which Python does not have: 0, or the number of its error."""
    import ctypes  # here: half a megabyte that a program without an import never needs

    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if call is None:
        return lambda old, new: errno.ENOSYS

    def rename(old: Path, new: Path) -> int:
        failed = call(_AT_FDCWD, os.fsencode(old), _AT_FDCWD, os.fsencode(new), _RENAME_NOREPLACE)
        return ctypes.get_errno() if failed else 0

    return rename


def make_folders(folder: Path, root: Path, made: list[Path]) -> None:
    """Make a folder below ``root``, which must be there; what was made is added to ``made``, outermost first."""
    if folder.is_dir():
        return
    if not root.is_dir():
        what, why = f"The folder {root} is missing.", "Its disk is probably not mounted."
        raise Problem(Kind.STORAGE, what, why, "Mount it, then try again.")
    if folder not in (root, folder.parent):
        make_folders(folder.parent, root, made)
    folder.mkdir()
    made.append(folder)


def remove_empty(folders: list[Path]) -> None:
    """Take folders away again, innermost first, as far as nothing lies in them."""
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            folder.rmdir()


def prune(folder: Path, root: Path) -> None:
    """Remove a folder and those above it, below ``root``, as far as nothing lies in them."""
    with contextlib.suppress(OSError):
        while root in folder.parents:
            with contextlib.suppress(FileNotFoundError):
                folder.rmdir()
            folder = folder.parent


def longest_name(folder: Path) -> int:
    """Bytes that one name may have there."""
    if hasattr(os, "pathconf") and folder.is_dir():
        return min(MAX_NAME, os.pathconf(folder, "PC_NAME_MAX"))
    return MAX_NAME


def sync_file(path: Path) -> None:
    """Make a file's content survive a power cut."""
    _sync(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    if os.name != "nt":  # Windows has no such call; NTFS journals names itself
        _sync(folder, os.O_RDONLY)


def sync_up(folder: Path, root: Path) -> None:
    """The same for a folder and those above it, up to and with ``root``."""
    sync_folder(folder)
    if root in folder.parents:
        sync_up(folder.parent, root)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def problem_of(fault: OSError, source: Path, target: Path) -> Problem:
    """What a failed file operation means to people."""
    folder = target.parent
    if isinstance(fault, FileExistsError):
        what = f"{target} is there already."
        return Problem(Kind.CONFLICT, what, "It was not put there by this program.", "Move it away, then try again.")
    if isinstance(fault, FileNotFoundError) and not os.path.lexists(source):
        return Problem(Kind.STORAGE, f"{source} is gone.", "The download was moved or deleted.", "Download it again.")
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem(Kind.DISK_FULL, f"The disk of {folder} is full.", todo="Make room, then try again.")
    if fault.errno == errno.ENAMETOOLONG:
        why = "The file system allows no name or path that long."
        return Problem(Kind.STORAGE, f"{target.name} cannot be made.", why, "Choose a shorter naming pattern.")
    if fault.errno == errno.EROFS:
        what, todo = f"{folder} cannot be written.", "Mount it for writing, then try again."
        return Problem(Kind.STORAGE, what, "Its file system is read-only.", todo)
    if isinstance(fault, PermissionError):
        at = folder if os.access(source, os.R_OK) else source
        what = f"{at} cannot be {'written' if at == folder else 'read'}."
        return Problem(Kind.STORAGE, what, "The system denies it.", "Check owner and permissions, then try again.")
    what = f"{source.name} could not be moved or linked to {folder}."
    return Problem(
        Kind.STORAGE, what, f"The system says: {fault.strerror or fault}.", "Check the disk, then try again."
    )
