"""Indexers are asked all at once: a slow one holds nobody, what two of them have counts once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from radarr_desktop.domain.events import ReleasesFound
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.engine.search.indexer_states import IndexerState
from radarr_desktop.plugin_api import MovieInfo, Release
from radarr_desktop.store import movies
from tests.fakes.told import telling
from tests.fixtures_engine import RunningEngine

NAME = "Iron.Petal.2020.1080p.BluRay.x264-KITE"
HASH = "ab" * 20


def wanted(running: RunningEngine) -> Movie:
    """A movie that is out and missing."""
    profile = running.do(running.engine.profiles.all())[0]
    info = MovieInfo(7, "Iron Petal", 2020, "tt0000007", digital_release=datetime(2020, 5, 1, tzinfo=UTC).date())
    movie = Movie(0, info, (Slot(0, "", profile.id, str(running.library)),), str(running.library / "Iron Petal (2020)"))
    return running.do(running.engine.db.run(lambda: movies.insert(movie)))


def offered(guid: str, **changes: Any) -> Release:
    """A release of that movie."""
    usual: dict[str, Any] = {"guid": guid, "title": NAME, "size": 8_000_000_000}
    return Release(**usual | changes)


def test_results_stream_in_and_a_slow_one_is_not_waited_for(tmp_path: Path) -> None:
    settings = {"Slow": {"patience": 1}, "Quick": {"patience": 5}, "Dead": {"patience": 5}}
    with telling(tmp_path, "Quick", "Slow", "Dead", settings=settings) as (running, (quick, slow, dead)):
        quick.tell(search=[offered("q1")])
        slow.tell(search=[offered("s1")], delay=60)
        dead.tell(refused=["search tt0000007"])
        movie = wanted(running)
        found = running.do(running.engine.search.releases(movie.id))
        assert [one.indexer for one in found] == ["Quick"]
        parts = {event.indexer: event for event in running.events if isinstance(event, ReleasesFound)}
        assert [len(parts[name].releases) for name in ("Quick", "Slow", "Dead")] == [1, 0, 0]
        assert parts["Slow"].problem == "Slow did not answer within 1 s."
        assert parts["Dead"].problem == "Dead: It is not there."
        running.wait_for(lambda: states(running)["Slow"].tally.failures == 1, "the slow one's end")
        told = states(running)
        assert (told["Quick"].tally.answers, told["Quick"].tally.found, told["Quick"].state) == (1, 1, "ok")
        assert (told["Dead"].tally.failures, told["Dead"].tally.last_problem) == (1, "Dead: It is not there.")
        assert told["Slow"].state == "failing"
        assert told["Slow"].left_alone_until is not None


def test_a_late_answer_counts_while_another_one_is_waited_for(tmp_path: Path) -> None:
    settings = {"Late": {"patience": 1}, "Patient": {"patience": 60}}
    with telling(tmp_path, "Late", "Patient", settings=settings) as (running, (late, patient)):
        late.tell(search=[offered("l1", info_hash=HASH)], delay=1.5)
        patient.tell(search=[offered("p1", info_hash="cd" * 20)], delay=2)
        movie = wanted(running)
        found = running.do(running.engine.search.releases(movie.id))
        assert {one.indexer for one in found} == {"Late", "Patient"}


def test_the_same_torrent_counts_once_for_the_preferred_indexer(tmp_path: Path) -> None:
    with telling(tmp_path, "First", "Second") as (running, (first, second)):
        other = offered("s3", title=NAME.replace("KITE", "SALT"))
        first.tell(search=[offered("f1", info_hash=HASH), offered("f2", title="Iron.Petal.2020.720p.WEB-DL.H264-A")])
        second.tell(
            search=[
                offered("s1", info_hash=HASH, title="Iron Petal 2020 renamed 1080p BluRay"),
                offered("s2", title="Iron Petal 2020 720p WEB-DL H264-A", size=8_040_000_000),
                other,
            ]
        )
        movie = wanted(running)
        found = running.do(running.engine.search.releases(movie.id))
        assert {(one.indexer, one.release.guid) for one in found} == {
            ("First", "f1"),
            ("First", "f2"),
            ("Second", "s3"),
        }
        acquired = running.do(running.engine.search.feed())
        assert acquired.found == 0


def test_of_the_same_name_other_hashes_and_sizes_are_other_torrents(tmp_path: Path) -> None:
    with telling(tmp_path, "First", "Second") as (running, (first, second)):
        first.tell(search=[offered("f1", info_hash=HASH), offered("f2", title=NAME.lower(), size=0)])
        second.tell(search=[offered("s1", info_hash="cd" * 20), offered("s2", size=9_000_000_000)])
        movie = wanted(running)
        found = running.do(running.engine.search.releases(movie.id))
        assert {one.release.guid for one in found} == {"f1", "f2", "s1", "s2"}


def test_of_two_as_good_ones_that_of_the_heavier_indexer_is_taken_and_why_tells_it(tmp_path: Path) -> None:
    settings = {"Light": {"weight": 0}, "Heavy": {"weight": 5}}
    with telling(tmp_path, "Light", "Heavy", settings=settings) as (running, (light, heavy)):
        light.tell(search=[offered("l1", title=NAME.replace("KITE", "SALT"), seeders=900, info_hash=HASH)])
        heavy.tell(search=[offered("h1", seeders=2, info_hash="cd" * 20)])
        movie = wanted(running)
        found = running.do(running.engine.search.releases(movie.id))
        assert [one.indexer for one in found] == ["Heavy", "Light"]
        assert {name: one.weight for name, one in states(running).items()} == {"Light": 0, "Heavy": 5}
        why = running.do(running.engine.decisions.why(movie.id))
        judged = [(one.indexer, one.verdict) for one in why.releases if one.verdict]
        told = {name: {part.name: part.points for part in verdict.parts} for name, verdict in judged}
        assert (told["Heavy"]["weight"], told["Light"]["weight"]) == (5, 0)


def states(running: RunningEngine) -> dict[str, IndexerState]:
    return {one.name: one for one in running.do(running.engine.indexers.all())}
