"""The contract of metadata sources."""

from __future__ import annotations

import asyncio
import math
import re
from abc import abstractmethod
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

import pytest

from radarr_desktop.plugin_api.errors import NotFound, PluginError
from radarr_desktop.plugin_api.metadata import MetadataSource, MovieInfo
from radarr_desktop.plugin_api.testing.answers import Answer, AnsweringServer
from radarr_desktop.plugin_api.testing.context import running
from radarr_desktop.plugin_api.testing.service import JsonContract


class MetadataContract(JsonContract):
    """Subclass it, say what the service knows, and pytest proves the rest."""

    plugin: ClassVar[type[MetadataSource[Any]]]
    known: ClassVar[MovieInfo]
    """A movie the service knows: id, IMDb id, title and year are compared."""
    unknown_id: ClassVar[int] = 999_999_999
    unknown_imdb: ClassVar[str] = "tt9999999"

    @abstractmethod
    def service(self) -> AbstractAsyncContextManager[str]:
        """A healthy service that accepts ``self.secret``; yields its address."""

    async def use(self, plugin: MetadataSource[Any]) -> list[MovieInfo]:
        """Ask for the known movie and search it."""
        return [await plugin.movie(self.known.tmdb_id), *await plugin.search(self.known.title)]

    def well_formed(self, result: list[MovieInfo]) -> None:
        """Every movie obeys the rules written at ``MovieInfo``."""
        for movie in result:
            check_movie(movie)
            assert self.secret not in repr(movie), "a secret shows in a movie"

    def test_healthy_service(self) -> None:
        """The movie is the same by id, by IMDb id and by title."""

        async def run() -> None:
            async with self.service() as url, running(self.plugin, self.settings(url)) as plugin:
                await plugin.test()
                movie = await plugin.movie(self.known.tmdb_id)
                assert movie == await plugin.find_imdb(self.known.imdb_id)
                assert (movie.tmdb_id, movie.imdb_id) == (self.known.tmdb_id, self.known.imdb_id)
                assert (movie.title, movie.year) == (self.known.title, self.known.year)
                for year in (0, self.known.year):
                    found = await plugin.search(self.known.title, year)
                    self.well_formed([movie, *found])
                    assert self.known.tmdb_id in [one.tmdb_id for one in found]
                assert list(await plugin.search("  ")) == []

        asyncio.run(run())

    def test_what_is_not_there(self) -> None:
        """An unknown id is ``NotFound``."""

        async def run() -> None:
            async with self.service() as url, running(self.plugin, self.settings(url)) as plugin:
                with pytest.raises(NotFound):
                    await plugin.movie(self.unknown_id)
                for imdb_id in (self.unknown_imdb, "", "../movie/1"):
                    with pytest.raises(NotFound):
                        await plugin.find_imdb(imdb_id)

        asyncio.run(run())

    def test_pictures(self) -> None:
        """A movie's pictures arrive."""

        async def run() -> None:
            async with self.service() as url, running(self.plugin, self.settings(url)) as plugin:
                movie = await plugin.movie(self.known.tmdb_id)
                for address in filter(None, (movie.poster_url, movie.backdrop_url)):
                    assert len(await plugin.image(address)) > 100

        asyncio.run(run())

    def test_picture_from_elsewhere(self) -> None:
        """A picture's address that leads elsewhere gets none of our secrets."""

        async def run() -> str:
            async with AnsweringServer(Answer(404)) as stranger, self.service() as url:
                async with running(self.plugin, self.settings(url)) as plugin:
                    with pytest.raises(PluginError):
                        await plugin.image(f"{stranger.url}/t/p/w500/x.jpg")
                return repr(stranger.requests)

        assert self.secret not in asyncio.run(run())


def check_movie(movie: MovieInfo) -> None:
    """Assert what ``MovieInfo`` promises."""
    assert movie.tmdb_id > 0
    assert movie.title.strip()
    assert movie.year == 0 or 1 <= movie.year <= 9999
    assert re.fullmatch(r"(tt[0-9]{7,})?", movie.imdb_id)
    assert movie.status in ("announced", "inCinemas", "released")
    assert 0 <= movie.runtime < 2**63
    assert 0 <= movie.rating <= 10
    assert 0 <= movie.votes < 2**63
    assert math.isfinite(movie.popularity)
    texts = (movie.title, movie.original_title, movie.overview, movie.studio, movie.certification, movie.trailer_id)
    for text in (*texts, *movie.genres, *movie.alternative_titles, movie.poster_url, movie.backdrop_url):
        assert text.isprintable(), f"control characters in {text!r}"
        assert len(text) <= 10_000
