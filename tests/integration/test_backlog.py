"""Wanted movies are searched one by one, who waits longest first, and it is told when and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from radarr_desktop.domain.backlog import Why
from radarr_desktop.domain.decision import Candidate
from radarr_desktop.domain.events import MovieAdded
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.domain.records import Grab, GrabState, JobState
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.search.hindrance import NO_CLIENT
from radarr_desktop.engine.search.outlook import PlannedSearch
from radarr_desktop.plugin_api import MovieInfo, Release
from radarr_desktop.store import grabs, movies, releases, sql
from tests.fakes.month import play
from tests.fakes.told import CLIENT, telling
from tests.fixtures_engine import RunningEngine

TODAY = datetime.now(UTC).date()
DAY = timedelta(days=1)


def wanted(running: RunningEngine, number: int, *, out: date = date(2020, 1, 1), tags: tuple[int, ...] = ()) -> Movie:
    """A missing movie."""
    profile = running.do(running.engine.profiles.all())[0]
    folder = str(running.library / f"Film {number}")
    info = MovieInfo(number, f"Film {number}", 2020, f"tt000000{number}", digital_release=out)
    movie = Movie(0, info, (Slot(0, "", profile.id, str(running.library)),), folder, tags=tags)
    return running.do(running.engine.db.run(lambda: movies.insert(movie)))


def planned(running: RunningEngine) -> list[PlannedSearch]:
    return running.do(running.engine.calendar.searches())


def days_pass(running: RunningEngine, days: float) -> None:
    """As if everything was asked, and is due, so much earlier."""
    past = timedelta(days=days) // timedelta(microseconds=1)
    running.do(running.engine.db.run(lambda: sql.change("UPDATE backlog SET due = due - ?1, asked = asked - ?1", past)))


def in_line_since(running: RunningEngine, indexer: str, number: int, since: datetime) -> None:
    """As if that movie was due at that indexer then."""
    change = """
        UPDATE backlog SET due = ? WHERE indexer_id = (SELECT id FROM plugin_instance WHERE name = ?)
        AND movie_id = (SELECT id FROM movie WHERE tmdb_id = ?)
    """
    due = (since - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    running.do(running.engine.db.run(lambda: sql.change(change, due, indexer, number)))


def test_who_waits_longest_is_searched_first_and_then_less_often(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor", config=CLIENT) as (running, (anchor,)):
        late, early = wanted(running, 2), wanted(running, 1)
        running.do(
            running.engine.db.run(
                lambda: sql.change("UPDATE movie SET added = 1700000000000000 WHERE id = ?", early.id)
            )
        )
        assert [(one.movie_id, one.why) for one in planned(running)] == [(early.id, Why.NEW), (late.id, Why.NEW)]
        assert running.do(running.engine.backlog.work()) == 2
        assert anchor.asked == ["search tt0000001", "search tt0000002"]
        assert running.do(running.engine.backlog.work()) == 0
        for step, pause in enumerate((1, 3, 7, 30, 90)):
            told = planned(running)
            assert {round((one.due - datetime.now(UTC)) / DAY) for one in told} == {pause}
            assert {one.why for one in told} == {Why.AGAIN}
            days_pass(running, pause)
            assert running.do(running.engine.backlog.work()) == 2, step
        assert running.do(running.engine.calendar.waiting()) == 0


def test_what_is_not_out_yet_is_planned_for_its_day(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor", config=CLIENT) as (running, (anchor,)):
        movie = wanted(running, 1, out=TODAY + 12 * DAY)
        (told,) = planned(running)
        assert (told.movie_id, told.due.date(), told.why) == (movie.id, TODAY + 12 * DAY, Why.DIGITAL)
        assert told.reason.startswith("Its digital release is on ")
        assert running.do(running.engine.backlog.work()) == 0
        assert anchor.asked == []
        (coming,) = running.do(running.engine.calendar.releases(TODAY, TODAY + 20 * DAY))
        assert (coming.movie_id, coming.day, coming.kind) == (movie.id, TODAY + 12 * DAY, Why.DIGITAL)
        assert running.do(running.engine.calendar.next_release(TODAY)) == coming


def test_a_changed_profile_brings_the_search_forward(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor", config=CLIENT) as (running, (anchor,)):
        movie = wanted(running, 1)
        running.do(running.engine.backlog.work())
        profile = running.do(running.engine.profiles.get(movie.slot.profile_id))
        running.do(running.engine.profiles.update(replace(profile, cap=19_000_000_000)))
        (told,) = planned(running)
        assert told.why is Why.PROFILE
        assert running.do(running.engine.backlog.work()) == 1
        assert len(anchor.asked) == 2
        (told,) = planned(running)
        assert told.why is Why.AGAIN


def test_a_movie_tells_when_it_is_searched_next_and_why(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor", config=CLIENT, settings={"Anchor": {"hourly": 4}}) as (running, _):
        movies_ = [wanted(running, number) for number in range(1, 6)]

        def outlook(movie: Movie) -> str:
            return running.do(running.engine.calendar.outlook(movie.id)).sentence.replace("\N{NO-BREAK SPACE}", " ")

        assert outlook(movies_[0]) == "It stands in line for Anchor. It was not searched there yet."
        assert running.do(running.engine.backlog.work()) == 3
        assert outlook(movies_[0]).startswith("It is searched next tomorrow at ")
        assert "It stands in line for Anchor, which has room again in about " in outlook(movies_[3])
        assert "It stands in line for Anchor, behind 1 other: about " in outlook(movies_[4])
        running.do(running.engine.movies.update(movies_[4].id, monitored=False))
        assert outlook(movies_[4]) == "It is not searched by itself: it is not monitored."
        for client in running.do(running.engine.plugins.instances("download_client")):
            running.do(running.engine.plugins.remove(client.id))
        assert outlook(movies_[3]).startswith("It is not searched by itself. No download client is set up. Add one ")


def test_an_indexer_that_works_is_told_before_one_that_does_not(tmp_path: Path) -> None:
    with telling(tmp_path, "First", "Second", config=CLIENT) as (running, (_, second)):
        movie = wanted(running, 1)
        broken = next(live for live in running.engine.plugins.indexers() if live.name == "First")
        broken.guard.mark_login_failed("First refused the key.")
        assert running.do(running.engine.backlog.work()) == 1
        assert len(second.asked) == 1
        told = running.do(running.engine.calendar.outlook(movie.id))
        assert told.sentence.startswith("It is searched next tomorrow at ")
        assert [one.indexer for one in told.searches] == ["Second", "First"]
        running.do(
            running.engine.plugins.remove(
                next(one.id for one in running.engine.plugins.indexers() if one is not broken)
            )
        )
        alone = running.do(running.engine.calendar.outlook(movie.id)).sentence
        assert alone == "It stands in line for First, which does not work: First refused the key."


def test_a_search_by_hand_counts_and_what_nobody_wants_any_more_is_dropped(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor", config=CLIENT) as (running, (anchor,)):
        movie, other = wanted(running, 1), wanted(running, 2)
        planned(running)
        running.do(running.engine.search.run(movie.id))
        running.do(running.engine.movies.update(other.id, monitored=False))
        assert [(one.movie_id, one.why) for one in planned(running)] == [(movie.id, Why.AGAIN)]
        assert running.do(running.engine.backlog.work()) == 0
        running.do(running.engine.movies.update(other.id, monitored=True))
        assert running.do(running.engine.backlog.work()) == 1
        assert anchor.asked[-1] == "search tt0000002"


def test_a_file_below_the_cutoff_is_looked_after_and_one_at_it_is_not(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor", config=CLIENT) as (running, _):
        below, enough = wanted(running, 1), wanted(running, 2)
        profile = running.do(running.engine.profiles.all())[0]
        running.do(running.engine.profiles.update(replace(profile, cutoff_format_score=0)))

        def put() -> None:
            for movie, name in ((below, "sdtv"), (enough, "bluray-1080p")):
                path = f"{movie.folder}/a.mkv"
                movies.set_file(MovieFile(0, movie.id, movie.slot.id, path, 5, datetime.now(UTC), BY_NAME[name]))

        running.do(running.engine.db.run(put))
        assert [one.movie_id for one in planned(running)] == [below.id]


def test_all_of_a_large_library_has_its_place_in_the_calendar(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor", config=CLIENT) as (running, _):
        slot, out = wanted(running, 1).slot, date(2020, 1, 1)

        def fill() -> None:
            for number in range(2, 5_102):
                info = MovieInfo(number, f"Film {number}", 2020, f"tt{number:07}", digital_release=out)
                movies.insert(Movie(0, info, (Slot(0, "", slot.profile_id, "/m"),), f"/m/{number}"))

        running.do(running.engine.db.run(fill))
        running.do(running.engine.backlog.work())
        assert len({one.movie_id for one in planned(running)}) == 5_101
        assert len(running.do(running.engine.calendar.releases(out, out))) == 5_101


@pytest.mark.parametrize("refused", ["Second", "First"])
def test_an_indexer_that_fails_is_asked_later_for_all_that_it_missed(refused: str, tmp_path: Path) -> None:
    with telling(tmp_path, "First", "Second", config=CLIENT) as (running, both):
        failing = next(one for one in both if one.name == refused)
        well = next(one for one in both if one.name != refused)
        failing.tell(refused=["search tt0000001", "search tt0000002", "search tt0000003"])
        for number in (1, 2, 3):
            wanted(running, number)
        assert running.do(running.engine.backlog.work()) == 3
        assert (len(well.asked), len(failing.asked)) == (3, 1)
        failing.tell()
        for live in running.engine.plugins.indexers():
            live.guard.reset()
        assert running.do(running.engine.backlog.work()) == 3
        assert (len(well.asked), len(failing.asked)) == (3, 4)


def test_who_was_searched_nowhere_goes_before_who_waits_for_another_indexer(tmp_path: Path) -> None:
    hourly = {"First": {"hourly": 100}, "Second": {"hourly": 4}}  # three of them for the backlog
    with telling(tmp_path, "First", "Second", config=CLIENT, settings=hourly) as (running, (first, second)):
        for number in range(1, 6):
            wanted(running, number)
        first.tell(refused=["search tt0000001"])
        assert running.do(running.engine.backlog.work()) == 3
        assert second.asked == [f"search tt000000{number}" for number in (1, 2, 3)]
        first.tell()
        next(live for live in running.engine.plugins.indexers() if live.name == "First").guard.reset()
        assert running.do(running.engine.backlog.work()) == 5
        assert first.asked == [f"search tt000000{number}" for number in (1, 4, 5, 1, 2, 3)]


def test_at_a_new_indexer_too_who_was_searched_nowhere_goes_first(tmp_path: Path) -> None:
    with telling(tmp_path, "First", "Second", config=CLIENT, settings={"First": {"hourly": 4}}) as (
        running,
        (_, second),
    ):
        one = running.do(running.engine.plugins.instances("indexer"))[1]
        draft = Draft(one.kind, one.implementation, one.name, one.settings, id=one.id)
        running.do(running.engine.plugins.save(replace(draft, enabled=False)))
        for number in range(1, 5):
            wanted(running, number)
        assert running.do(running.engine.backlog.work()) == 3
        running.do(running.engine.plugins.save(draft))
        assert running.do(running.engine.backlog.work()) == 4
        assert second.asked == [f"search tt000000{number}" for number in (4, 1, 2, 3)]


def test_a_movie_is_not_taken_along_past_those_that_wait_longer(tmp_path: Path) -> None:
    with telling(tmp_path, "First", "Second", config=CLIENT) as (running, (first, second)):
        for number in (1, 2, 3):
            wanted(running, number)
        running.do(running.engine.backlog.work())
        for name, number, days in (
            *(("First", 1, 1.0), ("First", 2, 8.0), ("First", 3, 7.8)),
            *(("Second", 1, 10.0), ("Second", 2, -5.0), ("Second", 3, 9.0)),
        ):
            in_line_since(running, name, number, datetime.now(UTC) - days * DAY)
        assert running.do(running.engine.backlog.work()) == 4
        assert first.asked[3:] == ["search tt0000003", "search tt0000002", "search tt0000001"]
        assert second.asked[3:] == ["search tt0000001", "search tt0000003"]


def test_what_was_searched_as_it_was_added_waits_a_day(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor", config=CLIENT) as (running, (anchor,)):
        planned(running)
        movie = wanted(running, 1)

        async def added_and_searched() -> None:
            running.engine.bus.publish(MovieAdded(movie_id=movie.id, title=movie.title))
            await running.engine.search.run(movie.id)

        running.do(added_and_searched())
        assert running.do(running.engine.backlog.work()) == 0
        assert len(anchor.asked) == 1
        (told,) = planned(running)
        assert told.why is Why.AGAIN


def test_what_an_indexer_was_asked_is_known_after_it_was_switched_off(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor", config=CLIENT) as (running, (anchor,)):
        wanted(running, 1)
        running.do(running.engine.backlog.work())
        (one,) = running.do(running.engine.plugins.instances("indexer"))
        draft = Draft(one.kind, one.implementation, one.name, one.settings, id=one.id)
        running.do(running.engine.plugins.save(replace(draft, enabled=False)))
        assert planned(running) == []
        running.do(running.engine.plugins.save(draft))
        (told,) = planned(running)
        assert told.why is Why.AGAIN
        assert len(anchor.asked) == 1


def test_an_indexer_with_tags_is_asked_for_movies_with_one_of_them(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor", config=CLIENT) as (running, (anchor,)):
        tag = running.do(running.engine.tags.add("uhd"))
        (live,) = running.engine.plugins.indexers()
        live.stored = replace(live.stored, tags=(tag.id,))
        wanted(running, 1)
        wanted(running, 2, tags=(tag.id,))
        assert running.do(running.engine.backlog.work()) == 1
        assert anchor.asked == ["search tt0000002"]


def test_a_movie_on_its_way_is_not_searched(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor", config=CLIENT) as (running, (anchor,)):
        movie = wanted(running, 1)
        title = "Film.1.2020.1080p.BluRay.x264-KITE"
        parsed = parse_release(title)

        def taken() -> None:
            (candidate,) = releases.remember([Candidate(Release("1", title), parsed, 1, "Anchor")], datetime.now(UTC))
            grabs.insert(
                Grab(
                    0, movie.id, movie.slot.id, candidate.release_id, 0, title, ("ab" * 20,), parsed, 0, 1, "Anchor",
                    GrabState.BLOCKED, datetime.now(UTC), "",
                )
            )  # fmt: skip

        running.do(running.engine.db.run(taken))
        assert running.do(running.engine.backlog.work()) == 0
        assert anchor.asked == []
        (told,) = planned(running)
        assert (told.why, told.reason) == (Why.BUSY, "A copy of it is on its way.")
        assert timedelta(hours=23) < told.due - datetime.now(UTC) < timedelta(hours=25)


def test_nothing_is_searched_that_could_not_be_downloaded(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor") as (running, (anchor,)):
        movie = wanted(running, 1)
        assert running.do(running.engine.backlog.work()) == 0
        assert running.do(running.engine.calendar.waiting()) == 1
        told = [item.message for item in running.do(running.engine.health())]
        assert "No download client is set up, so movies are not searched by themselves." in told
        running.do(running.engine.plugins.save(Draft(PluginKind.DOWNLOAD_CLIENT, "idle", "Idle", {})))
        (client,) = running.engine.plugins.clients()
        client.guard.mark_login_failed("Idle refused the password.")
        assert running.do(running.engine.backlog.work()) == 0
        assert anchor.asked == []
        told = [item.message for item in running.do(running.engine.health())]
        assert "Movies are not searched by themselves. No download client works. Idle refused the password." in told
        client.guard.reset()
        client.guard.leave_alone("It is away.", 600.0)  # it gets later what is found now
        assert running.do(running.engine.backlog.work()) == 1
        assert anchor.asked == [f"search {movie.info.imdb_id}"]


def test_many_searches_of_the_user_wait_for_a_client_and_spend_nothing(tmp_path: Path) -> None:
    with telling(tmp_path, "Anchor") as (running, (anchor,)):
        do, engine = running.do, running.engine
        movie = wanted(running, 1)
        sentence = " ".join(["They wait.", *NO_CLIENT])
        assert do(engine.mass_search.plan()).told.endswith(f" at your limits. {sentence}")
        plan, (job,) = do(engine.mass_search.start([movie.id]))  # few, which would be searched at once
        assert plan.waits == sentence
        running.wait_for(lambda: do(engine.jobs.get(job.id)).problem, "it waits")
        job = do(engine.jobs.get(job.id))
        assert (job.state, job.attempts, job.problem) == (JobState.QUEUED, 0, sentence)
        assert job.next_run < datetime.now(UTC) + timedelta(minutes=6)
        assert do(engine.mass_search.progress()).told == f"0 of 1 movies searched. {sentence}"
        assert anchor.asked == []
        do(engine.plugins.save(Draft(PluginKind.DOWNLOAD_CLIENT, "idle", "Idle", {})))
        assert do(engine.mass_search.progress()).waits == ""
        do(engine.jobs.cancel(job.id))
        _, (again,) = do(engine.mass_search.start([movie.id]))
        running.wait_for(lambda: do(engine.jobs.get(again.id)).state is JobState.DONE, "the search")
        assert anchor.asked == [f"search {movie.info.imdb_id}"]


def test_days_of_hundreds_of_movies_break_no_limit_and_forget_nobody(tmp_path: Path) -> None:
    """The short form of the figure ``backlog.simulated``."""
    month = play(tmp_path, count=300, days=2)
    assert all(one.refusals for one in month.services)
    assert (month.violations, month.never) == (0, 0)
    assert month.spread <= 2
    assert month.spread_of_all <= 2
    assert all(one.requests > 2 * 24 * 4 for one in month.services)  # the feeds alone
