"""Downloads that are stuck, with real clients: strikes, what spares them, and what becomes of them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.domain.stuck import DownloadSettings, Strike, Trouble
from radarr_desktop.engine.downloads.mending import Mender
from radarr_desktop.engine.downloads.striking import Strikes
from radarr_desktop.engine.downloads.track import Tracker
from radarr_desktop.engine.downloads.watching import Watch
from radarr_desktop.store import grabs, releases
from tests.fakes.rooms import database
from tests.integration.stage import Stage
from tests.integration.test_store_queries import candidate, library

NOBODY = "The.Salt.Meridian.2025.1080p.WEB-DL.DDP5.1.H.264-BRINE"
"""A release that no peer has, of a private tracker."""
MOMENT = 1 / 3600
"""A second, in hours."""
NOW = datetime(2026, 11, 28, tzinfo=UTC)


class Impatient:
    """A watch that counts every look, and a tracker that looks when it is told."""

    def __init__(self, stage: Stage, settings: DownloadSettings) -> None:
        engine = stage.running.engine
        self._stage = stage
        stage.running.do(engine.settings.save_downloads(settings))
        self.strikes = Strikes(engine.db)
        self.watch = Watch(
            engine.bus,
            engine.plugins,
            engine.settings,
            engine.failures,
            self.strikes,
            Mender(engine.plugins),
            every=0.0,
            longest_gap=5.0,
            quiet=timedelta(),
            heard=0.5,
        )
        self._tracker = Tracker(engine.db, engine.bus, engine.jobs, engine.plugins, self.watch.look)

    def look(self) -> None:
        self._stage.running.do(self._tracker.look())

    def trouble(self, grab: Grab) -> Trouble | None:
        self.look()
        return self.watch.troubles.get(grab.id)


def lonely(stage: Stage) -> tuple[Movie, Grab]:
    """A download that nobody gives a byte."""
    movie = stage.add(search=False)
    engine, do = stage.running.engine, stage.running.do
    (found,) = [one for one in do(engine.search.releases(movie.id)) if one.release.title == NOBODY]
    grab = do(engine.search.grab(found.id, movie.id, force=True))
    assert grab.private
    return movie, grab


def ended(stage: Stage, impatient: Impatient, movie: Movie, grab: Grab) -> Grab:
    def look() -> Grab | None:
        impatient.look()
        (now,) = [one for one in stage.grabs(movie) if one.id == grab.id]
        return now if now.state is GrabState.FAILED else None

    found = stage.running.wait_for(look, "the end of patience")
    assert found is not None
    return found


def test_a_stalled_download_gives_way_to_the_next_best(stage: Stage) -> None:
    movie, grab = lonely(stage)
    impatient = Impatient(stage, DownloadSettings(stalled_hours=2 * MOMENT, act_on_private=True))
    failed = ended(stage, impatient, movie, grab)
    assert failed.cause == "DownloadStalled"
    assert "It has not moved for" in failed.problem
    stage.imported()
    newest = stage.grabs(movie)[0]
    assert (newest.title, newest.state) == (stage.world.world.good, GrabState.IMPORTED)


def test_a_private_torrent_is_told_of_and_left_alone(quick: Stage) -> None:
    movie, grab = lonely(quick)
    impatient = Impatient(quick, DownloadSettings(stalled_hours=MOMENT))

    def striking() -> Trouble | None:
        trouble = impatient.trouble(grab)
        return trouble if trouble and trouble.strikes > trouble.most else None

    trouble = quick.running.wait_for(striking, "more strikes than it takes")
    assert trouble is not None
    assert (trouble.reason, trouble.left) == (Reason.DOWNLOAD_STALLED, None)
    assert quick.grabs(movie)[0].state is GrabState.DOWNLOADING


def test_a_download_whose_disk_is_away_is_told_of_and_kept(quick: Stage) -> None:
    movie, grab = lonely(quick)
    impatient = Impatient(quick, DownloadSettings(error_hours=MOMENT, stalled_hours=0))
    downloads, away = quick.running.downloads, quick.running.downloads.with_name("away")
    downloads.rename(away)
    told = quick.running.wait_for(lambda: impatient.trouble(grab), "what is wrong")
    assert told is not None
    assert (told.reason, told.left) == (Reason.PATH_NOT_FOUND, None)
    assert told.sentence == f"The download folder {downloads} is missing. Connect its disk, or create it again."
    away.rename(downloads)
    quick.running.wait_for(lambda: impatient.trouble(grab) is None, "its disk")
    assert [(one.id, one.state) for one in quick.grabs(movie)] == [(grab.id, GrabState.DOWNLOADING)]


def test_a_torrent_that_its_tracker_does_not_know_any_more_goes(stage: Stage) -> None:
    movie = stage.add(search=False)
    stage.world.world.tracker.failures[stage.good.v1] = "Unregistered torrent: trumped"
    acquired = stage.running.do(stage.running.engine.search.run(movie.id))
    grab = acquired.grab
    assert grab is not None
    impatient = Impatient(stage, DownloadSettings(unregistered_hours=MOMENT / 2, search_again=False))
    failed = ended(stage, impatient, movie, grab)
    assert (failed.cause, failed.problem) == (
        "UnregisteredTorrent",
        "Its tracker does not know it any more and says “Unregistered torrent: trumped”.",
    )
    (entry,) = [one for one in stage.running.do(stage.running.engine.blocklist.all()) if one.title == grab.title]
    assert entry.expires is None


def test_a_magnet_link_that_nobody_knows_is_given_up(stage: Stage) -> None:
    movie = stage.add(search=False)
    engine, do = stage.running.engine, stage.running.do
    do(engine.search.releases(movie.id))
    stage.world.world.hdbits.listings.clear()
    dropped = do(
        engine.search.drop(f"magnet:?xt=urn:btih:{'ab' * 20}&dn=The.Salt.Meridian.2025.1080p.BluRay.x264-KITE")
    )
    assert dropped.grab is not None
    impatient = Impatient(stage, DownloadSettings(metadata_hours=MOMENT, redownload_by_user=False))
    failed = ended(stage, impatient, movie, dropped.grab)
    assert failed.cause == "MetadataMissing"
    assert "nobody who has it was found" in failed.problem
    assert len(stage.grabs(movie)) == 1


def test_nothing_counts_while_everything_stands_still(quick: Stage) -> None:
    _, grab = lonely(quick)
    impatient = Impatient(quick, DownloadSettings(stalled_hours=MOMENT, act_on_private=True))
    for live in quick.running.engine.plugins.indexers():
        live.guard.answered_at = None
    for _ in range(20):
        impatient.look()
        quick.running.do(asyncio.sleep(0.1))
    key = (grab.id, Reason.DOWNLOAD_STALLED)
    strike = impatient.strikes.get(key)
    assert strike is not None
    assert (strike.count, strike.seconds) == (0, 0.0)


def test_what_happened_while_nobody_looked_does_not_count(quick: Stage) -> None:
    _, grab = lonely(quick)
    impatient = Impatient(quick, DownloadSettings(stalled_hours=MOMENT, act_on_private=True))
    impatient.watch.longest_gap = 0.05
    for _ in range(8):
        impatient.look()
        quick.running.do(asyncio.sleep(0.2))
    strike = impatient.strikes.get((grab.id, Reason.DOWNLOAD_STALLED))
    assert strike is not None
    assert (strike.count, strike.seconds) == (0, 0.0)


def test_a_download_that_is_waited_for_gets_no_strikes(quick: Stage) -> None:
    movie, grab = lonely(quick)
    impatient = Impatient(quick, DownloadSettings(stalled_hours=MOMENT, act_on_private=True))
    quick.running.do(quick.running.engine.failures.wait_longer(grab.id, 1))
    for _ in range(15):
        impatient.look()
        quick.running.do(asyncio.sleep(0.1))
    assert impatient.watch.troubles == {}
    assert quick.grabs(movie)[0].state is GrabState.DOWNLOADING


def test_what_is_slowed_down_is_not_too_slow(quick: Stage) -> None:
    _, grab = lonely(quick)
    settings = DownloadSettings(stalled_hours=0, incomplete_hours=0, slow_kb=1000, slow_hours=1, act_on_private=True)
    impatient, key = Impatient(quick, settings), (grab.id, Reason.DOWNLOAD_SLOW)
    impatient.look()
    assert impatient.strikes.get(key) is not None
    quick.running.do(quick.running.engine.slow_mode.turn(slow=True))
    impatient.look()
    assert impatient.strikes.get(key) is None
    quick.running.do(quick.running.engine.slow_mode.turn(slow=False))
    impatient.look()
    assert impatient.strikes.get(key) is not None


def test_strikes_survive_a_restart_but_for_some_minutes(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            grab_id = await db.run(_grab)
            key, strikes = (grab_id, Reason.DOWNLOAD_STALLED), Strikes(db)
            await strikes.read()
            for strike in (Strike(0, 30.0, NOW, 9), Strike(1, 5.0, NOW, 9), Strike(1, 300.0, NOW, 9)):
                strikes.set(key, strike)
                await strikes.keep()
            again = Strikes(db)
            await again.read()
            assert again.get(key) == Strike(1, 5.0, NOW, 9)
            strikes.set(key, Strike(1, 700.0, NOW, 9))
            await strikes.keep()
            third = Strikes(db)
            await third.read()
            assert third.get(key) == Strike(1, 700.0, NOW, 9)
            third.set(key, None)
            await third.keep()
            last = Strikes(db)
            await last.read()
            assert last.get(key) is None

    asyncio.run(run())


def _grab() -> int:
    movie = library()
    (seen,) = releases.remember([candidate()], NOW)
    grab = Grab(
        0, movie.id, movie.slot.id, seen.release_id, 0, "A", ("a" * 40,), seen.parsed, 5, 9, "HDB",
        GrabState.DOWNLOADING, NOW, "c1",
    )  # fmt: skip
    return grabs.insert(grab).id
