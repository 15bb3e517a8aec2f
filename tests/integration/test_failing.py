"""A download is given up: it goes, is blocked, and the next best of what is stored comes instead. Once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from radarr_desktop.domain import events
from radarr_desktop.domain.failures import Failure, Reason
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.operations import Change, OperationKind
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, GrabState, HistoryKind
from radarr_desktop.engine.downloads.ending import Ending, end
from radarr_desktop.loopback.hdbits import Fault, Listing
from radarr_desktop.store import operations
from tests.fixtures_engine import WorldThread
from tests.integration.stage import Stage

SECOND = "The.Salt.Meridian.2025.1080p.BluRay.AC3.x264-TIDE"
SLOW = 20_000
STALLED = "It has not moved for 24 h."


def second(stage: Stage) -> None:
    """Another release as good, that somebody really has."""
    offer_second(stage.world)


def offer_second(thread: WorldThread) -> None:
    """The same in any world."""
    world = thread.world
    folder = world.folder / SECOND
    folder.mkdir()
    shutil.copy(world.seeded_file, folder / f"{SECOND}.mkv")
    number = int(world.movie.imdb_id.removeprefix("tt"))
    listing = Listing(name=SECOND.replace(".", " "), seeders=11, leechers=1, imdb=number)
    thread.do(world.share(folder, SECOND, listing=listing))


def slow_grab(stage: Stage) -> tuple[Movie, Grab]:
    """The best one, which takes its time."""
    second(stage)
    stage.world.do(stage.world.world.seeder.limit(stage.good, SLOW))
    movie = stage.add(search=False)
    acquired = stage.running.do(stage.running.engine.search.run(movie.id))
    assert acquired.grab is not None
    assert acquired.grab.title == stage.world.world.good
    return movie, acquired.grab


def searches(stage: Stage) -> int:
    return len([one for one in stage.world.world.hdbits.requests if "torrents" in one.path])


def test_the_next_best_comes_instead_without_a_search(stage: Stage) -> None:
    movie, grab = slow_grab(stage)
    engine, do = stage.running.engine, stage.running.do
    told = do(engine.failures.next_best(grab.id))
    assert told is not None
    assert told.release.release.title == SECOND
    assert told.sentence.startswith(f"The next best of {told.of} stored releases is TIDE, ")
    assert told.sentence.replace("\N{NO-BREAK SPACE}", " ").endswith("kB, 11 seeds.")
    asked = searches(stage)
    stage.running.wait_for_event(events.DownloadProgressed)
    do(engine.failures.fail(grab.id, Reason.DOWNLOAD_STALLED, STALLED))
    stage.running.wait_for(lambda: stage.grabs(movie)[0].title == SECOND, "the next best")
    imported = stage.imported(stage.grabs(movie)[0].id)
    assert imported.quality == "Bluray-1080p"
    do(engine.jobs.idle())
    assert searches(stage) == asked
    newer, older = stage.grabs(movie)
    assert (newer.state, older.state, older.cause) == (GrabState.IMPORTED, GrabState.FAILED, "DownloadStalled")
    entries = {one.title: one for one in do(engine.blocklist.all(movie.id))}
    blocked = entries[grab.title]
    assert blocked.expires is not None
    assert timedelta(days=6) < blocked.expires - datetime.now(UTC) < timedelta(days=7)
    assert (blocked.reason, blocked.cause, blocked.group, blocked.automatic) == (
        STALLED,
        "DownloadStalled",
        "KITE",
        True,
    )
    (client,) = engine.plugins.clients()
    left = do(engine.plugins.call(client, lambda plugin: plugin.downloads()))
    assert [one.name for one in left] == [SECOND]
    history = [one for one in do(engine.decisions.why(movie.id)).history if one.kind is HistoryKind.FAILED]
    assert [(one.title, one.data["reason"]) for one in history] == [(grab.title, "DownloadStalled")]
    (failed,) = [one for one in stage.running.events if isinstance(one, events.GrabFailed)]
    assert (failed.grab_id, failed.problem.cause) == (grab.id, "DownloadStalled")


def test_it_is_given_up_once(quick: Stage) -> None:
    _, grab = slow_grab(quick)
    engine, do = quick.running.engine, quick.running.do
    do(engine.failures.fail(grab.id, follow=False))
    for verb in (engine.failures.fail, engine.failures.try_next, engine.failures.wait_longer):
        with pytest.raises(Problem, match="not in the queue any more") as refused:
            do(verb(grab.id))
        assert refused.value.kind is Kind.CONFLICT
    do(engine.jobs.idle())
    assert do(engine.downloads.queue()) == []
    assert do(engine.blocklist.statistics()).total == 2  # with the fake one that was looked into


def test_what_a_crash_interrupts_after_the_commit_is_done_at_the_next_start(quick: Stage) -> None:
    movie, grab = slow_grab(quick)
    engine = quick.running.engine
    quick.running.do(engine.jobs.stop())
    ending = Ending(Failure(Reason.DOWNLOAD_STALLED, STALLED))
    now = datetime.now(UTC)
    assert quick.running.do(engine.db.run(lambda: end(engine.jobs, grab, ending, now))) is not None
    assert quick.running.do(engine.db.run(lambda: end(engine.jobs, grab, ending, now))) is None
    quick.running.stop()
    quick.running.start()
    quick.imported()
    quick.running.do(quick.running.engine.jobs.idle())
    assert [(one.title, one.state) for one in quick.grabs(movie)] == [
        (SECOND, GrabState.IMPORTED),
        (grab.title, GrabState.FAILED),
    ]
    (client,) = quick.running.engine.plugins.clients()
    left = quick.running.do(quick.running.engine.plugins.call(client, lambda plugin: plugin.downloads()))
    assert [one.name for one in left] == [SECOND]


def test_the_user_tries_the_next_one_and_gets_it(quick: Stage) -> None:
    movie, grab = slow_grab(quick)
    engine, do = quick.running.engine, quick.running.do
    taken = do(engine.failures.try_next(grab.id))
    assert taken.title == SECOND
    quick.imported(taken.id)
    do(engine.jobs.idle())
    assert [one.title for one in quick.grabs(movie)] == [SECOND, grab.title]
    (entry,) = [one for one in do(engine.blocklist.all(movie.id)) if one.title == grab.title]
    assert (entry.cause, entry.expires, entry.automatic) == ("ManuallyRejected", None, False)


def test_nothing_is_given_up_where_there_is_no_other(quick: Stage) -> None:
    movie, grab = slow_grab(quick)
    engine, do = quick.running.engine, quick.running.do
    for stored in do(engine.decisions.why(movie.id)).releases:
        if stored.id != grab.release_id:
            do(engine.search.block(stored.id, movie.id))
    assert do(engine.failures.next_best(grab.id)) is None
    with pytest.raises(Problem, match="no other release to take instead"):
        do(engine.failures.try_next(grab.id))
    assert [one.grab.id for one in do(engine.downloads.queue())] == [grab.id]


def test_where_nothing_stored_will_do_a_search_is_made(quick: Stage) -> None:
    movie, grab = slow_grab(quick)
    engine, do = quick.running.engine, quick.running.do
    for stored in do(engine.decisions.why(movie.id)).releases:
        if stored.id != grab.release_id:
            do(engine.search.block(stored.id, movie.id))
    asked = searches(quick)
    do(engine.failures.fail(grab.id, Reason.DOWNLOAD_STALLED, STALLED))
    do(engine.jobs.idle())
    assert searches(quick) > asked
    assert len(quick.grabs(movie)) == 1


def test_a_download_that_is_waited_for_says_until_when(quick: Stage) -> None:
    movie, grab = slow_grab(quick)
    engine, do = quick.running.engine, quick.running.do
    until = do(engine.failures.wait_longer(grab.id, 2))
    assert timedelta(hours=47) < until - datetime.now(UTC) <= timedelta(days=2)
    assert quick.grabs(movie)[0].wait_until == until
    with pytest.raises(Problem, match="cannot be meant"):
        do(engine.failures.wait_longer(grab.id, 0))


def test_what_was_imported_can_be_called_a_failure_later(quick: Stage) -> None:
    second(quick)
    movie = quick.add(search=True)
    quick.imported()
    engine, do = quick.running.engine, quick.running.do
    (entry,) = [one for one in do(engine.decisions.why(movie.id)).history if one.kind is HistoryKind.GRABBED]
    do(engine.failures.fail_history(entry.id))
    do(engine.jobs.idle())
    assert entry.title in {one.title for one in do(engine.blocklist.all(movie.id))}
    with pytest.raises(Problem, match="no grab 4711 in the history"):
        do(engine.failures.fail_history(4711))


def test_what_its_indexer_does_not_have_any_more_is_left_alone_for_a_week(quick: Stage) -> None:
    second(quick)
    movie = quick.add(search=False)
    engine, do = quick.running.engine, quick.running.do
    found = do(engine.search.releases(movie.id))
    good = next(one for one in found if one.release.title == quick.world.world.good)
    hdbits = quick.world.world.hdbits
    hdbits.listings[:] = [one for one in hdbits.listings if one.data != quick.good.data]
    with pytest.raises(Problem):
        do(engine.search.grab(good.id, movie.id))
    (entry,) = [one for one in do(engine.blocklist.all(movie.id)) if one.title == quick.world.world.good]
    assert entry.cause == "ReleasePurged"
    assert entry.expires is not None
    assert timedelta(days=6) < entry.expires - datetime.now(UTC) < timedelta(days=7)


def test_an_indexer_that_is_away_is_counted_and_nothing_is_blocked(quick: Stage) -> None:
    movie = quick.add(search=False)
    engine, do = quick.running.engine, quick.running.do
    quick.world.world.hdbits.fail(Fault.SERVER_ERROR)
    for _ in range(2):
        with pytest.raises(Problem):
            do(engine.search.run(movie.id))
    told = do(engine.blocklist.statistics())
    assert [(one.name, one.count, one.blocked) for one in told.by_reason] == [("ServerError", 1, 0)]
    assert [one.name for one in told.by_indexer] == ["HDBits"]
    assert do(engine.blocklist.all()) == []


def test_what_is_being_imported_is_not_given_up(quick: Stage) -> None:
    movie, grab = slow_grab(quick)
    engine, do = quick.running.engine, quick.running.do
    change = Change(OperationKind.IMPORT, movie.id, grab.title, (), slot_id=grab.slot_id, grab_id=grab.id)
    operation, _ = do(engine.db.run(lambda: operations.begin(change, "c", grab.added)))
    with pytest.raises(Problem, match="It is being put into the library"):
        do(engine.failures.fail(grab.id))
    assert quick.grabs(movie)[0].state is GrabState.DOWNLOADING
    do(engine.db.run(lambda: operations.withdraw(operation.id)))
    do(engine.failures.fail(grab.id, follow=False))
    assert quick.grabs(movie)[0].state is GrabState.FAILED
