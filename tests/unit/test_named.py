"""A few words, and the movies of the library that are meant by them."""

from __future__ import annotations

import pytest

from radarr_desktop.domain.movie import Named
from radarr_desktop.engine.library.named import meant

MOVIES = (
    Named(1, 11, "tt0000001", "Amélie", 2001),
    Named(2, 12, "tt0000002", "The Salt Meridian", 2025),
    Named(3, 13, "tt0000003", "The Salt Meridian Road", 2019),
    Named(4, 14, "", "Glass", 1990),
    Named(5, 15, "", "Glass", 2019),
    Named(6, 16, "", "2", 2010),
    Named(7, 17, "", "!!!", 2011),
)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("amelie", [1]),
        ("AMÉLIE (2001)", [1]),
        ("the salt meridian", [2]),
        ("salt  meridian, the", [2]),
        ("salt", [2, 3]),
        ("meridian road", [3]),
        ("Glass", [4, 5]),
        ("glass 2019", [5]),
        ("tmdb:12", [2]),
        ("https://www.themoviedb.org/movie/13-the-salt-meridian-road", [3]),
        ("tt0000001", [1]),
        ("2", [6]),
        ("5", [5]),
        ("!!!", [7]),
        ("???", []),
        ("tmdb:99", []),
        ("tt0000099", []),
        ("Nothing Like It", []),
        (" ", []),
        ("", []),
    ],
)
def test_a_movie_is_told_by_its_words(words: str, ids: list[int]) -> None:
    assert [movie.id for movie in meant(words, MOVIES)] == ids
