"""A collection that was there before the program: the look through it, and what was found at each place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from radarr_desktop.domain.matching import Clues, Guess

NO_MOVIES = frozenset(
    {"$recycle.bin", "recycler", "system volume information", "lost+found", "@eadir", "#recycle", "#snapshot"}
    | {"appledb", "appledesktop", "appledouble", "__macosx", "found.000", "@recycle", "@transcode"}
)
"""Folders that systems make for themselves; all hidden ones are passed over too."""


class ScanState(StrEnum):
    """How far a look through a folder is."""

    RUNNING = "running"
    PAUSED = "paused"
    """By the user."""
    WAITING = "waiting"
    """For a metadata source, or a disk, that is away."""
    DONE = "done"
    STOPPED = "stopped"
    """By the user; what was found until then is kept."""


UNDER_WAY = frozenset({ScanState.RUNNING, ScanState.PAUSED, ScanState.WAITING})


class ItemState(StrEnum):
    """What is known of one place. The first two are on their way."""

    NEW = "new"
    READ = "read"
    """Looked at, not yet matched."""
    CERTAIN = "certain"
    """Ready to be adopted."""
    DOUBTFUL = "doubtful"
    """There are choices."""
    UNKNOWN = "unknown"
    """Nobody knows a movie like this."""
    REFUSED = "refused"
    """There is nothing that could be adopted."""
    KNOWN = "known"
    """It is in the library already."""
    LEFT_OUT = "left_out"
    """The user wants it left alone."""
    ADOPTED = "adopted"


UNFINISHED = frozenset({ItemState.NEW, ItemState.READ})


@dataclass(frozen=True, slots=True)
class Video:
    """The file that is the movie at a place of the collection."""

    path: str
    """Below the root folder."""
    size: int


@dataclass(frozen=True, slots=True)
class CollectionItem:
    """A folder or a file right in a folder of movies, and what movie it is."""

    id: int
    scan_id: int
    path: str
    """Below the root folder."""
    state: ItemState
    clues: Clues = field(default_factory=Clues)
    guesses: tuple[Guess, ...] = ()
    """Best first."""
    video: Video | None = None
    note: str = ""
    """Why it is doubtful or refused, as a sentence."""
    movie_id: int = 0
    """The movie of the library that it became, or was already."""

    @property
    def is_file(self) -> bool:
        """Is it a file without a folder of its own?"""
        return self.video is not None and self.video.path == self.path


@dataclass(frozen=True, slots=True)
class CollectionScan:
    """One look through one folder."""

    id: int
    root: str
    state: ScanState
    started: datetime
    correlation: str
    finished: datetime | None = None
    problem: str = ""
    """Why it waits."""
    counts: Mapping[ItemState, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Places found so far."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Places that nothing more is to be found out about."""
        return sum(count for state, count in self.counts.items() if state not in UNFINISHED)
