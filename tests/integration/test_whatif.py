"""What-if on the real engine and its processes: no network, the same answer every time, stopped when told to."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.blocklist import Blocked
from radarr_desktop.domain.decision import Candidate, Situation, evaluate
from radarr_desktop.domain.decision.replay import Difference
from radarr_desktop.domain.events import WhatIfProgressed
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import QualityProfile, make_profile
from radarr_desktop.domain.records import ProfileMark
from radarr_desktop.engine.decisions import whatif
from radarr_desktop.engine.decisions.whatif import USUAL_DAYS, Proposal, WhatIfAnswer
from radarr_desktop.engine.settings import MemorySettings
from radarr_desktop.plugin_api import MovieInfo, Release
from radarr_desktop.store import blocklist, movies, profiles, releases, sql, verdicts
from tests.fixtures_engine import PATIENCE, RunningEngine, running_engine

GB = 1024**3
STARVED = 3 * PATIENCE
"""Seconds: the processes of a replay give way to all others, and get little of a busy machine."""
NOW = datetime.now(UTC)
KINDS = ("1080p.WEB-DL.DDP5.1.H.264", "1080p.BluRay.x264", "2160p.WEB-DL.DDP5.1.H.265", "720p.HDTV.x264", "CAM.x264")
GUARD = """
import os, sys
def guard(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        with open({file!r}, "a") as file:
            file.write(f"{{os.getpid()}} {{event}} {{args}}\\n")
with open({file!r} + ".pids", "a") as file:
    file.write(f"{{os.getpid()}}\\n")
sys.addaudithook(guard)
"""


def fill(count: int, each: int) -> tuple[QualityProfile, list[Movie]]:
    """So many movies with as many judged releases; every second one has a file."""
    profile = profiles.save_profile(make_profile("HD", ["WEB 1080p", "Bluray-1080p"], upgrades=False))
    made = [_movie(number, profile, each) for number in range(1, count + 1)]
    return profile, made


def _movie(number: int, profile: QualityProfile, each: int) -> Movie:
    info = MovieInfo(number, f"Film {number}", 1990, runtime=100, digital_release=date(2020, 1, 1))
    movie = movies.insert(Movie(0, info, (Slot(0, "", profile.id, "/l"),), f"/l/{number}"))
    if number % 2 == 0:
        title = f"Film.{number}.1990.1080p.WEB-DL.DDP5.1.H.264-OLD"
        parsed = parse_release(title)
        file = MovieFile(
            0, movie.id, movie.slot.id, f"/l/{number}.mkv", 3 * GB, NOW, parsed.quality, group="OLD",
            release_title=title,
        )  # fmt: skip
        movies.set_file(file)
    names = [f"Film.{number}.1990.{KINDS[place % len(KINDS)]}-GRP{place}" for place in range(each)]
    seen = [
        Candidate(
            Release(f"{number} {place}", name, size=(4 + place % 5) * GB, seeders=5), parse_release(name), 1, "HDB"
        )
        for place, name in enumerate(names)
    ]
    known = releases.remember(seen, NOW)
    given = [(one.release_id, evaluate(one, movie, movie.slot, profile, Situation(NOW))) for one in known]
    verdicts.remember(movie.slot.id, given, NOW, ProfileMark(profile.id, 1))
    return movie


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEngine]:
    with running_engine(tmp_path) as running:
        yield running


def filled(running: RunningEngine, count: int, each: int) -> tuple[QualityProfile, list[Movie]]:
    return running.do(running.engine.db.run(lambda: fill(count, each)))


def replayed(running: RunningEngine, proposal: Proposal, days: int = USUAL_DAYS) -> WhatIfAnswer:
    """What would be different."""
    return running.do(running.engine.whatif.replay(proposal, days=days), STARVED)


def better(profile: QualityProfile) -> QualityProfile:
    return replace(make_profile("HD", ["WEB 1080p", "Bluray-1080p", "WEB 2160p"]), id=profile.id)


def ids(differences: Sequence[Difference]) -> list[tuple[int, int, int]]:
    return [
        (one.movie_id, one.before.release_id if one.before else 0, one.after.release_id if one.after else 0)
        for one in differences
    ]


def test_many_releases_are_replayed_aside_and_nobody_is_asked(
    running: RunningEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile, made = filled(running, 30, 20)
    told = tmp_path / "sockets.txt"
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD.format(file=str(told)))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "guard"), *map(str, sys.path)]))
    asked: list[Any] = []
    guarded = [True]
    sys.addaudithook(lambda event, args: asked.append((event, args)) if guarded and _is_network(event) else None)
    answer = replayed(running, Proposal({profile.id: better(profile)}))
    guarded.clear()
    workers = set(told.with_name("sockets.txt.pids").read_text().split())
    assert len(workers - {str(os.getpid())}) >= 1
    assert not told.exists()
    assert asked == []
    assert (answer.releases, answer.slots, answer.is_weak) == (600, 30, False)
    assert len(answer.upgrades) == 15
    assert len(answer.swaps) == 15
    assert (answer.drops, answer.loops) == ([], ())
    assert {one.after.quality for one in answer.swaps if one.after} == {"WEBDL-2160p"}
    assert answer.bytes > 15 * 4 * GB
    again = replayed(running, Proposal({profile.id: better(profile)}))
    assert again.compared == answer.compared
    alone = [running.do(_of_movie(running, movie, better(profile))) for movie in made[:3]]  # few: in this process
    found = [one for some in alone for one in some.compared.differences]
    assert ids(found) == ids([one for one in answer.compared.differences if one.movie_id <= 3])


def _is_network(event: str) -> bool:
    return event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto")


async def _of_movie(running: RunningEngine, movie: Movie, profile: QualityProfile) -> whatif.WhatIfAnswer:
    """The answer for a profile that only this movie has."""

    def work() -> int:
        own = profiles.save_profile(replace(make_profile(movie.title, ["WEB 1080p", "Bluray-1080p"], upgrades=False)))
        movies.update(replace(movie, slots=(replace(movie.slot, profile_id=own.id),)))
        return own.id

    own = await running.engine.db.run(work)
    return await running.engine.whatif.replay(Proposal({own: profile}))


def test_a_profile_that_stays_as_it_is_changes_nothing(running: RunningEngine) -> None:
    profile, _ = filled(running, 4, 10)
    same = replayed(running, Proposal({profile.id: replace(profile)}))
    assert (same.releases, same.compared.differences) == (0, ())
    renamed = replayed(running, Proposal({profile.id: replace(profile, name="Other")}))
    assert (renamed.releases, renamed.compared.differences) == (40, ())
    sized = {
        quality.id: replace(profile.limits(quality), most=1.0) for item in profile.items for quality in item.qualities
    }
    smaller = replayed(running, Proposal(definitions=sized))
    assert len(smaller.drops) == 2
    assert smaller.bytes < 0
    assert smaller.is_weak


def test_what_is_blocked_or_too_long_ago_does_not_count(running: RunningEngine) -> None:
    profile, made = filled(running, 1, 5)
    proposal = Proposal({profile.id: better(profile)})
    best = "Film.1.1990.2160p.WEB-DL.DDP5.1.H.265-GRP2"
    answer = replayed(running, proposal)
    assert [one.after.title for one in answer.swaps if one.after] == [best]
    running.do(running.engine.db.run(lambda: blocklist.put(Blocked(0, made[0].id, best, "fake", NOW, indexer="HDB"))))
    assert replayed(running, proposal).swaps == []
    long_ago = int((NOW - timedelta(days=10)).timestamp() * 1000)
    running.do(running.engine.db.run(lambda: sql.change("UPDATE verdict SET last = ?", long_ago)))
    assert replayed(running, proposal, days=9).releases == 0
    assert replayed(running, proposal, days=11).releases == 5


def test_a_profile_that_is_not_there_cannot_be_replaced(running: RunningEngine) -> None:
    with pytest.raises(Problem, match="no quality profile 4711") as refused:
        replayed(running, Proposal({4711: make_profile("HD", ["CAM"])}))
    assert refused.value.kind is Kind.NOT_FOUND


def test_it_tells_how_far_it_is_and_can_be_stopped(running: RunningEngine) -> None:
    profile, _ = filled(running, 120, 30)
    work = running.engine.whatif.replay(Proposal({profile.id: better(profile)}))
    future = asyncio.run_coroutine_threadsafe(work, running.loop)
    progress = running.wait_for_event(WhatIfProgressed, STARVED)
    assert 0 < progress.done <= progress.total == 3600
    future.cancel()
    running.wait_for(lambda: not multiprocessing.active_children(), "the end of the processes", STARVED)
    assert replayed(running, Proposal({profile.id: profile})).releases == 0


def test_a_replay_whose_processes_are_killed_says_so(running: RunningEngine) -> None:
    profile, _ = filled(running, 120, 30)
    work = running.engine.whatif.replay(Proposal({profile.id: better(profile)}))
    future = asyncio.run_coroutine_threadsafe(work, running.loop)
    running.wait_for_event(WhatIfProgressed, STARVED)
    for child in multiprocessing.active_children():
        child.kill()
    with pytest.raises(Problem, match="broke off"):
        future.result(STARVED)


def test_names_are_read_again_by_a_new_version_of_the_program(running: RunningEngine) -> None:
    _, made = filled(running, 2, 5)
    engine = running.engine
    change = """UPDATE release SET parsed = '{"name": "x"}', formats = '[7]', formats_of = 'old'"""
    running.do(engine.db.run(lambda: sql.change(change)))
    running.do(engine.memory.read_anew(), STARVED)
    (seen, *_) = running.do(engine.decisions.why(made[0].id)).releases
    assert seen.parsed == parse_release(seen.release.title)
    assert running.do(engine.db.read(lambda: sql.execute("SELECT DISTINCT formats, formats_of FROM release"))) == [
        ("[]", "")
    ]
    running.do(engine.db.run(lambda: sql.change(change)))
    running.do(engine.memory.read_anew(), STARVED)
    assert running.do(engine.decisions.why(made[0].id)).releases[0].parsed.name == "x"


def test_what_is_older_than_wanted_is_forgotten_by_the_housekeeping(running: RunningEngine) -> None:
    _, made = filled(running, 3, 10)
    old = int((NOW - timedelta(days=40)).timestamp() * 1000)
    engine = running.engine
    change = "UPDATE verdict SET last = ? WHERE slot_id = ?"
    running.do(engine.db.run(lambda: sql.change(change, old, made[0].slot.id)))
    running.do(engine.memory.forget())
    assert len(running.do(engine.decisions.why(made[0].id)).releases) == 10
    running.do(engine.settings.save_memory(MemorySettings(30)))
    running.do(engine.jobs.enqueue("housekeeping"))
    running.wait_for(lambda: not running.do(engine.decisions.why(made[0].id)).releases, "the forgetting")
    assert len(running.do(engine.decisions.why(made[1].id)).releases) == 10
    with pytest.raises(Problem, match="cannot be meant"):
        running.do(engine.settings.save_memory(MemorySettings(0)))
