"""What lies at one place of a collection. The calls block; links are not followed and nothing is changed."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from radarr_desktop.domain.collection import NO_MOVIES, Video
from radarr_desktop.domain.decision.contents import RIVAL, VIDEO, suffix
from radarr_desktop.domain.matching import title_key
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.imports.roles import Role, Sorted, shown
from radarr_desktop.engine.imports.scan import Scan, scan
from radarr_desktop.engine.library.nfo import Ids, ids_in

_INNER = re.compile(
    r"(?:extra|featurette|trailer|interview|short|scene|sample|subtitle|sub|proof|poster|screen)s?|other|artwork"
    r"|behind the scenes|deleted scenes|extrafanart|extrathumbs|plex versions|bdmv|certificate|any!|(?:video|audio)_ts"
    r"|hvdvd_ts|(?:cd|dvd|disc|disk|part)[ ._-]?\d{1,2}|metadata|\..*",
    re.IGNORECASE,
)
"""Folders inside a movie's own."""


@dataclass(frozen=True, slots=True)
class Find:
    """One place: a movie's folder or file; or a folder that holds several such places."""

    path: str
    """Below the root."""
    video: Video | None = None
    rivals: int = 0
    ids: Ids = Ids()  # noqa: RUF009  frozen
    refused: str = ""
    """Why there is no movie to be had here, as a sentence."""
    inner: tuple[str, ...] = ()
    """Places in it, below the root: it is to be looked at one by one."""


def places(root: Path) -> tuple[list[str], list[str]]:
    """The folders and files a collection consists of, by name; and the names that cannot be kept.

    Raises ``OSError``.
    """
    found: list[str] = []
    foreign: list[str] = []
    with os.scandir(root) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith(".") or name.casefold() in NO_MOVIES:
                continue
            if not (entry.is_dir(follow_symlinks=False) or suffix(name) in VIDEO):
                continue
            (found if _is_text(name) else foreign).append(name)
    return sorted(found), sorted(foreign)


def look(root: Path, path: str) -> Find:
    """What lies there."""
    place = root / path
    try:
        found = place.lstat()
        if not stat.S_ISDIR(found.st_mode):
            return _file(path, found)
        if inner := _inner_places(root, path):
            return Find(path, inner=inner)
        return _folder(path, scan(place))
    except FileNotFoundError:
        return Find(path, refused="It is not there any more.")
    except OSError as fault:
        return Find(path, refused=f"It cannot be read: {fault.strerror}.")
    except Problem as problem:
        return Find(path, refused=str(problem))


def _file(path: str, found: os.stat_result) -> Find:
    if not stat.S_ISREG(found.st_mode):
        return Find(path, refused="It is a link or a device, no file of its own.")
    if not found.st_size:
        return Find(path, refused="It has no bytes.")
    return Find(path, Video(path, found.st_size))


def _inner_places(root: Path, path: str) -> tuple[str, ...]:
    """The places of a folder that only sorts others: no video in it, and more than one folder of a movie's."""
    folders = []
    with os.scandir(root / path) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not _INNER.fullmatch(entry.name) and _is_text(entry.name):
                    folders.append(f"{path}/{entry.name}")
                elif re.fullmatch(r"(?i)bdmv|video_ts|(?:cd|dvd|disc|disk)[ ._-]?\d", entry.name):
                    return ()
            elif suffix(entry.name) in VIDEO:
                return ()
    return tuple(sorted(folders)) if len(folders) > 1 else ()


def _folder(path: str, found: Scan) -> Find:
    movies = found.of(Role.MOVIE)
    if not movies or found.verdict:
        return Find(path, refused=found.verdict or "There is no video in it.")
    best = movies[0]
    if many := _of_many_movies(path, movies):
        return Find(path, inner=many)
    if not _is_text(best.path):
        return Find(path, refused=f"{shown(best.path)} has a name that is not UTF-8. Rename it.")
    rivals = sum(movie.size >= best.size * RIVAL for movie in movies[1:])
    notes = [found.place(file) for file in found.files if file.path.lower().endswith(".nfo") and "/" not in file.path]
    return Find(path, Video(f"{path}/{best.path}", best.size), rivals, ids_in(notes))


def _of_many_movies(path: str, movies: list[Sorted]) -> tuple[str, ...]:
    """Its files, where it is a folder of several movies rather than one movie's."""
    files = [movie for movie in movies if "/" not in movie.path and movie.size >= movies[0].size * RIVAL]
    read = [parse_release(movie.path) for movie in files[:3]]
    told = {(title_key(each.title), each.year) for each in read if each.year}
    if len(files) < 2 or len(told) < len(read):
        return ()
    return tuple(f"{path}/{movie.path}" for movie in movies if "/" not in movie.path and _is_text(movie.path))


def _is_text(name: str) -> bool:
    """Can it be stored and shown? The disk takes any bytes for a name."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
