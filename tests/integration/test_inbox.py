"""Watched folders: torrents are fetched, finished media is imported, everything else waits or is told."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.events import InboxRefused, MovieImported, ReleaseGrabbed
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.watching import Afterwards, WatchFolder
from radarr_desktop.engine.inbox.ears import Ears, is_remote
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.notifications.notices import notice_of
from radarr_desktop.loopback.releases import GOOD
from radarr_desktop.loopback.tmdb import Film
from radarr_desktop.loopback.torrents import claiming
from radarr_desktop.plugin_api import NoticeKind
from tests.fakes.film import film
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine

AMBER = 810_001


class Box:
    """A watched folder, and a program with two wanted movies."""

    def __init__(self, world: WorldThread, running: RunningEngine) -> None:
        self.running = running
        self.torrent = world.world.torrents[GOOD].data
        self.path = running.folder / "inbox"
        self.path.mkdir()
        self.salt = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        world.world.tmdb.add(Film(AMBER, "Amber Lantern", 2011, cinemas=date(2011, 3, 1)))
        self.amber = running.do(running.engine.movies.add(NewMovie(AMBER)))

    def watch(self, **wanted: Any) -> WatchFolder:
        folder = WatchFolder(0, str(self.path), **wanted)
        return self.running.do(self.running.engine.watch_folders.add(folder))

    def state(self) -> WatchFolder:
        (folder,) = self.running.do(self.running.engine.watch_folders.all())
        return folder

    def refused(self, name: str) -> InboxRefused:
        def told() -> InboxRefused | None:
            events = [event for event in self.running.events if isinstance(event, InboxRefused)]
            return next((event for event in events if Path(event.path).name == name), None)

        event = self.running.wait_for(told, f"the refusal of {name}")
        assert event is not None
        return event

    def put(self, name: str, content: bytes) -> Path:
        """As a careful program does: under another name first."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / f".{path.name}").write_bytes(content)
        return (path.parent / f".{path.name}").rename(path)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        yield Box(world, running)


def test_a_torrent_is_fetched_and_put_away(box: Box) -> None:
    box.watch()
    box.put(f"{GOOD}.torrent", box.torrent)
    assert box.running.wait_for_event(ReleaseGrabbed).movie_id == box.salt.id
    box.running.wait_for((box.path / "done" / f"{GOOD}.torrent").exists, "the move")
    assert not (box.path / f"{GOOD}.torrent").exists()
    assert box.running.wait_for_event(MovieImported).movie_id == box.salt.id


def test_a_magnet_is_fetched_and_its_file_deleted_when_asked_to(box: Box) -> None:
    box.watch(afterwards=Afterwards.DELETE)
    magnet = f"magnet:?xt=urn:btih:{'ab' * 20}&dn={GOOD}"
    path = box.put("salt.magnet", f"Here it is:\n{magnet}\n".encode())
    assert box.running.wait_for_event(ReleaseGrabbed).movie_id == box.salt.id
    box.running.wait_for(lambda: not path.exists(), "the deletion")


def test_what_is_of_no_movie_or_no_torrent_goes_to_failed_and_is_told_once(box: Box) -> None:
    box.watch()
    box.put("broken.torrent", b"d8:announce")
    stranger = claiming({"Nobody.2001.1080p.mkv": 700_000}, "http://127.0.0.1:1/announce")
    box.put("stranger.torrent", stranger.data)
    box.put("empty.magnet", b"no link in here")
    (box.path / "link.torrent").symlink_to("/etc/hostname")
    os.mkfifo(box.path / "pipe.torrent")
    box.put("huge.torrent", b"d" * (17 * 1024 * 1024))
    assert box.refused("broken.torrent").problem.kind is Kind.BAD_INPUT
    assert "No movie of the library fits." in str(box.refused("stranger.torrent").problem)
    assert "holds no magnet link" in str(box.refused("empty.magnet").problem)
    assert "larger than" in str(box.refused("huge.torrent").problem)
    failed = box.path / "failed"
    names = {"broken.torrent", "stranger.torrent", "empty.magnet", "huge.torrent"}
    box.running.wait_for(lambda: failed.is_dir() and {each.name for each in failed.iterdir()} == names, "the moves")
    assert (box.path / "link.torrent").is_symlink()
    assert (box.path / "pipe.torrent").is_fifo()
    assert not any(isinstance(event, ReleaseGrabbed) for event in box.running.events)


