"""A real qBittorrent that cannot go on: told with its cause, mended by itself where time heals it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.domain.stuck import DownloadSettings, Trouble
from tests.faults.test_disks import mounted
from tests.integration.stage import Stage, staged
from tests.integration.test_watching import MOMENT, Impatient

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount")
ROOM = 256 * 1024
"""Bytes; the film has more than twice as many."""


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Stage]:
    with staged(tmp_path, "qbittorrent") as made:
        yield made


def grabbed(stage: Stage) -> Grab:
    movie = stage.add(search=False)
    grab = stage.running.do(stage.running.engine.search.run(movie.id)).grab
    assert grab is not None
    return grab


def test_a_full_disk_is_told_and_the_download_goes_on_once_there_is_room(outside: Stage) -> None:
    assert outside.qbittorrent is not None
    folder = outside.qbittorrent.downloads
    folder.mkdir(exist_ok=True)
    with mounted("-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", at=folder):
        grab = grabbed(outside)
        impatient = Impatient(outside, DownloadSettings(error_hours=MOMENT))

        def disk_full() -> Trouble | None:  # until its client says so, it only stands still
            trouble = impatient.trouble(grab)
            return trouble if trouble and trouble.reason is Reason.DISK_FULL else None

        trouble = outside.running.wait_for(disk_full, "the full disk")
        assert trouble is not None
        assert trouble.left is None
        assert trouble.sentence.startswith("No space left: its disk has ")
        subprocess.run(["mount", "-o", f"remount,size={100 * ROOM}", str(folder)], check=True)

        def whole() -> bool:
            impatient.look()
            return outside.running.do(outside.running.engine.downloads.get(grab.id)).state is not GrabState.DOWNLOADING

        outside.running.wait_for(whole, "the download")
        assert impatient.watch.troubles == {}
        outside.running.do(outside.running.engine.jobs.idle())


def test_a_disk_that_is_read_only_is_told_and_the_download_goes_on_once_it_is_not(outside: Stage) -> None:
    assert outside.qbittorrent is not None
    folder = outside.qbittorrent.downloads
    folder.mkdir(exist_ok=True)
    with mounted("-t", "tmpfs", "-o", "ro", "tmpfs", at=folder):
        grab = grabbed(outside)
        impatient = Impatient(outside, DownloadSettings(error_hours=MOMENT))

        def read_only() -> Trouble | None:
            trouble = impatient.trouble(grab)
            return trouble if trouble and trouble.reason is Reason.PERMISSION_DENIED else None

        trouble = outside.running.wait_for(read_only, "the read-only disk")
        assert trouble is not None
        assert trouble.left is None  # whoever mounts it again decides, not the clock
        assert trouble.sentence == f"The disk of {folder} is read-only. Make it writable, then try again."
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        outside.running.do(outside.running.engine.downloads.resume(grab.id))

        def whole() -> bool:
            impatient.look()
            return outside.running.do(outside.running.engine.downloads.get(grab.id)).state is not GrabState.DOWNLOADING

        outside.running.wait_for(whole, "the download")
        outside.running.do(outside.running.engine.jobs.idle())


def test_files_that_were_taken_away_are_told(outside: Stage) -> None:
    assert outside.qbittorrent is not None
    outside.world.do(outside.world.world.seeder.limit(outside.good, 30_000))
    grab = grabbed(outside)
    impatient = Impatient(outside, DownloadSettings())

    def has_some() -> bool:
        impatient.look()
        (item,) = outside.running.do(outside.running.engine.downloads.queue())
        return item.download is not None and item.download.progress > 0.2

    outside.running.wait_for(has_some, "the first pieces")
    outside.qbittorrent.stop()
    shutil.rmtree(outside.qbittorrent.downloads)
    outside.qbittorrent.start()

    def told() -> Trouble | None:
        trouble = impatient.trouble(grab)
        return trouble if trouble and trouble.reason is Reason.FILES_MISSING else None

    trouble = outside.running.wait_for(told, "the trouble")
    assert trouble is not None
    assert trouble.left is None
    assert "misses its files" in trouble.sentence
