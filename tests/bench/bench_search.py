"""A search of eleven indexers, and a month of the backlog."""

from __future__ import annotations

import asyncio
import functools
import gc
import logging
import os
import random
import tempfile
import threading
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

import structlog
from starlette.types import Receive, Scope, Send

from radarr_desktop.domain.events import ReleasesFound, RulesChanged
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.engine.clock import SystemClock
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.hdbits import Listing, LoopbackHDBits
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import movies
from tests.bench.figure import Figure
from tests.bench.program import Lag
from tests.fakes.month import Month, play, staged
from tests.fixtures_engine import RunningEngine

T = TypeVar("T")

LIVING = 10
EACH = 100
PLANS = 5
SLOW = 1.0
"""Seconds that one of them takes to answer."""
IMDB = 7_654_321
NOBODY = "http://127.0.0.1:1"
_KINDS = (
    "1080p.BluRay.x264",
    "2160p.WEB-DL.DV.HDR.DDP5.1.H.265",
    "720p.HDTV.x264",
    "1080p.BluRay.REMUX.AVC.DTS-HD.MA.5.1",
)


class Timed(LoopbackHDBits):
    """Notes when it has answered."""

    def __init__(self, delay: float) -> None:
        super().__init__()
        self._delay = delay
        self.answered = 0.0

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Perhaps a little later."""
        await asyncio.sleep(self._delay)
        self.answered = time.perf_counter()
        await super().answer(scope, receive, send)


class Searched:
    """A program with ten indexers on loopback that have 1,000 releases of a movie, and one that is dead."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="indexers", daemon=True).start()
        self._stack = AsyncExitStack()
        self.servers = [Timed(SLOW if number == 0 else 0.0) for number in range(LIVING)]
        for number, server in enumerate(self.servers):
            self._beside(self._stack.enter_async_context(server))
            for place in range(EACH):
                name = f"Iron.Petal.2020.{_KINDS[place % len(_KINDS)]}-G{number}X{place}"
                digest = f"{number * EACH + place + 1:040x}"
                server.add(Listing(name, filename=name, hash=digest, size=9_000_000_000 + place, seeders=5, imdb=IMDB))
        folder = Path(tempfile.mkdtemp(prefix="bench-"))
        self.running = RunningEngine(folder, "[port]\nport = 0\n")
        self.running.start()
        for number, url in enumerate([*(server.url for server in self.servers), NOBODY]):
            settings = {"base_url": url, "username": "salt", "passkey": made_up("hdbits"), "pause": 0, "hourly": 0}
            draft = Draft(PluginKind.INDEXER, "hdbits", f"Indexer {number}", settings)
            self.running.do(self.running.engine.plugins.save(draft, force=True))
        self.movie = self.running.do(self.running.engine.db.run(self._insert))

    def search(self) -> tuple[float, float]:
        """Seconds from the first answer to the first results; and of processor time, the servers' included."""
        told: dict[str, float] = {}
        stop = self.running.engine.bus.subscribe(
            ReleasesFound, lambda event: told.update({event.indexer: time.perf_counter()}) if event.releases else None
        )
        for live in self.running.engine.plugins.indexers():
            live.guard.reset()  # the dead one is asked anew each time
        begin = _processor_time()
        found = self.running.do(self.running.engine.search.releases(self.movie.id))
        spent = _processor_time() - begin
        stop()
        if len(found) != LIVING * EACH:
            raise RuntimeError(f"{len(found)} releases were found")
        first = min(told.values()) - min(server.answered for server in self.servers[1:])
        return first, spent

    def _insert(self) -> Movie:
        profile = 1
        info = MovieInfo(1, "Iron Petal", 2020, f"tt{IMDB}", runtime=110)
        return movies.insert(Movie(0, info, (Slot(0, "", profile, "/m"),), "/m/1"))

    def _beside(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)


def _processor_time() -> float:
    """Seconds of this process and of the worker that reads and judges: a busy machine does not change them."""
    children = [one.read_text().split() for one in Path("/proc/self/task").glob("*/children")]
    pids = {"self", *(pid for each in children for pid in each)}
    ticks = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in pids)
    return sum(int(user) + int(system) for user, system in ticks) / os.sysconf("SC_CLK_TCK")


@functools.cache
def searched() -> Searched:
    """One for both figures, warm."""
    made = Searched()
    made.search()
    return made


@functools.cache
def month() -> Month:
    """Played once, without its tens of thousands of log lines."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        return play(Path(folder), count=10_000, days=30)


def plan_lag() -> float:
    """99th percentile of the lateness of the loop's ticks while all is planned anew, in ms of processor time."""

    async def work(folder: Path) -> float:
        async with staged(folder, SystemClock(), 10_000, random.Random(5)) as stage:
            gc.collect()
            gc.freeze()  # as the program does once it has started
            lag = Lag(time.process_time)
            ticking = asyncio.create_task(lag.watch())
            for _ in range(PLANS):
                stage.bus.publish(RulesChanged())
                await stage.turns.plan()
            worst = lag.end()
            await ticking
            return worst

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        return asyncio.run(work(Path(folder)))


FIGURES = [
    Figure(
        "search.first",
        "From the first answer of ten indexers on loopback, beside a dead one, to the first results on the bus",
        "ms",
        300,
        lambda: searched().search()[0] * 1000,
    ),
    Figure(
        "search.decided_1000",
        "Their 1,000 results read, judged and remembered: processor time, that of the indexers included",
        "s",
        2,
        lambda: searched().search()[1],
    ),
    Figure(
        "backlog.simulated",
        "Requests beyond a limit or into a pause, and movies never searched: 10,000 missing ones, 30 days, 3 indexers",
        "faults",
        0,
        lambda: month().violations + month().never,
        rounds=1,
    ),
    Figure(
        "backlog.fairness",
        "How long movies waited for their first search in these 30 days, p95 to p50",
        "x",
        2,
        lambda: month().spread,
        rounds=1,
    ),
    Figure(
        "lag.plan",
        "The loop's p99 while 10,000 movies at 3 indexers are planned anew, in processor time",
        "ms",
        16,
        plan_lag,
    ),
]
