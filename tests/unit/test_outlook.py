"""When a movie is searched next, or why it is not, as people read it."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta

import pytest

from radarr_desktop.domain.backlog import Turn, Why
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import UNKNOWN
from radarr_desktop.engine.search.outlook import Line, Place, foreseen, planned, why_not
from radarr_desktop.plugin_api import MovieInfo

NOON = datetime(2026, 3, 1, 12).astimezone().astimezone(UTC)
NEW = "It was not searched there yet."


def searched(due: datetime) -> str:
    return foreseen(planned(1, "Iron Petal", Turn(due, Why.NEW), "Anchor"), None, None, NOON)


def test_a_planned_search_says_when_where_and_why() -> None:
    assert searched(NOON + timedelta(hours=1)) == f"It is searched next at 13:00, at Anchor. {NEW}"
    assert searched(NOON + timedelta(days=1)) == f"It is searched next tomorrow at 12:00, at Anchor. {NEW}"
    assert searched(NOON + timedelta(days=9)) == f"It is searched next on 10 Mar, at Anchor. {NEW}"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(0, 20.0, ""), f"It stands in line for Anchor. {NEW}"),
        (Place(0, 900.0, ""), f"It stands in line for Anchor, which has room again in about 15 min. {NEW}"),
        (Place(1, 300.0, ""), f"It stands in line for Anchor, behind 1 other: about 5 min at its limits. {NEW}"),
        (Place(1203, 2e5, ""), f"It stands in line for Anchor, behind 1,203 others: about 2 days at its limits. {NEW}"),
        (
            Place(3, math.inf, "The key is wrong."),
            "It stands in line for Anchor, which does not work: The key is wrong.",
        ),
    ],
)
def test_who_is_due_is_told_its_place_in_the_line(place: Place, words: str) -> None:
    said = foreseen(planned(1, "Iron Petal", Turn(NOON, Why.NEW), "Anchor"), place, None, NOON)
    assert said.replace("\N{NO-BREAK SPACE}", " ") == words


def test_what_holds_all_up_is_told_instead() -> None:
    held = Problem(Kind.CONFLICT, "Movies are not searched.", "No download client is set up.", "Add one.")
    said = foreseen(planned(1, "Iron Petal", Turn(NOON, Why.NEW), "Anchor"), Place(0, 0.0, ""), held, NOON)
    assert said == "It is not searched by itself. No download client is set up. Add one."


def test_a_line_is_as_long_as_its_last_movie_waits() -> None:
    said = [Line("Anchor", place).sentence for place in (Place(0, 20.0, ""), Place(9654, 1.1e6, ""))]
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in said] == [
        "1 movie in line for Anchor, about 1 min at its limits.",
        "9,655 movies in line for Anchor, about 13 days at its limits.",
    ]
    broken = Line("Anchor", Place(1, math.inf, "The key is wrong.")).sentence
    assert broken == "2 movies in line for Anchor, which does not work: The key is wrong."


def test_no_search_has_its_reason_too() -> None:
    info = MovieInfo(1, "Iron Petal", 2026, digital_release=date(2026, 1, 1))
    movie = Movie(1, info, (Slot(1, "", 1, "/m"),), "/m/1")
    assert why_not(Movie(1, info, movie.slots, "/m/1", monitored=False), has_indexer=True).endswith("not monitored.")
    assert why_not(movie, has_indexer=False).endswith("no indexer is on for it.")
    unknown = Movie(1, MovieInfo(1, "Iron Petal", 2026), movie.slots, "/m/1")
    assert why_not(unknown, has_indexer=True).endswith("nobody knows when it will be out.")
    file = MovieFile(1, 1, 1, "/m/1/a.mkv", 1, NOON, UNKNOWN)
    there = Movie(1, info, (Slot(1, "", 1, "/m", file),), "/m/1")
    assert why_not(there, has_indexer=True) == "Nothing better is looked for: its profile has what it wants."
