"""Databases full of judged releases, for the figures of what is remembered."""

from __future__ import annotations

import atexit
import json
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from radarr_desktop.domain.custom_formats import CompiledFormats, CustomFormat
from radarr_desktop.domain.decision import Candidate, Situation, Verdict, evaluate
from radarr_desktop.domain.decision.rating import rate
from radarr_desktop.domain.guide import read_format
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import QualityProfile, make_profile
from radarr_desktop.domain.records import ProfileMark
from radarr_desktop.plugin_api import MovieInfo, Release
from radarr_desktop.store import movies, profiles, releases, sql, verdicts

NOW = datetime.now(UTC)
GUIDE = Path(__file__).parents[3] / "shared" / "trash" / "docs" / "json" / "radarr" / "cf"
_KINDS = (
    "1080p.BluRay.x264", "1080p.AMZN.WEB-DL.DDP5.1.H.264", "2160p.DSNP.WEB-DL.DV.HDR10.DDP5.1.Atmos.H.265",
    "720p.HDTV.x264", "1080p.BluRay.REMUX.AVC.DTS-HD.MA.5.1", "REPACK.1080p.WEB.H264", "DVDRip.XviD",
    "2160p.UHD.BluRay.REMUX.HDR.HEVC.TrueHD.7.1.Atmos", "1080p.NF.WEBRip.DD+5.1.x264", "2160p.WEB-DL.DDP5.1.DV.HEVC",
)  # fmt: skip
_GROUPS = ("FraMeSToR", "NTb", "FLUX", "SPARKS", "EPSiLON", "CtrlHD", "YIFY", "EVO", "hallowed", "BHDStudio", "KITE")


def folder() -> Path:
    """A folder that goes with this process."""
    made = Path(tempfile.mkdtemp(prefix="bench-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def guide_formats() -> tuple[CustomFormat, ...]:
    """The guide's 242 custom formats, where they lie beside the project."""
    files = sorted(GUIDE.glob("*.json"))
    read = (read_format(json.loads(file.read_text(encoding="utf-8"))) for file in files)
    return tuple(replace(one, id=id) for id, one in enumerate(read, 1))


def library(count: int) -> tuple[QualityProfile, list[Movie]]:
    """So many movies; in a transaction."""
    profile = profiles.save_profile(make_profile("Bench", ["WEB 1080p", "Bluray-1080p"]))
    chance = random.Random(1)
    made = []
    for number in range(1, count + 1):
        info = MovieInfo(
            tmdb_id=number,
            title=f"Film Number {number}",
            year=1950 + number % 75,
            runtime=80 + chance.randrange(90),
            digital_release=date(2020, 1, 1),
            original_language="en",
        )
        made.append(movies.insert(Movie(0, info, (Slot(0, "", profile.id, "/l"),), f"/l/{number}")))
    return profile, made


def offers(movie: Movie, count: int, chance: random.Random) -> Iterator[Candidate]:
    """Releases of a movie as an indexer lists them, most of them unlike each other."""
    for place in range(count):
        kind, group = chance.choice(_KINDS), chance.choice(_GROUPS)
        title = f"{movie.info.title.replace(' ', '.')}.{movie.info.year}.{kind}-{group}"
        release = Release(
            guid=f"{movie.id}-{place}",
            title=title,
            size=int(chance.lognormvariate(22.5, 0.8)),
            published=datetime(2024, 1, 1 + place % 28, tzinfo=UTC),
            seeders=int(chance.lognormvariate(2, 1.5)),
            info_hash=f"{chance.getrandbits(160):040x}",
            info_url=f"https://indexer.example/details?id={movie.id}{place}",
        )
        yield Candidate(release, parse_release(title), 1, "HDBits")


def seen(made: list[Movie], each: int, formats: Iterable[CustomFormat] = ()) -> list[tuple[Movie, list[Candidate]]]:
    """So many releases of each movie with their formats, remembered; in a transaction."""
    chance, compiled = random.Random(2), CompiledFormats(formats)
    return [
        (movie, releases.remember([rate(one, movie, compiled) for one in offers(movie, each, chance)], NOW))
        for movie in made
    ]


def judge(profile: QualityProfile, offered: list[tuple[Movie, list[Candidate]]], version: int) -> list[Verdict]:
    """Judge and remember as the program does, movie by movie; in a transaction."""
    given: list[Verdict] = []
    for movie, some in offered:
        judged = [evaluate(one, movie, movie.slot, profile, Situation(NOW, free_space=800 * 10**9)) for one in some]
        ids = [one.release_id for one in some]
        verdicts.remember(movie.slot.id, zip(ids, judged, strict=True), NOW, ProfileMark(profile.id, version))
        given += judged
    return given


def room() -> int:
    """Bytes of the database that are in use."""
    pages, free, size = (sql.execute(f"PRAGMA {name}")[0][0] for name in ("page_count", "freelist_count", "page_size"))
    return int((pages - free) * size)


_COPIED = {
    "movie": {"id": "movie", "tmdb_id": "movie", "folder": "/"},
    "slot": {"id": "movie", "movie_id": "movie"},
    "release": {"id": "release", "guid": "-"},
    "verdict": {"id": "verdict", "slot_id": "movie", "release_id": "release"},
}
"""By table the columns that a copy has of its own: moved on by what a table holds, or told apart by a mark."""
_NUMBERED = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {copies})"


def multiply(file: Path, copies: int) -> None:
    """The same movies, releases and verdicts again and again, under other ids."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous = off")
    held = {name: connection.execute(f"SELECT max(id) FROM {name}").fetchone()[0] for name in _COPIED}
    for table, own in _COPIED.items():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = [_copied(column, own[column], held) if column in own else column for column in columns]
        connection.execute(
            f"{_NUMBERED.format(copies=copies)} INSERT INTO {table} ({', '.join(columns)}) "
            f"SELECT {', '.join(values)} FROM {table}, n ORDER BY n, id"
        )
    connection.commit()
    connection.close()


def _copied(column: str, by: str, held: dict[str, int]) -> str:
    return f"{column} + n * {held[by]}" if by in held else f"{column} || '{by}' || n"
