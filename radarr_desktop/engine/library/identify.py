"""Which movie something is: asked of the library first, then of the metadata source, by id before by title."""

from __future__ import annotations

from dataclasses import replace

from radarr_desktop.domain.matching import Certainty, Clues, Guess, certainty_of, weigh, weighed
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.library.index import LibraryIndex
from radarr_desktop.engine.library.metadata import Metadata
from radarr_desktop.engine.library.terms import Term
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import movies as store
from radarr_desktop.store.database import Database

MOST_GUESSES = 8
LOOKED_INTO = 3
"""Answers of a search that are asked for in full, where the search's own rows decide nothing."""


class Identifier:
    """Weighs what it is told; it never decides for the user."""

    def __init__(self, db: Database, library: LibraryIndex, metadata: Metadata) -> None:
        self._db = db
        self._library = library
        self._metadata = metadata

    async def guesses(self, clues: Clues, *, ask: bool = True) -> tuple[Guess, ...]:
        """Movies these clues may be of, best first; ``ask`` the metadata source too, where the library does not tell.

        Raises ``Problem`` when the source cannot be asked.
        """
        known = await self._of_library(clues)
        if not ask or any(guess.certainty is Certainty.CERTAIN for guess in known):
            return known
        found = [*known, *await self._of_source(clues)]
        return weighed(await self._marked(found))[:MOST_GUESSES]

    async def guess(self, clues: Clues, tmdb_id: int) -> Guess:
        """How well the clues fit this movie."""
        movie = await self._db.read(lambda: store.by_tmdb(tmdb_id))
        if movie is not None:
            return weigh(clues, movie.info, movie.id)
        return weigh(clues, await self._metadata.movie(tmdb_id))

    async def _of_library(self, clues: Clues) -> tuple[Guess, ...]:
        library = await self._library.current()
        year = clues.years[0] if len(clues.years) == 1 else 0
        match = library.match(ParsedRelease("", clues.titles, year, clues.imdb_id, clues.tmdb_id))
        ids = match.choices or ((match.movie_id,) if match.movie_id else ())
        movies = await self._db.read(lambda: [store.get(id_) for id_ in ids[:MOST_GUESSES]])
        return weighed(weigh(clues, movie.info, movie.id) for movie in movies if movie is not None)

    async def _of_source(self, clues: Clues) -> list[Guess]:
        by_id = await self._by_id(clues)
        if not clues.titles or any(guess.certainty is Certainty.CERTAIN for guess in by_id):
            return by_id
        year = clues.years[0] if len(clues.years) == 1 else 0
        rows = await self._found(Term(clues.titles[0], year))
        if not rows and year:  # a year that is off by one finds nothing
            rows = await self._found(Term(clues.titles[0]))
        guesses = weighed(weigh(clues, info) for info in rows)[:MOST_GUESSES]
        if certainty_of(clues, guesses) is Certainty.CERTAIN:
            return [*by_id, *guesses]
        # rows of a search tell neither the other titles a movie goes by nor how long it runs
        some = [Term(tmdb_id=guess.tmdb_id) for guess in guesses[:LOOKED_INTO]]
        full = [weigh(clues, info) for term in some for info in await self._found(term)]
        return [*by_id, *full, *guesses[LOOKED_INTO:]]

    async def _by_id(self, clues: Clues) -> list[Guess]:
        if not (clues.tmdb_id or clues.imdb_id):
            return []
        found = await self._found(Term(tmdb_id=clues.tmdb_id, imdb_id=clues.imdb_id))
        return [weigh(clues, info) for info in found]

    async def _found(self, term: Term) -> list[MovieInfo]:
        try:
            return await self._metadata.find(term)
        except Problem as problem:
            if problem.kind in (Kind.NOT_FOUND, Kind.REFUSED):  # the question was answered, with nothing
                return []
            raise

    async def _marked(self, guesses: list[Guess]) -> list[Guess]:
        """With the movies of the library told as such."""

        def work() -> dict[int, int]:
            movies = (store.by_tmdb(guess.tmdb_id) for guess in guesses)
            return {movie.info.tmdb_id: movie.id for movie in movies if movie is not None}

        ids = await self._db.read(work)
        return [replace(guess, movie_id=guess.movie_id or ids.get(guess.tmdb_id, 0)) for guess in guesses]
