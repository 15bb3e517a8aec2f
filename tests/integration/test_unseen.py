"""Magnet links: nothing of them is fetched before their file list was looked at."""

from __future__ import annotations

import secrets
from typing import Any

from radarr_desktop.domain import events
from radarr_desktop.domain.records import GrabState, HistoryKind
from radarr_desktop.loopback.torrents import TorrentFile, of_files
from tests.integration.stage import Stage

NAME = "The.Salt.Meridian.2025.1080p.WEB-DL.H.264-KITE"


def shared(stage: Stage, **files: int) -> TorrentFile:
    """A torrent of these files, seeded."""
    folder = stage.world.world.folder / NAME
    folder.mkdir()
    for name, size in files.items():
        (folder / name.replace("_", ".")).write_bytes(secrets.token_bytes(size))
    return stage.world.do(stage.world.world.share(folder, NAME, private=False))


def test_one_that_holds_a_movie_is_fetched_and_imported(stage: Stage) -> None:
    movie = stage.add(search=False)
    torrent = stage.world.do(
        stage.world.world.share(stage.world.world.seeded_file.parent, stage.world.world.good, private=False)
    )
    dropped = stage.running.do(
        stage.running.engine.search.drop(f"{torrent.magnet}&dn={stage.world.world.good}", movie_id=movie.id)
    )
    assert dropped.grab
    assert dropped.grab.unseen
    stage.imported(dropped.grab.id)
    inspected = stage.running.wait_for_event(events.ReleaseInspected)
    assert (inspected.accepted, inspected.files) == (True, 2)
    (grab,) = stage.grabs(movie)
    assert (grab.state, grab.unseen, grab.size) == (GrabState.IMPORTED, False, torrent.size)


def test_one_with_a_program_in_it_goes_without_a_byte(stage: Stage) -> None:
    movie = stage.add(search=False)
    torrent = shared(stage, film_mkv=3_000_000, setup_exe=200_000)
    stage.running.do(stage.running.engine.search.drop(f"{torrent.magnet}&dn={NAME}", movie_id=movie.id))
    failed = stage.running.wait_for_event(events.GrabFailed)
    assert "setup.exe" in str(failed.problem)
    (grab,) = stage.grabs(movie)
    assert grab.state is GrabState.FAILED
    (client,) = stage.running.engine.plugins.clients()

    def is_gone() -> bool:
        return not stage.running.do(stage.running.engine.plugins.call(client, lambda plugin: plugin.downloads()))

    stage.running.wait_for(is_gone, "its removal")
    assert stage.world.do(given(stage, torrent)) == 0
    assert HistoryKind.FAILED in {
        entry.kind for entry in stage.running.do(stage.running.engine.decisions.why(movie.id)).history
    }
    assert [one.info_hash for one in stage.running.do(stage.running.engine.blocklist.all())] == [torrent.v1]


async def given(stage: Stage, torrent: TorrentFile) -> int:
    return stage.world.world.seeder.given(torrent)


def test_it_is_looked_into_although_the_program_was_down_when_its_files_became_known(stage: Stage) -> None:
    movie = stage.add(search=False)
    folder = stage.world.world.folder / NAME
    folder.mkdir()
    (folder / "setup.exe").write_bytes(secrets.token_bytes(3_000_000))
    torrent = of_files(folder, stage.world.world.tracker.url, private=False)
    stage.running.do(stage.running.engine.search.drop(f"{torrent.magnet}&dn={NAME}", movie_id=movie.id))
    stage.running.wait_for_event(events.ReleaseGrabbed)
    stage.running.stop()
    stage.world.do(stage.world.world.share(folder, NAME, private=False))
    stage.running.start()
    (client,) = stage.running.engine.plugins.clients()
    port = stage.qbittorrent.peer_port if stage.qbittorrent else 0
    if not port:
        port = stage.running.do(stage.running.engine.plugins.call(client, _port))
    stage.world.do(stage.world.world.seeder.connect(torrent, port))
    stage.running.wait_for_event(events.GrabFailed)
    assert [grab.state for grab in stage.grabs(movie)] == [GrabState.FAILED]
    assert stage.world.do(given(stage, torrent)) == 0


def test_one_that_is_paused_before_its_files_are_known_is_left_alone(stage: Stage) -> None:
    movie = stage.add(search=False)
    magnet = f"magnet:?xt=urn:btih:{'ab' * 20}&dn={NAME}"
    engine, do = stage.running.engine, stage.running.do
    grab = do(engine.search.drop(magnet, movie_id=movie.id)).grab
    assert grab
    do(engine.downloads.pause(grab.id))

    def is_paused() -> bool:
        (item,) = do(engine.downloads.queue())
        return item.download is not None and item.download.is_stopped

    stage.running.wait_for(is_paused, "the pause")
    for _ in range(3):
        do(engine.downloads.refresh())
    assert [job for job in do(engine.jobs.all()) if job.kind == "look_inside"] == []
    do(engine.downloads.resume(grab.id))
    stage.running.wait_for(lambda: not is_paused(), "the resumption")
    assert [each.state for each in stage.grabs(movie)] == [GrabState.DOWNLOADING]


async def _port(plugin: Any) -> int:
    port: int = plugin.port
    return port
