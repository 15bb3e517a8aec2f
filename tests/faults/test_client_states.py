"""States of the real qBittorrent, provoked for real: what the queue says of them, and how they end."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from radarr_desktop.domain import events
from radarr_desktop.domain.records import GrabState, HistoryKind, QueueItem
from radarr_desktop.plugin_api import DownloadState, Order
from tests.fakes.film import film
from tests.faults.test_disks import disk, mounted
from tests.integration.stage import Stage, staged

SLOW = 60_000
LARGE, LARGE_SIZE = "The.Salt.Meridian.2025.1080p.BluRay.DTS.x264-TIDE", 64 << 20
MENDED_WITHIN = 60.0
"""Seconds: what a client stopped is looked at every half minute."""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(tmp_path, "qbittorrent") as made:
        yield made


def queued(stage: Stage) -> QueueItem:
    """The one download, once it is there."""
    queue = stage.running.engine.downloads.queue
    (item,) = stage.running.wait_for(lambda: stage.running.do(queue()), "a download")
    return item


def becomes(stage: Stage, state: DownloadState) -> QueueItem:
    """Wait until the queue shows the state."""
    stage.running.wait_for(lambda: (found := queued(stage).download) and found.state is state, state.value)
    return queued(stage)


@contextlib.contextmanager
def web(stage: Stage) -> Iterator[httpx.Client]:
    """qBittorrent's own interface."""
    assert stage.qbittorrent is not None
    login = {"username": stage.qbittorrent.username, "password": stage.qbittorrent.password}
    with httpx.Client(base_url=f"{stage.qbittorrent.url}/api/v2", timeout=30) as client:
        client.post("/auth/login", data=login)
        yield client


def limit(stage: Stage, rate: int) -> None:
    """How fast it arrives; 0 for no limit, and the seeder dials."""
    stage.world.do(stage.world.world.seeder.limit(stage.good, rate))
    if not rate:
        assert stage.qbittorrent is not None
        stage.world.do(stage.world.world.seeder.connect(stage.good, stage.qbittorrent.peer_port))


def assert_arrived_once(stage: Stage) -> None:
    """In the library, whole, and told once."""
    imported = stage.imported()
    assert Path(imported.path).read_bytes() == stage.world.world.seeded_file.read_bytes()
    history = stage.running.do(stage.running.engine.decisions.why(imported.movie_id)).history
    kinds = [entry.kind for entry in history]
    assert (kinds.count(HistoryKind.GRABBED), kinds.count(HistoryKind.IMPORTED)) == (1, 1)


def test_a_download_whose_disk_is_full_says_so_and_goes_on_by_itself_when_there_is_room(stage: Stage) -> None:
    assert stage.qbittorrent is not None
    stage.qbittorrent.downloads.mkdir(exist_ok=True)
    with mounted("-t", "tmpfs", "-o", "size=300k", "tmpfs", at=stage.qbittorrent.downloads):
        stage.add(search=True)
        item = becomes(stage, DownloadState.ERROR)
        assert item.grab.state is GrabState.DOWNLOADING
        assert item.download is not None
        assert "qBittorrent stopped it with an error. Its log tells which" in item.download.message
        assert list(stage.running.library.iterdir()) == []
        subprocess.run(["mount", "-o", "remount,size=50m", str(stage.qbittorrent.downloads)], check=True)
        limit(stage, 0)

        def goes_on() -> bool:
            download = queued(stage).download
            return download is not None and download.state is not DownloadState.ERROR

        stage.running.wait_for(goes_on, "the mending", MENDED_WITHIN)
        port = stage.qbittorrent.peer_port
        stage.world.do(stage.world.world.seeder.connect(stage.good, port))  # peers that parted do not meet soon
        stage.running.wait_for(lambda: queued(stage).grab.state is GrabState.BLOCKED, "the import")
        assert "a hard link cannot cross file systems" in queued(stage).grab.problem
        stage.running.do(stage.running.engine.imports.retry(queued(stage).grab.id, allow_copy=True))
        assert_arrived_once(stage)


