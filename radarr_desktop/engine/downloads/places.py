"""Look for a torrent's files on the disks of this machine. The calls block."""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from radarr_desktop.plugin_api import DownloadFile

DEEPEST = 4
"""Folders below a starting point that are looked into."""
MOST = 20_000
"""Folders that are looked into in all."""
COMPARED = 50
"""Files of a torrent, the largest ones."""


@dataclass(frozen=True, slots=True)
class Places:
    """Folders in which all of a torrent's files lie, by path and size."""

    found: tuple[Path, ...]
    is_whole: bool
    """Was everything looked through? Otherwise there may be more."""


def holds(folder: Path, files: Sequence[DownloadFile]) -> bool:
    """Do these files lie in the folder, whole?"""
    wanted = _compared(files)
    return bool(wanted) and all(_is_there(folder / file.path, file.size) for file in wanted)


def is_meant(folder: Path, files: Sequence[DownloadFile]) -> bool:
    """Does one of these files lie in the folder, whole or not? Then it is the right one, whatever ails the file."""
    return any(os.path.lexists(folder / file.path) for file in _compared(files))


def search(starts: Iterable[Path], files: Sequence[DownloadFile]) -> Places:
    """Every folder at or below the starting points that holds them; links are not followed, one folder counts once."""
    wanted = _compared(files)
    if not wanted:
        return Places((), is_whole=True)
    top = wanted[0].path.partition("/")[0]
    queue = deque((start, 0) for start in starts)
    seen: set[tuple[int, int]] = set()
    found = []
    while queue and len(seen) < MOST:
        folder, depth = queue.popleft()
        try:
            status = folder.stat()
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError:
            continue
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        if any(entry.name == top for entry in listed) and holds(folder, files):
            found.append(folder)
        if depth < DEEPEST:
            queue.extend((Path(entry.path), depth + 1) for entry in listed if _is_open(entry))
    return Places(tuple(found), is_whole=not queue)


def _compared(files: Sequence[DownloadFile]) -> list[DownloadFile]:
    return sorted((file for file in files if file.wanted and file.size), key=lambda file: -file.size)[:COMPARED]


def _is_there(path: Path, size: int) -> bool:
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == size


def _is_open(entry: os.DirEntry[str]) -> bool:
    try:
        return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
