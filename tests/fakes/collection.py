"""A collection of movie folders as people have them, made quickly, and a film database that knows it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from radarr_desktop.loopback.tmdb import Film

_FIRST = "Salt Amber Iron Paper Velvet Copper Silent Hollow Scarlet Northern Glass Marble Distant Burning"
_SECOND = "Meridian Harbour Lantern Garden Orchard Letters Cathedral Horizon Voyage Mirror Canyon River Tower Fever"
_THIRD = "Road House Nights Song Parade Hour Children Affair Return Bridge Machine Winter Secret Tide"
FIRST_ID = 700_000


@dataclass(frozen=True)
class Shelved:
    """One film, and the folder that holds it."""

    film: Film
    folder: str
    file: str


def shelved(count: int) -> Iterator[Shelved]:
    """So many films with titles of their own, in folders as different programs name them."""
    names = (_FIRST.split(), _SECOND.split(), _THIRD.split())
    for number, (again, *words) in zip(range(count), itertools.product(range(100), *names), strict=False):
        title = " ".join(map(str, [*words, f"{again}00"] if again else words))
        year, tmdb_id = 1960 + number % 64, FIRST_ID + number
        film = Film(tmdb_id, title, year, f"tt{7_000_000 + number}", runtime=80 + number % 60, cinemas=date(year, 6, 1))
        dotted = title.replace(" ", ".")
        folder = (
            f"{title} ({year})",
            f"{dotted}.{year}.1080p.BluRay.x264-KITE",
            f"{title} ({year}) {{tmdb-{tmdb_id}}}",
            f"{title} ({year}) [imdbid-{film.imdb_id}]",
        )[number % 4]
        yield Shelved(film, folder, f"{dotted}.{year}.1080p.BluRay.x264-KITE.mkv")


def lay_out(root: Path, films: list[Shelved], *, size: int = 1000) -> None:
    """The folders, each with a video and a subtitle. Nothing in the videos is read, so they are holes."""
    for each in films:
        folder = root / each.folder
        folder.mkdir()
        for name in (each.file, each.file.replace(".mkv", ".en.srt")):
            handle = os.open(f"{folder}/{name}", os.O_CREAT | os.O_WRONLY)
            os.truncate(handle, size)
            os.close(handle)
