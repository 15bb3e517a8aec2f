"""A look at a torrent's file list before a byte is downloaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from radarr_desktop.domain import amounts
from radarr_desktop.domain.decision.verdict import Check, Outcome
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.quality import UNKNOWN, Modifier, Quality
from radarr_desktop.domain.torrent import TorrentEntry

_VIDEO = """
    mkv mp4 m4v avi mov wmv asf mpg mpeg m2v ts m2ts mts vob ogm ogv webm flv divx 3gp mk3d iso img
"""
_ARCHIVE = "rar zip 7z tar gz bz2 tgz tbz2 r00 001"
_DANGEROUS = """
    exe bat cmd com scr lnk vbs vbe js jse ps1 msi pif cpl jar hta wsf reg zipx arj lzh sh apk dll url
"""
VIDEO = frozenset(f".{word}" for word in _VIDEO.split())
ARCHIVE = frozenset(f".{word}" for word in _ARCHIVE.split())
DANGEROUS = frozenset(f".{word}" for word in _DANGEROUS.split())
WORST = DANGEROUS - {".url", ".sh"}
"""What no movie comes with; links and scripts beside a video are only left behind."""

SIZE_TOLERANCE = 0.1
"""Part by which a torrent may differ in size from what its indexer says."""
VIDEO_SHARE = 0.7
"""Part of a torrent's bytes that is video at least; sound tracks, pictures and subtitles take little beside it."""
_OFF_BY = 3
"""Minutes by which a film's length may be another than told: rounded, with or without its titles, another cut."""
_LEAST = {2160: 6.0, 1080: 2.5, 720: 1.2, 0: 0.5}
"""MB (of 1024 times 1024) a minute that no encode of so many lines goes below, by far."""
_LEAST_REMUX = {2160: 60.0, 1080: 30.0, 0: 0.5}
_MOST = {2160: 1200.0, 1080: 500.0, 720: 330.0, 0: 150.0}
"""What no disc and no stream of so many lines reaches; twice what the fullest have."""

RIVAL = 0.5
"""Part of the largest video's size from which on another one is no mere extra."""
_EXTRAS = frozenset({"sample", "samples", "extras", "featurettes", "trailers", "proof", "screens"})
_WORD = re.compile(r"[^\W_]+")
_VOLUME = re.compile(r"\.(?:[r-z]\d\d|\d{3}|part\d+)")
_DISC_FOLDERS = {"bdmv": "a Blu-ray", "video_ts": "a DVD", "hvdvd_ts": "an HD DVD"}
_PART = re.compile(r"(?<![^\W_])(?:cd|dvd|part|pt|dis[ck])[ ._-]*[1-9]\b", re.IGNORECASE)


def suffix(path: str) -> str:
    """The ending of a file's name, in lower case; asked of thousands of names, so nothing is made of the path."""
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def is_extra(path: str) -> bool:
    """Does its folder say that it is a sample or an extra?"""
    return not _EXTRAS.isdisjoint(path.lower().split("/")[:-1])


def is_sample(path: str) -> bool:
    """Does its name say that it is a sample? A movie may have that name too."""
    words = _WORD.findall(PurePosixPath(path).stem.lower())
    return "sample" in (words[:1] + words[-1:])


@dataclass(frozen=True, slots=True)
class Promise:
    """What is told of a release before its torrent is looked into."""

    size: int = 0
    """Bytes as its indexer says; 0: nobody says."""
    minutes: int = 0
    """The movie's runtime; 0 where nobody knows it."""
    quality: Quality = UNKNOWN
    unpacks: bool = False
    """Are archives unpacked after the download?"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a torrent is not taken."""

    reason: Reason
    sentence: str


def check_of(files: Sequence[TorrentEntry], fault: Fault | None) -> Check:
    """Is there the movie in it that was promised, and nothing that must not be there?"""
    outcome = Outcome.REJECTED if fault else Outcome.ACCEPTED
    return Check("contents", _seen(files), "a video and nothing harmful", outcome, fault.sentence if fault else "")


def contents_fault(files: Sequence[TorrentEntry], promise: Promise) -> Fault | None:
    """The first thing that is wrong with a file list."""
    by_ending: dict[str, list[TorrentEntry]] = {}
    for file in files:  # there may be thousands, of few kinds: each name is read once
        by_ending.setdefault(suffix(file.path), []).append(file)

    def where(belongs: Callable[[str], bool]) -> list[TorrentEntry]:
        return [file for ending, some in by_ending.items() if belongs(ending) for file in some]

    filmed = where(VIDEO.__contains__)
    look = _Look(
        promise=promise,
        found=_features(filmed),
        harmful=where(WORST.__contains__),
        size=sum(file.size for file in files),
        filmed=sum(file.size for file in filmed),
        packed=sum(file.size for file in where(_is_archive)),
    )
    return next((fault for ask in _QUESTIONS if (fault := ask(look))), None)


