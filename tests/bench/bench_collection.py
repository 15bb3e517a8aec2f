"""An existing collection of 10,000 folders: looked through and matched, with a source that answers at once."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from radarr_desktop.domain.collection import ItemState, ScanState
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from tests.bench.bench_engine import idle_lag
from tests.bench.figure import Figure
from tests.bench.program import Lag
from tests.fakes.collection import lay_out, shelved
from tests.fixtures_engine import EMPTY, running_engine

FOLDERS = 10_000
_SOURCE = Path(__file__).parent.parent / "fakes" / "quick_films.py"


@dataclass(frozen=True)
class Measured:
    """One scan."""

    seconds: float
    memory: float
    """MB that the process grew by at most."""
    lag: float
    """Milliseconds by which the loop's ticks were late, 99th percentile."""


@functools.cache
def measured() -> Measured:
    """One scan serves all figures of this file: it takes its time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        films = list(shelved(FOLDERS))
        rows = [[one.film.tmdb_id, one.film.title, one.film.year, one.film.imdb_id, one.film.runtime] for one in films]
        known = folder / "films"
        known.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        plugins = folder / "data" / "config" / "plugins"
        plugins.mkdir(parents=True)
        shutil.copy(_SOURCE, plugins / "quick_films.py")
        with running_engine(folder, EMPTY) as running:
            lay_out(running.library, films)
            draft = Draft(PluginKind.METADATA, "quick_films", "Quick", {"films": str(known)})
            running.do(running.engine.plugins.save(draft))
            collection, before, lag = running.engine.collection, _memory(), Lag()
            assert running.thread is not None
            ticking = running.thread.call(lag.watch())
            begin, peak = time.perf_counter(), before
            scan = running.do(collection.start(str(running.library)))
            while (now := running.do(collection.scan(scan.id))).state is ScanState.RUNNING:
                peak = max(peak, _memory())
                time.sleep(0.25)
            seconds = time.perf_counter() - begin
            late = lag.end()
            ticking.result(5)
    assert now.counts == {ItemState.CERTAIN: FOLDERS}, now.counts
    return Measured(seconds, (peak - before) / 1e6, late)


def _memory() -> int:
    """Bytes of the process that are its own and in memory."""
    line = next(one for one in Path("/proc/self/smaps_rollup").read_text().splitlines() if one.startswith("Private_D"))
    return int(line.split()[1]) * 1024


FIGURES = [
    # a source allows about 20 look-ups a second, so that 10,000 take more than eight minutes: our own part is to be
    # a small part of that, and to leave the program usable meanwhile
    Figure(
        "scan.10k",
        "10,000 folders looked through and matched, without the source's own time",
        "s",
        30,
        lambda: measured().seconds,
        rounds=1,
    ),
    Figure("scan.memory", "What that takes of memory, at most", "MB", 40, lambda: measured().memory, rounds=1),
    Figure(
        "scan.lag",
        "Engine loop p99 meanwhile (reference: an idle loop)",
        "ms",
        16,
        lambda: measured().lag,
        idle_lag,
        rounds=1,
    ),
]
