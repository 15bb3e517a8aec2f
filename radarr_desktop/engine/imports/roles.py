"""What each file of a download is, by its path and size, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from radarr_desktop.domain.decision.contents import ARCHIVE, DANGEROUS, VIDEO, is_sample
from radarr_desktop.domain.side_files import SUBTITLES
from radarr_desktop.engine.imports.volumes import ArchiveSet, archive_sets

SAMPLE_PART = 0.3
"""Part of the largest video's size below which one that is called a sample is one."""

_IMAGES = frozenset({".iso", ".img"})
_UNFINISHED = frozenset({".!qb", ".part", ".parts", ".crdownload", ".aria2", ".!ut", ".bc!", ".tmp", ".partial"})
_DISC_FOLDERS = {"bdmv": "a Blu-ray", "video_ts": "a DVD", "hvdvd_ts": "an HD DVD", "certificate": "a Blu-ray"}
_SAMPLES = frozenset({"sample", "samples"})
_EXTRA_WORDS = (
    "extra extras featurette featurettes trailer trailers interviews shorts scenes other proof screens extrafanart"
    " bonus specials"
)
_EXTRA_FOLDERS = frozenset(_EXTRA_WORDS.split()) | {"behind the scenes", "deleted scenes", "plex versions"}
_EXTRA_ENDING = re.compile(r"-(trailer|other|behindthescenes|deleted|featurette|interview|scene|short)$", re.IGNORECASE)
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "@eadir", ".@__thumb", "__macosx", "lost+found"})
_PART = re.compile(
    r"(?P<stem>.*?)[ ._-]*\b(?:cd|dvd|part|pt|disk|disc)[ ._-]*(?P<number>\d{1,2})\b(?P<rest>.*)", re.IGNORECASE
)
_LETTER = re.compile(r"(?P<stem>.*?[ ._-])(?P<number>[a-d])(?P<rest>)", re.IGNORECASE)
_SPACED = str.maketrans("._-", "   ")
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Role(StrEnum):
    """What a file is to the import."""

    MOVIE = "movie"
    """A video that may be the movie."""
    PART = "part"
    """One of several videos that are the movie together."""
    SAMPLE = "sample"
    EXTRA = "extra"
    SUBTITLE = "subtitle"
    DISC = "disc"
    """A disc's image, or a file of a copied disc."""
    ARCHIVE = "archive"
    """The first volume."""
    VOLUME = "volume"
    """A further volume."""
    UNFINISHED = "unfinished"
    DANGEROUS = "dangerous"
    REFUSED = "refused"
    """No regular file."""
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Found:
    """A path below the download, as the disk has it. ``oddity`` says what it is when it is no regular file."""

    path: str
    size: int
    oddity: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """One file, what it is, and why."""

    path: str
    size: int
    role: Role
    why: str


def sort(found: Sequence[Found]) -> tuple[list[Sorted], list[ArchiveSet]]:
    """Every file with its role, in the order of their paths; and the archives among them."""
    files = sorted(found, key=lambda file: file.path)
    regular = [file for file in files if not file.oddity]
    sets = archive_sets(file.path for file in regular)
    volumes = {path: one for one in sets for path in one.volumes}
    kept = [Sorted(file.path, file.size, *_role(file, volumes)) for file in files]
    return _with_parts(_with_samples(kept)), sets


def shown(path: str) -> str:
    """A path as it may be printed: nothing in it moves the cursor or turns the text around."""
    return "".join(one if one.isprintable() else "�" for one in path[:1000])


def _role(file: Found, volumes: Mapping[str, ArchiveSet]) -> tuple[Role, str]:
    path = PurePosixPath(file.path)
    if file.oddity:
        return Role.REFUSED, f"It is {file.oddity}, no file of its own."
    if _DIRECTION & set(file.path):
        return Role.DANGEROUS, "Its name turns text around, which hides what it really ends in."
    ending = _ending(file.path)
    if ending in DANGEROUS:
        return Role.DANGEROUS, f"{ending} is a program or leads to one."
    return _unusable(path, ending, file.size) or _usable(path, ending, volumes)


