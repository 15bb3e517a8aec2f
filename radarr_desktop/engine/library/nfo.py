"""The ids of a movie in the NFO files beside it: Kodi's XML, or any text with a link. Read as text, in bounds."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

LARGEST = 256 * 1024
"""Bytes looked at in one file."""
MOST = 3

_TAG = re.compile(
    r"<(uniqueid|tmdbid|imdbid|imdb_id|id)\b([^<>]{0,300})>\s{0,20}([a-z0-9]{1,12})\s{0,20}<", re.IGNORECASE
)
_LINK = re.compile(
    r"themoviedb\.org/movie/(?P<tmdb>\d{1,9})|imdb\.com/(?:[a-z-]{1,10}/)?title/(?P<imdb>tt\d{7,10})", re.IGNORECASE
)
_TMDB, _IMDB = re.compile(r"\d{1,9}"), re.compile(r"tt\d{7,10}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ids:
    """What movie databases call a movie."""

    tmdb_id: int = 0
    imdb_id: str = ""


def ids_in(notes: Iterable[Path]) -> Ids:
    """The ids that these files tell; those of two different movies tell none."""
    return ids_told("\n".join(_text(note) for note in sorted(notes)[:MOST]))


def ids_told(text: str) -> Ids:
    """The same of a text: its tags count before its links."""
    tags = [_of_tag(*match.groups()) for match in _TAG.finditer(text)]
    links = [Ids(int(match["tmdb"] or 0), (match["imdb"] or "").lower()) for match in _LINK.finditer(text)]
    return Ids(
        _only(each.tmdb_id for each in tags) or _only(each.tmdb_id for each in links) or 0,
        _only(each.imdb_id for each in tags) or _only(each.imdb_id for each in links) or "",
    )


def _of_tag(tag: str, attributes: str, value: str) -> Ids:
    kind = attributes.lower() if tag.lower() == "uniqueid" else tag.lower()
    if "tmdb" in kind and _TMDB.fullmatch(value):
        return Ids(tmdb_id=int(value))
    is_imdb = ("imdb" in kind or kind == "id") and _IMDB.fullmatch(value)
    return Ids(imdb_id=value.lower()) if is_imdb else Ids()


def _only(told: Iterable[T]) -> T | None:
    """What all of them say that say anything."""
    found = {one for one in told if one}
    return found.pop() if len(found) == 1 else None


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
