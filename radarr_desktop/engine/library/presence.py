"""Is a root folder really there? An unmounted disk, or another one in its place, never means that all was deleted."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from radarr_desktop.domain.collection import NO_MOVIES
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.store import looks, movies
from radarr_desktop.store.database import Database

SAMPLE = 200
"""Files of the library of which one must be there, where the disk is not the one remembered."""


@dataclass(frozen=True, slots=True)
class _Seen:
    disk: str
    fault: str = ""
    """Why it cannot be the folder we know, as a sentence."""


async def check(db: Database, root: Path, *paths: Path) -> None:
    """May files be brought below ``root``, to these paths? It may be empty where nothing was ever in it.

    Raises ``Problem`` for the place where a disk is mounted at other times, and for another disk in its place.
    """
    is_used, remembered = await db.read(lambda: (movies.any_below(str(root)), looks.disk_of(str(root))))
    if is_used:
        empty, disk = await asyncio.to_thread(lambda: (_is_empty(root), disk_of(root)))
        if empty or not disk:
            known = await db.read(lambda: movies.files_below(str(root)))
            what = f"The folder {root} is {'empty' if empty else 'missing'}, but {known} files were put there."
            todo = "Mount it, then try again. If it is empty on purpose, put any file into it."
            raise Problem(Kind.STORAGE, what, "Its disk is probably not mounted.", todo)
        if disk != remembered:
            await require(db, root)
    await require_inner(db, root, *paths)


async def require_inner(db: Database, root: Path, *paths: Path) -> None:
    """The disks that are mounted, or led to, between ``root`` and these paths must be those that are remembered.

    A disk of its own is remembered once it was seen there. Raises ``Problem``.
    """
    folders = list(dict.fromkeys(each for path in paths for each in path.parents if root in each.parents))
    if not folders:
        return
    remembered = await db.read(lambda: looks.disks(map(str, folders)))
    disks = await asyncio.to_thread(lambda: {each: disk_of(each) for each in folders if _begins(each)})
    for folder in folders:
        before, now = remembered.get(str(folder), ""), disks.get(folder, "")
        if before and now != before and not await _is_any_there(db, folder):
            what, todo = f"The disk in {folder} is missing, or another one.", "Mount it, then try again."
            raise Problem(Kind.STORAGE, what, "It is probably not mounted, so nothing was changed.", todo)
        if now not in ("", before):
            await _keep(db, folder, now)


async def require(db: Database, root: Path) -> None:
    """Raises ``Problem`` for a root folder that is missing, empty, or another than the one that is remembered."""
    remembered, known = await db.read(lambda: (looks.disk_of(str(root)), movies.some_below(str(root), SAMPLE)))
    seen = await asyncio.to_thread(_look, root, remembered, known)
    if seen.fault:
        what, todo = f"The root folder {root} is {seen.fault}", "Mount it, then try again."
        raise Problem(Kind.STORAGE, what, "Its disk is probably not mounted, so nothing was changed.", todo)
    if seen.disk != remembered:
        await _keep(db, root, seen.disk)


async def _keep(db: Database, folder: Path, disk: str) -> None:
    now = datetime.now(UTC)
    await db.run(lambda: looks.keep_disk(str(folder), disk, now))


async def _is_any_there(db: Database, folder: Path) -> bool:
    known = await db.read(lambda: movies.some_below(str(folder), SAMPLE))
    return await asyncio.to_thread(lambda: any(map(os.path.lexists, known)))


def _begins(folder: Path) -> bool:
    """Is it on another disk than the folder it lies in?"""
    try:
        return folder.stat().st_dev != folder.parent.stat().st_dev
    except OSError:
        return False


def _is_empty(folder: Path) -> bool:
    try:
        return not any(folder.iterdir())
    except OSError:
        return False


def _look(root: Path, remembered: str, known: Sequence[str]) -> _Seen:
    try:
        with os.scandir(root) as entries:
            is_empty = all(entry.name.casefold() in NO_MOVIES for entry in entries)
    except OSError:
        return _Seen("", "missing or empty.")
    disk = disk_of(root)
    if is_empty or not disk:
        return _Seen(disk, "missing or empty.")
    if not known or remembered == disk:
        return _Seen(disk)
    if any(os.path.lexists(path) or Path(path).parent.is_dir() for path in known if Path(path).parent != root):
        return _Seen(disk)
    if any(os.path.lexists(path) for path in known):
        return _Seen(disk)
    count = f"none of the {len(known)} files" if len(known) < SAMPLE else "none of the files"
    return _Seen(disk, f"there, but {count} that were in it.")


def disk_of(root: Path) -> str:
    """The file system, and which folder of it; both stay over a restart where the file system can tell them.

    Empty where the folder cannot be looked at. The call blocks.
    """
    try:
        if not hasattr(os, "statvfs"):
            return str(root.stat().st_dev)
        return f"{os.statvfs(root).f_fsid:x}:{root.stat().st_ino}"
    except OSError:
        return ""