def _unusable(path: PurePosixPath, ending: str, size: int) -> tuple[Role, str] | None:
    if system := next((part for part in path.parts if part.startswith(".") or part.lower() in _SYSTEM), ""):
        return Role.IGNORED, f"{shown(system)} is hidden, or the system's own."
    if ending in _UNFINISHED:
        return Role.UNFINISHED, f"{ending} marks a file that is still being written."
    return (Role.IGNORED, "It has no bytes.") if size == 0 else None


def _usable(path: PurePosixPath, ending: str, volumes: Mapping[str, ArchiveSet]) -> tuple[Role, str]:
    if disc := next((_DISC_FOLDERS[part.lower()] for part in path.parts[:-1] if part.lower() in _DISC_FOLDERS), ""):
        return Role.DISC, f"It is a part of {disc}."
    if archive := volumes.get(str(path)):
        return _volume(str(path), archive)
    return _by_ending(path, ending)


def _volume(path: str, archive: ArchiveSet) -> tuple[Role, str]:
    if path != archive.first:
        return Role.VOLUME, f"It continues {shown(PurePosixPath(archive.first).name)}."
    if archive.missing:
        names = ", ".join(shown(PurePosixPath(one).name) for one in archive.missing[:3])
        return Role.ARCHIVE, f"It is an archive of which {names} is missing."
    count = len(archive.volumes)
    return Role.ARCHIVE, f"It is an archive in {count} files." if count > 1 else "It is an archive."


def _by_ending(path: PurePosixPath, ending: str) -> tuple[Role, str]:
    folders = [part.lower() for part in path.parts[:-1]]
    if ending in VIDEO or ending in SUBTITLES:
        if folder := next((part for part in folders if part in _SAMPLES), ""):
            return Role.SAMPLE, f"It lies in the folder {folder}."
        if folder := next((part for part in folders if part.translate(_SPACED) in _EXTRA_FOLDERS), ""):
            return Role.EXTRA, f"It lies in the folder {folder}."
        if end := _EXTRA_ENDING.search(path.stem):
            return Role.EXTRA, f"Its name ends in {end[0].lower()}."
    if ending in SUBTITLES:
        return Role.SUBTITLE, f"{ending} is a subtitle."
    if ending in _IMAGES:
        return Role.DISC, f"{ending} is the image of a disc."
    if ending in VIDEO:
        return Role.MOVIE, f"{ending} is a video."
    if ending in ARCHIVE:
        return Role.IGNORED, f"{ending} is an archive without its first file."
    return Role.IGNORED, f"{shown(ending)[:40] or 'A name without an ending'} is nothing that is imported."


def _with_samples(files: list[Sorted]) -> list[Sorted]:
    """A movie may be called a sample; only beside a much larger video it is one."""
    largest = max((file.size for file in files if file.role is Role.MOVIE), default=0)
    return [
        Sorted(file.path, file.size, Role.SAMPLE, "Its name says so, and a much larger video is there.")
        if file.role is Role.MOVIE and is_sample(file.path) and file.size < largest * SAMPLE_PART
        else file
        for file in files
    ]


def _with_parts(files: list[Sorted]) -> list[Sorted]:
    """Videos of one folder whose names differ only in a number of a part: together they are the movie."""
    groups: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for file in files:
        if file.role is Role.MOVIE:
            path = PurePosixPath(file.path)
            for pattern in (_PART, _LETTER):
                if found := pattern.fullmatch(path.stem):
                    key = (str(path.parent), found["stem"], found["rest"], path.suffix)
                    groups[tuple(part.casefold() for part in key)][found["number"].lower()] = file.path
                    break
    many = {path: len(group) for group in groups.values() if len(group) > 1 for path in group.values()}
    return [
        Sorted(file.path, file.size, Role.PART, f"It is one of {many[file.path]} parts of one video.")
        if file.path in many
        else file
        for file in files
    ]


def _ending(path: str) -> str:
    """The ending in lower case, as Windows too would see it: without the dots and spaces behind it."""
    return PurePosixPath(path.rstrip(". \t\u00a0") or path).suffix.lower()
