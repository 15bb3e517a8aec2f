"""A look at a torrent's file list before a byte is downloaded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from radarr_desktop.domain.decision.verdict import Check, Outcome
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


RIVAL = 0.5
"""Part of the largest video's size from which on another one is no mere extra."""
_EXTRAS = frozenset({"sample", "samples", "extras", "featurettes", "trailers", "proof", "screens"})
_WORD = re.compile(r"[^\W_]+")


def suffix(path: str) -> str:
    """The ending of a file's name, in lower case."""
    return PurePosixPath(path).suffix.lower()


def is_extra(path: str) -> bool:
    """Does its folder say that it is a sample or an extra?"""
    return any(part.lower() in _EXTRAS for part in PurePosixPath(path).parts[:-1])


def is_sample(path: str) -> bool:
    """Does its name say that it is a sample? A movie may have that name too."""
    words = _WORD.findall(PurePosixPath(path).stem.lower())
    return "sample" in (words[:1] + words[-1:])


def videos(files: Sequence[TorrentEntry]) -> list[TorrentEntry]:
    """The files that may be the movie, largest first."""
    found = [file for file in files if suffix(file.path) in VIDEO and not is_extra(file.path)]
    found = [file for file in found if not is_sample(file.path)] or found
    return sorted(found, key=lambda file: (-file.size, file.path))


def rivals(found: Sequence[TorrentEntry]) -> list[TorrentEntry]:
    """Of ``videos()``: those besides the largest that may just as well be the movie, or a part of it."""
    return [file for file in found[1:] if file.size >= found[0].size * RIVAL]


def contents_check(files: Sequence[TorrentEntry], told_size: int) -> Check:
    """Is there a movie in it, and nothing that must not be there?"""
    seen = _seen(files)
    sentence = _fault(files, told_size)
    outcome = Outcome.REJECTED if sentence else Outcome.ACCEPTED
    return Check("contents", seen, "a video and nothing harmful", outcome, sentence)


def _fault(files: Sequence[TorrentEntry], told_size: int) -> str:
    harmful = next((file for file in files if suffix(file.path) in WORST), None)
    if harmful is not None:
        return f"It holds {PurePosixPath(harmful.path).name}, which is a program and no movie."
    found = videos(files)
    if not found:
        if any(suffix(file.path) in ARCHIVE for file in files):
            return "It holds only archives, no video."
        return "It holds no video."
    if others := rivals(found):
        return f"It holds {len(others) + 1} videos of a movie's size; which one is the movie cannot be told."
    size = sum(file.size for file in files)
    if told_size and abs(size - told_size) > SIZE_TOLERANCE * max(size, told_size):
        return f"Its files have {size:,} bytes, the indexer says {told_size:,}."
    return ""


def _seen(files: Sequence[TorrentEntry]) -> str:
    largest = max(files, key=lambda file: file.size)  # a torrent without files was refused before
    rest = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return f"{PurePosixPath(largest.path).name}{rest}"
