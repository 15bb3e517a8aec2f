"""The movies of the library by id and by title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from radarr_desktop.domain.matching.answer import NOTHING, Doubt, Match
from radarr_desktop.domain.matching.keys import Keys, title_keys
from radarr_desktop.domain.matching.words import CODES
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.plugin_api import MovieInfo, Release

_Index = dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Entry:
    years: tuple[int, ...]
    ids: frozenset[str]
    keys: Keys


class Library:
    """Made once, told of every change, asked often."""

    def __init__(self, movies: Iterable[Movie] = ()) -> None:
        self._entries: dict[int, _Entry] = {}
        self._by_id: _Index = {}
        self._exact: _Index = {}
        self._loose: _Index = {}
        """Only the keys that are no exact ones of the same movie."""
        for movie in movies:
            self.put(movie.id, movie.info)

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, movie_id: int, info: MovieInfo) -> None:
        """Know this movie, in place of what was known under its id."""
        self.remove(movie_id)
        years = tuple(dict.fromkeys(year for year in (info.year, info.secondary_year) if year))
        entry = _Entry(years, _ids(info.imdb_id, info.tmdb_id), keys_of(info))
        self._entries[movie_id] = entry
        only = (movie_id,)
        for index, key in self._places(entry):
            held = index.get(key)
            index[key] = (*held, movie_id) if held else only

    def remove(self, movie_id: int) -> None:
        """Forget a movie, if it is known."""
        entry = self._entries.pop(movie_id, None)
        if entry is None:
            return
        for index, key in self._places(entry):
            left = tuple(each for each in index[key] if each != movie_id)
            if left:
                index[key] = left
            else:
                del index[key]

    def match(self, parsed: ParsedRelease, release: Release | None = None) -> Match:
        """The movie of a release, by title and year and by the ids in its name or of its indexer."""
        told = _ids(parsed.imdb_id, parsed.tmdb_id)
        if release is not None:
            told |= _ids(release.imdb_id, release.tmdb_id)
        by_name = self._by_name(parsed)
        if not told:
            return by_name
        named = by_name.choices or ((by_name.movie_id,) if by_name.movie_id else ())
        by_id = self._fitting(_union(self._by_id.get(one, ()) for one in told), parsed.year)
        if len(by_id) > 1:
            return Match(choices=by_id, doubt=Doubt.IDS)
        if by_id:
            agrees = by_id[0] in named or not named or by_name.doubt is Doubt.SPELLING
            return Match(by_id[0]) if agrees else Match(choices=(*by_id, *named), doubt=Doubt.ID_AND_NAME)
        possible = tuple(id for id in named if not _contradicts(told, self._entries[id].ids))
        if named and not possible:
            return Match(choices=named, doubt=Doubt.ID_AND_NAME)
        return Match(possible[0]) if len(possible) == 1 and by_name.doubt is Doubt.SEVERAL else by_name

    def _by_name(self, parsed: ParsedRelease) -> Match:
        languages = [CODES[name] for name in parsed.languages if name in CODES]
        all_keys = [title_keys(title, languages) for title in parsed.titles]
        exact = _union(self._exact.get(key, ()) for keys in all_keys for key in keys.exact)
        if found := self._in_year(exact, parsed.year):
            return found
        if parsed.year:  # "Blade Runner 2049": the year may be the title's last word
            with_year = (self._exact.get(f"{key}{parsed.year}", ()) for keys in all_keys for key in keys.exact)
            if found := self._in_year(_union(with_year), 0):
                return found
        nearly = [index.get(key, ()) for keys in all_keys for key in keys.loose for index in (self._exact, self._loose)]
        found = self._in_year(_union(nearly), parsed.year)
        if found and not parsed.year:
            choices = found.choices or (found.movie_id,)
            return Match(choices=choices, doubt=Doubt.SPELLING if len(choices) == 1 else Doubt.SEVERAL)
        return found or NOTHING

    def _in_year(self, ids: tuple[int, ...], year: int) -> Match | None:
        fitting = self._fitting(ids, year)
        if len(fitting) == 1:
            return Match(fitting[0])
        if fitting:
            return Match(choices=fitting, doubt=Doubt.SEVERAL)
        if undated := tuple(id for id in ids if not self._entries[id].years):
            return Match(choices=undated, doubt=Doubt.NO_YEAR if len(undated) == 1 else Doubt.SEVERAL)
        return None

    def _fitting(self, ids: tuple[int, ...], year: int) -> tuple[int, ...]:
        return tuple(id for id in ids if not year or year in self._entries[id].years)

    def _places(self, entry: _Entry) -> Iterator[tuple[_Index, str]]:
        yield from ((self._by_id, one) for one in entry.ids)
        yield from ((self._exact, key) for key in entry.keys.exact)
        yield from ((self._loose, key) for key in entry.keys.loose)


def match_one(movie: Movie, parsed: ParsedRelease, release: Release | None = None) -> Match:
    """Whether a release is this movie's, or why that is not sure, as if it were the only movie there is."""
    found = _alone(movie.info).match(parsed, release)
    return replace(found, movie_id=movie.id if found.movie_id else 0, choices=(movie.id,) if found.choices else ())


def is_of(movie: Movie, parsed: ParsedRelease, release: Release | None = None) -> bool:
    """Is the release surely one of this movie, as far as name and ids tell?"""
    return _alone(movie.info).match(parsed, release).movie_id != 0


@lru_cache(maxsize=256)
def _alone(info: MovieInfo) -> Library:
    library = Library()
    library.put(1, info)
    return library


def keys_of(info: MovieInfo) -> Keys:
    """Every spelling a movie goes by."""
    exact: dict[str, None] = {}
    loose: dict[str, None] = {}
    for title in dict.fromkeys((info.title, info.original_title, *info.alternative_titles)):
        keys = title_keys(title, (info.original_language,) if title == info.original_title else ())
        exact |= dict.fromkeys(keys.exact)
        loose |= dict.fromkeys(keys.loose)
    return Keys(tuple(exact), tuple(key for key in loose if key not in exact))


def _ids(imdb_id: str, tmdb_id: int) -> frozenset[str]:
    """Ids as keys; zeros in front mean nothing."""
    digits = imdb_id.removeprefix("tt").lstrip("0")
    return frozenset([*([f"tt{digits}"] if digits else []), *([str(tmdb_id)] if tmdb_id else [])])


def _contradicts(told: frozenset[str], known: frozenset[str]) -> bool:
    """Is there an id of the same kind on both sides, and none in common?"""
    return told.isdisjoint(known) and not {one[:2] == "tt" for one in told}.isdisjoint(one[:2] == "tt" for one in known)


def _union(groups: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(id for group in groups for id in group))
