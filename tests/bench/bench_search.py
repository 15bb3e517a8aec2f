"""A search of ten indexers in the window, and a month of the backlog."""

from __future__ import annotations

import asyncio
import functools
import logging
import random
import tempfile
import time
from pathlib import Path

import structlog

from radarr_desktop.domain.events import RulesChanged
from radarr_desktop.engine.clock import SystemClock
from tests.bench.figure import Figure
from tests.bench.program import Lag, settled
from tests.bench.screen import asked
from tests.fakes.month import Month, play, staged

PLANS = 5


def search() -> tuple[float, float]:
    """Milliseconds to the first results, and seconds of processor time for all."""
    first, spent = asked("tests.bench.search_window", "search")
    return first, spent


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
            lag = Lag(time.process_time)
            with settled():
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
        "From the first answer of ten indexers on loopback, one dead and one slow, to the first results on the screen",
        "ms",
        300,
        lambda: search()[0],
    ),
    Figure(
        "search.decided_1000",
        "Their 1,000 results fetched, read, judged, remembered and shown: processor time of the program and its worker",
        "s",
        2,
        lambda: search()[1],
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
