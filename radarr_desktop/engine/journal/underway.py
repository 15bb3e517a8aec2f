"""Operations on their way to their end, and their steps on the disk. The calls block."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import structlog

from radarr_desktop.domain.events import Event
from radarr_desktop.domain.operations import Action, JournalEntry, Operation, OperationKind
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.journal import disk, moves, place

log = structlog.get_logger(__name__)


@dataclass(eq=False, slots=True)
class Underway:
    """An operation that was begun."""

    operation: Operation
    entries: Sequence[JournalEntry]
    stop: threading.Event = field(default_factory=threading.Event)
    """Set: a copy shall end."""
    methods: dict[int, str] = field(default_factory=dict)
    """How each step was done, by its id."""
    problem: Problem | None = None
    """What hindered it."""
    told: Sequence[Event] = ()
    """What is to be told, once it is closed."""


Progress = Callable[[Operation, JournalEntry, int], object]
"""Hears, on the thread that does the work, how many bytes of a link's source are copied."""


def carry_out(all_of_them: Sequence[Underway], progress: Progress, *, again: bool) -> None:
    """Do the steps of each, one after the other; ``again``: a crash may have done a part of them already."""
    for one in all_of_them:
        try:
            for entry in one.entries:
                one.methods[entry.id] = _step(one, entry, progress, again=again)
        except Problem as problem:
            one.problem = problem


def _step(one: Underway, entry: JournalEntry, progress: Progress, *, again: bool) -> str:
    if entry.action is Action.LINK:
        copying = place.Copying(partial(progress, one.operation, entry), one.stop)
        keep_free = int(one.operation.data.get("keep_free", 0))
        placed = place.placed_by(entry) if again else ""
        method = placed or place.place(entry, keep_free=keep_free, copying=copying)
    else:
        moves.move(entry)
        method = "rename"
    if again:  # what was found done may have been done a moment before the crash, and be in no disk's hands yet
        _make_durable(entry)
    return method


def take_back(one: Underway) -> None:
    """Leave no trace of it; what cannot be undone without a loss is left and told. Raises ``Problem``."""
    for entry in reversed(one.entries):
        if entry.action is Action.LINK:
            undone = place.take_back(entry, placed=bool(one.methods.get(entry.id)))
        else:
            undone = moves.take_back(entry)
        if not undone:
            log.warning("operation.left_in_place", path=entry.target)


def missing_disk(entries: Sequence[JournalEntry]) -> Path | None:
    """The root folder that cannot be the one the journal was written for."""
    for entry in entries:
        root = moves.root_of(entry)
        gone = not root.is_dir()
        if not gone and entry.action is not Action.LINK:  # the file must be at one of its two places
            gone = not Path(entry.source).exists() and not Path(entry.target).exists() and not any(root.iterdir())
        if gone:
            return root
    return None


def is_any_seen(entries: Sequence[JournalEntry]) -> bool:
    """Is any of the files in the library, before or after its step?"""
    old = [entry.source for entry in entries if entry.action is not Action.LINK]
    return any(map(os.path.lexists, [*old, *(entry.target for entry in entries)]))


def tidy(operation: Operation, entries: Sequence[JournalEntry]) -> None:
    """Folders that a move has emptied are no use to anybody. An import fills the one it has emptied."""
    if operation.kind is not OperationKind.IMPORT:
        for entry in entries:
            if entry.action is not Action.LINK:
                disk.prune(Path(entry.source).parent, moves.root_of(entry))


def _make_durable(entry: JournalEntry) -> None:
    """Every name the step may have made or taken away. Raises ``Problem``."""
    source, target, root = Path(entry.source), Path(entry.target), moves.root_of(entry)
    try:
        for folder in (target.parent,) if entry.action is Action.LINK else (target.parent, source.parent):
            if folder.is_dir():
                disk.sync_up(folder, root)
    except OSError as fault:
        raise disk.problem_of(fault, source, target) from fault
