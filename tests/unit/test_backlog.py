"""When a movie is searched next, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from radarr_desktop.domain.backlog import STEPS, Turn, Why, behind, first, reason, revised, searched
from radarr_desktop.domain.movie import Availability, Movie, Slot
from radarr_desktop.plugin_api import MovieInfo

ADDED = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = ADDED.astimezone().day
"""Where these tests run."""
DAY = timedelta(days=1)


def movie(availability: Availability = Availability.RELEASED, **dates: Any) -> Movie:
    info = MovieInfo(1, "Iron Petal", 2026, **dates)
    return Movie(1, info, (Slot(1, "", 1, "/m"),), "/m/1", minimum_availability=availability, added=ADDED)


OUT = movie(digital_release=date(2025, 1, 1))


def begun(one: Movie, profile: str = "1.1") -> Turn:
    turn = first(one, ADDED, profile)
    assert turn is not None
    return turn


def test_the_first_search_is_due_when_the_movie_is_added_or_out() -> None:
    assert begun(OUT) == Turn(ADDED, Why.NEW, profile="1.1")
    assert begun(movie(Availability.ANNOUNCED)).due == ADDED
    later = movie(digital_release=date(2026, 4, 10), physical_release=date(2026, 5, 1))
    assert begun(later) == Turn(datetime(2026, 4, 10, tzinfo=UTC), Why.DIGITAL, profile="1.1")
    delayed = first(later, ADDED, "1.1", delay=2)
    assert delayed is not None
    assert delayed.due == datetime(2026, 4, 12, tzinfo=UTC)
    guessed = begun(movie(in_cinemas=date(2026, 3, 1)))
    assert (guessed.due, guessed.why) == (datetime(2026, 5, 30, tzinfo=UTC), Why.HOME)
    cinema = begun(movie(Availability.IN_CINEMAS, in_cinemas=date(2026, 4, 1)))
    assert (cinema.due, cinema.why) == (datetime(2026, 4, 1, tzinfo=UTC), Why.CINEMA)
    assert first(movie(), ADDED, "1.1") is None


def test_searches_that_bring_nothing_become_rarer() -> None:
    turn, now = begun(OUT), ADDED
    pauses = []
    for _ in range(7):
        turn = searched(OUT, turn, now, "1.1")
        pauses.append((turn.due - now).days)
        now = turn.due
    assert pauses == [1, 3, 7, 30, 90, 90, 90]
    assert turn.why is Why.AGAIN


def test_a_date_that_passes_makes_the_next_search_sooner_and_those_after_it_too() -> None:
    one = movie(digital_release=date(2025, 1, 1), physical_release=date(2026, 3, 9))
    turn = searched(one, Turn(ADDED, Why.AGAIN, 2, ADDED - 7 * DAY, "1.1"), ADDED, "1.1")
    assert (turn.due, turn.why, turn.step) == (datetime(2026, 3, 9, tzinfo=UTC), Why.DISC, 3)
    then = searched(one, turn, turn.due, "1.1")
    assert (then.due - turn.due, then.why, then.step) == (STEPS[0], Why.AGAIN, 0)


def test_a_cinema_date_counts_only_where_copies_from_there_are_wanted() -> None:
    days = date(2025, 1, 1), date(2026, 3, 2)
    asked = Turn(ADDED, Why.AGAIN, 3, ADDED - 7 * DAY, "1.1")
    assert searched(movie(digital_release=days[0], in_cinemas=days[1]), asked, ADDED, "1.1").why is Why.AGAIN
    assert (
        searched(movie(Availability.IN_CINEMAS, digital_release=days[0], in_cinemas=days[1]), asked, ADDED, "1.1").why
        is Why.CINEMA
    )


def test_a_changed_profile_is_reason_enough_once() -> None:
    turn = replace(searched(OUT, begun(OUT), ADDED, "1.1"), step=3)
    now = ADDED + DAY / 2
    changed = revised(OUT, turn, now, "1.2")
    assert changed is not None
    assert (changed.due, changed.why, changed.asked) == (now, Why.PROFILE, ADDED)
    assert revised(OUT, changed, now + DAY, "1.2") == changed
    after = searched(OUT, changed, now, "1.2")
    assert (after.due, after.why, after.step) == (now + STEPS[0], Why.AGAIN, 0)
    assert revised(OUT, changed, now, "1.1") == revised(OUT, turn, now, "1.1")


def test_dates_that_come_to_be_known_move_what_is_planned() -> None:
    planned = begun(movie(in_cinemas=date(2026, 3, 1)))
    known = movie(in_cinemas=date(2026, 3, 1), digital_release=date(2026, 4, 2))
    moved = revised(known, planned, ADDED, "1.1")
    assert moved is not None
    assert (moved.due, moved.why) == (datetime(2026, 4, 2, tzinfo=UTC), Why.DIGITAL)
    turn = searched(OUT, Turn(ADDED, Why.AGAIN, 3, ADDED - DAY, "1.1"), ADDED, "1.1")
    sooner = revised(replace(OUT, info=replace(OUT.info, physical_release=date(2026, 3, 20))), turn, ADDED, "1.1")
    assert sooner is not None
    assert (sooner.due, sooner.why) == (datetime(2026, 3, 20, tzinfo=UTC), Why.DISC)
    assert revised(OUT, sooner, ADDED, "1.1") == turn


def test_after_a_search_elsewhere_it_goes_behind_those_that_were_searched_nowhere() -> None:
    released = movie(digital_release=date(2026, 3, 10))
    now, waits = datetime(2026, 3, 12, tzinfo=UTC), begun(released, "1.1")
    moved = behind(waits, now)
    assert moved == Turn(now, Why.NEW, profile="1.1")
    assert revised(released, moved, now + DAY, "1.2") == replace(moved, profile="1.2")
    later = movie(digital_release=date(2026, 3, 20))
    assert revised(later, moved, now + DAY, "1.1") == begun(later)
    assert behind(begun(later), now) == begun(later)


@pytest.mark.parametrize(
    ("turn", "sentence"),
    [
        (Turn(ADDED, Why.NEW), "It was not searched there yet."),
        (Turn(ADDED, Why.DIGITAL), "Its digital release is on 1 Mar."),
        (Turn(ADDED, Why.AGAIN, 2, ADDED), f"Again after 7 days (last: {TODAY} Mar)."),
        (Turn(ADDED, Why.AGAIN, 0, ADDED), f"Again after 1 day (last: {TODAY} Mar)."),
        (Turn(ADDED, Why.PROFILE, 0, ADDED), "Its quality profile was changed since it was last searched."),
    ],
)
def test_every_reason_is_a_sentence(turn: Turn, sentence: str) -> None:
    assert reason(turn) == sentence