def test_finished_media_is_imported_and_what_is_unsure_is_told_and_left(box: Box) -> None:
    box.watch(torrents=False, media=True)
    box.put("Amber.Lantern.2011.1080p.BluRay.x264-KITE/amber.mkv", film(b"amber"))
    box.put("holidays.mkv", film(b"holidays"))
    imported = box.running.wait_for_event(MovieImported)
    assert (imported.movie_id, imported.quality) == (box.amber.id, "Bluray-1080p")  # as the folder says
    done = box.path / "done" / "Amber.Lantern.2011.1080p.BluRay.x264-KITE" / "amber.mkv"
    box.running.wait_for(done.exists, "the move")
    assert Path(imported.path).samefile(done)
    refused = box.refused("holidays.mkv")
    assert refused.is_media
    assert "No movie of this name is known." in str(refused.problem)
    assert (box.path / "holidays.mkv").exists()
    notice = notice_of(refused)
    assert (notice.kind, notice.title) == (NoticeKind.ATTENTION, "holidays.mkv was not imported.")
    assert [(one.key, one.target) for one in notice.actions] == [("folder", str(box.path))]
    count = len([event for event in box.running.events if isinstance(event, InboxRefused)])
    box.put("Amber.Lantern.2011.2160p.BluRay.x264-KITE.mkv", film(b"better"))
    box.running.wait_for(
        lambda: len([event for event in box.running.events if isinstance(event, (MovieImported, InboxRefused))]) > 2,
        "the next one",
    )
    told = [Path(event.path).name for event in box.running.events if isinstance(event, InboxRefused)]
    assert told.count("holidays.mkv") == count == 1


def test_a_deleted_source_is_deleted_only_after_the_library_has_it(box: Box) -> None:
    box.watch(torrents=False, media=True, afterwards=Afterwards.DELETE)
    content = film(b"amber")
    path = box.put("Amber.Lantern.2011.1080p.BluRay.x264-KITE.mkv", content)
    imported = box.running.wait_for_event(MovieImported)
    assert Path(imported.path).read_bytes() == content
    box.running.wait_for(lambda: not path.exists(), "the deletion")


def test_a_file_that_is_still_written_is_waited_for(box: Box) -> None:
    box.watch(torrents=False, media=True)
    content = film(b"amber", size=400_000)
    path = box.path / "Amber.Lantern.2011.1080p.BluRay.x264-KITE.mkv"
    with path.open("wb") as file:
        file.write(content[:200_000])
        file.flush()
        os.utime(path, (1, 1))  # as old as can be: only the open file tells
        box.put("holidays.mkv", film(b"holidays"))
        box.refused("holidays.mkv")  # looked at twice meanwhile
        assert not any(isinstance(event, MovieImported) for event in box.running.events)
        file.write(content[200_000:])
    imported = box.running.wait_for_event(MovieImported)
    assert Path(imported.path).read_bytes() == content
    part = box.put("Amber.Lantern.2011.2160p.mkv.part", b"x")
    box.put("later.mkv", film(b"later"))
    box.refused("later.mkv")
    assert part.exists()


def test_folders_survive_a_restart_go_away_and_come_back(box: Box) -> None:
    box.watch()
    box.running.stop()
    box.put(f"{GOOD}.torrent", box.torrent)
    away = box.path.rename(box.path.with_name("away"))
    box.running.start()
    engine = box.running.engine
    box.running.wait_for(lambda: box.state().problem, "the missing folder")
    assert "cannot be looked at" in box.state().problem
    away.rename(box.path)
    box.running.loop.call_soon_threadsafe(engine.inbox.wake)
    box.running.wait_for_event(ReleaseGrabbed)
    box.running.wait_for((box.path / "done" / f"{GOOD}.torrent").exists, "the move")
    assert not box.state().problem
    again = box.put(f"{GOOD}.torrent", box.torrent)  # heard without being woken
    box.running.wait_for(lambda: not again.exists(), "the second one")
    assert (box.path / "done" / f"{GOOD} (2).torrent").exists()
    assert len([event for event in box.running.events if isinstance(event, ReleaseGrabbed)]) == 1


