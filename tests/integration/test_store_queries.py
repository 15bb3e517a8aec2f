"""What the query modules promise: values come back as they went in, and nothing is remembered twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radarr_desktop.domain.decision import Candidate, Check, Outcome, Verdict
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.plugin_api import IndexerFlag, MovieInfo, Release
from radarr_desktop.store import grabs, history, jobs, movies, operations, profiles, releases, settings, sql, verdicts
from radarr_desktop.store.fields import TimeField, ValueField
from tests.fakes.rooms import database

T = TypeVar("T")
NOW = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)
TITLE = "The.Salt.Meridian.2025.1080p.BluRay.DD5.1.x264-KITE"


def on_a_library(folder: Path, work: Callable[[Movie], T]) -> T:
    """Do ``work`` in one transaction, with a movie."""

    async def run() -> T:
        async with database(folder) as db:
            return await db.run(lambda: work(library()))

    return asyncio.run(run())


def library() -> Movie:
    """A movie in a library."""
    profile = profiles.save_profile(QualityProfile(0, "HD", (), 0, upgrades=True))
    info = MovieInfo(7, "Salt", 2025, imdb_id="tt7", genres=("Drama",), in_cinemas=date(2025, 2, 1), rating=7.25)
    return movies.insert(Movie(0, info, (Slot(0, "Main", profile.id, "/films"),), "/films/Salt (2025)", tags=(1, 2)))


def candidate(guid: str = "g1") -> Candidate:
    """A release of it."""
    flags = frozenset({IndexerFlag.FREELEECH, IndexerFlag.INTERNAL})
    release = Release(guid, TITLE, size=10**12, published=NOW, seeders=0, info_hash="a" * 40, flags=flags)
    return Candidate(release, parse_release(TITLE), 1, "HDB")


def rejected(sentence: str) -> Verdict:
    """A verdict."""
    return Verdict(Outcome.REJECTED, (Check("size", "4 GB", "2 GB", Outcome.REJECTED, sentence),), score=-3)


def test_a_movie_comes_back_as_it_went_in(tmp_path: Path) -> None:
    def work(movie: Movie) -> None:
        assert movies.get(movie.id) == movies.by_tmdb(7) == movies.all_movies()[0] == movie
        assert movie.info.in_cinemas == date(2025, 2, 1)
        changed = movies.update(replace(movie, monitored=False, last_search=NOW))
        assert changed == movies.get(movie.id) == replace(movie, monitored=False, last_search=NOW)
        slot = movie.slot.id
        first = movies.set_file(MovieFile(0, movie.id, slot, "/films/Salt/É.mkv", 5, NOW))
        second = movies.set_file(replace(first, path="/films/Salt/B.mkv"))
        found = movies.get(movie.id)
        assert found
        assert found.file == second
        assert movies.file_at("/FILMS/salt/b.MKV") == second
        assert movies.file_at(first.path) is None
        movies.delete(movie.id)
        assert movies.file_at(second.path) is None

    on_a_library(tmp_path, work)


def test_a_release_is_remembered_once_and_a_verdict_until_it_changes(tmp_path: Path) -> None:
    def work(movie: Movie) -> None:
        slot = movie.slot.id
        (seen,) = releases.remember([candidate()], NOW)
        (again,) = releases.remember([candidate()], NOW + timedelta(hours=1))
        (other,) = releases.remember([candidate("g2")], NOW)
        assert seen.release_id == again.release_id != other.release_id
        for hour, sentence in enumerate(["Too big.", "Too big.", "Blocked.", "Too big."]):
            verdicts.remember(slot, [(seen.release_id, rejected(sentence))], NOW + timedelta(hours=hour))
        verdicts.remember(slot, [(other.release_id, Verdict(Outcome.ACCEPTED, ()))], NOW)
        found = {stored.id: stored for stored in releases.of_movie(movie.id)}
        first = found[seen.release_id]
        assert first.verdict == rejected("Too big.")
        assert first.judged == (NOW + timedelta(hours=3)).replace(microsecond=123000)
        assert (first.release, first.parsed, first.times_seen) == (candidate().release, candidate().parsed, 2)
        assert (first.first_seen, first.last_seen) == (NOW, NOW + timedelta(hours=1))
        assert found[other.release_id].verdict == Verdict(Outcome.ACCEPTED, ())
        assert releases.get(seen.release_id, movie.id) == first
        without = releases.get(seen.release_id)
        assert without
        assert (without.id, without.verdict) == (first.id, None)
        assert releases.of_movie(99) == []

    on_a_library(tmp_path, work)


def test_a_grab_moves_only_from_where_it_is_thought_to_be(tmp_path: Path) -> None:
    def work(movie: Movie) -> None:
        (seen,) = releases.remember([candidate()], NOW)
        grab = grabs.insert(
            Grab(0, movie.id, movie.slot.id, seen.release_id, 0, TITLE, ("a" * 40,), seen.parsed, 5, 9, "HDB",
                 GrabState.SENDING, NOW, "c1")
        )  # fmt: skip
        assert grabs.get(grab.id) == grab == grabs.open_grabs()[0] == grabs.of_movie(movie.id)[0]
        assert grabs.move(grab.id, [GrabState.SENDING], GrabState.DOWNLOADING)
        assert not grabs.move(grab.id, [GrabState.SENDING], GrabState.FAILED)
        grabs.set_state(grab.id, GrabState.FAILED, "It broke.")
        assert grabs.open_grabs() == []

    on_a_library(tmp_path, work)


def test_a_profile_in_use_cannot_be_deleted(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            movie = await db.run(library)
            with pytest.raises(Problem, match="still needs this") as caught:
                await db.run(lambda: profiles.delete_profile(movie.slot.profile_id))
            assert caught.value.kind is Kind.CONFLICT
            assert len(await db.read(profiles.all_profiles)) == 1

    asyncio.run(run())


def test_settings_and_history_pages(tmp_path: Path) -> None:
    def work(_: Movie) -> None:
        settings.put("a", {"b": [1, None, "é"]})
        settings.put("a", {"b": [2]})
        assert settings.get("a") == {"b": [2]}
        assert settings.get("none") is None
        assert history.page(offset=0, limit=10) == ([], 0)

    on_a_library(tmp_path, work)


@given(st.datetimes(datetime(1900, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_moment_comes_back_to_the_microsecond(moment: datetime) -> None:
    field = TimeField()
    assert field.python_value(field.db_value(moment)) == moment


def text() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]))


@given(st.builds(Release, text(), text(), size=st.integers(0, 2**63 - 1), info_url=text()))
def test_every_release_comes_back_as_it_was(release: Release) -> None:
    field = ValueField(Release)
    assert field.python_value(field.db_value(release)) == release


@pytest.mark.parametrize("stored", ['{"guid": 5}', "[]", "no json"])
def test_a_value_that_is_none_is_not_taken_for_one(stored: Any) -> None:
    with pytest.raises(msgspec.DecodeError):
        ValueField(Release).python_value(stored)


def test_what_few_rows_fulfil_is_looked_up_in_its_index(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    wanted = {"job": "job_unique", "operation": "operation_open", "history": "history_download"}

    def work(_: Movie) -> None:
        with caplog.at_level(logging.DEBUG, "peewee"):
            jobs.enqueue("a", {}, unique_key="k", priority=0, max_attempts=1, next_run=NOW, now=NOW, correlation="c")
            operations.open_operations()
            history.page(offset=0, limit=1, download_id="D")
        said: list[Any] = [record.msg for record in caplog.records if record.name == "peewee"]
        asked = [(statement, values) for statement, values in said if statement.startswith("SELECT")]
        for statement, values in asked:
            table = next(table for table in wanted if f'"{table}"' in statement)
            plan = " ".join(str(row) for row in sql.execute(f"EXPLAIN QUERY PLAN {statement}", *values))
            assert wanted[table] in plan, statement
        assert len(asked) == 4

    on_a_library(tmp_path, work)
