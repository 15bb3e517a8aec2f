"""What 10,000 movies with files would be called by other rules: read, named, and looked for on the disk."""

from __future__ import annotations

import functools
import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from radarr_desktop.domain.movie import MovieFile
from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.store import movies
from tests.bench.figure import Figure
from tests.bench.program import MOVIES, LargeLibrary

_FILE = (
    "{Movie CleanTitle} {(Release Year)} {tmdb-{TmdbId}} - {edition-{Edition Tags}} {[Custom Formats]}{[Quality Full]}"
    "{[Mediainfo AudioCodec}{ Mediainfo AudioChannels]}{[MediaInfo VideoDynamicRangeType]}{[Mediainfo VideoCodec]}"
    "{-Release Group}"
)
RULES = Naming("{Movie CleanTitle} ({Release Year}) {tmdb-{TmdbId}}", _FILE)
"""As TRaSH's guide has it for Plex."""


@functools.cache
def library() -> tuple[LargeLibrary, Path]:
    """Every movie with a folder and a file of its own on the disk."""
    large = LargeLibrary()
    root = Path(large.engine.paths.data) / "library"
    quality = BY_NAME["bluray-1080p"]

    def fill() -> None:
        for movie in movies.all_movies():
            folder = root / f"{movie.info.title} ({movie.info.year})"
            folder.mkdir(parents=True, exist_ok=True)
            release = f"{movie.info.title.replace(' ', '.')}.{movie.info.year}.1080p.BluRay.DTS.5.1.x264-KITE"
            path = folder / f"{release}.mkv"
            path.touch()
            movies.set_file(
                MovieFile(0, movie.id, movie.slot.id, str(path), 1, datetime.now(UTC), quality, release_title=release)
            )
            slots = tuple(replace(slot, root_folder=str(root)) for slot in movie.slots)
            movies.update(replace(movie, slots=slots, folder=str(folder)))

    large.do(large.engine.db.run(fill))
    large.do(large.engine.names.save(RULES))
    return large, root


def preview() -> float:
    """Milliseconds from the question to all old and new paths and what stands in their way."""
    large, _ = library()
    begin = time.perf_counter()
    shown = large.do(large.engine.renaming.preview())
    taken = time.perf_counter() - begin
    if len(shown.possible) != MOVIES:
        raise RuntimeError(f"{len(shown.possible)} of {MOVIES} movies: {shown.movies[:1]}")
    return taken * 1000


def listing() -> float:
    """The same folders listed, and nothing else."""
    _, root = library()
    begin = time.perf_counter()
    for name in os.listdir(root):  # noqa: PTH208  names are all that is needed
        os.listdir(root / name)  # noqa: PTH208
    return (time.perf_counter() - begin) * 1000


FIGURES = [
    Figure(
        "naming.library",
        "A preview of 10,000 movies that all get other names (reference: their folders listed)",
        "ms",
        5000,
        preview,
        listing,
        rounds=3,
    )
]