def finish_without_us(stage: Stage) -> list[Path]:
    """The download ends while the program is down; the files of it."""
    world = stage.world.world
    stage.world.do(world.seeder.remove(stage.good))  # until the program is down
    stage.add(search=True)
    stage.running.wait_for_event(events.ReleaseGrabbed)
    stage.running.stop()
    stage.world.do(world.seeder.seed(stage.good, world.seeded_file.parent.parent))
    limit(stage, 0)
    deadline = time.monotonic() + 60
    with web(stage) as api:
        while not api.get("/torrents/info").json()[0]["state"].endswith(("UP", "uploading")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    files = stage.qbittorrent_files(world.seeded_file.name)
    while [path.read_bytes() for path in files] != [world.seeded_file.read_bytes()]:  # it says so before it has written
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return files


def test_files_that_were_taken_away_are_told_and_come_back_by_a_recheck(stage: Stage) -> None:
    assert stage.qbittorrent is not None
    files = finish_without_us(stage)
    stage.qbittorrent.stop()
    for path in files:
        path.unlink()
    stage.qbittorrent.start()
    stage.running.start()
    item = becomes(stage, DownloadState.ERROR)
    assert item.grab.state is GrabState.DOWNLOADING
    assert item.download is not None
    assert "qBittorrent misses its files." in item.download.message
    assert list(stage.running.library.iterdir()) == []
    stage.running.do(stage.running.engine.downloads.order(Order.RECHECK, item.grab.id))
    stage.running.do(stage.running.engine.downloads.resume(item.grab.id))
    limit(stage, 0)
    assert_arrived_once(stage)


def test_a_file_that_lost_its_end_is_not_imported_and_is_once_it_was_mended(stage: Stage) -> None:
    (file,) = finish_without_us(stage)
    whole = file.stat().st_size
    with file.open("r+b") as opened:
        opened.truncate(whole // 2)
    stage.running.start()
    stage.running.wait_for(lambda: queued(stage).grab.state is GrabState.BLOCKED, "the refusal")
    grab = queued(stage).grab
    assert f"{file} is not whole. It has {whole // 2:,} bytes of {whole:,}." in grab.problem
    assert grab.cause
    assert list(stage.running.library.iterdir()) == []
    stage.running.do(stage.running.engine.downloads.order(Order.RECHECK, grab.id))
    with web(stage) as api:

        def is_fetching() -> bool:
            (seen,) = api.get("/torrents/info").json()
            return seen["progress"] < 1 and not seen["state"].startswith("checking")

        stage.running.wait_for(is_fetching, "what is missing")
        file.write_bytes(stage.world.world.seeded_file.read_bytes())  # peers that parted as seeds do not meet soon
        stage.running.do(stage.running.engine.downloads.order(Order.RECHECK, grab.id))
        stage.running.wait_for(lambda: api.get("/torrents/info").json()[0]["progress"] == 1, "the rest")
    stage.running.do(stage.running.engine.imports.retry(grab.id))
    assert_arrived_once(stage)


def test_a_download_that_nobody_has_is_stalled_and_goes_on_when_somebody_does(stage: Stage) -> None:
    world = stage.world.world
    stage.world.do(world.seeder.remove(stage.good))
    stage.add(search=True)
    item = becomes(stage, DownloadState.STALLED)
    assert item.grab.state is GrabState.DOWNLOADING
    assert item.download is not None
    assert (item.download.speed, item.download.seeds) == (0, 0)
    assert item.grab.problem == "", "an hour of it is usual"
    stage.world.do(world.seeder.seed(stage.good, world.seeded_file.parent.parent))
    limit(stage, 0)
    assert_arrived_once(stage)


@contextlib.contextmanager
def fetched_elsewhere(stage: Stage) -> Iterator[Path]:
    """What is not whole yet lies on another disk."""
    elsewhere = Path(tempfile.mkdtemp(dir="/dev/shm"))
    try:
        with web(stage) as api:
            wanted = {"temp_path_enabled": True, "temp_path": str(elsewhere)}
            api.post("/app/setPreferences", data={"json": json.dumps(wanted)}).raise_for_status()
        yield elsewhere
    finally:
        shutil.rmtree(elsewhere)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is no second disk here")
def test_what_was_moved_when_it_was_whole_is_imported_from_where_it_lies_then(stage: Stage) -> None:
    with fetched_elsewhere(stage) as elsewhere:
        limit(stage, SLOW)
        stage.add(search=True)
        stage.running.wait_for(lambda: any(elsewhere.rglob("*.mkv*")), "a file on the other disk")
        limit(stage, 0)
        imported = stage.imported()
        placed = stage.downloaded(stage.world.world.seeded_file.name)
        assert Path(imported.path).samefile(placed)
        assert placed.stat().st_dev != elsewhere.stat().st_dev
        assert_arrived_once(stage)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is no second disk here")
def test_while_qbittorrent_moves_a_download_its_import_waits(stage: Stage) -> None:
    """The file has its size from the first moment of the move on: only the state tells that its bytes are not there."""
    assert stage.qbittorrent is not None
    engine, do = stage.running.engine, stage.running.do
    source = offered(stage, LARGE, film(os.urandom(LARGE_SIZE)))
    with disk(stage.qbittorrent.downloads, "ext4", 4 * LARGE_SIZE, "loop,sync"), fetched_elsewhere(stage):
        do(engine.settings.save_media(replace(do(engine.settings.media()), allow_copies=True)))
        movie = stage.add(search=False)
        (found,) = [one for one in do(engine.search.releases(movie.id)) if one.release.title == LARGE]
        do(engine.search.grab(found.id, movie.id, force=True))
        item = becomes(stage, DownloadState.MOVING)
        assert item.download is not None
        assert (item.grab.state, item.download.progress) == (GrabState.DOWNLOADING, 1)
        assert [path for path in stage.running.library.rglob("*") if path.is_file()] == []
        assert Path(stage.imported().path).read_bytes() == source.read_bytes()


def offered(stage: Stage, title: str, content: bytes) -> Path:
    """Another release, that somebody really has."""
    world = stage.world.world
    file = world.folder / title / f"{title}.mkv"
    file.parent.mkdir()
    file.write_bytes(content)
    stage.world.do(world.share(file.parent, title))
    return file
