"""Changes of the library's files: written down before they are made, undone by what was written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.domain.side_files import SideFile


class Action(StrEnum):
    """What one step does to the disk. None of them ever replaces a file."""

    LINK = "link"
    """A file gets a second name: a hard link, or where allowed a copy."""
    TRASH = "trash"
    """A file goes to the trash of its own volume."""
    MOVE = "move"
    """A file or folder gets another name on its volume."""


class OperationKind(StrEnum):
    """What an operation was for."""

    IMPORT = "import"
    RENAME = "rename"
    DELETE = "delete"
    UNDO = "undo"


class OperationState(StrEnum):
    """``EXPIRED``: what an undo would need is not in the trash any more."""

    OPEN = "open"
    DONE = "done"
    UNDONE = "undone"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Holdings:
    """What of a movie lies where, as the rows have it: what an undo gives back."""

    folder: str
    files: tuple[MovieFile, ...] = ()
    side_files: tuple[SideFile, ...] = ()
    roots: tuple[tuple[int, str], ...] = ()
    """Slots and their root folders."""
    movie: Movie | None = None
    """Where the operation adds or removes the movie itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the disk."""

    action: Action
    source: str
    target: str
    data: Mapping[str, Any] = field(default_factory=dict)
    """``root``: the folder that must be there. Of a link also what its source is like, and whether it may be copied."""


@dataclass(frozen=True, slots=True)
class Change:
    """An operation that is to be carried out."""

    kind: OperationKind
    movie_id: int
    title: str
    """What it is about, for people."""
    steps: tuple[Step, ...]
    slot_id: int = 0
    """0: all slots of the movie."""
    grab_id: int | None = None
    undoes: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    """What closing it needs to know."""
    correlation: str = ""
    """Of what asked for it; empty: the one of who carries it out."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A group of steps, carried out as one, with the rows before and after it."""

    id: int
    kind: OperationKind
    state: OperationState
    movie_id: int
    slot_id: int
    grab_id: int | None
    title: str
    at: datetime
    correlation: str
    undoes: int | None = None
    """Id of the operation it took back."""
    data: Mapping[str, Any] = field(default_factory=dict)
    before: Holdings | None = None
    after: Holdings | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A step of an operation in the journal; ``open`` until the operation is closed."""

    id: int
    operation_id: int
    action: Action
    source: str
    target: str
    open: bool
    at: datetime
    method: str = ""
    """How it was done: ``hardlink``, ``reflink``, ``copy`` or ``rename``."""
    data: Mapping[str, Any] = field(default_factory=dict)
