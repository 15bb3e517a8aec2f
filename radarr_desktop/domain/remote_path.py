"""Folders that a download client on another machine, or in a container, calls by another name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath


@dataclass(frozen=True, slots=True)
class RemotePath:
    """What lies below ``remote`` for the clients of ``host`` lies below ``local`` here."""

    id: int
    host: str
    remote: str
    local: str
    derived: bool = False
    """Found by comparing a torrent's files with the disk; nobody entered it."""


def as_remote(folder: str) -> PurePath:
    """A folder in a client's words: that may run on Windows."""
    windows = PureWindowsPath(folder)
    is_windows = bool(windows.drive) or ("\\" in folder and not folder.startswith("/"))
    return windows if is_windows else PurePosixPath(folder)


def is_full(folder: str) -> bool:
    """Does it begin at the root, and stay below it?"""
    path = as_remote(folder)
    return path.is_absolute() and ".." not in path.parts and "\0" not in folder


def mapped(host: str, folder: str, known: Iterable[RemotePath]) -> Path | None:
    """Where a client's folder lies here; the longest mapping that holds it counts. None: none does."""
    path = as_remote(folder)
    if ".." in path.parts:  # below the mapping's folder by its words alone
        return None
    found: list[tuple[int, Path]] = []
    for each in known:
        remote = as_remote(each.remote)
        if each.host.casefold() == host.casefold() and type(remote) is type(path) and path.is_relative_to(remote):
            found.append((len(remote.parts), Path(each.local, *path.relative_to(remote).parts)))
    return max(found, key=lambda one: one[0])[1] if found else None
