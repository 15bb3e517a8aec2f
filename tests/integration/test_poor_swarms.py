"""Real swarms that give too little: one peer that is slow, one that has a part. Strikes, what spares, what follows."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.domain.stuck import DownloadSettings, Trouble
from radarr_desktop.loopback.hdbits import Listing
from radarr_desktop.loopback.torrents import of_files
from tests.fakes.film import film
from tests.integration.stage import Stage
from tests.integration.test_watching import MOMENT, Impatient, ended

POOR = "The.Salt.Meridian.2025.1080p.BluRay.DTS.x264-TIDE"
SIZE = 1 << 20
RATE = 30_000
"""Bytes a second of the slow peer: it would give for half a minute."""
PART = 2
"""Seconds of a part of patience, where one is to go well."""
TOO_SLOW = DownloadSettings(slow_kb=4 * RATE // 1024, slow_hours=3 * MOMENT, stalled_hours=0, incomplete_hours=0)
NOT_WHOLE = DownloadSettings(incomplete_hours=3 * MOMENT, stalled_hours=0)
"""Three strikes, a second each."""


def slow(stage: Stage, *, private: bool) -> tuple[Movie, Grab]:
    """A download from one peer that has all of it, and gives it slowly."""
    stage.world.do(stage.world.world.share(_file(stage).parent, POOR, private=private, rate=RATE))
    return _grabbed(stage)


def incomplete(stage: Stage, *, private: bool) -> tuple[Movie, Grab]:
    """A download from one peer that has its first half."""
    world, file = stage.world.world, _file(stage)
    torrent = of_files(file.parent, world.tracker.url, private=private)
    with file.open("r+b") as content:
        content.seek(SIZE // 2)
        content.write(bytes(SIZE // 2))
    stage.world.do(world.seeder.seed(torrent, world.folder, whole=False))
    number = int(world.movie.imdb_id.removeprefix("tt"))
    world.list_torrent(Listing(name=POOR.replace(".", " "), seeders=1, imdb=number, size=SIZE), POOR, torrent)
    stage.running.wait_for(lambda: world.tracker.peers.get(torrent.info_hash), "the peer's announce")
    return _grabbed(stage)


def _file(stage: Stage) -> Path:
    file = stage.world.world.folder / POOR / f"{POOR}.mkv"
    file.parent.mkdir()
    file.write_bytes(film(os.urandom(SIZE)))
    return file


def _grabbed(stage: Stage) -> tuple[Movie, Grab]:
    movie = stage.add(search=False)
    engine, do = stage.running.engine, stage.running.do
    (found,) = [one for one in do(engine.search.releases(movie.id)) if one.release.title == POOR]
    return movie, do(engine.search.grab(found.id, movie.id, force=True))


def strikes_until_the_end(stage: Stage, impatient: Impatient, grab: Grab, rule: Reason) -> list[tuple[int, str]]:
    """Each strike, with what is told of it, until the download is given up."""
    seen: list[tuple[int, str]] = []

    def is_given_up() -> bool:
        trouble = impatient.trouble(grab)
        if trouble is not None and trouble.reason is rule and trouble.strikes not in dict(seen):
            seen.append((trouble.strikes, trouble.sentence))
        return stage.running.do(stage.running.engine.downloads.get(grab.id)).state is GrabState.FAILED

    stage.running.wait_for(is_given_up, "the end of patience")
    return seen


def assert_gives_way(stage: Stage, movie: Movie, grab: Grab, rule: Reason, patience: DownloadSettings) -> list[str]:
    """Strike for strike it is given up, and the next best arrives whole; what was told before."""
    strikes = strikes_until_the_end(stage, Impatient(stage, patience), grab, rule)
    assert [count for count, _ in strikes][-2:] == [1, 2]  # the third one is the end
    stage.imported()
    taken, failed = stage.grabs(movie)
    assert (failed.title, failed.state, failed.cause) == (POOR, GrabState.FAILED, rule.value)
    assert (taken.title, taken.state) == (stage.world.world.good, GrabState.IMPORTED)
    file = stage.running.do(stage.running.engine.movies.get(movie.id)).file
    assert file is not None
    assert Path(file.path).read_bytes() == stage.world.world.seeded_file.read_bytes()
    return [sentence for _, sentence in strikes]


def test_a_download_that_is_too_slow_gets_strikes_and_gives_way(stage: Stage) -> None:
    movie, grab = slow(stage, private=False)
    assert not grab.private
    told = assert_gives_way(stage, movie, grab, Reason.DOWNLOAD_SLOW, TOO_SLOW)
    assert told[-1].startswith("It has been too slow for ")
    assert "1 seed" in told[-1]


def test_a_download_that_nobody_has_all_of_gets_strikes_and_gives_way(stage: Stage) -> None:
    movie, grab = incomplete(stage, private=False)
    told = assert_gives_way(stage, movie, grab, Reason.INCOMPLETE, NOT_WHOLE)
    assert told[-1].startswith("Nobody has had all of it for ")
    assert "Availability is 0.5" in told[-1]
    assert told[-1].endswith(" and no seed is connected.")


@pytest.mark.parametrize(
    ("rule", "download", "patience"),
    [
        (Reason.DOWNLOAD_SLOW, slow, replace(TOO_SLOW, slow_hours=MOMENT, strikes=1)),
        (Reason.INCOMPLETE, incomplete, replace(NOT_WHOLE, incomplete_hours=MOMENT, strikes=1)),
    ],
)
def test_one_of_a_private_tracker_is_told_of_and_left_alone_until_it_is_not_to_be(
    rule: Reason,
    download: Callable[..., tuple[Movie, Grab]],
    patience: DownloadSettings,
    stage: Stage,
) -> None:
    movie, grab = download(stage, private=True)
    impatient = Impatient(stage, patience)

    def overdue() -> Trouble | None:
        trouble = impatient.trouble(grab)
        return trouble if trouble and trouble.strikes > trouble.most else None

    trouble = stage.running.wait_for(overdue, "more strikes than it takes")
    assert trouble is not None
    assert (trouble.reason, trouble.left) == (rule, None)
    assert [one.state for one in stage.grabs(movie)] == [GrabState.DOWNLOADING]
    stage.running.do(stage.running.engine.settings.save_downloads(replace(patience, act_on_private=True)))
    assert ended(stage, impatient, movie, grab).cause == rule.value


def test_a_download_that_is_fast_enough_gets_no_strike(quick: Stage) -> None:
    _, grab = slow(quick, private=False)
    impatient = Impatient(quick, replace(TOO_SLOW, slow_kb=RATE // 1024 // 4, slow_hours=3 * PART * MOMENT))
    begun: set[datetime] = set()

    def has_passed_twice() -> bool:
        impatient.look()
        strike = impatient.strikes.get((grab.id, Reason.DOWNLOAD_SLOW))
        assert strike is None or strike.count == 0
        begun.update([strike.since] if strike else [])
        return len(begun) == 3

    quick.running.wait_for(has_passed_twice, "two parts that went well")
