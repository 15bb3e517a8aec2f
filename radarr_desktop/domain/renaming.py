"""What renaming movies would do: old and new paths, decided before anything is done."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.naming import path_key
from radarr_desktop.domain.side_files import SideFile, moved

MANY = 10
"""Movies above which a yes is needed."""
LARGE_PART = 0.05
"""Part of the library above which it is needed, too."""


class MovedKind(StrEnum):
    """What is moved."""

    MOVIE = "movie"
    SIDE = "side"
    """A subtitle, a picture or the like that is known to be the movie's."""


@dataclass(frozen=True, slots=True)
class FileMove:
    """One file, by full paths."""

    old: str
    new: str
    kind: MovedKind
    file_id: int = 0
    """Of the movie's file."""


@dataclass(frozen=True, slots=True)
class MovieRename:
    """All that changes of one movie."""

    movie_id: int
    title: str
    root: str
    """The root folder that holds old and new."""
    old_folder: str
    new_folder: str
    moves: tuple[FileMove, ...]
    conflicts: tuple[str, ...] = ()
    """Sentences: why this movie is left out."""

    @property
    def changes(self) -> bool:
        """Is there anything to do?"""
        return self.old_folder != self.new_folder or any(move.old != move.new for move in self.moves)

    @property
    def mark(self) -> str:
        """What two plans share that do the same."""
        told = [self.old_folder, self.new_folder, *(f"{move.old}\0{move.new}" for move in self.moves)]
        return hashlib.sha256("\0\0".join(told).encode(errors="surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RenamePreview:
    """What would be done; nothing was."""

    movies: tuple[MovieRename, ...]
    """Only those that change or cannot."""
    unchanged: int
    """How many other movies the library has."""
    folders: bool
    """Are folders renamed too?"""

    @property
    def possible(self) -> tuple[MovieRename, ...]:
        """Those that nothing speaks against."""
        return tuple(movie for movie in self.movies if not movie.conflicts)

    @property
    def why(self) -> str:
        """Why somebody must say yes first; empty where nobody needs to."""
        count, whole = len(self.possible), len(self.movies) + self.unchanged
        if count > MANY:
            return f"{count:,} movies get other names."
        if count > 1 and count > whole * LARGE_PART:
            return f"{count} of {whole:,} movies get other names."
        return ""

    @property
    def needs_yes(self) -> bool:
        """Is it so much that somebody must say yes first?"""
        return bool(self.why)


def renamed(movie: Movie, sides: Sequence[SideFile], root: str, folder: str, names: Mapping[int, str]) -> MovieRename:
    """One movie with another folder, and other names of files below it (by slot; without one they stay).

    A file that does not lie in the movie's folder stays in its own.
    """
    moves, videos = [], {}
    for slot in movie.slots:
        if slot.file is None:
            continue
        old = slot.file.path
        inside = old.startswith(f"{movie.folder}{os.sep}")
        parent, _, own = old.rpartition(os.sep)
        wanted = names.get(slot.id, old[len(movie.folder) + 1 :] if inside else own)
        new = f"{folder}{os.sep}{wanted}" if inside else f"{parent}{os.sep}{wanted.rpartition('/')[2]}"
        videos[slot.id] = (old, new)
        moves.append(FileMove(old, new, MovedKind.MOVIE, slot.file.id))
    for side in sides:
        nowhere = (f"{movie.folder}{os.sep}-", f"{folder}{os.sep}-")
        old_video, new_video = videos.get(side.slot_id, nowhere)
        moves.append(FileMove(side.path, moved(side.path, old_video, new_video), MovedKind.SIDE))
    return MovieRename(movie.id, movie.title, root, movie.folder, folder, tuple(moves))


def with_rivals(
    renames: Sequence[MovieRename], owners: Mapping[str, int], titles: Mapping[int, str]
) -> list[MovieRename]:
    """Each with what stands in its way by the rows alone.

    ``owners``: the movie of every file and folder of the library, by the key of its path.
    """
    wanted: dict[str, list[int]] = {}
    for rename in renames:
        for key in {path_key(path) for path in _targets(rename)}:
            wanted.setdefault(key, []).append(rename.movie_id)
    told = []
    for rename in renames:
        found: list[str] = list(_twice(rename))
        for path in _targets(rename):
            key = path_key(path)
            others = {owners.get(key, rename.movie_id), *wanted[key]} - {rename.movie_id}
            found += [f"{path} is also for {titles.get(other, 'another movie')}." for other in sorted(others)]
        told.append(replace(rename, conflicts=(*rename.conflicts, *dict.fromkeys(found))))
    return told


def _targets(rename: MovieRename) -> list[str]:
    """Every path that becomes this movie's."""
    folder = [rename.new_folder] if rename.old_folder != rename.new_folder else []
    return [*folder, *(move.new for move in rename.moves if move.new != move.old)]


def _twice(rename: MovieRename) -> list[str]:
    """Two files of one movie that would get the same name."""
    seen: set[str] = set()
    found = []
    for move in rename.moves:
        if (key := path_key(move.new)) in seen:
            found.append(f"Two of its files would be called {PurePath(move.new).name}.")
        seen.add(key)
    return found
