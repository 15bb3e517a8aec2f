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


async def require(db: Database, root: Path) -> None:
    """Raises ``Problem`` for a root folder that is missing, empty, or another than the one that is remembered."""
    remembered, known = await db.read(lambda: (looks.disk_of(str(root)), movies.some_below(str(root), SAMPLE)))
    seen = await asyncio.to_thread(_look, root, remembered, known)
    if seen.fault:
        what, todo = f"The root folder {root} is {seen.fault}", "Mount it, then try again."
        raise Problem(Kind.STORAGE, what, "Its disk is probably not mounted, so nothing was changed.", todo)
    if seen.disk != remembered:
        now = datetime.now(UTC)
        await db.run(lambda: looks.keep_disk(str(root), seen.disk, now))


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
