"""The engine's loop under load, and a look-up by id, with 10,000 movies."""

from __future__ import annotations

import asyncio
import functools
import sqlite3
import threading
import time

from radarr_desktop.engine.decisions.aside import Aside
from radarr_desktop.engine.decisions.reading import Reader
from tests.bench.clients import polling
from tests.bench.figure import Figure
from tests.bench.program import MOVIES, Lag, LargeLibrary

NAMES = [
    f"Some.Film.Number.{n}.{1950 + n % 75}.PROPER.2160p.UHD.BluRay.REMUX.DV.HDR10.TrueHD.7.1.Atmos.HEVC-GRP{n % 40}"
    for n in range(5_000)
]
LOOKUPS = 2_000


@functools.cache
def library() -> LargeLibrary:
    """One for all figures of this file."""
    return LargeLibrary()


def parse_all(large: LargeLibrary) -> None:
    """Read 5,000 names as a search would, for at least three seconds."""

    async def work() -> None:
        aside = Aside()
        reader = Reader(aside)
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            await reader.read(NAMES)
        await aside.stop()

    large.do(work())


def lag_engine() -> float:
    """99th percentile of the lateness of the engine loop's ticks, in ms."""
    large, lag = library(), Lag()
    ticking = large.thread.call(lag.watch())
    with polling(large):
        parse_all(large)
        worst = lag.end()
    ticking.result(5)
    return worst


def lookup_id() -> float:
    """Milliseconds to get one movie by its id from the engine, on its loop."""
    large = library()

    async def work() -> float:
        begin = time.perf_counter()
        for number in range(LOOKUPS):
            await large.engine.movies.get(number * 7 % MOVIES + 1)
        return (time.perf_counter() - begin) / LOOKUPS * 1000

    return large.do(work())


def lookup_bare() -> float:
    """The same rows through sqlite3 alone."""
    connection = sqlite3.connect(library().engine.paths.database)
    begin = time.perf_counter()
    for number in range(LOOKUPS):
        wanted = (number * 7 % MOVIES + 1,)
        connection.execute("SELECT * FROM movie WHERE id = ?", wanted).fetchone()
        connection.execute("SELECT * FROM slot WHERE movie_id = ?", wanted).fetchall()
        connection.execute("SELECT * FROM movie_file WHERE movie_id = ?", wanted).fetchall()
    seconds = time.perf_counter() - begin
    connection.close()
    return seconds / LOOKUPS * 1000


def idle_lag() -> float:
    """The same ticks on a plain asyncio loop with nothing to do."""
    lag = Lag()
    thread = threading.Thread(target=lambda: asyncio.run(lag.watch()))
    thread.start()
    time.sleep(1)
    worst = lag.end()
    thread.join()
    return worst


FIGURES = [
    Figure(
        "lag.engine",
        "Engine loop p99 while 5,000 names are read and 50 clients poll the port (reference: an idle loop)",
        "ms",
        16,
        lag_engine,
        idle_lag,
        rounds=3,
    ),
    Figure("lookup.id", "A movie by its id, of 10,000 (reference: sqlite3 alone)", "ms", 1, lookup_id, lookup_bare, 3),
]
