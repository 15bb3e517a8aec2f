"""A metadata source for the drop-in folder of a bench: knows the films of a file, and answers at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import Field

from radarr_desktop.plugin_api import MetadataSource, MovieInfo, NotFound, Settings


class QuickFilmsSettings(Settings):
    """``films``: lines of JSON with id, title, year, IMDb id and runtime."""

    films: Path = Field(title="Films")


class QuickFilms(MetadataSource[QuickFilmsSettings]):
    """Without a network, so that what is measured is the program's own work."""

    name = "Quick films"

    async def start(self) -> None:
        """Read them all."""
        rows = [json.loads(line) for line in self.settings.films.read_text(encoding="utf-8").splitlines()]
        films = [
            MovieInfo(id_, title, year, imdb_id, runtime=runtime, in_cinemas=date(year, 6, 1))
            for id_, title, year, imdb_id, runtime in rows
        ]
        self._by_id = {film.tmdb_id: film for film in films}
        self._by_imdb = {film.imdb_id: film for film in films}
        self._by_title: dict[str, list[MovieInfo]] = {}
        for film in films:
            self._by_title.setdefault(film.title.casefold(), []).append(film)

    async def movie(self, tmdb_id: int) -> MovieInfo:
        return _known(self._by_id.get(tmdb_id))

    async def find_imdb(self, imdb_id: str) -> MovieInfo:
        return _known(self._by_imdb.get(imdb_id))

    async def search(self, text: str, year: int = 0) -> Sequence[MovieInfo]:
        return [film for film in self._by_title.get(text.casefold(), ()) if year in (0, film.year)]

    async def image(self, url: str) -> bytes:
        raise NotFound("There are no pictures.")

    async def test(self) -> None:
        """Nothing to test."""


def _known(film: MovieInfo | None) -> MovieInfo:
    if film is None:
        raise NotFound("There is no such film.")
    return film
