"""A clock that jumps, and a machine that sleeps, with the real program: nothing waits longer, nothing happens twice."""

from __future__ import annotations

import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.swarm import QBittorrent, qbittorrent
from tests.faults.crash.client import ClientCase
from tests.faults.crash.program import LIFE, Case, Process, wait_for
from tests.fixtures_engine import WorldThread

SLOW = 60_000
FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)

needs_faketime = pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed")


class Clocked(ClientCase):
    """The program with a clock of its own; monotonic time is left alone, as setting a clock does."""

    def __init__(self, world: WorldThread, folder: Path, program: QBittorrent) -> None:
        super().__init__(world, folder, program)
        self._offset = folder / "clock"
        self._lives: list[int] = []
        self.set_clock("+0")

    def set_clock(self, offset: str) -> None:
        """Where its clock stands beside ours: ``-30d``, ``+2h``."""
        fresh = self._offset.with_suffix(".new")
        fresh.write_text(f"{offset}\n")
        fresh.replace(self._offset)

    def start(self) -> Process:
        """Begin a life."""
        fake = ["env", f"LD_PRELOAD={FAKETIME}", f"FAKETIME_TIMESTAMP_FILE={self._offset}", "FAKETIME_CACHE_DURATION=1"]
        options = ["--headless", "--config", str(self.config), "--data-dir", str(self.paths.data)]
        command = [*fake, "FAKETIME_DONT_FAKE_MONOTONIC=1", sys.executable, "-m", "radarr_desktop", *options]
        process = Process(command, self.folder)
        self._lives.append(process.pid)
        return process

    def tidy(self) -> None:
        """What the library leaves in memory when its program is killed."""
        for pid in self._lives:
            for name in (f"faketime_shm_{pid}", f"sem.faketime_sem_{pid}"):
                (Path("/dev/shm") / name).unlink(missing_ok=True)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[WorldThread]:
    made = WorldThread(tmp_path / "world")
    made.do(made.world.seeder.limit(made.world.torrents[made.world.good], SLOW))
    yield made
    made.close()


@pytest.fixture
def clocked(world: WorldThread, tmp_path: Path) -> Iterator[Clocked]:
    with qbittorrent(tmp_path / "qbittorrent") as program:
        case = Clocked(world, tmp_path / "case", program)
        yield case
        case.tidy()


def hurry(case: ClientCase) -> None:
    """Let the rest of it come at once."""
    seeder, good = case.world.world.seeder, case.world.world.torrents[case.world.world.good]
    case.world.do(seeder.limit(good, 0))
    case.world.do(seeder.connect(good, case.client.peer_port))


def downloading(case: Case) -> bool:
    return case.asked("select count(*) from grab where state = 'downloading'") == 1


def says(case: Case, event: str) -> bool:
    """Is this in the log?"""
    return case.paths.log.exists() and f'"event": "{event}"' in case.paths.log.read_text(errors="replace")


@needs_faketime
@pytest.mark.parametrize("jump", ["-400d", "+400d"])
def test_a_clock_that_jumps_while_the_client_is_away_puts_nothing_off(jump: str, clocked: Clocked) -> None:
    process = clocked.start()
    try:
        wait_for(lambda: downloading(clocked), process, LIFE)
        clocked.client.stop()
        wait_for(lambda: says(clocked, "client.failed"), process, LIFE)
        clocked.set_clock(jump)
        clocked.client.start()
        hurry(clocked)
        wait_for(lambda: clocked.asked("select count(*) from movie_file") == 1, process, LIFE)
    finally:
        process.kill()
    clocked.set_clock("+0")
    clocked.finish()
    assert clocked.violations() == []


@needs_faketime
def test_what_was_put_off_by_a_clock_that_was_ahead_is_done_when_it_is_right(clocked: Clocked) -> None:
    clocked.set_clock("+400d")
    clocked.client.kill()
    process = clocked.start()
    try:
        wait_for(lambda: clocked.asked("select count(*) from job where kind = 'send_grab'") == 1, process, LIFE)
    finally:
        process.kill()
    clocked.set_clock("+0")
    clocked.client.start()
    hurry(clocked)
    clocked.finish()
    assert clocked.violations() == []


def test_a_machine_that_sleeps_wakes_up_to_a_download_that_has_ended(world: WorldThread, tmp_path: Path) -> None:
    if not shutil.which("qbittorrent-nox"):
        pytest.skip("it needs a client that goes on")
    with qbittorrent(tmp_path / "qbittorrent") as program:
        case = ClientCase(world, tmp_path / "case", program)
        process = case.start()
        try:
            wait_for(lambda: downloading(case), process, LIFE)
            process.send(signal.SIGSTOP)
            hurry(case)
            whole = world.world.seeded_file.stat().st_size
            deadline = time.monotonic() + LIFE
            while sum(path.stat().st_size for path in case.downloads.rglob("*.mkv")) < whole:
                assert time.monotonic() < deadline
                time.sleep(0.1)
            time.sleep(4)
            assert case.asked("select count(*) from movie_file") == 0
            process.send(signal.SIGCONT)
            wait_for(case.has_arrived, process, LIFE)
        finally:
            process.kill()
        case.finish()
        assert case.violations() == []
