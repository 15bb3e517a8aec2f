"""Files beside a movie: subtitles, extras, notes and pictures; what their names say, and what they are called."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath, PurePosixPath

from radarr_desktop.domain.languages import code_of, language_by_code, language_by_name

_WORDS = "srt ass ssa sub idx sup smi vtt usf ttml psb jss aqt rt"
SUBTITLES = frozenset(f".{word}" for word in _WORDS.split())
_IMAGES = frozenset({".jpg", ".jpeg", ".png", ".tbn", ".webp"})
_NOTES = frozenset({".nfo", ".xml"})
_FORCED = frozenset({"forced", "foreign"})
_SDH = frozenset({"sdh", "hi", "cc", "hearing", "impaired"})
_FOLDERS = frozenset({"subs", "subtitles", "sub", "subtitle"})
_SPLIT = re.compile(r"[\s._()\[\]{}]+")
_CODE = re.compile(r"[a-z]{2,3}(-(?P<script>[a-z]{4})|-[a-z]{2})?", re.IGNORECASE)
_LONGEST_TITLE = 20


class SideKind(StrEnum):
    """What a file beside the movie is."""

    SUBTITLE = "subtitle"
    EXTRA = "extra"
    NFO = "nfo"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class SideFile:
    """One file beside a movie's file."""

    id: int
    movie_id: int
    slot_id: int
    path: str
    kind: SideKind
    language: str = ""
    """A code as players know it (``en``, ``pt-BR``), or empty."""
    tags: tuple[str, ...] = ()
    """``forced``, ``sdh``."""
    owned: bool = True
    """Put there by this program: it goes where the movie goes. What people put there is only known."""
    added: datetime | None = None


@dataclass(frozen=True, slots=True)
class SideName:
    """What the name of such a file says."""

    kind: SideKind
    extension: str
    """Lower case, with its dot."""
    title: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()


def side_kind(path: str) -> SideKind:
    """What it is, by its ending."""
    ending = PurePosixPath(path).suffix.lower()
    if ending in SUBTITLES:
        return SideKind.SUBTITLE
    if ending in _IMAGES:
        return SideKind.IMAGE
    return SideKind.NFO if ending in _NOTES else SideKind.EXTRA


def read_side(path: str, video: str) -> SideName:
    """What a file's name says beyond the name of its video (``stem``, without the ending)."""
    file, kind = PurePosixPath(path), side_kind(path)
    extension = file.suffix.lower()
    if kind is not SideKind.SUBTITLE:
        return SideName(kind, extension)
    own = file.stem.casefold().startswith(video.casefold())
    words = [word for word in _SPLIT.split(file.stem[len(video) :] if own else file.stem) if word]
    short = len(words) <= 4 or any(part.casefold() in _FOLDERS for part in file.parts[:-1])
    if not own and not short:
        words = words[-1:]  # a release's own name: only its end can tell a language
    rest = [word for word in words if word.casefold() not in _FORCED | _SDH]
    language, used = _language(rest)
    if not language:
        language, used = _language([word for word in words if word.casefold() == "hi"])  # Hindi, when nothing else is
    said = {word.casefold() for word in words} - ({word.casefold() for word in used})
    tags = tuple(tag for tag, known in (("forced", _FORCED), ("sdh", _SDH)) if said & known)
    left = [word for word in rest if word not in used and not word.strip("-").isdecimal()]
    title = " ".join(left).strip(" -")[:_LONGEST_TITLE] if own else ""
    return SideName(kind, extension, title, language, tags)


def side_name(base: str, side: SideName, taken: Container[str]) -> str:
    """Its name beside a movie with this name (without ending): the first that is not ``taken`` (lower case)."""
    words = [side.title, side.language, *side.tags]
    stem = ".".join((base, *(word for word in words if word)))
    counted = (f"{stem}.{number}{side.extension}" for number in itertools.count(2))
    names = itertools.chain([f"{stem}{side.extension}"], counted)
    return next(name for name in names if name.casefold() not in taken)


def moved(path: str, old_video: str, new_video: str) -> str:
    """Where a side file goes when its movie's file goes elsewhere: the same folder below it, the same end of its name.

    One that does not begin with the name of the movie's file keeps its own.
    """
    file, old, new = PurePath(path), PurePath(old_video), PurePath(new_video)
    name = f"{new.stem}{file.name[len(old.stem) :]}" if file.name.startswith(old.stem) else file.name
    folder = file.parent
    below = folder.relative_to(old.parent) if folder.is_relative_to(old.parent) else PurePath()
    return str(new.parent / below / name)


def _language(words: list[str]) -> tuple[str, frozenset[str]]:
    """The code of the last word or pair of words that names a language, and the words used for it."""
    for count in (2, 1):
        for at in range(len(words) - count, -1, -1):
            used = words[at : at + count]
            texts = ("-".join(used), f"{used[0]} ({used[-1]})") if count == 2 else used
            if code := next(filter(None, map(_code, texts)), ""):
                return code, frozenset(used)
    return "", frozenset()


def _code(text: str) -> str:
    plain = text.lstrip("0123456789-")
    match = _CODE.fullmatch(plain)
    found = language_by_name(plain) or (language_by_code(plain) if match else None)
    if found is None or found.id <= 0:
        return ""
    script = match["script"].title() if match and match["script"] else ""
    return f"{code_of(found)}-{script}" if script else code_of(found)
