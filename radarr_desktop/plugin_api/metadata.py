"""Metadata sources: what a movie is."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from radarr_desktop.plugin_api.plugin import Plugin, S


@dataclass(frozen=True, slots=True)
class MovieInfo:
    """One movie as a metadata source describes it."""

    tmdb_id: int
    title: str
    year: int = 0
    """0 when not announced."""
    imdb_id: str = ""
    original_title: str = ""
    original_language: str = ""
    """ISO 639-1."""
    overview: str = ""
    runtime: int = 0
    """Minutes, 0 when unknown."""
    status: str = "announced"
    """``announced``, ``inCinemas`` or ``released``."""
    genres: tuple[str, ...] = ()
    in_cinemas: date | None = None
    digital_release: date | None = None
    physical_release: date | None = None
    poster_url: str = ""
    backdrop_url: str = ""
    rating: float = 0.0
    """0 to 10."""
    votes: int = 0
    popularity: float = 0.0
    alternative_titles: tuple[str, ...] = ()
    """Translated ones too: releases are found by them."""
    studio: str = ""
    certification: str = ""
    trailer_id: str = ""
    """YouTube id."""
    secondary_year: int = 0
    """Of the first showing, as at a festival, where that was in another year; 0 otherwise."""
    collection: str = ""
    """The series of movies it is one of."""
    collection_id: int = 0
    """Of that series at TMDb."""
    translations: tuple[tuple[str, str], ...] = ()
    """ISO 639-1 code and the title there."""


class MetadataSource(Plugin[S]):
    """A movie database."""

    @abstractmethod
    async def movie(self, tmdb_id: int) -> MovieInfo:
        """One movie in full. Raises ``NotFound``."""

    @abstractmethod
    async def search(self, text: str, year: int = 0) -> Sequence[MovieInfo]:
        """Movies by title, best first; details may be missing."""

    @abstractmethod
    async def find_imdb(self, imdb_id: str) -> MovieInfo:
        """The movie with this IMDb id (``tt...``). Raises ``NotFound``."""

    @abstractmethod
    async def image(self, url: str) -> bytes:
        """A poster's or backdrop's bytes."""
