"""Give a file or folder another name on its volume, or its place in the trash: durable, never over another.

The calls block.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from radarr_desktop.domain.naming import path_key
from radarr_desktop.domain.operations import Action, JournalEntry, Step
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.journal import disk

TRASH = ".radarr-desktop-trash"


class Bin:
    """What of a movie goes to the trash together: each file under its own name, in a folder of that time."""

    def __init__(self, movie_id: int) -> None:
        self._stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{movie_id}"
        self._taken: set[str] = set()

    def step(self, root: Path, path: Path) -> Step:
        """Into the trash of its own disk, below ``root``. Two of one name lie in folders of their own.

        The call blocks.
        """
        top = volume_of(below(root, path), path)
        target, number = top / TRASH / self._stamp / path.name, 1
        while path_key(str(target)) in self._taken:
            number += 1
            target = top / TRASH / self._stamp / str(number) / path.name
        self._taken.add(path_key(str(target)))
        return Step(Action.TRASH, str(path), str(target), {"root": str(top)})


def below(root: Path, path: Path) -> Path:
    """The folder that must be there for a movie's file: its root folder, or what is above its folder elsewhere."""
    return root if root in path.parents else path.parents[1]


def volume_of(root: Path, path: Path) -> Path:
    """The topmost folder of the disk that a file is on, not above ``root``: another one may be mounted within it."""
    top = path.parent
    while top not in (root, top.parent) and _disk_of(top) in (0, _disk_of(top.parent)):
        top = top.parent
    return top


def move_step(source: Path, target: Path, *, root: Path) -> Step:
    """To another name below ``root``."""
    return Step(Action.MOVE, str(source), str(target), {"root": str(root)})


def in_turn(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The same, where a move knows to where later ones take what it moved, by itself or with its folder.

    So what a crash interrupts after these goes forward: the file is not at its new name, but it is not gone.
    """
    told = []
    for number, step in enumerate(steps):
        there, then = Path(step.target), list[str]()
        for later in steps[number + 1 :]:
            moved = Path(later.source)
            if later.action is Action.MOVE and (there == moved or moved in there.parents):
                there = Path(later.target) / there.relative_to(moved)
                then.append(str(there))
        is_on_its_way = step.action is Action.MOVE and then
        told.append(replace(step, data={**step.data, "then": then}) if is_on_its_way else step)
    return tuple(told)


def move(entry: JournalEntry) -> None:
    """Do it; done already is done. What is not there any more need not go to the trash, but must be there to be moved.

    Raises ``Problem`` and leaves nothing behind.
    """
    source, target, root = Path(entry.source), Path(entry.target), root_of(entry)
    made: list[Path] = []
    try:
        if entry.action is Action.TRASH and os.path.lexists(target):
            return  # nobody else's place: what has the old name now is the file that came after it
        if not os.path.lexists(source):
            if entry.action is Action.TRASH or any(map(os.path.lexists, (target, *entry.data.get("then", ())))):
                return
            raise _gone(source)
        disk.make_folders(target.parent, root, made)
        disk.rename_to_new(source, target)
        for folder in (target.parent, *(each.parent for each in reversed(made)), source.parent):
            disk.sync_folder(folder)
    except (OSError, Problem) as fault:
        disk.remove_empty(made)
        if isinstance(fault, Problem):
            raise
        raise disk.problem_of(fault, source, target) from fault


def take_back(entry: JournalEntry) -> bool:
    """Undo it; False where the old name is taken: it stays where it is."""
    source, target = Path(entry.source), Path(entry.target)
    made: list[Path] = []
    try:
        if not os.path.lexists(target):
            return True
        if os.path.lexists(source):
            return entry.action is Action.MOVE  # it was not moved yet: the other one was there before
        disk.make_folders(source.parent, root_of(entry), made)
        disk.rename_to_new(target, source)
        for folder in (source.parent, *(each.parent for each in reversed(made)), target.parent):
            disk.sync_folder(folder)
        disk.prune(target.parent, root_of(entry))
    except OSError as fault:
        raise disk.problem_of(fault, target, source) from fault
    return True


def root_of(entry: JournalEntry | Step) -> Path:
    """The folder that must be there; journals of older versions knew it only by the place of the trash."""
    root = entry.data.get("root")
    return Path(root) if root else Path(entry.target).parents[2]


def _disk_of(folder: Path) -> int:
    """0 where it is not there, or not yet."""
    try:
        return folder.stat().st_dev
    except OSError:
        return 0


def _gone(source: Path) -> Problem:
    todo = "Look for it on the disk, then try again."
    return Problem(Kind.STORAGE, f"{source} is not there any more.", "Something moved or deleted it.", todo)
