"""Indexers: where releases are found."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from radarr_desktop.plugin_api.errors import PluginError
from radarr_desktop.plugin_api.plugin import Plugin, S, Settings


class IndexerFlag(StrEnum):
    """Facts an indexer states about a release."""

    FREELEECH = "freeleech"
    FREELEECH_75 = "freeleech75"
    """A quarter of it counts as downloaded."""
    HALFLEECH = "halfleech"
    FREELEECH_25 = "freeleech25"
    """Three quarters of it count."""
    DOUBLE_UPLOAD = "doubleupload"
    NEUTRAL = "neutral"
    INTERNAL = "internal"
    EXCLUSIVE = "exclusive"
    SCENE = "scene"


class IndexerSettings(Settings):
    """What users want of an indexer's releases, whatever the indexer; settings derive from it to offer this."""

    minimum_seeders: int = Field(
        default=1,
        ge=0,
        le=10_000,
        title="Minimum seeders",
        description="Releases with fewer are not taken.",
        json_schema_extra={"advanced": True},
    )
    required_flags: tuple[IndexerFlag, ...] = Field(
        default=(),
        title="Required flags",
        description="A release must have one of them.",
        json_schema_extra={"advanced": True},
    )
    early_days: int | None = Field(
        default=None,
        ge=0,
        le=3650,
        title="Early release limit",
        description="Days before the movie can be had at home that a release may be listed. Empty: any.",
        json_schema_extra={"advanced": True},
    )
    pause: float = Field(
        default=2.0,
        ge=0,
        le=60,
        title="Pause between requests",
        description="Seconds. Indexers lock out who asks too fast.",
        json_schema_extra={"advanced": True},
    )
    hourly: int = Field(
        default=100,
        ge=0,
        le=100_000,
        title="Requests an hour",
        description="Feed, your own searches and the program's share them; yours come first. 0: no limit.",
        json_schema_extra={"advanced": True},
    )
    weight: int = Field(
        default=0,
        ge=-1000,
        le=1000,
        title="Weight",
        description="Points for its releases. Of those as good by quality and custom formats, more points come first.",
        json_schema_extra={"advanced": True},
    )
    freeleech_points: int = Field(
        default=0,
        ge=-10_000,
        le=10_000,
        title="Points for freeleech",
        description="Of releases that match custom formats as well, what costs nothing (or half) is preferred. 0: not.",
        json_schema_extra={"advanced": True},
    )
    seed_ratio: float | None = Field(
        default=None,
        ge=0,
        le=1000,
        title="Seeding ratio",
        description="Its torrents stop when they have given so much. Empty: as the download client is set.",
        json_schema_extra={"advanced": True},
    )
    seed_minutes: int | None = Field(
        default=None,
        ge=0,
        le=5_000_000,
        title="Seeding time",
        description="Minutes after which its torrents stop. Empty: as the download client is set.",
        json_schema_extra={"advanced": True},
    )
    patience: int = Field(
        default=20,
        ge=1,
        le=120,
        title="Patience",
        description="Seconds a search waits for its answer; then it is decided without it.",
        json_schema_extra={"advanced": True},
    )
    feed_minutes: int = Field(
        default=15,
        ge=5,
        le=1440,
        title="Newest releases",
        description="Minutes between two looks at them.",
        json_schema_extra={"advanced": True},
    )
    feed: bool = Field(
        default=True,
        title="Follow newest releases",
        description="Off: it is only searched.",
    )
    automatic_search: bool = Field(
        default=True,
        title="Automatic search",
        description="Off: it is not asked when the program chooses a release.",
    )
    interactive_search: bool = Field(
        default=True,
        title="Interactive search",
        description="Off: it is not asked when you pick a release.",
    )


@dataclass(frozen=True, slots=True)
class Release:
    """One torrent as an indexer lists it; every word in it is the indexer's."""

    guid: str
    """Stable within the indexer; must not contain a secret."""
    title: str
    size: int = 0
    """Bytes; 0 when not told."""
    published: datetime | None = None
    """Aware, UTC."""
    seeders: int | None = None
    leechers: int | None = None
    info_hash: str = ""
    """40 lower-case hex digits, or empty."""
    imdb_id: str = ""
    """With ``tt``, or empty."""
    tmdb_id: int = 0
    info_url: str = ""
    """Of its page, for people. What may hold a key is dropped (``read_page``)."""
    magnet: str = ""
    """Only where its trackers are open to all; another is dropped, and asked for with ``torrent`` when it is needed."""
    flags: frozenset[IndexerFlag] = field(default_factory=frozenset)
    grabs: int | None = None
    """How often it was downloaded."""
    indexer: str = ""
    """Who lists it, where one plugin stands for many; empty: the instance itself."""


@dataclass(frozen=True, slots=True)
class Details:
    """What the page of one torrent tells."""

    media_info: str = ""
    """MediaInfo's text, or empty."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: the ids first, the text where an indexer knows no ids."""

    title: str
    year: int = 0
    imdb_id: str = ""
    tmdb_id: int = 0


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an indexer can be asked."""

    ids: frozenset[str] = frozenset()
    """Of a movie, that it can be searched by: ``imdb``, ``tmdb``."""
    text: bool = True
    page: int = 100
    """Releases in one answer, at most."""
    categories: Mapping[int, str] = field(default_factory=dict)
    """Number -> name."""


@contextmanager
def keeping(found: Iterable[Release]) -> Iterator[None]:
    """Around the pages of a search: what was ``found`` when one of them fails counts, though the error is told."""
    try:
        yield
    except PluginError as error:
        error.found = tuple(found)
        raise


class Indexer(Plugin[S]):
    """A tracker or a proxy to trackers.

    The engine counts and spaces the requests that go through ``context.http``; send them there.
    """

    @property
    def spacing(self) -> float:
        """As the user set it, or what is polite."""
        return self.settings.pause if isinstance(self.settings, IndexerSettings) else 2.0

    @property
    def hourly(self) -> int:
        """As the user set it, or what is polite."""
        return self.settings.hourly if isinstance(self.settings, IndexerSettings) else 100

    async def capabilities(self) -> Capabilities:
        """What it can be asked; override it where the service tells."""
        return Capabilities()

    @abstractmethod
    async def recent(self) -> Sequence[Release]:
        """The newest releases, newest first."""

    async def older(self, page: int) -> Sequence[Release]:
        """The releases before those of ``recent``, page by page from 1; empty where there are no more.

        Asked only after a pause so long that ``recent`` does not reach back to what was seen last.
        """
        return ()

    @abstractmethod
    async def search(self, query: Query) -> Sequence[Release]:
        """Releases of one movie."""

    @abstractmethod
    async def torrent(self, release: Release) -> bytes | str:
        """The .torrent file's bytes, or a magnet link. Raises ``NotFound`` when the release is gone."""

    @property
    def segments(self) -> Sequence[str]:
        """The parts in which all that it lists can be read for statistics; none: it cannot be."""
        return ()

    async def listing(self, segment: str, page: int) -> Sequence[Release]:
        """A page of such a part, from 0; empty: its end. ``Rejected`` ends the reading: asking again would not help."""
        return ()

    async def details(self, release: Release) -> Details:
        """What the page of one torrent tells, asked for samples."""
        return Details()
