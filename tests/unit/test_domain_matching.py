"""Which movie a release is of, and from when on it is looked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from radarr_desktop.domain.matching import Library, Match, is_of, title_key
from radarr_desktop.domain.movie import Availability, Movie, is_available
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.plugin_api import MovieInfo, Release


def movie(id: int, title: str, year: int, *, imdb: str = "", others: tuple[str, ...] = ()) -> Movie:
    return Movie(id, MovieInfo(id, title, year, imdb, alternative_titles=others), (), "")


SALT = movie(1, "The Salt Meridian", 2025, imdb="tt9000001", others=("Der Salzmeridian",))
REMAKE = movie(2, "The Salt Meridian", 1987, imdb="tt9000002")
ROAD = movie(3, "Salt Meridian Road II", 2019, imdb="tt9000003")
LIBRARY = Library([SALT, REMAKE, ROAD])


def read(title: str, year: int = 0) -> ParsedRelease:
    return ParsedRelease(title, (title,), year)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Salt Meridian", "salt.meridian"),
        ("Salt Meridian, The", "The Salt Meridian"),
        ("Amélie", "Amelie"),
        ("Fast & Furious", "Fast and Furious"),
        ("Don't Look", "Dont Look"),
        ("Straße", "STRASSE"),
        ("Rocky II", "Rocky 2"),
        ("Salt XIV", "salt 14"),
        ("Salt-Meridian: Road", "Salt Meridian Road"),
        ("七人の侍", "七人の侍"),
    ],
)
def test_two_spellings_of_a_title_are_one(one: str, other: str) -> None:
    assert title_key(one) == title_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("V", "5"), ("The", "A"), ("Rocky", "Rocky II"), ("X", "10")])
def test_two_titles_stay_two(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


def test_the_year_decides_between_two_of_one_title() -> None:
    assert LIBRARY.match(read("The Salt Meridian", 1987)).movie is REMAKE
    assert LIBRARY.match(read("Der Salzmeridian", 2025)).movie is SALT


def test_what_fits_two_movies_is_never_guessed() -> None:
    assert LIBRARY.match(read("The Salt Meridian")) == Match(choices=(SALT, REMAKE))


def test_a_year_next_to_the_right_one_is_another_movie() -> None:
    assert LIBRARY.match(read("The Salt Meridian", 2024)) == Match()


def test_nothing_known_is_no_match() -> None:
    assert LIBRARY.match(read("Iron Petal", 2025)) == Match()
    assert LIBRARY.match(ParsedRelease("d41d8cd98f00b204")) == Match()


def test_an_id_names_the_movie_whatever_the_title_says() -> None:
    by_imdb, by_tmdb = Release("1", "x", imdb_id="tt9000001"), Release("1", "x", tmdb_id=1)
    for release in (by_imdb, by_tmdb):
        assert LIBRARY.match(read("El meridiano", 2025), release).movie is SALT
        assert LIBRARY.match(read("El meridiano"), release).movie is SALT


def test_an_id_with_another_year_proves_nothing() -> None:
    release = Release("1", "x", imdb_id="tt9000001")
    assert LIBRARY.match(read("El meridiano", 2011), release) == Match()
    assert LIBRARY.match(read("The Salt Meridian", 1987), release).movie is REMAKE


def test_ids_of_two_movies_are_a_question() -> None:
    release = Release("1", "x", imdb_id="tt9000001", tmdb_id=3)
    assert LIBRARY.match(read("x"), release) == Match(choices=(SALT, ROAD))


def test_one_movie_asked_about() -> None:
    assert is_of(ROAD, parse_release("Salt.Meridian.Road.2.2019.1080p.WEB-DL.x264-TIDE"))
    assert not is_of(SALT, parse_release("Salt.Meridian.Road.2.2019.1080p.WEB-DL.x264-TIDE"))


def wanted(since: Availability, **dates: date) -> Movie:
    return replace(SALT, info=replace(SALT.info, **dates), minimum_availability=since)  # type: ignore[arg-type]


TODAY, BEFORE, AFTER = date(2025, 6, 1), date(2025, 5, 31), date(2025, 6, 2)


@pytest.mark.parametrize(
    ("movie", "out"),
    [
        (wanted(Availability.ANNOUNCED), True),
        (wanted(Availability.IN_CINEMAS, in_cinemas=TODAY), True),
        (wanted(Availability.IN_CINEMAS, in_cinemas=AFTER, digital_release=BEFORE), False),
        (wanted(Availability.IN_CINEMAS, digital_release=BEFORE), True),
        (wanted(Availability.RELEASED, in_cinemas=BEFORE), False),
        (wanted(Availability.RELEASED, in_cinemas=date(2025, 3, 3)), True),
        (wanted(Availability.RELEASED, in_cinemas=date(2025, 3, 4)), False),
        (wanted(Availability.RELEASED, in_cinemas=date(2024, 1, 1), physical_release=AFTER), False),
        (wanted(Availability.RELEASED, physical_release=AFTER, digital_release=TODAY), True),
        (wanted(Availability.RELEASED), False),
        (wanted(Availability.IN_CINEMAS), False),
    ],
)
def test_a_movie_is_looked_for_from_its_day_on(movie: Movie, out: bool) -> None:
    assert is_available(movie, TODAY) is out
