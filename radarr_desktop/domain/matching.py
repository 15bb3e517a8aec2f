"""Which movie of the library a release is of. Ambiguity is an answer, never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.plugin_api import Release

_NOT_WORD = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^(?:the|a|an) ")
_MOVED_ARTICLE = re.compile(r", (?:the|a|an)$")
_ROMAN = ("ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_NUMERALS = {roman: str(number) for number, roman in enumerate(_ROMAN, start=2)}
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "&": " and "})


def title_key(title: str) -> str:
    """What two spellings of one title have in common: no case, accents, articles or punctuation, one kind of number."""
    folded = unicodedata.normalize("NFKD", title.casefold().translate(_LETTERS))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    words = _NOT_WORD.sub(" ", _MOVED_ARTICLE.sub("", plain.strip())).strip()
    first, *rest = _ARTICLE.sub("", words).split(" ")
    return "".join([first, *(_NUMERALS.get(word, word) for word in rest)])


@dataclass(frozen=True, slots=True)
class Match:
    """``movie`` where the answer is clear; ``choices`` where several movies fit."""

    movie: Movie | None = None
    choices: tuple[Movie, ...] = ()


class Library:
    """Movies by id and by title, made once and asked often."""

    def __init__(self, movies: Iterable[Movie]) -> None:
        self._by_title: dict[str, list[Movie]] = {}
        self._by_tmdb: dict[int, Movie] = {}
        self._by_imdb: dict[str, Movie] = {}
        for movie in movies:
            self._by_tmdb[movie.info.tmdb_id] = movie
            if movie.info.imdb_id:
                self._by_imdb[movie.info.imdb_id] = movie
            titles = (movie.info.title, movie.info.original_title, *movie.info.alternative_titles)
            for key in {title_key(title) for title in titles if title} - {""}:
                self._by_title.setdefault(key, []).append(movie)

    def match(self, parsed: ParsedRelease, release: Release | None = None) -> Match:
        """The movie of a release: by the indexer's ids when the year agrees, else by title and year."""
        if release is not None:
            named = (self._by_imdb.get(release.imdb_id), self._by_tmdb.get(release.tmdb_id))
            by_id = {movie.id: movie for movie in named if movie and parsed.year in (0, movie.info.year)}
            if by_id:
                return _answer(list(by_id.values()))
        found = self._by_title.get(title_key(parsed.title), []) if parsed.title else []
        if parsed.year:
            found = [movie for movie in found if movie.info.year == parsed.year]
        return _answer(found)


def _answer(found: list[Movie]) -> Match:
    return Match(found[0]) if len(found) == 1 else Match(choices=tuple(found))


def is_of(movie: Movie, parsed: ParsedRelease, release: Release | None = None) -> bool:
    """Is the release one of this movie, as far as name and ids tell?"""
    return Library([movie]).match(parsed, release).movie is not None
