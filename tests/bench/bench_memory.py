"""What is remembered: room a verdict takes, Why? with a million of them, and a replay of 50,000 releases."""

from __future__ import annotations

import asyncio
import functools
import random
import sqlite3
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from radarr_desktop.app import program_version
from radarr_desktop.domain.profiles import QualityProfile, make_profile
from radarr_desktop.engine.decisions.whatif import Proposal
from radarr_desktop.engine.decisions.why import Decisions
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import EncryptedFile
from radarr_desktop.store import formats, profiles
from radarr_desktop.store.database import Database
from tests.bench.figure import Figure, Unmeasurable
from tests.bench.program import settled
from tests.bench.remembered import folder, guide_formats, judge, library, multiply, room, seen

T = TypeVar("T")

ASKED = 50
"""Movies asked about."""


def in_database(file: Path, work: Callable[[], T]) -> T:
    """Do something in one transaction."""

    async def run(db: Database) -> T:
        return await db.run(work)

    return with_database(file, run)


def with_database(file: Path, work: Callable[[Database], Awaitable[T]]) -> T:
    """Do something with an open database."""

    async def run() -> T:
        db = Database(file)
        await db.open()
        try:
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(run())


@functools.cache
def verdict_room() -> tuple[float, float]:
    """Bytes of one verdict: ours, and as JSON in a bare table."""

    def work() -> tuple[float, float]:
        profile, made = library(200)
        offered = seen(made, 100)
        before = room()
        given = judge(profile, offered, version=1)
        return (room() - before) / len(given), sum(len(msgspec.json.encode(one)) for one in given) / len(given)

    return in_database(folder() / "bench.db", work)


@functools.cache
def million() -> Path:
    """10,000 movies, 250,000 releases, each judged by four versions of a profile."""
    file = folder() / "million.db"

    def work() -> None:
        profile, made = library(100)
        offered = seen(made, 25)
        for version in range(1, 5):
            allowed = ["WEB 1080p", "Bluray-1080p", "WEB 2160p", "Remux-1080p"][:version]
            judge(replace(make_profile("Bench", allowed), id=profile.id), offered, version)

    in_database(file, work)
    multiply(file, 99)
    return file


def movies_asked() -> list[int]:
    """Some, spread over all."""
    return random.Random(3).sample(range(1, 10_001), ASKED)


def why_million() -> float:
    """The slowest of 50 answers, in ms."""

    async def work(db: Database) -> float:
        decisions, slowest = Decisions(db), 0.0
        for movie_id in movies_asked():
            begin = time.perf_counter()
            answer = await decisions.why(movie_id)
            slowest = max(slowest, time.perf_counter() - begin)
            assert len(answer.releases) == 25
        return slowest * 1000

    file = million()
    with settled():
        return with_database(file, work)


def why_bare() -> float:
    """The same rows through sqlite3 alone."""
    connection = sqlite3.connect(million())
    statement = """SELECT v.*, r.* FROM slot s JOIN verdict v ON v.slot_id = s.id JOIN release r ON r.id = v.release_id
                   WHERE s.movie_id = ?"""
    slowest = 0.0
    for movie_id in movies_asked():
        begin = time.perf_counter()
        assert len(connection.execute(statement, (movie_id,)).fetchall()) == 100
        slowest = max(slowest, time.perf_counter() - begin)
    connection.close()
    return slowest * 1000


@functools.cache
def fifty_thousand() -> tuple[Paths, QualityProfile]:
    """1,000 movies with 50 releases each, and the 242 custom formats of the guide."""
    guide = guide_formats()
    if not guide:
        raise Unmeasurable("the guide's custom formats are not beside the project")
    paths = Paths.default(folder())
    paths.make()

    def work() -> QualityProfile:
        profile, made = library(125)
        for one in guide:
            formats.save_format(replace(one, id=0))
        judge(profile, seen(made, 50, formats.all_formats()), version=1)
        return profile

    profile = in_database(paths.database, work)
    multiply(paths.database, 7)
    return paths, profile


def whatif() -> float:
    """Seconds until the answer, the start of its processes included."""
    paths, profile = fifty_thousand()

    async def work() -> float:
        engine = Engine(paths, program_version(), secret_store=EncryptedFile(paths))
        await engine.open()
        try:
            known = await engine.db.read(profiles.all_profiles)
            ids = [one.id for one in await engine.formats.all()]
            changed = replace(
                make_profile("Bench", ["WEB 1080p", "Bluray-1080p", "WEB 2160p", "Bluray-2160p"], id=profile.id),
                format_scores={id: (id * 37 % 50) * 10 - 100 for id in ids},
                min_format_score=-100,
            )
            assert profile in known
            begin = time.perf_counter()
            answer = await engine.whatif.replay(Proposal({profile.id: changed}))
            assert answer.releases == 50_000
            return time.perf_counter() - begin
        finally:
            await engine.db.close()

    return asyncio.run(work())


def read_bare() -> float:
    """Seconds to read the same rows with sqlite3 alone."""
    connection = sqlite3.connect(fifty_thousand()[0].database)
    begin = time.perf_counter()
    rows = connection.execute(
        "SELECT DISTINCT v.slot_id, r.id, r.body, r.parsed FROM verdict v JOIN release r ON r.id = v.release_id"
    ).fetchall()
    seconds = time.perf_counter() - begin
    assert len(rows) == 50_000
    connection.close()
    return seconds


FIGURES = [
    Figure(
        "verdict.bytes",
        "Room of a stored verdict on disk, indexes and shared words counted (reference: the same as JSON)",
        "B",
        150,
        lambda: verdict_room()[0],
        lambda: verdict_room()[1],
        rounds=1,
    ),
    Figure(
        "why.million",
        "Why? of a movie, the slowest of 50, with 1,000,000 verdicts stored (reference: sqlite3 alone, the same rows)",
        "ms",
        100,
        why_million,
        why_bare,
        rounds=3,
    ),
    Figure(
        "whatif.50k",
        "A changed profile replayed on 50,000 stored releases (reference: the same rows read by sqlite3 alone)",
        "s",
        10,
        whatif,
        read_bare,
        rounds=3,
    ),
]
