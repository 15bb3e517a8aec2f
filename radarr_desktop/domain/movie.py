"""Movies of the library: what a movie is, its version slots and their files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from radarr_desktop.domain.media import MediaFacts, MediaNote
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.quality import UNKNOWN, Quality, Revision
from radarr_desktop.plugin_api import IndexerFlag, MovieInfo


class Availability(StrEnum):
    """From when on a movie is looked for; the words are the v3 API's."""

    ANNOUNCED = "announced"
    IN_CINEMAS = "inCinemas"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class MovieFile:
    """One file in the library."""

    id: int
    movie_id: int
    slot_id: int
    path: str
    size: int
    added: datetime
    quality: Quality = UNKNOWN
    revision: Revision = field(default_factory=Revision)
    group: str = ""
    release_title: str = ""
    original_path: str = ""
    """Where it was imported from."""
    release_size: int = 0
    """Of the release it came as; 0 when nobody knows."""
    flags: frozenset[IndexerFlag] = frozenset()
    """What its indexer said of that release: the file is judged as what it came as."""
    media: MediaFacts | None = None
    """What it is made of; None when nobody looked, or nothing could be told."""
    notes: tuple[MediaNote, ...] = ()
    """Where that is not what its name says. It changes no score."""
    languages: tuple[str, ...] | None = None
    """Names of those that somebody said it is spoken in; None: nobody did."""
    editions: tuple[str, ...] | None = None
    """That somebody said it is; None: nobody did."""

    def as_told(self, parsed: ParsedRelease) -> ParsedRelease:
        """What the name of its release tells, with what somebody said of it since."""
        if self.languages is not None:
            parsed = replace(parsed, languages=self.languages)
        return parsed if self.editions is None else replace(parsed, editions=self.editions)


@dataclass(frozen=True, slots=True)
class Slot:
    """One version of a movie that is wanted: its own profile, root folder and file."""

    id: int
    name: str
    profile_id: int
    root_folder: str
    file: MovieFile | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A movie of the library by what people call it: of all of them quickly read."""

    id: int
    tmdb_id: int
    imdb_id: str
    title: str
    year: int

    @property
    def full_title(self) -> str:
        """With the year, as people say it."""
        return f"{self.title} ({self.year})" if self.year else self.title


@dataclass(frozen=True, slots=True)
class Counts:
    """The library in numbers."""

    movies: int
    with_file: int
    wanted: int
    """Monitored, without a file."""


@dataclass(frozen=True, slots=True)
class Movie:
    """A movie of the library; the first slot is the one the v3 API shows."""

    id: int
    info: MovieInfo
    slots: tuple[Slot, ...]
    folder: str
    """Full path of the movie's folder in the primary slot's root."""
    monitored: bool = True
    minimum_availability: Availability = Availability.RELEASED
    tags: tuple[int, ...] = ()
    added: datetime | None = None
    last_search: datetime | None = None

    @property
    def slot(self) -> Slot:
        """The primary slot."""
        return self.slots[0]

    @property
    def file(self) -> MovieFile | None:
        """The primary slot's file."""
        return self.slots[0].file

    @property
    def title(self) -> str:
        """Title and year as people say it."""
        return f"{self.info.title} ({self.info.year})" if self.info.year else self.info.title


CINEMA_WINDOW = timedelta(days=90)
"""How long after the cinema date a release is expected when no other date is known."""


def is_available(movie: Movie, today: date, *, delay: int = 0) -> bool:
    """Has the movie reached its minimum availability, and ``delay`` days more?"""
    out = available_from(movie)
    return out is not None and (out == date.min or out + timedelta(days=delay) <= today)


def available_from(movie: Movie) -> date | None:
    """The day it reaches its minimum availability; ``date.min``: always was, None: nobody knows."""
    if movie.minimum_availability is Availability.ANNOUNCED:
        return date.min
    if movie.minimum_availability is Availability.IN_CINEMAS and movie.info.in_cinemas:
        return movie.info.in_cinemas
    return home_release(movie)


def home_release(movie: Movie) -> date | None:
    """The first day it can be had at home, guessed from the cinema date where nobody says; None when not known."""
    info = movie.info
    dates = [day for day in (info.digital_release, info.physical_release) if day]
    if dates:
        return min(dates)
    return info.in_cinemas + CINEMA_WINDOW if info.in_cinemas else None
