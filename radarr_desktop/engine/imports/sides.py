"""Which files of a download come along with its movie, and what they are called beside it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.side_files import SideKind, SideName, read_side, side_name
from radarr_desktop.engine.imports.roles import Role, Sorted
from radarr_desktop.engine.imports.scan import Scan

MOST = 200
"""Side files of one movie: nobody has more languages."""
LARGEST = 200 << 20
"""Bytes of one; only subtitles that are pictures are that large."""


@dataclass(frozen=True, slots=True)
class Side:
    """One file that comes along."""

    source: Path
    target: Path
    name: SideName


def sides_of(found: Scan, video: Sorted, target: Path, endings: Collection[str], taken: Collection[str]) -> list[Side]:
    """The files of these endings that are this video's, with the names they get beside its ``target``.

    ``taken``: names in that folder, in lower case. Where there are several movies, each gets its own.
    """
    alone = len(found.of(Role.MOVIE)) == 1
    kept: list[Side] = []
    stem, used, notes = PurePosixPath(video.path).stem, set(taken), 0
    for file in found.files:
        if len(kept) == MOST or not _is_wanted(file, endings) or not _belongs(file, video, alone=alone):
            continue
        name = read_side(file.path, stem)
        notes += name.kind is SideKind.NFO
        if name.kind is SideKind.NFO and notes > 1:
            continue
        as_called = side_name(target.stem, name, used)
        used.add(as_called.casefold())
        kept.append(Side(found.place(file), target.with_name(as_called), name))
    return kept


def _is_wanted(file: Sorted, endings: Collection[str]) -> bool:
    path = PurePosixPath(file.path)
    hidden = any(part.startswith(".") for part in path.parts)
    fits = file.role in (Role.SUBTITLE, Role.IGNORED) and 0 < file.size <= LARGEST
    return fits and not hidden and path.suffix.lower() in endings


def _belongs(file: Sorted, video: Sorted, *, alone: bool) -> bool:
    """By the same beginning of its name; a subtitle also by the same title and year, or as the only movie's."""
    theirs, ours = PurePosixPath(file.path), PurePosixPath(video.path)
    if theirs.stem.casefold().startswith(ours.stem.casefold()):
        return True
    if alone and file.role is Role.SUBTITLE:
        return True
    one, other = parse_release(theirs.stem), parse_release(ours.stem)
    titles = [{title.casefold() for title in each.titles} for each in (one, other)]
    return bool(titles[0] & titles[1]) and one.year == other.year
