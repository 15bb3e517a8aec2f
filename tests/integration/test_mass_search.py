"""Searches of many movies: what they take is told first, and then kept to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from radarr_desktop.domain.records import Job, JobState
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.search.mass import SearchPlan, Share
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine


@pytest.mark.parametrize(
    ("movies", "seconds", "sentence"),
    [
        (312, 18_720.0, "312 searches, 5.2 h at your limits"),
        (1, 0.0, "1 search, less than a minute at your limits"),
        (20, 45.0, "20 searches, about a minute at your limits"),
        (90, 600.0, "90 searches, 10 min at your limits"),
        (10_000, 500_000.0, "10,000 searches, 5.8 days at your limits"),
        (0, 0.0, "Nothing is to be searched"),
    ],
)
def test_a_plan_says_how_much_and_how_long(movies: int, seconds: float, sentence: str) -> None:
    shares = (Share("Slow", movies, seconds), Share("Quick", movies, 0.0), Share("Broken", movies, float("inf")))
    assert SearchPlan(tuple(range(movies)), 0, shares if movies else ()).sentence == sentence


def test_a_plan_of_indexers_that_only_the_user_can_mend_tells_no_time() -> None:
    plan = SearchPlan((1, 2), 0, (Share("Broken", 2, float("inf")),))
    assert plan.sentence == "2 searches, once an indexer works again"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[tuple[WorldThread, RunningEngine]]:
    with world_and_engine(tmp_path, with_movie=False) as both:
        yield both


def searches(running: RunningEngine) -> list[Job]:
    return [job for job in running.do(running.engine.jobs.all()) if job.kind == "search_movie"]


def limit(running: RunningEngine, **limits: int) -> None:
    """Other limits for the indexer."""
    (one,) = running.do(running.engine.plugins.instances(PluginKind.INDEXER))
    draft = Draft(one.kind, one.implementation, one.name, {**one.settings, **limits}, id=one.id)
    running.do(running.engine.plugins.save(draft, force=True))


def test_many_searches_wait_for_room_and_none_is_given_up(world: tuple[WorldThread, RunningEngine]) -> None:
    hdbits, (_, running) = world[0].world.hdbits, world
    movie = running.do(running.engine.movies.add(NewMovie(world[0].world.movie.tmdb_id, search=False)))
    limit(running, hourly=1)
    (live,) = running.engine.plugins.indexers()
    running.do(running.engine.plugins.call(live, lambda plugin: plugin.test()))  # the hour is spent
    plan = running.do(running.engine.mass_search.plan([movie.id]))
    assert plan.movie_ids == (movie.id,)
    assert 3500 < plan.seconds <= 3600
    asked = len(hdbits.requests)
    running.do(running.engine.jobs.enqueue("search_missing", {}))
    running.wait_for(lambda: [job.problem for job in searches(running) if job.problem], "the search to be put off")
    (job,) = searches(running)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert job.problem == "It waits for HDBits, to keep within the requests an hour."
    assert len(hdbits.requests) == asked
    items = running.do(running.engine.health())
    assert [one.message for one in items if one.source == "HDBits"] == ["HDBits has had its 1 requests of this hour."]
    limit(running, hourly=0)
    running.do(running.engine.jobs.cancel(job.id))
    running.do(running.engine.mass_search.start([movie.id]))
    running.wait_for(lambda: any(job.state is JobState.DONE for job in searches(running)), "the search")


def test_a_plan_names_what_each_indexer_has_to_do(world: tuple[WorldThread, RunningEngine]) -> None:
    _, running = world
    movie = running.do(running.engine.movies.add(NewMovie(world[0].world.movie.tmdb_id, search=False)))
    plan = running.do(running.engine.mass_search.plan())
    assert (plan.movie_ids, plan.left_out) == ((movie.id,), 0)
    assert [(share.name, share.requests) for share in plan.shares] == [("HDBits", 1)]
    assert running.do(running.engine.mass_search.plan([movie.id + 1])).left_out == 1
