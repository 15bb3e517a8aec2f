"""`calendar` and `plan`: what is to come, and what a search takes; `indexers list` with what they may be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import movies
from tests.cli.conftest import Run
from tests.fakes.told import CLIENT, telling
from tests.fixtures_engine import RunningEngine

MANY = 14
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[RunningEngine]:
    """Return a program with more missing movies than its indexer's hour has room for, and one that comes out."""
    with telling(tmp_path, "Anchor", config=CLIENT, settings={"Anchor": {"hourly": 4}}) as (running, _):
        profile = running.do(running.engine.profiles.all())[0]

        def fill() -> None:
            for number in range(1, MANY + 1):
                out = date(2020, 1, 1) if number < MANY else datetime.now().astimezone().date() + timedelta(days=9)
                info = MovieInfo(number, f"Film {number}", 2020, f"tt{number:07}", digital_release=out)
                movies.insert(Movie(0, info, (Slot(0, "", profile.id, "/m"),), f"/m/{number}"))

        running.do(running.engine.db.run(fill))
        yield running


def test_the_calendar_tells_what_comes_out_and_who_stands_in_line(run: Run, program: RunningEngine) -> None:
    program.do(program.engine.backlog.work())
    ran = run("calendar")
    assert ran.code == 0
    assert re.search(rf"^ ?\d+ \w+( \d+)? +digital +Film {MANY}$", ran.out, re.MULTILINE)
    assert re.search(r"^in line +Anchor +Film 4 \(2020\) +It was not searched there yet.$", ran.out, re.MULTILINE)
    assert "and 4 more: --all shows them" in ran.out
    assert f"10 movies in line for Anchor, about 4{NBSP}h at its limits." in ran.out
    everything = run("calendar", "--all").out
    assert "more: --all" not in everything
    assert "Again after 1 day" in everything
    assert [one["waiting"] for one in run("calendar", "--json").json["lines"]] == [10]
    assert "Nothing comes out in 2" in run("calendar", "--days", "2").out
    for client in program.do(program.engine.plugins.instances("download_client")):
        program.do(program.engine.plugins.remove(client.id))
    assert "No download client is set up. Add one in the settings" in run("calendar").out


def test_a_plan_is_told_before_it_begins(run: Run, program: RunningEngine) -> None:
    ran = run("plan")
    assert ran.code == 0
    assert re.search(r"^13 searches, .* at your limits\.$", ran.out.replace(NBSP, " "), re.MULTILINE)
    assert re.search(r"^Anchor +13 ", ran.out, re.MULTILINE)
    assert ran.out.endswith("Nothing was begun: --start begins it.\n")
    assert program.do(program.engine.jobs.of_kind("search_movie")) == []
    assert run("plan", "Film", "7").out.startswith("1 search, ")
    assert run("plan", "No such film").code == 4
    assert run("plan", "Film 7", "--start").out.endswith("It has begun.\n")
    for client in program.do(program.engine.plugins.instances("download_client")):
        program.do(program.engine.plugins.remove(client.id))
    assert "They wait. No download client is set up. Add one in the settings" in run("plan").out


def test_many_searches_tell_how_far_they_are_and_stop(run: Run, program: RunningEngine) -> None:
    assert "Under way" not in run("plan").out
    assert run("plan", "--stop", "--start").code == 2
    assert run("plan", "--start").out.endswith("It has begun.\n")
    progress = program.engine.mass_search.progress
    program.wait_for(lambda: program.do(progress()).left == 10, "three are searched, and the hour is spent")
    told = r"^Under way: 3 of 13 movies searched, \d\.\d h to go\.$"
    assert re.search(told, run("plan").out.replace(NBSP, " "), re.MULTILINE)
    told_json = run("plan", "--json").json["progress"]
    assert (told_json["begun"], told_json["left"]) == (13, 10)
    assert run("plan", "--stop").out.replace(NBSP, " ") == "Stopped: 10 movies left unsearched.\n"
    assert run("plan", "--json").json["progress"]["left"] == 0
    assert run("plan", "--stop").out.replace(NBSP, " ") == "Stopped: 0 movies left unsearched.\n"


def test_indexers_tell_what_they_may_be_asked_and_when_again(run: Run, program: RunningEngine) -> None:
    program.do(program.engine.backlog.work())
    assert re.search(r"Anchor +ok +3 of 4 +3 +0$", run("indexers", "list").out, re.MULTILINE)
    (live,) = program.engine.plugins.indexers()
    live.guard.leave_alone("Anchor asked for a pause.", 600.0)
    ran = run("indexers", "list").out
    row = r"Anchor +left alone +3 of 4 +(\d+ \w+ )?\d\d:\d\d +3 +0 +Anchor asked for a pause\.$"
    assert re.search(row, ran, re.MULTILINE)
    assert "Anchor asked for a pause. It is left alone until " in run("status").out
