"""Which movie a release is of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radarr_desktop.domain.matching import Doubt, Library, Match, is_of, match_one, title_key
from radarr_desktop.domain.matching.keys import LONGEST, title_keys
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.plugin_api import MovieInfo, Release


def movie(id: int, title: str, year: int, *, imdb: str = "", others: tuple[str, ...] = ()) -> Movie:
    return Movie(id, MovieInfo(id, title, year, imdb, alternative_titles=others), (), "")


SALT = movie(1, "The Salt Meridian", 2025, imdb="tt9000001", others=("Der Salzmeridian",))
REMAKE = movie(2, "The Salt Meridian", 1987, imdb="tt9000002")
ROAD = movie(3, "Salt Meridian Road II", 2019, imdb="tt9000003")
LIBRARY = Library([SALT, REMAKE, ROAD])


def read(*titles: str, year: int = 0) -> ParsedRelease:
    return ParsedRelease(titles[0], titles, year)


def meet(one: str, other: str, *, loosely: bool = False) -> bool:
    a, b = title_keys(one), title_keys(other)
    exact = not set(a.exact).isdisjoint(b.exact)
    return not {*a.exact, *a.loose}.isdisjoint((*b.exact, *b.loose)) if loosely else exact


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Salt Meridian", "salt.meridian"),
        ("Salt Meridian, The", "The Salt Meridian"),
        ("Salt Meridian The", "The Salt Meridian"),
        ("Salzmeridian, Der", "Der Salzmeridian"),
        ("Ombra, L'", "L’ombra"),
        ("L Ombra", "L'Ombra"),
        ("Amélie", "Amelie"),
        ("Königin der Düne", "Koenigin der Duene"),
        ("Königin der Düne", "Konigin der Dune"),
        ("Ko\u0308nigin", "Königin"),
        ("Smørhavn", "Smorhavn"),
        ("Smørhavn", "Smoerhavn"),
        ("Ångström Bay", "Aangstroem Bay"),
        ("Straße", "STRASSE"),
        ("Salt & Iron", "Salt and Iron"),
        ("Salt & Iron", "Salt und Iron"),
        ("Salt & Iron", "Salt et Iron"),
        ("Salt & Iron", "Salt y Iron"),
        ("Salt + Iron", "Salt & Iron"),
        ("Sal y Hierro", "Sal & Hierro"),
        ("Don't Look", "Dont Look"),
        ("Don’t Look", "Don't Look"),
        ("Rocky II", "Rocky 2"),
        ("Salt XIV", "salt 14"),
        ("Salt Part II", "Salt 2"),
        ("Salt: Part Two", "Salt Part 2"),
        ("Salt Vol. 3", "Salt III"),
        ("Salz Teil 2", "Salz II"),
        ("Salt Part V: A New Tide", "Salt 5 A New Tide"),
        ("Salt³", "Salt 3"),
        ("Salt-Meridian: Road", "Salt Meridian Road"),
        ("S.A.L.T. Harbour", "SALT Harbour"),
        ("A.B. Harbour", "AB Harbour"),
        ("Sal·t", "Sal-t"),
        ("Ｓａｌｔ ２", "Salt 2"),
        ("塩の子午線", "塩の子午線"),
        ("Соляной меридиан", "СОЛЯНОЙ МЕРИДИАН"),
        ("Ёлка", "Елка"),
        ("소금", "\u1109\u1169\u1100\u1173\u11b7"),
        ("The Salt\u200b Meri\u00addian", "The Salt Meridian"),
    ],
)
def test_two_spellings_of_a_title_are_one(one: str, other: str) -> None:
    assert meet(one, other)
    assert meet(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("V", "5"),
        ("The", "A"),
        ("Salt", "Salt II"),
        ("X", "10"),
        ("Die Flut", "Flut"),
        ("Salt E", "Salt"),
        ("が", "か"),
        ("दिन", "दन"),
        ("Соль", "Мель"),
        ("Salt Part One", "Salt Part Two"),
    ],
)
def test_two_titles_stay_two(one: str, other: str) -> None:
    assert not meet(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Der Salzmeridian", "Salzmeridian"),
        ("La Sal", "Sal"),
        ("Salt & Iron", "Salt Iron"),
        ("Twelve Harbours", "12 Harbours"),
        ("Salt Part One", "Salt"),
        ("Salt 1", "Salt"),
    ],
)
def test_some_spellings_are_only_nearly_one(one: str, other: str) -> None:
    assert meet(one, other, loosely=True)
    assert not meet(one, other)


def test_a_word_that_is_an_article_elsewhere_is_dropped_where_the_language_is_known() -> None:
    assert not meet("Die Flut", "Flut", loosely=True)
    assert title_keys("Die Flut", ["de"]).loose == title_keys("Flut").loose
    flood = replace(movie(7, "The Flood", 1999), info=MovieInfo(7, "The Flood", 1999, "", "Die Flut", "de"))
    assert is_of(flood, read("Flut", year=1999))
    tide = movie(8, "Flut", 1999)
    assert not is_of(tide, read("Die Flut", year=1999))
    assert is_of(tide, replace(read("Die Flut", year=1999), languages=("German",)))


def test_the_year_decides_between_two_of_one_title() -> None:
    assert LIBRARY.match(read("The Salt Meridian", year=1987)) == Match(2)
    assert LIBRARY.match(read("Der Salzmeridian", year=2025)) == Match(1)


def test_what_fits_two_movies_is_never_guessed() -> None:
    assert LIBRARY.match(read("The Salt Meridian")) == Match(choices=(1, 2), doubt=Doubt.SEVERAL)


def test_a_year_next_to_the_right_one_is_another_movie() -> None:
    assert LIBRARY.match(read("The Salt Meridian", year=2024)) == Match()


def test_the_year_of_the_first_showing_counts_too() -> None:
    early = replace(SALT, info=replace(SALT.info, secondary_year=2024))
    library = Library([early, REMAKE])
    assert library.match(read("The Salt Meridian", year=2024)) == Match(1)
    assert library.match(read("The Salt Meridian", year=2025)) == Match(1)
    other = movie(4, "Salt Meridian", 2024)
    assert Library([early, other]).match(read("Salt Meridian", year=2024)).choices == (1, 4)


def test_a_movie_without_a_year_is_a_question() -> None:
    undated = movie(4, "Iron Petal", 0)
    assert match_one(undated, read("Iron Petal", year=2027)) == Match(choices=(4,), doubt=Doubt.NO_YEAR)
    assert is_of(undated, read("Iron Petal"))


def test_a_year_may_be_the_end_of_a_title() -> None:
    petal = movie(4, "Iron Petal 2049", 2017)
    assert is_of(petal, read("Iron Petal 2049", year=2017))
    assert is_of(petal, read("Iron Petal", year=2049))
    assert not is_of(petal, read("Iron Petal", year=2048))


def test_every_title_of_a_name_is_tried() -> None:
    assert LIBRARY.match(read("El meridiano", "The Salt Meridian", year=2025)) == Match(1)
    both = LIBRARY.match(read("Salt Meridian Road 2", "The Salt Meridian"))
    assert both == Match(choices=(3, 1, 2), doubt=Doubt.SEVERAL)


def test_a_rough_title_needs_the_year() -> None:
    petals = movie(4, "Twelve Petals", 2011)
    assert is_of(petals, read("12 Petals", year=2011))
    assert match_one(petals, read("12 Petals")) == Match(choices=(4,), doubt=Doubt.SPELLING)
    assert match_one(petals, read("12 Petals", year=2010)) == Match()


def test_the_exact_title_comes_before_a_rough_one() -> None:
    library = Library([movie(1, "12 Petals", 2011), movie(2, "Twelve Petals", 2011)])
    assert library.match(read("Twelve Petals", year=2011)) == Match(2)
    assert library.match(read("12 Petals", year=2011)) == Match(1)


def test_nothing_known_is_no_match() -> None:
    assert LIBRARY.match(read("Iron Petal", year=2025)) == Match()
    assert LIBRARY.match(ParsedRelease("d41d8cd98f00b204")) == Match()
    assert Library().match(read("The Salt Meridian")) == Match()


def test_an_id_names_the_movie_where_the_title_is_strange() -> None:
    by_imdb, by_tmdb = Release("1", "x", imdb_id="tt9000001"), Release("1", "x", tmdb_id=1)
    for release in (by_imdb, by_tmdb):
        assert LIBRARY.match(read("El meridiano", year=2025), release) == Match(1)
        assert LIBRARY.match(read("El meridiano"), release) == Match(1)


def test_an_id_in_the_name_counts_as_one_of_the_indexer() -> None:
    assert LIBRARY.match(replace(read("El meridiano"), imdb_id="tt9000001")) == Match(1)
    assert LIBRARY.match(replace(read("El meridiano"), tmdb_id=3)) == Match(3)


def test_an_id_ends_the_doubt_between_two_of_one_title() -> None:
    assert LIBRARY.match(read("The Salt Meridian"), Release("1", "x", imdb_id="tt9000002")) == Match(2)
    unknown = movie(5, "The Salt Meridian", 1987)
    told = Release("1", "x", imdb_id="tt09000002")
    assert Library([REMAKE, unknown]).match(read("The Salt Meridian", year=1987), told) == Match(2)
    stranger = Release("1", "x", imdb_id="tt9000009")
    assert Library([REMAKE, unknown]).match(read("The Salt Meridian", year=1987), stranger) == Match(5)


def test_an_id_that_contradicts_the_name_is_a_question() -> None:
    told = Release("1", "x", imdb_id="tt9000001")
    assert LIBRARY.match(read("Salt Meridian Road 2"), told) == Match(choices=(1, 3), doubt=Doubt.ID_AND_NAME)
    assert LIBRARY.match(read("The Salt Meridian", year=1987), told) == Match(choices=(2,), doubt=Doubt.ID_AND_NAME)
    strange = Release("1", "x", imdb_id="tt9000009")
    assert match_one(SALT, read("The Salt Meridian", year=2025), strange).doubt is Doubt.ID_AND_NAME


def test_one_right_id_of_two_is_enough() -> None:
    release = Release("1", "x", imdb_id="tt9000001", tmdb_id=77)
    assert LIBRARY.match(read("The Salt Meridian", year=2025), release) == Match(1)


def test_an_id_with_another_year_proves_nothing() -> None:
    assert LIBRARY.match(read("El meridiano", year=2011), Release("1", "x", imdb_id="tt9000001")) == Match()


def test_ids_of_two_movies_are_a_question() -> None:
    found = LIBRARY.match(read("x"), Release("1", "x", imdb_id="tt9000001", tmdb_id=3))
    assert (found.movie_id, set(found.choices), found.doubt) == (0, {1, 3}, Doubt.IDS)


def test_every_doubt_is_told_as_a_sentence() -> None:
    assert all(doubt.endswith(".") for doubt in Doubt if doubt is not Doubt.NONE)


def test_one_movie_asked_about() -> None:
    assert is_of(ROAD, parse_release("Salt.Meridian.Road.2.2019.1080p.WEB-DL.x264-TIDE"))
    assert not is_of(SALT, parse_release("Salt.Meridian.Road.2.2019.1080p.WEB-DL.x264-TIDE"))


def test_a_library_follows_its_movies() -> None:
    library = Library([SALT, REMAKE])
    library.put(1, replace(SALT.info, title="Iron Petal", alternative_titles=()))
    assert len(library) == 2
    assert library.match(read("The Salt Meridian")) == Match(2)
    assert library.match(read("Der Salzmeridian")) == Match()
    assert library.match(read("Iron Petal")) == Match(1)
    library.remove(1)
    library.remove(1)
    assert library.match(read("Iron Petal"), Release("1", "x", tmdb_id=1)) == Match()
    assert len(library) == 1


def test_what_is_too_long_is_no_title() -> None:
    assert title_key("a" * LONGEST) == "a" * LONGEST
    assert title_key("a" * (LONGEST + 1)) == ""


SMALL = ("the", "der", "die", "la", "l'", "and", "und", "&", "y", "part", "ii", "2", "two", "i", "1")
WORDS = st.sampled_from((*SMALL, "salt", "iron", "petal,", "road's", "über", "ueber", "塩", "соль"))
TITLES = st.one_of(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), st.text(max_size=20))
YEARS = st.sampled_from([0, 1987, 2019, 2020])


@given(TITLES)
def test_any_writing_of_a_title_has_its_key(title: str) -> None:
    key = title_key(title)
    assert title_key(f" {title.casefold()} ") == key
    if title.isascii() and "," not in title and "'" not in title:
        assert title_key(title.upper().replace(" ", ".")) == key
    assert key in title_keys(title).exact or not key
    assert "" not in title_keys(title).exact + title_keys(title).loose


@given(TITLES, TITLES)
def test_likeness_is_mutual(one: str, other: str) -> None:
    assert meet(one, other) == meet(other, one)
    info = [MovieInfo(1, title, 2020) for title in (one, other)]
    assert is_of(Movie(1, info[0], (), ""), read(other, year=2020)) == is_of(
        Movie(1, info[1], (), ""), read(one, year=2020)
    )


@settings(deadline=None)
@given(
    st.lists(st.tuples(TITLES, YEARS, TITLES), max_size=8),
    st.lists(TITLES, min_size=1, max_size=2),
    YEARS,
    st.sampled_from(["", "tt1", "tt2", "tt9"]),
)
def test_an_answer_is_the_only_movie_that_fits(
    movies: list[tuple[str, int, str]], titles: list[str], year: int, imdb_id: str
) -> None:
    all_of_them = [
        movie(id, title, made, imdb=f"tt{id}", others=(other,)) for id, (title, made, other) in enumerate(movies, 1)
    ]
    parsed, release = read(*titles, year=year), Release("1", "x", imdb_id=imdb_id)
    found = Library(all_of_them).match(parsed, release)
    exact = {
        each.id
        for each in all_of_them
        for title in (each.info.title, *each.info.alternative_titles)
        if year in (0, each.info.year) and any(meet(title, said) for said in titles)
    }
    if found.movie_id and not imdb_id:
        assert exact <= {found.movie_id}
    elif len(exact) > 1 and not imdb_id:
        assert set(found.choices) >= exact
    assert not (found.movie_id and found.choices)
    assert bool(found.choices) == (found.doubt is not Doubt.NONE)
    if found.movie_id and imdb_id:
        assert imdb_id == f"tt{found.movie_id}"
