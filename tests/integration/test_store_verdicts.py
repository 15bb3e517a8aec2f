"""Verdicts in the database: they come back as they were given, once for each answer, and go when they are old."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from radarr_desktop.domain.decision import Candidate, Check, Outcome, ScorePart, Verdict
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.records import Judgement, ProfileMark
from radarr_desktop.plugin_api import MovieInfo, Release
from radarr_desktop.store import movies, profiles, releases, sql, verdicts
from radarr_desktop.store.database import MIGRATIONS, Database
from tests.fakes.rooms import database

T = TypeVar("T")
NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARK = ProfileMark(1, 1)


def text() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def outcomes() -> st.SearchStrategy[Outcome]:
    return st.sampled_from(Outcome)


@st.composite
def checks(draw: st.DrawFn) -> Check:
    """A check; often its sentence repeats what was observed and the limit, or these are one."""
    observed = draw(text() | st.sampled_from(["\x7f", "\x80", "4 GB"]))
    limit = draw(text() | st.sampled_from([observed, "\x80", f"{observed}\x7f"]))
    repeating = [f"{observed} is more than {observed}, {limit}.", f"{limit}{observed}", f"{observed}\x7f{limit}\x80"]
    return Check(draw(text()), observed, limit, draw(outcomes()), draw(text() | st.sampled_from(repeating)))


def any_verdict() -> st.SearchStrategy[Verdict]:
    points = st.integers(-(2**40), 2**40)
    parts = st.lists(st.builds(ScorePart, text(), points), max_size=5).map(tuple)
    return st.builds(Verdict, outcomes(), st.lists(checks(), max_size=30).map(tuple), points, parts)


def verdict(size: str = "4 GB", seeders: int = 5, *, passed: bool = True) -> Verdict:
    """What an evaluation gives."""
    sentence = "" if passed else f"{size} is too big: at most 9 GB."
    outcome = Outcome.ACCEPTED if passed else Outcome.REJECTED
    seen = (
        Check("monitored", "monitored", "monitored", Outcome.ACCEPTED),
        Check("size", size, "at most 9 GB", outcome, sentence),
        Check("seeders", str(seeders), "at least 1", Outcome.ACCEPTED),
    )
    return Verdict(outcome, seen, 3010, (ScorePart("quality", 3000), ScorePart("peers", 10)))


def library(titles: int = 1) -> list[Movie]:
    profile = profiles.save_profile(make_profile("HD", ["WEB 1080p"]))
    return [
        movies.insert(Movie(0, MovieInfo(id_, f"Salt {id_}", 2025), (Slot(0, "", profile.id, "/f"),), f"/f/{id_}"))
        for id_ in range(1, titles + 1)
    ]


def seen(count: int, now: datetime = NOW) -> list[int]:
    """Ids of so many releases."""
    title = "Salt.2025.1080p.WEB-DL.H.264-KITE"
    offered = [Candidate(Release(f"g{n}", title), parse_release(title), 1, "HDB") for n in range(count)]
    return [candidate.release_id for candidate in releases.remember(offered, now)]


def stored(folder: Path, work: Callable[[], T]) -> T:
    async def run() -> T:
        async with database(folder) as db:
            return await db.run(work)

    return asyncio.run(run())


def told(movie: Movie) -> list[tuple[Verdict, datetime, datetime]]:
    return [(one.verdict, one.first, one.last) for one in verdicts.of_movie(movie.id)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(any_verdict(), min_size=1, max_size=12))
def test_any_verdicts_come_back_as_they_were_given(tmp_path: Path, given: list[Verdict]) -> None:
    for left in tmp_path.glob("test.db*"):
        left.unlink()

    def work() -> None:
        (movie,) = library()
        ids = seen(len(given))
        half = len(given) // 2
        verdicts.remember(movie.slot.id, zip(ids[:half], given[:half], strict=True), NOW, MARK)
        verdicts.remember(movie.slot.id, zip(ids[half:], given[half:], strict=True), NOW, MARK)
        back = {one.release_id: one for one in verdicts.of_movie(movie.id)}
        assert [back[id_].verdict for id_ in ids] == given
        assert {one.profile for one in back.values()} == {MARK}

    stored(tmp_path, work)


def test_the_same_answer_again_only_moves_its_date_and_what_was_observed(tmp_path: Path) -> None:
    def work() -> None:
        (movie,), (id_,) = library(), seen(1)
        for hour, seeders in enumerate([5, 5, 17]):
            verdicts.remember(movie.slot.id, [(id_, verdict(seeders=seeders))], NOW + hour * HOUR, MARK)
        assert told(movie) == [(verdict(seeders=17), NOW, NOW + 2 * HOUR)]
        for hour, passed in enumerate([False, True, False, True], 3):
            verdicts.remember(movie.slot.id, [(id_, verdict(passed=passed))], NOW + hour * HOUR, MARK)
        assert told(movie) == [
            (verdict(passed=False), NOW + 3 * HOUR, NOW + 5 * HOUR),
            (verdict(), NOW, NOW + 6 * HOUR),
        ]
        newest = verdicts.newest(id_, movie.id)
        assert newest is not None
        assert newest.verdict == verdict()
        assert verdicts.newest_of_releases([id_]) == {id_: [verdict()]}

    stored(tmp_path, work)


def test_another_version_of_the_profile_is_another_answer(tmp_path: Path) -> None:
    def work() -> list[Judgement]:
        (movie,), (id_,) = library(), seen(1)
        for hour, mark in enumerate([MARK, ProfileMark(1, 2), ProfileMark(7, 1), None, MARK]):
            verdicts.remember(movie.slot.id, [(id_, verdict())], NOW + hour * HOUR, mark)
        return verdicts.of_movie(movie.id)

    judged = stored(tmp_path, work)
    assert [(one.profile.profile_id, one.profile.version) for one in judged] == [(1, 2), (7, 1), (1, 1)]
    assert [one.last - one.first for one in judged] == [0 * HOUR, HOUR, 4 * HOUR]


def test_each_slot_has_verdicts_of_its_own(tmp_path: Path) -> None:
    def work() -> None:
        (one, other), (id_,) = library(2), seen(1)
        verdicts.remember(one.slot.id, [(id_, verdict())], NOW, MARK)
        verdicts.remember(other.slot.id, [(id_, verdict(passed=False))], NOW, MARK)
        assert [told(movie)[0][0].accepted for movie in (one, other)] == [True, False]
        assert len(verdicts.newest_of_releases([id_])[id_]) == 2
        movies.delete(one.id)
        assert verdicts.newest_of_releases([id_]) == {id_: [verdict(passed=False)]}

    stored(tmp_path, work)


def test_old_verdicts_go_with_their_words_and_releases_and_new_ones_stay_whole(tmp_path: Path) -> None:
    def work() -> None:
        (movie,), ids = library(), seen(40)
        later = NOW + 100 * DAY
        for number, id_ in enumerate(ids):
            verdicts.remember(movie.slot.id, [(id_, verdict(f"{number} GB"))], NOW, MARK)
        words, sheets = count("word"), count("sheet")
        assert sheets >= 1
        kept = ids[:2]
        verdicts.remember(movie.slot.id, [(kept[0], verdict("0 GB"))], later, MARK)
        verdicts.remember(movie.slot.id, [(kept[1], verdict("new", passed=False))], later, MARK)
        (again,) = releases.remember([Candidate(Release("g2", "again"), parse_release("again"), 1, "HDB")], later)
        cutoff = NOW + 50 * DAY
        assert verdicts.forget(cutoff, 30) == 30
        assert verdicts.forget(cutoff, 30) == 9
        assert verdicts.forget(cutoff, 30) == 0
        verdicts.forget_shared(cutoff)
        assert releases.forget(cutoff, 1000) == 37
        assert {one.release_id: one.verdict for one in verdicts.of_movie(movie.id)} == {
            kept[0]: verdict("0 GB"),
            kept[1]: verdict("new", passed=False),
        }
        assert count("word") < words - 30
        assert releases.get(again.release_id) is not None

    stored(tmp_path, work)


def test_a_thousand_verdicts_of_one_search_take_little_room(tmp_path: Path) -> None:
    def work() -> int:
        (movie,), ids = library(), seen(1200)
        given = [(id_, verdict(f"{n % 90}.{n % 7} GB", n % 300, passed=n % 3 > 0)) for n, id_ in enumerate(ids)]
        before = room()
        verdicts.remember(movie.slot.id, given, NOW, MARK)
        assert dict(given) == {one.release_id: one.verdict for one in verdicts.of_movie(movie.id)}
        return room() - before

    assert stored(tmp_path, work) < 150 * 1200


def room() -> int:
    """Bytes of the database."""
    ((pages,),), ((size,),) = sql.execute("PRAGMA page_count"), sql.execute("PRAGMA page_size")
    return int(pages * size)


def count(table: str) -> int:
    ((number,),) = sql.execute(f"SELECT count(*) FROM {table}")
    return int(number)


def test_verdicts_of_the_first_tables_are_carried_over(tmp_path: Path) -> None:
    old = tmp_path / "migrations"
    old.mkdir()
    for step in sorted(MIGRATIONS.glob("0*.py")):
        if step.name < "0004":
            shutil.copy(step, old)
    title = "Salt.2025.1080p.WEB-DL.H.264-KITE"
    given = [verdict(), verdict(passed=False), replace(verdict(), score=-5), Verdict(Outcome.DELAYED, ())]

    async def fill() -> None:
        db = Database(tmp_path / "test.db", old)
        await db.open()
        await db.run(lambda: old_rows(title, given))
        await db.close()

    asyncio.run(fill())

    def work() -> None:
        assert [one.verdict for one in verdicts.of_movie(1)] == given
        (release,) = {one.id: one for one in releases.of_movie(1)}.values()
        assert (release.parsed, release.judged) == (parse_release(title), NOW + 3 * HOUR)
        verdicts.remember(1, [(1, given[0])], NOW + 9 * HOUR)
        assert verdicts.of_movie(1)[-1].first == NOW
        verdicts.remember(1, [(1, verdict("7 GB"))], NOW + 10 * HOUR, MARK)
        assert [one.verdict for one in verdicts.of_movie(1)][-1] == verdict("7 GB")

    stored(tmp_path, work)


def old_rows(title: str, given: list[Verdict]) -> None:
    """As version 1 of the tables had them."""
    sql.execute("INSERT INTO quality_profile (id, name, items, cutoff, upgrades) VALUES (1, 'HD', '[]', 0, 1)")
    sql.execute("INSERT INTO movie VALUES (1, 7, '', 'Salt', 2025, '{}', '/f', 1, 'released', '[]', 0, NULL)")
    sql.execute("INSERT INTO slot VALUES (1, 1, '', 0, 1, '/f')")
    release = msgspec.json.encode(Release("g", title)).decode()
    parsed = '{"name": "x", "title": "Salt", "codec": "x264"}'
    sql.execute("INSERT INTO release VALUES (1, 1, 'HDB', 25, 'g', '', ?, ?, ?, 0, 0, 1)", title, release, parsed)
    for hour, one in enumerate(given):
        at = int((NOW + hour * HOUR).timestamp()) * 1_000_000
        body = msgspec.json.encode(one).decode()
        sql.execute("INSERT INTO verdict VALUES (NULL, 1, 1, 1, 'accepted', 0, ?, ?, ?)", body, at, at)
