"""The blocklist as the program keeps it: by strategy, by hand, for a time, and with the past it had before."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain import events
from radarr_desktop.domain.blocklist import Blocked, Count, Scope, Subject
from radarr_desktop.domain.decision import Outcome
from radarr_desktop.domain.failures import Failure, Reason
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.downloads.blocklist import remember
from radarr_desktop.store import blocklist as store
from radarr_desktop.store import failures, sql
from radarr_desktop.store.database import MIGRATIONS, Database
from tests.fakes.rooms import database
from tests.fixtures_engine import RunningEngine
from tests.integration.stage import Stage
from tests.integration.test_store_queries import on_a_library

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NAME = "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE"
STALLED = Failure(Reason.DOWNLOAD_STALLED, "It has not moved for 24 h.")


def subject(movie_id: int, **facts: Any) -> Subject:
    return Subject(movie_id, NAME, "a" * 40, "HDB", "KITE", "qBittorrent", **facts)


def test_old_entries_stay_for_good_and_hand_made_ones_are_known_as_such(tmp_path: Path) -> None:
    old = tmp_path / "migrations"
    old.mkdir()
    for step in sorted(MIGRATIONS.glob("0*.py")):
        if step.name < "0007":
            shutil.copy(step, old)

    async def run() -> list[Blocked]:
        db = Database(tmp_path / "test.db", old)
        await db.open()
        await db.run(_fill)
        await db.close()
        async with database(tmp_path) as new:
            return await new.read(store.all_of)

    newest, oldest = asyncio.run(run())
    assert (oldest.title, oldest.reason, oldest.cause, oldest.automatic) == ("A", "It holds no video.", "", True)
    assert (newest.title, newest.cause, newest.automatic) == ("B", "ManuallyRejected", False)
    assert {(one.movie_id, one.scope, one.expires) for one in (newest, oldest)} == {(1, Scope.RELEASE, None)}


def _fill() -> None:
    sql.execute("INSERT INTO quality_profile (id, name, items, cutoff, upgrades) VALUES (1, 'HD', '[]', 0, 1)")
    columns = "id, tmdb_id, imdb_id, title, year, info, folder, monitored, minimum_availability, tags, added"
    sql.execute(f"INSERT INTO movie ({columns}) VALUES (1, 7, '', 'Salt', 2025, '{{}}', '/f', 1, 'released', '[]', 0)")
    for title, reason in (("A", "It holds no video."), ("B", "Blocked by you.")):
        sql.execute("INSERT INTO blocklist VALUES (NULL, 1, 'aa', ?, 'HDB', ?, 5)", title, reason)


def test_the_third_stall_blocks_for_good(tmp_path: Path) -> None:
    def work(movie_id: int) -> None:
        ends = []
        for day in (0, 10, 30):
            blocked = remember(STALLED, subject(movie_id), NOW + day * DAY)
            assert blocked is not None
            ends.append(blocked.expires)
        assert ends == [NOW + 7 * DAY, NOW + 24 * DAY, None]
        (entry,) = store.all_of(movie_id)
        assert (entry.attempts, entry.cause, entry.group, entry.added) == (3, "DownloadStalled", "KITE", NOW)
        assert store.expire(NOW + 999 * DAY) == 0

    on_a_library(tmp_path, lambda movie: work(movie.id))


def test_what_the_program_finds_never_shortens_a_block(tmp_path: Path) -> None:
    def work(movie_id: int) -> None:
        mine = remember(Failure(Reason.MANUALLY_REJECTED, "Bad sound."), subject(movie_id), NOW)
        assert remember(STALLED, subject(movie_id), NOW + DAY) == mine
        store.clear()
        remember(Failure(Reason.DANGEROUS_CONTENT, "A program."), subject(movie_id), NOW)
        again = remember(STALLED, subject(movie_id), NOW + DAY)
        assert again is not None
        assert (again.expires, again.cause) == (None, "DownloadStalled")
        assert store.all_of(movie_id) == [again]

    on_a_library(tmp_path, lambda movie: work(movie.id))


def test_what_is_the_world_s_fault_is_counted_and_not_blocked(tmp_path: Path) -> None:
    def work(movie_id: int) -> None:
        assert remember(Failure(Reason.DISK_FULL, "The disk is full."), subject(movie_id), NOW) is None
        assert store.all_of() == []
        assert failures.statistics(NOW, NOW).by_reason == (Count("DiskFull", 1, 0),)

    on_a_library(tmp_path, lambda movie: work(movie.id))


def test_statistics_count_by_reason_group_indexer_and_day(tmp_path: Path) -> None:
    def work(movie_id: int) -> None:
        remember(STALLED, subject(movie_id), NOW - 3 * DAY)
        remember(STALLED, Subject(movie_id, "B", "b" * 40, "HDB", "EBB"), NOW - DAY)
        remember(Failure(Reason.RATE_LIMITED, "Slow down."), Subject(movie_id, "C", "", "Pier", ""), NOW)
        remember(STALLED, subject(movie_id), NOW - 90 * DAY)
        told = failures.statistics((NOW - 3 * DAY).replace(hour=0), NOW)
        assert told.total == 3
        assert told.by_reason == (Count("DownloadStalled", 2, 2), Count("RateLimited", 1, 0))
        assert told.by_group == (Count("EBB", 1, 1), Count("KITE", 1, 1))
        assert told.by_indexer == (Count("HDB", 2, 2), Count("Pier", 1, 0))
        assert [(one.name, one.count, one.blocked) for one in told.by_day] == [
            ("2026-11-25", 1, 1),
            ("2026-11-26", 0, 0),
            ("2026-11-27", 1, 1),
            ("2026-11-28", 1, 0),
        ]
        failures.forget(NOW)
        assert failures.statistics(NOW - 999 * DAY, NOW).total == 1

    on_a_library(tmp_path, lambda movie: work(movie.id))


@pytest.fixture
def running(quick: Stage) -> RunningEngine:
    return quick.running


def test_groups_hashes_and_patterns_are_blocked_by_hand_and_let_go(quick: Stage) -> None:
    movie, engine, do = quick.add(search=False), quick.running.engine, quick.running.do

    def verdict() -> tuple[Outcome, list[str]]:
        do(engine.search.releases(movie.id))
        (good,) = [
            one for one in do(engine.decisions.why(movie.id)).releases if one.release.title == quick.world.world.good
        ]
        assert good.verdict is not None
        return good.verdict.outcome, good.verdict.rejections

    assert verdict()[0] is Outcome.ACCEPTED
    said = {
        (Scope.GROUP, "kite"): "The group KITE is on the blocklist.",
        (Scope.HASH, quick.good.v1.upper()): "The release is on the blocklist.",
        (Scope.PATTERN, "/DD5.1.*KITE/"): "Its name has /DD5.1.*KITE/ in it, which is on the blocklist.",
        (Scope.RELEASE, quick.world.world.good): "The release is on the blocklist.",
    }
    for (scope, value), sentence in said.items():
        entry = do(engine.blocklist.add(scope, value, movie_id=movie.id, days=3))
        assert entry.expires is not None
        assert verdict() == (Outcome.REJECTED, [sentence])
        do(engine.blocklist.remove(entry.id))
        assert verdict()[0] is Outcome.ACCEPTED
    assert len([one for one in quick.running.events if isinstance(one, events.BlocklistChanged)]) == 8


def test_what_cannot_be_blocked_is_told(running: RunningEngine) -> None:
    engine, do = running.engine, running.do
    for scope, value, what in (
        (Scope.HASH, "abc", "abc is no hash"),
        (Scope.PATTERN, "/(/", "no pattern"),
        (Scope.GROUP, " ", "nothing to block"),
    ):
        with pytest.raises(Problem, match=what) as refused:
            do(engine.blocklist.add(scope, value))
        assert refused.value.kind is Kind.BAD_INPUT
    with pytest.raises(Problem, match="no movie 77"):
        do(engine.blocklist.add(Scope.GROUP, "KITE", movie_id=77))
    with pytest.raises(Problem, match="cannot be meant"):
        do(engine.blocklist.add(Scope.GROUP, "KITE", days=0))
    with pytest.raises(Problem, match="no entry 9 on the blocklist"):
        do(engine.blocklist.remove(9))


def test_entries_are_paged_once_each_and_end_by_housekeeping(running: RunningEngine) -> None:
    engine, do = running.engine, running.do
    for group in ("EBB", "KITE", "BRINE", "KITE"):
        do(engine.blocklist.add(Scope.GROUP, group))
    page = do(engine.blocklist.page(page=2, page_size=2, sort="sourceTitle", descends=False))
    assert ([one.title for one in page.entries], page.total) == (["KITE"], 3)
    old = Blocked(0, 0, "old", "x", NOW, Scope.GROUP, group="OLD", expires=datetime.now(UTC) - timedelta(seconds=1))
    do(engine.db.run(lambda: store.put(old)))
    do(engine.jobs.enqueue("housekeeping"))
    do(engine.jobs.idle())
    assert "old" not in {one.title for one in do(engine.blocklist.all())}
    assert do(engine.blocklist.clear()) == 3


def test_a_torrent_that_is_blocked_by_its_hash_is_known_though_the_indexer_tells_none(quick: Stage) -> None:
    movie, engine, do = quick.add(search=False), quick.running.engine, quick.running.do
    hdbits = quick.world.world.hdbits
    hdbits.listings[:] = [one for one in hdbits.listings if one.data == quick.good.data]
    hdbits.listings[0] = replace(hdbits.listings[0], hash="")
    do(engine.blocklist.add(Scope.HASH, quick.good.v1))
    acquired = do(engine.search.run(movie.id))
    assert acquired.grab is None
    assert "Its torrent is on the blocklist. Blocked by you." in acquired.problems[0]
    assert do(engine.downloads.queue()) == []
