"""What a renaming would do, file by file, with the parts that differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, Qt

from radarr_desktop.domain.renaming import MovieRename, RenamePreview
from radarr_desktop.ui.models.listing import ListModel
from radarr_desktop.ui.models.times import number

_PARTS = re.compile(r"\w+|\W")
_LONGEST = 400
"""Characters compared part by part; longer paths are shown unmarked."""


@dataclass(frozen=True, slots=True)
class RenameRow:
    """One file or folder, below its root folder; or why a movie is left out."""

    title: str
    old: str
    new: str
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a path; ``differs`` from the other path."""

    text: str
    differs: bool


class RenamesModel(ListModel[RenameRow]):
    """Those that cannot be first."""

    def set_preview(self, preview: RenamePreview) -> None:
        """Show another."""
        in_the_way = [movie for movie in preview.movies if movie.conflicts]
        self._show([row for movie in (*in_the_way, *preview.possible) for row in rows_of(movie)])

    def told(self, row: RenameRow, role: int) -> str | None:
        """Words."""
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (
                f"{row.title}: {row.conflict}"
                if row.conflict
                else _say("{old} becomes {new}").format(old=row.old, new=row.new)
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.conflict or f"{row.old}\n{row.new}"
        return None


def rows_of(movie: MovieRename) -> list[RenameRow]:
    """What of a movie is shown."""
    old_folder, new_folder = _below(movie.old_folder, movie.root), _below(movie.new_folder, movie.root)
    if movie.conflicts:
        return [RenameRow(movie.title, old_folder, new_folder, sentence) for sentence in movie.conflicts]
    moves = [move for move in movie.moves if move.old != move.new]
    rows = [RenameRow(movie.title, _below(move.old, movie.root), _below(move.new, movie.root)) for move in moves]
    return rows or [RenameRow(movie.title, old_folder, new_folder)]


@lru_cache(maxsize=512)
def parts(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Both paths, cut where they differ."""
    if len(old) > _LONGEST or len(new) > _LONGEST:
        return (Part(old, differs=False),), (Part(new, differs=False),)
    olds, news = _PARTS.findall(old), _PARTS.findall(new)
    left: list[Part] = []
    right: list[Part] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        differs = tag != "equal"
        if i2 > i1:
            left.append(Part("".join(olds[i1:i2]), differs))
        if j2 > j1:
            right.append(Part("".join(news[j1:j2]), differs))
    return tuple(left), tuple(right)


def sum_words(preview: RenamePreview) -> str:
    """ "298 movies get other names, 14 stay as they are, 2 cannot be renamed."."""
    count, stuck = len(preview.possible), len(preview.movies) - len(preview.possible)
    one, many = _say("1 movie gets another name"), _say("{count} movies get other names")
    told = [one if count == 1 else many.format(count=number(count))]
    if stuck:
        told.append(_say("{count} cannot be renamed").format(count=number(stuck)))
    return ", ".join(told) + "."


def _below(path: str, root: str) -> str:
    whole = PurePath(path)
    return str(whole.relative_to(root)) if whole.is_relative_to(root) else path


def _say(words: str) -> str:
    return QCoreApplication.translate("Renames", words)
