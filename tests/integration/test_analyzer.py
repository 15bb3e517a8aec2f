"""The analyzer: page by page, politely, stopped and resumed; what disturbs it ends it and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from radarr_desktop.domain.collecting import CollectingState
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import JobState
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.search.analyzer import Progress
from radarr_desktop.loopback.hdbits import Fault, Listing, LoopbackHDBits
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.plugin_api import Query
from radarr_desktop.store import collecting as store
from radarr_desktop.store import releases
from tests.fixtures_engine import RunningEngine, WorldThread, config_for, running_engine

SESSION = f"session={made_up('session')}"
BANK = ".bank.example\tTRUE\t/\tTRUE\t0\tb\t1\n"
COOKIE_FILE = f"127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\t{SESSION.partition('=')[2]}\n{BANK}"
GB = 1024**3
REPORT = "General\nFormat : Matroska\n\nVideo\nFormat : HEVC\nHDR format : Dolby Vision"


@dataclass
class Desk:
    """A program that may read the pages of a loopback indexer."""

    world: WorldThread
    folder: Path
    running: RunningEngine

    @property
    def hdbits(self) -> LoopbackHDBits:
        return self.world.world.hdbits

    @property
    def id(self) -> int:
        return self.running.engine.plugins.indexers()[0].id

    def progress(self) -> Progress:
        (one,) = self.running.do(self.running.engine.analyzer.progress())
        return one

    def start(self, *, anew: bool = False) -> None:
        self.running.do(self.running.engine.analyzer.start(self.id, anew=anew))

    def reaches(self, state: CollectingState) -> Progress:
        def reached() -> bool:
            at = self.progress().collecting
            return at is not None and at.state is state

        self.running.wait_for(reached, state.value)
        return self.progress()

    def asked(self, path: str) -> list[dict[str, str]]:
        return [seen.query for seen in self.hdbits.requests if seen.path == path]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    for name in ("downloads", "library"):
        (tmp_path / name).mkdir()
    world = WorldThread(tmp_path)
    try:
        config = config_for(world, tmp_path, with_movie=False).replace(
            "hourly = 0", f'hourly = 0\ncookie = "{SESSION}"'
        )
        with running_engine(tmp_path, config) as running:
            made = Desk(world, tmp_path, running)
            made.hdbits.session = SESSION
            for number in range(120):
                category = 3 if number % 4 == 0 else 1
                made.hdbits.add(
                    Listing(f"Film.{number}.2020.1080p.BluRay-GRP", size=GB, category=category, media_info=REPORT)
                )
            running.do(running.engine.analyzer.take_cookies(made.id, COOKIE_FILE))
            yield made
    finally:
        world.close()


def test_everything_is_read_in_segments_and_samples_are_looked_into(desk: Desk) -> None:
    assert desk.progress().collecting is None
    desk.start()
    done = desk.reaches(CollectingState.DONE)
    assert done.segments == ("movies", "documentaries")
    assert done.listed >= 120
    assert done.samples >= 2
    assert [(query["page"], "filter_cat[1]" in query) for query in desk.asked("/browse.php")] == [
        ("0", True),
        ("1", True),
        ("2", True),
        ("0", False),
        ("1", False),
    ]
    sample = int(desk.asked("/details.php")[0]["id"])
    ids = desk.running.do(desk.running.engine.db.read(lambda: releases.ids_of(desk.id, [f"hdbits-{sample}"])))
    assert desk.running.do(desk.running.engine.db.read(lambda: store.media_info_of(ids[f"hdbits-{sample}"]))) == REPORT


def test_it_stops_when_told_and_goes_on_where_it_was_also_in_another_life(desk: Desk) -> None:
    desk.start()
    desk.running.wait_for(lambda: desk.progress().listed >= 50, "the first page")
    desk.running.do(desk.running.engine.analyzer.stop(desk.id))
    stopped = desk.progress().collecting
    assert stopped is not None
    assert stopped.state is CollectingState.STOPPED
    with pytest.raises(Problem) as refused:
        desk.running.do(desk.running.engine.analyzer.stop(desk.id))
    assert refused.value.kind is Kind.CONFLICT
    desk.running.do(desk.running.engine.jobs.idle())
    pages = len(desk.asked("/browse.php"))
    desk.running.stop()
    desk.running.start()
    desk.start()
    done = desk.reaches(CollectingState.DONE)
    assert done.listed >= 120
    assert len(desk.asked("/browse.php")) <= pages + 5 - stopped.page
    desk.start()  # once done, it begins anew, and everything is known
    assert desk.reaches(CollectingState.DONE).listed == done.listed


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.CHALLENGE, "wants to see a browser"),
        (Fault.LAYOUT, "another layout"),
        (Fault.HTML, "does not know the session"),
    ],
)
def test_a_challenge_or_another_layout_ends_it_with_a_word_and_nobody_else(
    desk: Desk, fault: Fault, words: str
) -> None:
    desk.hdbits.fail(fault, times=1)
    desk.start()
    at = desk.reaches(CollectingState.STOPPED).collecting
    assert at is not None
    assert words in at.problem
    desk.running.do(desk.running.engine.jobs.idle())
    assert len(desk.asked("/browse.php")) == 1
    (live,) = desk.running.engine.plugins.indexers()
    assert live.guard.state == "ok"
    found = desk.running.do(desk.running.engine.plugins.call(live, lambda plugin: plugin.search(Query("Film 5", 2020))))
    assert len(found) == 1
    desk.start()
    assert desk.reaches(CollectingState.DONE).listed >= 120


def test_a_rate_limit_is_waited_out_together_with_everybody_else(desk: Desk) -> None:
    desk.hdbits.fail(Fault.RATE_LIMIT, times=1)
    desk.start()

    def waits() -> bool:
        jobs = desk.running.do(desk.running.engine.jobs.all())
        return any(job.kind == "collect" and job.state is JobState.QUEUED and "limits" in job.problem for job in jobs)

    desk.running.wait_for(waits, "the analyzer to wait")
    (live,) = desk.running.engine.plugins.indexers()
    assert 890 < live.guard.pause_left <= 900
    at = desk.progress().collecting
    assert at is not None
    assert (at.state, at.failures) == (CollectingState.RUNNING, 1)
    assert "15 minutes" in at.problem
    assert len(desk.asked("/browse.php")) == 1


def test_what_the_api_told_of_a_release_is_not_lost_to_its_page(desk: Desk) -> None:
    engine = desk.running.engine
    movie = desk.running.do(engine.movies.add(NewMovie(desk.world.world.movie.tmdb_id, search=False)))
    before = desk.running.do(engine.search.releases(movie.id))
    assert any(each.release.info_hash for each in before)
    desk.start()
    desk.reaches(CollectingState.DONE)
    for each in before:
        after = desk.running.do(engine.db.read(partial(releases.get, each.id)))
        assert after is not None
        assert after.release == each.release


def test_an_indexer_without_pages_is_told_so(desk: Desk) -> None:
    engine = desk.running.engine
    with pytest.raises(Problem, match="no cookie for"):
        desk.running.do(engine.analyzer.take_cookies(desk.id, BANK))
    desk.running.do(engine.analyzer.take_cookies(desk.id, ""))
    assert desk.running.do(engine.analyzer.progress()) == []
    with pytest.raises(Problem, match="cannot be read"):
        desk.start()
    with pytest.raises(Problem) as unknown:
        desk.running.do(engine.analyzer.start(999))
    assert unknown.value.kind is Kind.NOT_FOUND
