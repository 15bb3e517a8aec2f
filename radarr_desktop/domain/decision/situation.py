"""All an evaluation may know besides candidate, movie and profile: frozen, so it can be replayed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from radarr_desktop.domain.blocklist import Blocks
from radarr_desktop.domain.decision.policy import DelayProfile, Policy, ReleaseProfile
from radarr_desktop.domain.quality import UNKNOWN, Quality, Revision
from radarr_desktop.plugin_api import IndexerFlag


class Purpose(StrEnum):
    """What a verdict is for: not every question matters to each."""

    RECENT = "recent"
    """An indexer's newest releases."""
    SEARCH = "search"
    """A search that the program made by itself."""
    USER = "user"
    """Searched or picked by the user: what only keeps the program from acting by itself does not hold it back."""
    PUSH = "push"
    """Sent by another program."""
    IMPORT = "import"
    """Downloaded: is it still better than the file?"""
    RECHECK = "recheck"
    """A file of the library: is it still what the profile wants?"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a release decides whether another one is better: of a file, a download, an earlier grab."""

    title: str
    quality: Quality = UNKNOWN
    revision: Revision = Revision()  # noqa: RUF009  frozen
    group: str = ""
    formats: tuple[int, ...] = ()
    """Ids of the custom formats that match it."""
    size: int = 0
    flags: frozenset[IndexerFlag] = frozenset()
    hashes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexerTerms:
    """What the user wants of the releases of one indexer, and how it is doing."""

    id: int
    minimum_seeders: int = 1
    required_flags: frozenset[IndexerFlag] = frozenset()
    """One of them is enough."""
    early_days: int | None = None
    tags: tuple[int, ...] = ()
    weight: int = 0
    """Points that all its releases have."""
    freeleech_points: int = 0
    """What a download that costs nothing is worth; one that costs a part, that part less."""
    away_until: datetime | None = None
    """It does not answer, and is left alone until then."""


@dataclass(frozen=True, slots=True)
class Situation:
    """The moment, the settings, and what is already there or on its way for one slot of one movie."""

    now: datetime
    purpose: Purpose = Purpose.RECENT
    policy: Policy = field(default_factory=Policy)
    delay: DelayProfile | None = None
    words: tuple[ReleaseProfile, ...] = ()
    indexers: tuple[IndexerTerms, ...] = ()
    file_formats: tuple[int, ...] = ()
    """Ids of the custom formats that match the slot's file."""
    queued: tuple[Standing, ...] = ()
    """Unfinished grabs."""
    last_grab: Standing | None = None
    """The newest thing that happened to the movie, if that was a grab."""
    last_grab_at: datetime | None = None
    imported_hashes: frozenset[str] = frozenset()
    """Of what was imported before."""
    imported_titles: frozenset[str] = frozenset()
    """The same, case-folded."""
    blocked: Blocks = Blocks()  # noqa: RUF009  frozen
    waiting_since: datetime | None = None
    """When the first release of this movie was put off to wait for a better one."""
    free_space: int | None = None
    """Bytes on the disk of the library, None where nobody knows."""

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.date()

    def terms(self, indexer_id: int) -> IndexerTerms | None:
        """What is wanted of an indexer's releases; None for a release of no indexer."""
        return next((each for each in self.indexers if each.id == indexer_id), None)
