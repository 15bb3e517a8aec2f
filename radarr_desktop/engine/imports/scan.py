"""Look through a finished download's folder, trusting no name and following no link. The calls block."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.imports.roles import Found, Role, Sorted, shown, sort
from radarr_desktop.engine.imports.volumes import ArchiveSet

MOST_FILES = 50_000
DEEPEST = 32

_ODDITIES = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


@dataclass(frozen=True, slots=True)
class Scan:
    """All that lies in a download, each file with what it is and why."""

    root: Path
    """The folder that all paths are below; of a single file, the one it lies in."""
    files: tuple[Sorted, ...]
    archives: tuple[ArchiveSet, ...]

    def of(self, *roles: Role) -> list[Sorted]:
        """The files of these roles, largest first."""
        return sorted((file for file in self.files if file.role in roles), key=lambda file: (-file.size, file.path))

    def place(self, file: Sorted) -> Path:
        """Where a file lies."""
        return self.root / file.path

    @property
    def is_disc(self) -> bool:
        """Is it a copied disc, with no video that could be taken by itself?"""
        return bool(self.of(Role.DISC)) and not self.of(Role.MOVIE, Role.PART)

    @property
    def verdict(self) -> str:
        """In one sentence, why nothing can be taken from it as it is; empty where something can."""
        if unfinished := self.of(Role.UNFINISHED):
            return f"{_name(unfinished[0])} is still being written."
        if self.of(Role.MOVIE):
            return ""
        if parts := self.of(Role.PART):
            return f"The movie is in {len(parts)} files. Import them by hand, or take another release."
        if self.of(Role.DISC):
            return "It is a copy of a disc, which is not taken apart."
        if archives := self.of(Role.ARCHIVE):
            return f"{_name(archives[0])} must be unpacked first."
        if dangerous := self.of(Role.DANGEROUS):
            return f"There is no video, but {_name(dangerous[0])}. {dangerous[0].why}"
        if samples := self.of(Role.SAMPLE, Role.EXTRA):
            return f"There is only {_name(samples[0])}. {samples[0].why}"
        return "There is no video in it."


def scan(path: Path, *, below: str = "", without: Container[str] = ()) -> Scan:
    """Everything in this folder (or only ``below`` this folder in it) but ``without``, or this one file.

    Raises ``Problem`` where it cannot be looked through.
    """
    try:
        here = path.lstat()
        if stat.S_ISDIR(here.st_mode):
            root, found = path, [file for file in _walk(path, below) if file.path not in without]
        else:
            root, found = path.parent, [_found(path.name, here)]
    except FileNotFoundError as fault:
        what, why = (
            f"{shown(str(path))} is not there.",
            "The download was moved or deleted, or its disk is not mounted.",
        )
        raise Problem(Kind.STORAGE, what, why, "Check the folder of the download client.") from fault
    except OSError as fault:
        what, why = f"{shown(str(fault.filename or path))} cannot be read.", f"The system says: {fault.strerror}."
        raise Problem(Kind.STORAGE, what, why, "Check owner and permissions, and the disk.") from fault
    files, archives = sort(found)
    return Scan(root, tuple(files), tuple(archives))


def scan_these(root: Path, paths: Sequence[str]) -> Scan:
    """These files of a folder that others have files in too; what is gone is left out."""
    found = []
    for path in paths:
        with contextlib.suppress(OSError):
            found.append(_found(path, (root / path).lstat()))
    files, archives = sort(found)
    return Scan(root, tuple(files), tuple(archives))


def _walk(root: Path, below: str) -> Iterator[Found]:
    """All that is no folder, in bounds."""
    folders = [(below and f"{below}/", 0)]
    count = 0
    while folders:
        below, depth = folders.pop()
        with os.scandir(root / below) as entries:
            for entry in entries:
                count += 1
                if count > MOST_FILES:
                    what = f"{shown(root.name)} holds more than {MOST_FILES:,} files."
                    raise Problem(Kind.REFUSED, what, "No movie does.", "Look at it, then import the movie by hand.")
                path = f"{below}{entry.name}"
                found = entry.stat(follow_symlinks=False)
                if not stat.S_ISDIR(found.st_mode):
                    yield _found(path, found)
                elif depth < DEEPEST:
                    folders.append((f"{path}/", depth + 1))
                else:
                    yield Found(path, 0, f"a folder more than {DEEPEST} folders deep")


def _found(path: str, facts: os.stat_result) -> Found:
    if stat.S_ISREG(facts.st_mode):
        return Found(path, facts.st_size)
    return Found(path, 0, next((name for test, name in _ODDITIES if test(facts.st_mode)), "something else"))


def _name(file: Sorted) -> str:
    return shown(Path(file.path).name)
