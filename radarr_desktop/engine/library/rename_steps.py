"""What the disk says to a rename, and the steps that make it. The calls block."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from radarr_desktop.domain.naming import path_key
from radarr_desktop.domain.operations import Step
from radarr_desktop.domain.renaming import FileMove, MovieRename
from radarr_desktop.engine.journal import moves, place

BETWEEN = ".radarr-desktop-renaming"
"""Where a name waits that differs only in its capitals: some disks take old and new for one."""


def looked_at(rename: MovieRename) -> MovieRename:
    """With what stands in its way on the disk."""
    if not Path(rename.root).is_dir():
        found = [f"The folder {rename.root} is missing. Its disk is probably not mounted."]
    elif not rename.moves and next(_files_in(Path(rename.old_folder)), None):
        found = [f"{rename.old_folder} has files in it that belong to no movie as far as is known."]
    else:
        found = [*_gone(rename), *_taken(rename)]
    return replace(rename, conflicts=(*rename.conflicts, *found))


def steps(rename: MovieRename, *, allow_copy: bool = False, new_root: str = "") -> tuple[Step, ...]:
    """All of it, in order. Into another root folder a file is linked and its old name goes to the trash.

    Raises ``Problem`` where a file cannot be looked at.
    """
    if new_root and new_root != rename.root:
        return tuple(_across(rename, Path(new_root), allow_copy=allow_copy))
    root = Path(rename.root)
    if _moves_as_a_whole(rename):
        old, new = Path(rename.old_folder), Path(rename.new_folder)
        inside = [replace(move, old=str(new / Path(move.old).relative_to(old))) for move in rename.moves]
        return moves.in_turn([*_moved(old, new, root, rename.movie_id), *_each(inside, root, rename.movie_id)])
    return moves.in_turn([*_each(rename.moves, root, rename.movie_id)])


def _each(files: Sequence[FileMove], root: Path, movie_id: int) -> Iterator[Step]:
    for move in files:
        if move.old != move.new:
            yield from _moved(Path(move.old), Path(move.new), root, movie_id)


def _moved(old: Path, new: Path, root: Path, movie_id: int) -> Iterator[Step]:
    if path_key(str(old)) != path_key(str(new)):
        yield moves.move_step(old, new, root=root)
        return
    between = moves.volume_of(root, old) / f"{BETWEEN}-{movie_id}" / new.name
    yield moves.move_step(old, between, root=root)
    yield moves.move_step(between, new, root=root)


def _across(rename: MovieRename, root: Path, *, allow_copy: bool) -> Iterator[Step]:
    """All links first: what cannot be linked must not send anything to the trash."""
    trash = moves.Bin(rename.movie_id)
    for move in rename.moves:
        yield place.link_step(Path(move.old), Path(move.new), root=root, allow_copy=allow_copy)
    for move in rename.moves:
        yield trash.step(Path(rename.root), Path(move.old))


def _moves_as_a_whole(rename: MovieRename) -> bool:
    """Is the folder the movie's alone, and free its new name? Else only its own files move."""
    old, new, root = Path(rename.old_folder), Path(rename.new_folder), Path(rename.root)
    if old == new or root not in old.parents or old in new.parents or new in old.parents or not old.is_dir():
        return False
    is_free = not os.path.lexists(new) or old.samefile(new)  # one folder, on a disk that does not tell capitals apart
    known = {move.old for move in rename.moves}
    return is_free and all(str(path) in known for path in _files_in(old))


def _files_in(folder: Path) -> Iterator[Path]:
    for path, _, names in os.walk(folder):
        yield from (Path(path) / name for name in names)


def _gone(rename: MovieRename) -> list[str]:
    lost = [move.old for move in rename.moves if not os.path.lexists(move.old)]
    return [f"{path} is not there any more." for path in lost]


def _taken(rename: MovieRename) -> list[str]:
    """Names that somebody else's file has, also by a disk that does not tell capitals apart."""
    own = {path_key(move.old) for move in rename.moves}
    found = []
    folders: dict[str, dict[str, str]] = {}
    for move in rename.moves:
        if move.new == move.old:
            continue
        folder = move.new.rpartition(os.sep)[0]
        if folder not in folders:
            folders[folder] = {path_key(path): path for path in _listed(folder)}
        key = path_key(move.new)
        if key in folders[folder] and key not in own:
            found.append(f"{folders[folder][key]} is there already.")
    return found


def _listed(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.path for entry in entries]
    except OSError:
        return []