def test_kept_files_are_taken_once(box: Box) -> None:
    box.watch(torrents=False, media=True, afterwards=Afterwards.KEEP)
    path = box.put("Amber.Lantern.2011.1080p.BluRay.x264-KITE.mkv", film(b"amber"))
    box.running.wait_for_event(MovieImported)
    box.running.stop()
    box.running.start()
    box.put("holidays.mkv", film(b"holidays"))
    box.refused("holidays.mkv")
    told = [event for event in box.running.events if isinstance(event, MovieImported | InboxRefused)]
    assert len(told) <= 2
    assert path.exists()
    assert not any(isinstance(event, InboxRefused) and "Amber" in event.path for event in told)


def test_without_a_download_client_a_torrent_is_told(box: Box) -> None:
    instances = box.running.do(box.running.engine.plugins.instances("download_client"))
    box.running.do(box.running.engine.plugins.remove(instances[0].id))
    box.watch()
    path = box.put(f"{GOOD}.torrent", box.torrent)
    refused = box.refused(f"{GOOD}.torrent")
    assert "client" in str(refused.problem)
    box.running.wait_for(lambda: not path.exists(), "the move")


def test_what_cannot_be_watched_is_refused(box: Box) -> None:
    watch = box.running.engine.watch_folders
    for path, words in (
        ("relative", "no full path"),
        (str(box.path / "none"), "no such folder"),
        (str(box.running.library), "It is"),
        (str(box.running.library / ".."), "lies in it"),
    ):
        with pytest.raises(Problem, match=words):
            box.running.do(watch.add(WatchFolder(0, path)))
    with pytest.raises(Problem, match="nothing to watch for"):
        box.watch(torrents=False)
    folder = box.watch()
    with pytest.raises(Problem, match="cannot be watched"):
        box.watch()
    changed = box.running.do(watch.change(WatchFolder(folder.id, folder.path, media=True)))
    assert changed.media
    box.running.do(watch.remove(folder.id))
    with pytest.raises(Problem, match="There is no watched folder"):
        box.running.do(watch.remove(folder.id))
    assert box.running.do(watch.all()) == []


def test_a_folder_that_the_system_does_not_tell_of_is_looked_at_again_and_again(tmp_path: Path) -> None:
    heard = threading.Event()
    ears = Ears(heard.set)
    missing = str(tmp_path / "missing")
    assert ears.listen([str(tmp_path)])
    assert not ears.listen([str(tmp_path), missing])
    assert ears.deaf_at == {missing}
    (tmp_path / "new.torrent").write_bytes(b"d")
    assert heard.wait(30)
    assert not ears.listen([])
    assert ears.deaf_at == frozenset()
    ears.close()
    assert not is_remote(tmp_path)


def test_where_the_system_allows_no_more_watches_folders_are_polled(tmp_path: Path) -> None:
    """In a user namespace of its own the limit is set to nothing, for that process alone."""
    words = "from radarr_desktop.engine.inbox.ears import Ears; ears = Ears(print)"
    words += f"; print(ears.listen([{str(tmp_path)!r}]), sorted(ears.deaf_at)); ears.close()"
    script = 'echo 0 > /proc/sys/user/max_inotify_instances && exec "$0" -c "$1"'
    command = ["unshare", "--user", "--map-root-user", "sh", "-c", script, sys.executable, words]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if "unshare failed" in ran.stderr or "max_inotify_instances" in ran.stderr:
        pytest.skip("limits cannot be set here")
    assert ran.stdout.endswith(f"False ['{tmp_path}']\n"), ran.stderr
    assert ran.returncode == 0, ran.stderr
