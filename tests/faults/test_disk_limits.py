"""Disks at their limits: no more links, two mounts of one disk, no room for the program itself, suddenly read-only."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Kind
from radarr_desktop.domain.records import GrabState, HistoryKind
from tests.faults.test_bad_input import Scene
from tests.faults.test_disks import disk, mounted
from tests.fixtures_engine import world_and_engine
from tests.integration.shelf import CONTENT, Shelf, shelf_in

LINKS = 65_000
"""Names that ext4 gives one file."""


def method(shelf: Shelf) -> object:
    """How the last file came into the library."""
    return shelf.running.do(shelf.running.engine.history.page(kinds=[HistoryKind.IMPORTED])).entries[0].data["method"]


@contextlib.contextmanager
def shelf_on(folder: Path, *, apart: bool) -> Iterator[Shelf]:
    """Downloads and library on one ext4, seen through one mount or through two."""
    with disk(folder / "disk", "ext4", 64 << 20), shelf_in(folder) as shelf, contextlib.ExitStack() as stack:
        for name in ("downloads", "library"):
            (folder / "disk" / name).mkdir()
        if apart:
            for name in ("downloads", "library"):
                stack.enter_context(mounted("--bind", str(folder / "disk" / name), at=folder / name))
        else:
            shelf.running.downloads = folder / "disk" / "downloads"
            shelf.running.library.rmdir()
            shelf.running.library.symlink_to(folder / "disk" / "library")
        yield shelf


def test_a_file_with_as_many_names_as_may_be_is_told_and_linked_once_one_is_free(tmp_path: Path) -> None:
    with shelf_on(tmp_path, apart=False) as shelf:
        source = shelf.download()
        folder = source.parent / "names"
        folder.mkdir()
        for number in range(LINKS - 1):
            os.link(source, folder / str(number))
        words = ("cannot be linked", "the file has as many links as the file system allows", "Copy this one")
        shelf.refuses(source, Kind.CANNOT_LINK, *words)
        (folder / "0").unlink()
        assert shelf.take(source).samefile(source)
        assert source.stat().st_nlink == LINKS


def test_two_mounts_of_one_disk_are_two_disks_and_the_copy_is_one_of_its_own(tmp_path: Path) -> None:
    with shelf_on(tmp_path, apart=True) as shelf:
        source = shelf.download()
        assert source.stat().st_dev == shelf.library.stat().st_dev, "nothing but trying tells"
        shelf.refuses(source, Kind.CANNOT_LINK, "a hard link cannot cross file systems", "Copy this one")
        shelf.media(allow_copies=True, minimum_free_mb=0)
        placed = shelf.take(source)
        assert (placed.read_bytes(), placed.samefile(source), method(shelf)) == (CONTENT, False, "copy")


def remount(folder: Path, option: str) -> None:
    """Change how it is mounted, while it is in use."""
    subprocess.run(["mount", "-o", f"remount,{option}", str(folder)], check=True)


def test_a_library_that_turns_read_only_is_told_and_imported_to_once_it_is_not(tmp_path: Path) -> None:
    with (
        world_and_engine(tmp_path, with_movie=False) as (world, running),
        mounted("-t", "tmpfs", "-o", "size=400m", "tmpfs", at=running.library),
    ):
        scene = Scene(world, running)
        remount(running.library, "ro")
        scene.search()
        problem = scene.blocked()
        assert "cannot be written. Its file system is read-only. Mount it for writing, then try again." in problem
        remount(running.library, "rw")
        running.do(running.engine.jobs.enqueue("retry_imports"))
        running.wait_for(lambda: "cannot be linked" in scene.blocked(), "the next reason")
        item = scene.queued()
        assert item
        running.do(running.engine.imports.retry(item.grab.id, allow_copy=True))
        assert scene.arrived().read_bytes() == world.world.seeded_file.read_bytes()


def test_a_data_folder_without_room_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with (
        mounted("-t", "tmpfs", "-o", "size=60m", "tmpfs", at=data),
        world_and_engine(tmp_path, with_movie=False) as (world, running),
    ):
        scene = Scene(world, running)
        good, seeder = world.world.torrents[world.world.good], world.world.seeder
        world.do(seeder.limit(good, 60_000))
        scene.search()
        running.wait_for_event(events.DownloadProgressed)
        subprocess.run(["dd", "if=/dev/zero", f"of={data / 'filler'}", "bs=64k"], check=False, capture_output=True)
        assert os.statvfs(data).f_bavail == 0
        world.do(seeder.limit(good, 0))
        (client,) = running.engine.plugins.clients()

        def is_there() -> bool:
            found = running.do(running.engine.plugins.call(client, lambda plugin: plugin.downloads()))
            return all(each.progress == 1 for each in found)

        running.wait_for(is_there, "the download")
        assert [path for path in running.library.rglob("*") if path.is_file()] == []
        said = running.wait_for(lambda: scene.health("database"), "the reason")
        assert said is not None
        assert said.message == f"The database {running.paths.database} cannot be written. The disk is full."
        assert said.todo == "Make room, then try again."
        (data / "filler").unlink()
        assert scene.arrived().read_bytes() == world.world.seeded_file.read_bytes()
        running.wait_for(lambda: scene.health("database") is None, "the end of the reason")
        kinds = [entry.kind for entry in running.do(running.engine.decisions.why(scene.movie.id)).history]
        assert (kinds.count(HistoryKind.GRABBED), kinds.count(HistoryKind.IMPORTED)) == (1, 1)
        assert [grab.state for grab in running.do(running.engine.decisions.why(scene.movie.id)).grabs] == [
            GrabState.IMPORTED
        ]
