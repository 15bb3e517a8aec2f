"""Where collecting was left, indexer by indexer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CollectingState(StrEnum):
    """How a collection stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    """By the user, or by what ``problem`` says; it goes on where it was."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Collecting:
    """How far an indexer's pages were read."""

    instance_id: int
    state: CollectingState
    changed: datetime
    segment: int = 0
    """Of those the indexer is read in."""
    page: int = 0
    """The next one of it."""
    failures: int = 0
    """In a row."""
    problem: str = ""
