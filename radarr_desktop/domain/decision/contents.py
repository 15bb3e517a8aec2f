"""A look at a torrent's file list before a byte is downloaded."""

from __future__ import annotations

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


def suffix(path: str) -> str:
    """The ending of a file's name, in lower case."""
    return PurePosixPath(path).suffix.lower()


def is_sample(path: str) -> bool:
    """Is it a sample or an extra, by its name?"""
    parts = [part.lower() for part in PurePosixPath(path).parts]
    folders = {"sample", "samples", "extras", "featurettes", "trailers", "proof", "screens"}
    return bool(folders & set(parts[:-1])) or "sample" in PurePosixPath(parts[-1]).stem.replace("-", " ").split()[-1:]


def videos(files: Sequence[TorrentEntry]) -> list[TorrentEntry]:
    """The files that may be the movie, largest first."""
    found = [file for file in files if suffix(file.path) in VIDEO and not is_sample(file.path)]
    return sorted(found, key=lambda file: -file.size)


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
    if not videos(files):
        if any(suffix(file.path) in ARCHIVE for file in files):
            return "It holds only archives, no video."
        return "It holds no video."
    size = sum(file.size for file in files)
    if told_size and abs(size - told_size) > SIZE_TOLERANCE * max(size, told_size):
        return f"Its files have {size:,} bytes, the indexer says {told_size:,}."
    return ""


def _seen(files: Sequence[TorrentEntry]) -> str:
    largest = max(files, key=lambda file: file.size)
    rest = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return f"{PurePosixPath(largest.path).name}{rest}"
