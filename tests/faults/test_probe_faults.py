"""Files made to hang, fill or kill who reads them: each ends in a finding, and the next file is read as ever."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from radarr_desktop.domain.media import Finding
from radarr_desktop.engine.imports.probe import Prober

MEDIA = Path(__file__).parent.parent / "media"
SOUND = MEDIA / "hdr10.mkv"
PATIENCE = 60.0


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def prober(runner: asyncio.Runner) -> Iterator[Prober]:
    one = Prober(time=60)
    yield one
    runner.run(one.close())


def finding(runner: asyncio.Runner, prober: Prober, path: Path) -> Finding | None:
    """What is found wrong with it; after that a sound file must be read as ever."""
    found = runner.run(prober.probe(path))
    assert bool(found.sentence) == bool(found.finding)
    assert runner.run(prober.probe(SOUND)).is_sound
    return found.finding


def test_what_is_no_regular_file_is_not_opened(runner: asyncio.Runner, prober: Prober, tmp_path: Path) -> None:
    pipe, link, dangling = tmp_path / "pipe.mkv", tmp_path / "link.mkv", tmp_path / "dangling.mkv"
    os.mkfifo(pipe)
    link.symlink_to(SOUND)
    dangling.symlink_to(tmp_path / "nothing")
    for path in (pipe, link, dangling, tmp_path, Path("/dev/zero")):
        assert finding(runner, prober, path) is Finding.NOT_REGULAR
    assert finding(runner, prober, tmp_path / "gone.mkv") is Finding.GONE
    assert finding(runner, prober, tmp_path / ("x" * 300)) is Finding.UNREADABLE


def test_what_is_no_media_is_found(runner: asyncio.Runner, prober: Prober, tmp_path: Path) -> None:
    contents = {
        "empty.mkv": b"",
        "zeros.mkv": bytes(4096),
        "text.mkv": b"Downloading is fun\n" * 100,
        "page.mkv": b"<!doctype html><html><body>404</body></html>",
        "program.mkv": b"MZ" + random.Random(1).randbytes(5000),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    found = {name: finding(runner, prober, tmp_path / name) for name in contents}
    assert found.pop("empty.mkv") is Finding.EMPTY
    assert set(found.values()) == {Finding.NOT_MEDIA}


def test_a_header_with_nothing_behind_it_is_found(runner: asyncio.Runner, prober: Prober, tmp_path: Path) -> None:
    for source in ("hdr10.mkv", "dv8.mp4"):
        head = tmp_path / source
        head.write_bytes((MEDIA / source).read_bytes()[:64])
        assert finding(runner, prober, head) in {Finding.TRUNCATED, Finding.NO_VIDEO, Finding.NOT_MEDIA}


def test_noise_and_endless_files_are_left_soon(runner: asyncio.Runner, prober: Prober, tmp_path: Path) -> None:
    noise, endless = tmp_path / "noise.mkv", tmp_path / "endless.mkv"
    with noise.open("wb") as file:
        for seed in range(100):
            file.write(random.Random(seed).randbytes(1 << 20))
    with endless.open("wb") as file:
        file.truncate(1 << 42)
    assert finding(runner, prober, noise) is Finding.NOT_MEDIA
    assert finding(runner, prober, endless) is Finding.NOT_MEDIA


def test_damage_anywhere_ends_in_facts_or_a_finding(runner: asyncio.Runner, prober: Prober, tmp_path: Path) -> None:
    chance = random.Random(20)
    ended = 0
    for source in ("avc.mkv", "hdr10.mkv", "dv8.mp4", "av1.mkv"):
        whole = (MEDIA / source).read_bytes()
        for _ in range(60):
            damaged = bytearray(whole)
            for _ in range(chance.randint(1, 12)):
                damaged[chance.randrange(min(len(damaged), 3000) if chance.random() < 0.8 else len(damaged))] = (
                    chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
                )
            file = tmp_path / source
            file.write_bytes(damaged)
            found = runner.run(prober.probe(file))
            ended += 1
            assert found.finding or found.facts
            assert found.finding is not Finding.CRASHED
    assert ended == 240
    assert runner.run(prober.probe(SOUND)).is_sound


def test_a_reader_that_hangs_is_ended(runner: asyncio.Runner, tmp_path: Path) -> None:
    prober = Prober(time=3)
    assert runner.run(prober.probe(SOUND)).is_sound
    hanging = prober.pid
    assert hanging is not None
    os.kill(hanging, signal.SIGSTOP)
    found = runner.run(prober.probe(SOUND))
    assert found.finding is Finding.TOO_SLOW
    with pytest.raises(ProcessLookupError):
        os.kill(hanging, 0)
    assert runner.run(prober.probe(SOUND)).is_sound
    runner.run(prober.close())


def test_a_reader_that_dies_is_replaced(runner: asyncio.Runner, prober: Prober) -> None:
    assert runner.run(prober.probe(SOUND)).is_sound
    dying = prober.pid
    assert dying is not None

    async def kill_while_asked() -> Finding | None:
        os.kill(dying, signal.SIGSTOP)
        asked = asyncio.create_task(prober.probe(SOUND))
        await asyncio.sleep(0.1)
        os.kill(dying, signal.SIGKILL)
        return (await asked).finding

    assert runner.run(kill_while_asked()) in {None, Finding.CRASHED}
    assert runner.run(prober.probe(SOUND)).is_sound


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded by address space, which only Linux counts well")
def test_memory_is_bounded(runner: asyncio.Runner) -> None:
    prober = Prober(memory=0)
    found = runner.run(prober.probe(MEDIA / "avc.mkv"))
    assert found.finding is Finding.TOO_MUCH_MEMORY
    runner.run(prober.close())


def test_who_gives_up_waits_for_nothing(runner: asyncio.Runner, prober: Prober) -> None:
    assert runner.run(prober.probe(SOUND)).is_sound
    stopped = prober.pid
    assert stopped is not None

    async def give_up() -> None:
        os.kill(stopped, signal.SIGSTOP)
        async with asyncio.timeout(1):
            await prober.probe(SOUND)

    with pytest.raises(TimeoutError):
        runner.run(give_up())
    assert runner.run(prober.probe(SOUND)).is_sound
    assert prober.pid != stopped


_OWNER = """
import asyncio, sys
from pathlib import Path
from radarr_desktop.engine.imports.probe import Prober

async def main():
    prober = Prober()
    assert (await prober.probe(Path(sys.argv[1]))).is_sound
    print(prober.pid, flush=True)
    await asyncio.sleep(600)

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_the_reader_ends_with_its_killed_owner(tmp_path: Path) -> None:
    script = tmp_path / "owner.py"
    script.write_text(_OWNER)
    root = Path(__file__).parent.parent.parent
    with subprocess.Popen(
        [sys.executable, str(script), str(SOUND)],
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        text=True,
    ) as owner:
        assert owner.stdout is not None
        reader = int(owner.stdout.readline())
        owner.kill()
    deadline = time.monotonic() + PATIENCE
    while Path(f"/proc/{reader}").exists() and "State:\tZ" not in Path(f"/proc/{reader}/status").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)