@dataclass(frozen=True, slots=True)
class _Look:
    promise: Promise
    found: list[TorrentEntry]
    """What may be the movie, largest first."""
    harmful: list[TorrentEntry]
    size: int
    filmed: int
    """Bytes of video, samples and extras too."""
    packed: int
    """Bytes of archives."""


def _features(filmed: Sequence[TorrentEntry]) -> list[TorrentEntry]:
    """The videos that may be the movie, largest first."""
    found = [file for file in filmed if not is_extra(file.path)]
    found = [file for file in found if not is_sample(file.path)] or found
    return sorted(found, key=lambda file: (-file.size, file.path))


def _harmful(look: _Look) -> Fault | None:
    if not look.harmful:
        return None
    name = PurePosixPath(look.harmful[0].path).name
    return Fault(Reason.DANGEROUS_CONTENT, f"It holds {name}, which is a program and no movie.")


def _video(look: _Look) -> Fault | None:
    """Is there one, and is it most of the torrent?"""
    if look.packed > look.size * (1 - VIDEO_SHARE):
        if look.promise.unpacks and not any(file.size > look.packed for file in look.found):
            return None
        said = "It holds only archives, no video." if not look.found else "Most of it is archives, not video."
        return Fault(Reason.PACKED, said)
    if not look.found:
        return Fault(Reason.NO_VIDEO, "It holds no video.")
    share = look.filmed / max(look.size, 1)
    if share >= VIDEO_SHARE:
        return None
    return Fault(Reason.NO_VIDEO, f"Only {share:.0%} of it is video, {VIDEO_SHARE:.0%} is the least.")


def _disc(look: _Look) -> Fault | None:
    if look.promise.quality.modifier is Modifier.BRDISK or not look.found:
        return None
    parts = [part.lower() for part in PurePosixPath(look.found[0].path).parts[:-1]]
    disc = next((_DISC_FOLDERS[part] for part in parts if part in _DISC_FOLDERS), "")
    return Fault(Reason.QUALITY_REJECTED, f"It is the copy of {disc} in many files, no single one.") if disc else None


def _several(look: _Look) -> Fault | None:
    others = [file for file in look.found[1:] if file.size >= look.found[0].size * RIVAL]
    if not others:
        return None
    count, names = len(others) + 1, [PurePosixPath(file.path).name for file in (look.found[0], *others)]
    if all(_PART.search(name) for name in names):
        said = f"It comes in {count} parts, which are not joined."
    else:
        said = f"It holds {count} videos of a movie's size; which one is the movie cannot be told."
    return Fault(Reason.SEVERAL_MOVIES, said)


def _told(look: _Look) -> Fault | None:
    size, told = look.size, look.promise.size
    if not told or abs(size - told) <= SIZE_TOLERANCE * max(size, told):
        return None
    return Fault(Reason.HASH_MISMATCH, f"Its files have {size:,} bytes, the indexer says {told:,}.")


def _length(look: _Look) -> Fault | None:
    """Can a movie of this length and quality have this size?"""
    promise = look.promise
    if not promise.minutes or not look.found:
        return None
    size, quality = look.found[0].size, promise.quality
    megabytes = size / (1024 * 1024)
    least = _LEAST_REMUX if quality.modifier is Modifier.REMUX else _LEAST
    most = _MOST if quality != UNKNOWN else {0: _MOST[2160]}
    named = quality.name if quality != UNKNOWN else "video"
    what = f"{promise.minutes}\N{NO-BREAK SPACE}min of {named}"
    if megabytes < _of(least, quality) * (promise.minutes - _OFF_BY):
        said = f"{amounts.size(size)} is far too small for {what}: it cannot be the whole movie."
        return Fault(Reason.SIZE_REJECTED, said)
    if megabytes > _of(most, quality) * (promise.minutes + _OFF_BY):
        return Fault(Reason.SIZE_REJECTED, f"{amounts.size(size)} is far too big for {what}: it is something else.")
    return None


def _of(bounds: Mapping[int, float], quality: Quality) -> float:
    """The bound for the lines a quality has."""
    return bounds[max(lines for lines in bounds if lines <= quality.resolution)]


_QUESTIONS: tuple[Callable[[_Look], Fault | None], ...] = (_harmful, _video, _disc, _several, _told, _length)


def _is_archive(ending: str) -> bool:
    return ending in ARCHIVE or bool(_VOLUME.fullmatch(ending))


def _seen(files: Sequence[TorrentEntry]) -> str:
    largest = max(files, key=lambda file: file.size)  # a torrent without files was refused before
    rest = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return f"{PurePosixPath(largest.path).name}{rest}"
