"""What figures measure: the program as its users start it, and in-process with a large library."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from radarr_desktop.app import EngineThread, Options
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import EncryptedFile
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import movies, profiles

T = TypeVar("T")

MOVIES = 10_000
PATIENCE = 60.0


def environment(**extra: str) -> dict[str, str]:
    """As a user has it: bytecode is kept, a second start need not compile, and no tool of ours is installed."""
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | extra
    paths = [str(Path(__file__).parent / "not_installed"), *filter(None, [inherited.get("PYTHONPATH")])]
    return inherited | {"PYTHONPATH": os.pathsep.join(paths)}


def resident_mb(pid: int) -> float:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


@contextlib.contextmanager
def started(*arguments: str, **extra: str) -> Iterator[tuple[subprocess.Popen[str], Path, float]]:
    """The program on a fresh data folder; the process, the folder and the moment it was asked for."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        config = Path(folder) / "bench.toml"
        config.write_text("[port]\nport = 0\n")
        with _running(Path(folder), "--config", str(config), *arguments, **extra) as (process, begin):
            yield process, Path(folder), begin


@contextlib.contextmanager
def started_again(*arguments: str, **extra: str) -> Iterator[tuple[subprocess.Popen[str], Path, float]]:
    """The same, on the data folder of an earlier run and without a configuration file: a desktop user's usual day."""
    with started("--headless", **extra) as (first, folder, _):
        wait_for_log(folder, "app.started")
        first.terminate()
        first.wait(PATIENCE)
        Paths.default(folder).log.unlink()
        with _running(folder, *arguments, **extra) as (process, begin):
            yield process, folder, begin


@contextlib.contextmanager
def _running(folder: Path, *arguments: str, **extra: str) -> Iterator[tuple[subprocess.Popen[str], float]]:
    command = [sys.executable, "-m", "radarr_desktop", "--data-dir", str(folder), *arguments]
    env = environment(RADARR_DESKTOP_MASTER_KEY="0" * 64, **extra)
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    try:
        yield process, begin
    finally:
        process.terminate()
        process.wait(PATIENCE)


def wait_for_log(folder: Path, word: str) -> float:
    """When this event stands in the program's log."""
    log, deadline = Paths.default(folder).log, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if log.exists() and f'"event": "{word}"' in log.read_text(encoding="utf-8"):
            return time.perf_counter()
        time.sleep(0.002)
    raise TimeoutError(word)


@contextlib.contextmanager
def settled() -> Iterator[None]:
    """As the program once it has started: a collection that walks all that stays would hold whoever runs."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class LargeLibrary:
    """The engine in a thread of this process, with 10,000 movies."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bench-")
        paths = Paths.default(Path(self._folder.name))
        paths.make()
        config = Path(self._folder.name) / "bench.toml"
        config.write_text("[port]\nport = 0\n")
        self.thread = EngineThread(Options(paths, config, EncryptedFile(paths)))
        self.engine = self.thread.app.engine
        self.do(self.thread.app.start())
        self.do(self.engine.db.run(_fill))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the engine's loop."""
        return self.thread.call(work).result(PATIENCE)

    def close(self) -> None:
        """Stop it and remove its folder."""
        self.thread.stop()
        self._folder.cleanup()


def _fill() -> None:
    profile = profiles.save_profile(make_profile("HD", ["WEB 1080p", "Bluray-1080p"]))
    for number in range(1, MOVIES + 1):
        info = MovieInfo(
            tmdb_id=number,
            title=f"Film number {number}",
            year=1950 + number % 75,
            imdb_id=f"tt{number:07}",
            overview="Somebody looks for something and finds something else. " * 6,
            runtime=90 + number % 60,
            genres=("Drama", "Mystery"),
            alternative_titles=(f"Movie {number}", f"Pelicula {number}"),
        )
        slot = Slot(0, "", profile.id, "/library")
        movies.insert(Movie(0, info, (slot,), f"/library/Film {number}", added=datetime.now(UTC)))


class Lag:
    """How late a loop's ticks come, in ms: every 10 ms one is due.

    By ``time.process_time`` what other processes take is left out: it is how much of ours went on past a tick.
    """

    TICK = 0.010

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.late: list[float] = []
        self._clock = clock
        self._end = threading.Event()

    async def watch(self) -> None:
        """Tick until told to end."""
        while not self._end.is_set():
            due = self._clock() + self.TICK
            await asyncio.sleep(self.TICK)
            self.late.append(max(0.0, self._clock() - due) * 1000)

    def end(self) -> float:
        """Stop ticking; the 99th percentile."""
        self._end.set()
        return p99(self.late)


def p99(values: list[float]) -> float:
    """The value that 99 of 100 stay under."""
    return sorted(values)[int(len(values) * 0.99)]
