"""SIGKILL while a download is given up: it is given up once, and the next best comes once, whenever it hits."""

from __future__ import annotations

import random
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from radarr_desktop.domain.records import GrabState, HistoryKind
from radarr_desktop.engine.library.movies import NewMovie
from tests.fixtures_engine import RunningEngine, WorldThread, config_for
from tests.integration.test_failing import SECOND, SLOW, offer_second

RANDOM = 4
_STATES = 'SELECT state FROM "grab" ORDER BY id'


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorldThread]:
    """One for all cases; its best release takes its time."""
    world = WorldThread(tmp_path_factory.mktemp("world"))
    offer_second(world)
    world.do(world.world.seeder.limit(world.world.torrents[world.world.good], SLOW))
    yield world
    world.close()


def grabbed(world: WorldThread, folder: Path) -> tuple[RunningEngine, int]:
    """A program that downloads the slow one, and has ended."""
    folder.mkdir()
    running = RunningEngine(folder, config_for(world, folder, with_movie=False))
    running.start()
    movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id, search=False)))
    grab = running.do(running.engine.search.run(movie.id)).grab
    assert grab is not None
    running.stop()
    return running, grab.id


def states(running: RunningEngine) -> list[str]:
    """Of all grabs, as the database has them."""
    with sqlite3.connect(f"file:{running.paths.database}?mode=ro", uri=True, timeout=30) as database:
        return [state for (state,) in database.execute(_STATES)]


def killed(running: RunningEngine, grab_id: int, reached: Callable[[], bool]) -> None:
    """One life, ended as soon as it is so far."""
    command = [sys.executable, "-m", "tests.faults.giving_up.life", str(running.folder), str(grab_id)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            deadline = time.monotonic() + 60
            while not reached():
                assert time.monotonic() < deadline
                time.sleep(0.001)
        finally:
            process.kill()


def check_once(running: RunningEngine) -> None:
    """After another start everything is as if nobody had been killed."""
    running.events.clear()
    running.start()
    try:
        engine, do = running.engine, running.do
        if states(running)[0] != GrabState.FAILED:  # it was killed before anything had happened
            return
        running.wait_for(lambda: GrabState.IMPORTED in states(running), "the next best")
        do(engine.jobs.idle())
        assert states(running) == [GrabState.FAILED, GrabState.IMPORTED]
        (movie,) = do(engine.movies.all())
        history = do(engine.decisions.why(movie.id)).history
        kinds = [entry.kind for entry in history]
        assert (kinds.count(HistoryKind.FAILED), kinds.count(HistoryKind.GRABBED)) == (1, 2)
        stalled = [one for one in do(engine.blocklist.all()) if one.cause == "DownloadStalled"]
        assert [one.attempts for one in stalled] == [1]
        (client,) = engine.plugins.clients()
        left = do(engine.plugins.call(client, lambda plugin: plugin.downloads()))
        assert [one.name for one in left] == [SECOND]
        folders = [path.name for path in running.downloads.iterdir()]
        assert len(folders) == 1
    finally:
        running.stop()


_COME = [[GrabState.COMPLETED], [GrabState.IMPORTED]]
_SENT = [[GrabState.DOWNLOADING], *_COME]
BOUNDARIES: dict[str, Callable[[RunningEngine], bool]] = {
    "it is given up": lambda running: states(running)[0] == GrabState.FAILED,
    "the next one is to be sent": lambda running: len(states(running)) == 2,
    "the next one is sent": lambda running: states(running)[1:] in _SENT,
    "the next one has come": lambda running: states(running)[1:] in _COME,
}


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_killed_at_each_boundary_it_happens_once(boundary: str, world: WorldThread, tmp_path: Path) -> None:
    running, grab_id = grabbed(world, tmp_path / "case")
    killed(running, grab_id, lambda: BOUNDARIES[boundary](running))
    check_once(running)
    assert states(running)[0] == GrabState.FAILED


def test_killed_again_and_again_it_happens_once(world: WorldThread, tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    running, grab_id = grabbed(world, tmp_path / "case")
    for _ in range(RANDOM):
        end = time.monotonic() + chance.uniform(0.0, 0.25)
        is_open = states(running)[0] == GrabState.DOWNLOADING
        killed(running, grab_id if is_open else 0, lambda end=end: time.monotonic() > end)  # type: ignore[misc]
    check_once(running)
