"""The pipeline when something is away, vanishes or is taken away: a reason is kept, and nothing happens twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import GrabState, HistoryKind
from radarr_desktop.engine.downloads.track import Tracker
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.loopback.hdbits import Fault, Listing
from radarr_desktop.loopback.torrents import claiming, empty
from tests.integration.stage import Stage, staged

NOBODY = "http://127.0.0.1:1/announce"
SLOW = 60_000
"""Bytes a second: the download takes ten seconds if nobody hurries it."""


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Stage]:
    """With a real qBittorrent, which can be ended by itself."""
    with staged(tmp_path, "qbittorrent") as made:
        yield made


def slow_down(stage: Stage) -> None:
    stage.world.do(stage.world.world.seeder.limit(stage.good, SLOW))


def hurry(stage: Stage) -> None:
    stage.world.do(stage.world.world.seeder.limit(stage.good, 0))
    if stage.qbittorrent:
        stage.world.do(stage.world.world.seeder.connect(stage.good, stage.qbittorrent.peer_port))


def test_a_grab_whose_client_is_away_is_sent_once_it_is_back(outside: Stage) -> None:
    assert outside.qbittorrent is not None
    outside.qbittorrent.kill()
    movie = outside.add(search=True)
    outside.running.wait_for(lambda: [g for g in outside.grabs(movie) if g.problem], "the refusal")
    (item,) = outside.running.do(outside.running.engine.downloads.queue())
    assert item.grab.state is GrabState.SENDING
    assert len(list(outside.running.paths.torrents.iterdir())) == 1
    outside.qbittorrent.start()
    outside.imported()
    history = outside.running.do(outside.running.engine.decisions.why(movie.id)).history
    kinds = [entry.kind for entry in history]
    assert (kinds.count(HistoryKind.GRABBED), kinds.count(HistoryKind.IMPORTED)) == (1, 1)
    assert len([one for one in outside.running.events if isinstance(one, events.ReleaseGrabbed)]) == 1


def test_a_blocked_import_keeps_its_reason_and_waits_for_a_client_that_is_away(outside: Stage) -> None:
    assert outside.qbittorrent is not None
    movie = outside.add(search=False)
    folder = Path(movie.folder)
    folder.mkdir()
    foreign = folder / f"{folder.name} Bluray-1080p-KITE.mkv"
    foreign.write_bytes(b"somebody else's")
    acquired = outside.running.do(outside.running.engine.search.run(movie.id))
    assert acquired.grab is not None
    outside.running.wait_for_event(events.ImportBlocked)
    (grab,) = outside.grabs(movie)
    assert grab.state is GrabState.BLOCKED
    assert (
        grab.problem
        == f"{foreign} is there already. It was not put there by this program. Move it away, then try again."
    )
    assert [path.name for path in folder.iterdir()] == [foreign.name]
    assert foreign.read_bytes() == b"somebody else's"

    foreign.unlink()
    outside.qbittorrent.kill()
    outside.running.do(outside.running.engine.imports.retry(grab.id))
    waits = (GrabState.COMPLETED, True)
    outside.running.wait_for(
        lambda: [(g.state, "qBittorrent" in g.problem) for g in outside.grabs(movie)] == [waits], "the wait"
    )
    outside.qbittorrent.start()
    assert outside.imported().path == str(foreign)
    (grab,) = outside.grabs(movie)
    assert (grab.state, grab.problem) == (GrabState.IMPORTED, "")


def test_a_download_that_ends_while_the_program_is_down_is_imported_at_its_next_start(outside: Stage) -> None:
    slow_down(outside)
    movie = outside.add(search=True)
    outside.running.wait_for_event(events.DownloadProgressed)
    outside.running.stop()
    hurry(outside)
    seeded = outside.world.world.seeded_file
    deadline = time.monotonic() + 60
    while not any(path.read_bytes() == seeded.read_bytes() for path in outside.qbittorrent_files(seeded.name)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    outside.running.start()
    outside.imported()
    assert [grab.state for grab in outside.grabs(movie)] == [GrabState.IMPORTED]


def test_a_torrent_that_was_removed_in_the_client_is_told_as_lost(outside: Stage) -> None:
    slow_down(outside)
    movie = outside.add(search=True)
    outside.running.wait_for_event(events.ReleaseGrabbed)
    engine = outside.running.engine
    (grab,) = outside.grabs(movie)
    (client,) = engine.plugins.clients()
    impatient = Tracker(engine.db, engine.bus, engine.jobs, engine.plugins, lost_after=timedelta(seconds=0.3))
    outside.running.do(impatient.look())
    assert impatient.last(grab)[0] is not None
    outside.running.do(engine.plugins.call(client, lambda plugin: plugin.remove(grab.hashes[0], delete_files=True)))
    outside.running.do(impatient.look())
    assert [each.state for each in outside.grabs(movie)] == [GrabState.DOWNLOADING]

    def lost() -> bool:
        outside.running.do(impatient.look())
        return outside.grabs(movie)[0].state is GrabState.LOST

    outside.running.wait_for(lost, "the loss")
    assert outside.grabs(movie)[0].problem == (
        "qBittorrent does not know this torrent any more. It was probably removed there."
    )
    history = outside.running.do(engine.decisions.why(movie.id)).history
    assert history[0].kind is HistoryKind.FAILED
    hurry(outside)
    acquired = outside.running.do(engine.search.run(movie.id))
    assert acquired.grab is not None
    outside.imported(acquired.grab.id)


def test_a_movie_that_is_removed_while_it_downloads_is_not_imported(quick: Stage) -> None:
    slow_down(quick)
    movie = quick.add(search=True)
    quick.running.wait_for_event(events.DownloadProgressed)
    engine = quick.running.engine
    quick.running.do(engine.movies.remove(movie.id))
    hurry(quick)
    (client,) = engine.plugins.clients()

    def has_ended() -> bool:
        downloads = quick.running.do(engine.plugins.call(client, lambda plugin: plugin.downloads()))
        return all(each.progress == 1 for each in downloads)

    quick.running.wait_for(has_ended, "the download")
    quick.running.do(engine.downloads.refresh())
    quick.running.do(engine.jobs.idle())
    assert list(quick.running.library.iterdir()) == []
    assert quick.running.do(engine.downloads.queue()) == []
    assert not [job for job in quick.running.do(engine.jobs.all()) if job.problem]


def test_one_torrent_is_not_taken_for_two_movies(quick: Stage) -> None:
    slow_down(quick)
    movie = quick.add(search=False)
    engine = quick.running.engine
    other = quick.running.do(engine.movies.add(NewMovie(900002)))
    first = quick.running.do(engine.search.drop(quick.good.data, movie_id=movie.id))
    with pytest.raises(Problem, match="in the queue for The Salt Meridian \\(2025\\)") as refused:
        quick.running.do(engine.search.drop(quick.good.data, movie_id=other.id))
    assert refused.value.kind is Kind.CONFLICT
    assert quick.grabs(other) == []
    assert first.grab is not None
    assert list(quick.running.paths.torrents.iterdir()) == []
    hurry(quick)
    quick.imported(first.grab.id)


def test_a_web_page_instead_of_the_torrent_is_told_and_the_next_best_is_taken(quick: Stage) -> None:
    world, engine = quick.world.world, quick.running.engine
    world.hdbits.fail(Fault.TORRENT_HTML, 1)
    movie = quick.add(search=True)
    assert quick.imported().path.endswith("Bluray-1080p-KITE.mkv")
    verdicts = {one.release.title: one.verdict for one in quick.running.do(engine.decisions.why(movie.id)).releases}
    best = verdicts[world.fake]
    assert best is not None
    assert best.rejections == ["HDBits sent something else than its torrent."]
    assert quick.running.do(engine.blocklist.all()) == []


HOSTILE = {
    "climbs out": claiming({"../../evil.mkv": 9_000_000}, NOBODY, name="film"),
    "is a path": claiming({"C:\\evil.mkv": 9_000_000}, NOBODY),
    "two on one name": claiming({"film.mkv": 9_000_000, "FILM.mkv": 9}, NOBODY, name="film"),
    "no content": empty(NOBODY),
    "no video": claiming({"film.nfo": 9_000_000}, NOBODY),
    "a program": claiming({"film.mkv": 9_000_000, "codec.exe": 9}, NOBODY, name="film"),
}


@pytest.mark.parametrize("hash_is_known", [True, False])
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_torrent_is_fetched_once_and_never_again(what: str, hash_is_known: bool, quick: Stage) -> None:
    world, engine = quick.world.world, quick.running.engine
    torrent, title = HOSTILE[what], "The.Salt.Meridian.2025.REPACK.1080p.BluRay.DTS.x264-KITE"
    imdb = int(world.movie.imdb_id.removeprefix("tt"))
    listing = Listing(
        title.replace(".", " "), torrent.data, filename=f"{title}.torrent", size=torrent.size or 9_000_000, imdb=imdb
    )
    listed = world.hdbits.add(replace(listing, hash=torrent.info_hash if hash_is_known else "", seeders=900))
    movie = quick.add(search=True)
    assert quick.imported().path.endswith("Bluray-1080p-KITE.mkv")
    blocked = {entry.title for entry in quick.running.do(engine.blocklist.all())}
    assert title in blocked
    quick.running.do(engine.search.run(movie.id))
    quick.running.do(engine.search.feed())
    assert len([one for one in world.hdbits.requests if one.query == {"id": str(listed.id)}]) == 1
    (found,) = [one for one in quick.running.do(engine.decisions.why(movie.id)).releases if one.release.title == title]
    assert found.verdict is not None
    assert "The release is on the blocklist." in found.verdict.rejections


def test_an_indexer_that_breaks_off_is_asked_again_and_nothing_worse_is_taken(quick: Stage) -> None:
    world, search = quick.world.world, quick.running.engine.search
    movie = quick.add(search=False)
    found = quick.running.do(search.releases(movie.id))
    world.hdbits.fail(Fault.CLOSED)
    with pytest.raises(Problem, match="broke off") as refused:
        quick.running.do(search.grab(found[0].id, movie.id))
    assert refused.value.kind is Kind.UNREACHABLE
    with pytest.raises(Problem, match="could not be searched"):
        quick.running.do(search.run(movie.id))
    assert quick.grabs(movie) == []


def test_a_dropped_torrent_without_a_movie_is_refused_with_the_reason(quick: Stage) -> None:
    quick.add(search=False)
    fake = quick.world.world.torrents[quick.world.world.fake]
    with pytest.raises(Problem, match="a program and no movie"):
        quick.running.do(quick.running.engine.search.drop(fake.data))
    with pytest.raises(Problem, match="A web page instead of a torrent"):
        quick.running.do(quick.running.engine.search.drop(b"<html>"))
    assert quick.running.do(quick.running.engine.downloads.queue()) == []
