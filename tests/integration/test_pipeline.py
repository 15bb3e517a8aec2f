"""One movie's way through the whole program: by indexer, dropped file and magnet, with both download clients."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain import events
from radarr_desktop.domain.decision import Outcome
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import GrabState, HistoryKind
from radarr_desktop.engine.search.search import DROPPED
from radarr_desktop.loopback.torrents import TorrentFile, Version
from tests.fakes.film import film
from tests.integration.stage import Stage


def check_arrived(stage: Stage, movie: Movie, imported: events.MovieImported, indexer: str) -> None:
    """The file is the seeded one, linked; and everything that was remembered fits together."""
    engine, do = stage.running.engine, stage.running.do
    seeded = stage.world.world.seeded_file
    path = Path(imported.path)
    assert path.read_bytes() == seeded.read_bytes()
    assert path.samefile(stage.downloaded(seeded.name))
    assert imported.method == "hardlink"
    file = do(engine.movies.get(movie.id)).file
    assert file is not None
    assert (file.path, file.size) == (str(path), seeded.stat().st_size)
    why = do(engine.decisions.why(movie.id))
    (grab,) = why.grabs
    assert (grab.state, grab.indexer, grab.problem) == (GrabState.IMPORTED, indexer, "")
    assert do(engine.downloads.queue()) == []
    told = {entry.kind: entry for entry in why.history}
    once = [entry.kind for entry in why.history if entry.kind is not HistoryKind.INSPECTED]
    assert len(once) == len(set(once))
    assert {HistoryKind.ADDED, HistoryKind.GRABBED, HistoryKind.IMPORTED} <= set(told)
    assert told[HistoryKind.GRABBED].download_id == told[HistoryKind.IMPORTED].download_id == grab.hashes[0].upper()
    assert not list(stage.running.paths.torrents.iterdir())
    assert not list(stage.running.library.rglob(".import-*"))


def check_one_correlation(stage: Stage, correlation: str) -> None:
    """One id, in every event and log line from the search to the import."""
    kinds = (events.ReleaseGrabbed, events.DownloadProgressed, events.DownloadCompleted, events.MovieImported)
    for kind in kinds:
        assert {event.correlation for event in stage.running.events if isinstance(event, kind)} == {correlation}, kind
    lines = {line["event"]: line for line in stage.log()}
    for name in ("release.grabbed", "download.completed", "movie.imported"):
        assert lines[name]["correlation"] == correlation, name


def test_a_wanted_movie_arrives_and_everything_is_remembered(stage: Stage) -> None:
    movie = stage.add(search=True)
    imported = stage.imported()
    check_arrived(stage, movie, imported, "HDBits")
    check_one_correlation(stage, imported.correlation)
    why = stage.running.do(stage.running.engine.decisions.why(movie.id))
    assert {entry.correlation for entry in why.history} == {imported.correlation}
    lines = {line["event"]: line for line in stage.log()}
    assert {lines[name]["correlation"] for name in ("movie.added", "search.finished")} == {imported.correlation}
    verdicts = {release.release.title: release.verdict for release in why.releases}
    assert set(verdicts) == set(stage.world.world.torrents)
    taken, fake = verdicts[stage.world.world.good], verdicts[stage.world.world.fake]
    assert taken is not None
    assert fake is not None
    assert taken.accepted
    assert taken.checks[-1].name == fake.checks[-1].name == "contents"
    assert fake.rejections
    assert all(verdict and (verdict.accepted or verdict.rejections) for verdict in verdicts.values())
    states = [item for item in stage.running.events if isinstance(item, events.QueueChanged)]
    assert len(states) >= 3
    stage.running.wait_for(lambda: len(stage.world.inbox.notices) >= 2, "the notices")


@pytest.mark.parametrize("version", list(Version))
def test_a_dropped_torrent_arrives_whatever_its_hashes(version: Version, stage: Stage) -> None:
    movie = stage.add(search=False)
    torrent = shared(stage, version)
    dropped = stage.running.do(stage.running.engine.search.drop(torrent.data))
    assert dropped.grab is not None
    again = stage.running.do(stage.running.engine.search.drop(torrent.data))
    assert again.grab is not None
    assert again.grab.id == dropped.grab.id
    imported = stage.imported()
    check_arrived(stage, movie, imported, DROPPED)
    check_one_correlation(stage, imported.correlation)


@pytest.mark.parametrize("version", list(Version))
def test_a_dropped_magnet_arrives_whatever_its_hashes(version: Version, stage: Stage) -> None:
    movie = stage.add(search=False)
    torrent = shared(stage, version)
    dropped = stage.running.do(stage.running.engine.search.drop(f"{torrent.magnet}&dn={stage.world.world.good}"))
    assert dropped.grab is not None
    imported = stage.imported()
    check_arrived(stage, movie, imported, DROPPED)
    check_one_correlation(stage, imported.correlation)


def test_a_magnet_without_a_name_needs_the_movie_and_gets_its_quality_from_the_client(stage: Stage) -> None:
    movie = stage.add(search=False)
    torrent = shared(stage, Version.V1)
    asked = stage.running.do(stage.running.engine.search.drop(torrent.magnet))
    assert (asked.grab, asked.movie, asked.choices) == (None, None, ())
    stage.running.do(stage.running.engine.search.drop(torrent.magnet, movie_id=movie.id))
    imported = stage.imported()
    check_arrived(stage, movie, imported, DROPPED)
    assert imported.quality == "Bluray-1080p"


def shared(stage: Stage, version: Version) -> TorrentFile:
    """The movie again, as a public torrent with these hashes."""
    world = stage.world.world
    return stage.world.do(world.share(world.seeded_file.parent, f"{world.good}", version=version, private=False))


def test_what_is_there_is_not_grabbed_again(quick: Stage) -> None:
    movie = quick.add(search=True)
    quick.imported()
    again = quick.running.do(quick.running.engine.search.run(movie.id))
    assert (again.grab, again.accepted) == (None, 0)
    fed = quick.running.do(quick.running.engine.search.feed())
    assert fed.grab is None
    assert len(quick.running.do(quick.running.engine.decisions.why(movie.id)).grabs) == 1


def test_the_feed_finds_what_is_wanted(quick: Stage) -> None:
    movie = quick.add(search=False)
    acquired = quick.running.do(quick.running.engine.search.feed())
    assert acquired.grab is not None
    assert acquired.grab.title == quick.world.world.good
    check_arrived(quick, movie, quick.imported(), "HDBits")
    fed = quick.running.do(quick.running.engine.search.feed())
    assert fed.grab is None


def test_two_searches_at_once_grab_one_release(quick: Stage) -> None:
    movie, search = quick.add(search=False), quick.running.engine.search

    async def three_times() -> list[Any]:
        return await asyncio.gather(*(search.run(movie.id) for _ in range(3)), return_exceptions=True)

    quick.running.do(three_times())
    check_arrived(quick, movie, quick.imported(), "HDBits")


def test_a_rejected_release_is_taken_when_the_user_insists(quick: Stage) -> None:
    world, search = quick.world.world, quick.running.engine.search
    movie = quick.add(search=False)
    title = "The.Salt.Meridian.2025.720p.WEB-DL.DD5.1.H.264-SALTY"
    quick.world.do(world.share(world.seeded_file.parent, title))
    found = {release.release.title: release for release in quick.running.do(search.releases(movie.id))}
    verdict = found[title].verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.REJECTED
    with pytest.raises(Problem, match="not wanted") as refused:
        quick.running.do(search.grab(found[title].id, movie.id))
    assert refused.value.kind is Kind.REFUSED
    grab = quick.running.do(search.grab(found[title].id, movie.id, force=True))
    assert quick.imported(grab.id).quality == "WEBDL-720p"


def test_a_better_release_replaces_the_file_which_goes_to_the_trash(quick: Stage) -> None:
    world, engine = quick.world.world, quick.running.engine
    movie = quick.add(search=False)
    worse = quick.running.folder / "worse" / "The.Salt.Meridian.2025.1080p.HDTV.x264-SALTY.mkv"
    worse.parent.mkdir()
    worse.write_bytes(film(b"worse", size=world.seeded_file.stat().st_size))
    torrent = quick.world.do(world.share(worse, worse.stem))
    first = quick.running.do(engine.search.drop(torrent.data))
    assert first.grab is not None
    old = Path(quick.imported(first.grab.id).path)
    acquired = quick.running.do(engine.search.run(movie.id))
    assert acquired.grab is not None
    imported = quick.imported(acquired.grab.id)
    assert (imported.replaced, imported.quality) == (str(old), "Bluray-1080p")
    assert not old.exists()
    (trashed,) = quick.running.library.glob(".radarr-desktop-trash/*/*")
    assert (trashed.name, trashed.read_bytes()) == (old.name, worse.read_bytes())
    (kept,) = [path for path in quick.running.library.glob("*/*") if path.is_file()]
    assert kept.read_bytes() == world.seeded_file.read_bytes()
    again = quick.running.do(engine.search.run(movie.id))
    assert again.grab is None
