"""Which movies of the library people mean by a few words."""

from __future__ import annotations

from collections.abc import Sequence

from radarr_desktop.domain.matching.keys import title_key
from radarr_desktop.domain.movie import Named
from radarr_desktop.engine.library.terms import read_term


def meant(words: str, movies: Sequence[Named]) -> list[Named]:
    """Those of an id, a link or a title (year optional); else the one with this number; else all with it in theirs."""
    term = read_term(words)
    if term.tmdb_id:
        return [movie for movie in movies if movie.tmdb_id == term.tmdb_id]
    if term.imdb_id:
        return [movie for movie in movies if movie.imdb_id == term.imdb_id]
    key = _key(words)
    keys = [(_key(movie.title), _key(movie.full_title)) for movie in movies]
    found = [movie for movie, both in zip(movies, keys, strict=True) if key in both]
    found = found or [movie for movie in movies if str(movie.id) == words.strip()]
    return found or [movie for movie, (_, full) in zip(movies, keys, strict=True) if key and key in full]


def _key(title: str) -> str:
    """However it is spelt; what has no letters at all stays as it is."""
    return title_key(title) or title.strip()
