"""The ids that notes beside a movie tell."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from radarr_desktop.engine.library.nfo import Ids, ids_in, ids_told


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('<movie><uniqueid type="tmdb" default="true">550</uniqueid></movie>', Ids(550)),
        ("<uniqueid default='true' type='imdb'> tt0137523 </uniqueid>", Ids(0, "tt0137523")),
        ("<tmdbid>550</tmdbid><imdbid>TT0137523</imdbid>", Ids(550, "tt0137523")),
        ("<id>tt0137523</id>", Ids(0, "tt0137523")),
        ("https://www.imdb.com/title/tt0137523/ and https://www.imdb.com/title/tt0137523/", Ids(0, "tt0137523")),
        ("https://www.imdb.com/de/title/tt0137523/", Ids(0, "tt0137523")),
        ("https://www.themoviedb.org/movie/550-fight-club", Ids(550)),
        ("<tmdbid>550</tmdbid> see also themoviedb.org/movie/551", Ids(550)),
        ("imdb.com/title/tt0137523 or imdb.com/title/tt0137524", Ids()),
        ("<id>550</id><uniqueid type='tvdb'>77</uniqueid>", Ids()),
        ("nothing", Ids()),
    ],
)
def test_tags_and_links_are_read_and_two_movies_tell_none(text: str, ids: Ids) -> None:
    assert ids_told(text) == ids


def test_what_is_no_file_of_its_own_is_not_read(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("<tmdbid>550</tmdbid>")
    link, pipe = tmp_path / "a.nfo", tmp_path / "b.nfo"
    link.symlink_to(real)
    os.mkfifo(pipe)
    assert ids_in([link, pipe, tmp_path / "missing.nfo"]) == Ids()
    assert ids_in([real]) == Ids(550)
