"""The ids of a movie in the NFO files beside it: Kodi's XML, or any text with a link. Read as text, in bounds."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LARGEST = 256 * 1024
"""Bytes looked at in one file."""
MOST = 3

_TMDB = (
    re.compile(r"<uniqueid[^>]{0,200}type=[\"']tmdb[\"'][^>]{0,200}>\s{0,20}(\d{1,9})\s{0,20}<", re.IGNORECASE),
    re.compile(r"<tmdbid>\s{0,20}(\d{1,9})\s{0,20}<", re.IGNORECASE),
    re.compile(r"themoviedb\.org/movie/(\d{1,9})", re.IGNORECASE),
)
_IMDB = (
    re.compile(r"<uniqueid[^>]{0,200}type=[\"']imdb[\"'][^>]{0,200}>\s{0,20}(tt\d{7,10})\s{0,20}<", re.IGNORECASE),
    re.compile(r"<(?:imdbid|imdb_id|id)>\s{0,20}(tt\d{7,10})\s{0,20}<", re.IGNORECASE),
    re.compile(r"imdb\.com/(?:[a-z-]{1,10}/)?title/(tt\d{7,10})", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Ids:
    """What movie databases call a movie."""

    tmdb_id: int = 0
    imdb_id: str = ""


def ids_in(notes: Iterable[Path]) -> Ids:
    """The ids that these files tell; one that tells two different movies tells none."""
    texts = [_text(note) for note in sorted(notes)[:MOST]]
    return Ids(int(_only(texts, _TMDB) or 0), _only(texts, _IMDB).lower())


def _only(texts: list[str], patterns: tuple[re.Pattern[str], ...]) -> str:
    for pattern in patterns:
        found = {match.lower() for text in texts for match in pattern.findall(text)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _text(note: Path) -> str:
    """Its beginning; empty for what is no regular file or cannot be read."""
    try:
        handle = os.open(note, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return ""
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return ""
        return os.read(handle, LARGEST).decode("utf-8", "replace")
    except OSError:
        return ""
    finally:
        os.close(handle)
