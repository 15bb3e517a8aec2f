"""Folders that are watched: what is put into them is fetched or imported."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Afterwards(StrEnum):
    """What becomes of a file that was taken."""

    MOVE = "move"
    """Into the sub-folder ``done``."""
    DELETE = "delete"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class WatchFolder:
    """One of them."""

    id: int
    path: str
    enabled: bool = True
    torrents: bool = True
    """.torrent files, and files with magnet links, are fetched."""
    media: bool = False
    """Finished videos are imported."""
    afterwards: Afterwards = Afterwards.MOVE
    problem: str = ""
    """Why it cannot be watched now, as a sentence."""
    polled: bool = False
    """The system does not tell of changes there, so it is looked at again and again."""
