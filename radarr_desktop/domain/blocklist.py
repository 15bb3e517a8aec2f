"""What is never taken, or not for a while: single releases, torrents, groups, and names with a pattern in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from radarr_desktop.domain import terms


class Scope(StrEnum):
    """What an entry is about."""

    RELEASE = "release"
    """One release, known by its torrent's hash, or else by its name on its indexer."""
    HASH = "hash"
    """A torrent, whoever lists it under whatever name."""
    GROUP = "group"
    PATTERN = "pattern"
    """A word, or a ``/pattern/``, in the name."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """One entry of the blocklist."""

    id: int
    movie_id: int
    """0: for all movies."""
    title: str
    """A release's name; else what it is called in lists."""
    reason: str
    """Why, as a sentence."""
    added: datetime
    scope: Scope = Scope.RELEASE
    info_hash: str = ""
    indexer: str = ""
    """Of a release known by its name; empty: any."""
    group: str = ""
    """The group that is blocked, or the one the release is of."""
    pattern: str = ""
    cause: str = ""
    """A code of ``failures``."""
    attempts: int = 1
    """How often it failed like this."""
    expires: datetime | None = None
    """None: it is blocked for good."""
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocklist of one movie as a check asks it."""

    hashes: frozenset[str] = frozenset()
    titles: frozenset[tuple[str, str]] = frozenset()
    """Title, case-folded, and indexer; an empty one is any."""
    bare_titles: frozenset[tuple[str, str]] = frozenset()
    """Of those: the ones whose torrent nobody knows."""
    groups: frozenset[str] = frozenset()
    """Case-folded."""
    patterns: tuple[str, ...] = ()

    def hit(self, title: str, info_hash: str, group: str, indexer: str) -> str:
        """Why a release is blocked, as a sentence; empty when it is not."""
        name = title.casefold()
        named = {(name, indexer), (name, "")} & (self.bare_titles if info_hash else self.titles)
        if named or info_hash in self.hashes:
            return "The release is on the blocklist."
        if group and group.casefold() in self.groups:
            return f"The group {group} is on the blocklist."
        if pattern := next((each for each in self.patterns if terms.found(each, title)), ""):
            return f"Its name has {pattern} in it, which is on the blocklist."
        return ""


def blocks_of(entries: Iterable[Blocked], now: datetime) -> Blocks:
    """What these entries block at a moment."""
    valid = [one for one in entries if one.expires is None or one.expires > now]
    known = [one for one in valid if one.scope in (Scope.RELEASE, Scope.HASH)]
    named = {one: (one.title.casefold(), one.indexer) for one in known if one.scope is Scope.RELEASE}
    return Blocks(
        hashes=frozenset(one.info_hash for one in known if one.info_hash),
        titles=frozenset(named.values()),
        bare_titles=frozenset(name for one, name in named.items() if not one.info_hash),
        groups=frozenset(one.group.casefold() for one in valid if one.scope is Scope.GROUP),
        patterns=tuple(one.pattern for one in valid if one.scope is Scope.PATTERN),
    )


@dataclass(frozen=True, slots=True)
class Subject:
    """What failed."""

    movie_id: int
    title: str
    info_hash: str = ""
    indexer: str = ""
    group: str = ""
    client: str = ""
    grab_id: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """One line of a statistic."""

    name: str
    count: int
    blocked: int = 0
    """Of these: how many put something on the blocklist."""


@dataclass(frozen=True, slots=True)
class FailureStatistics:
    """What failed in a span of days; the most frequent first."""

    since: date
    total: int
    by_reason: tuple[Count, ...]
    """Named by their codes."""
    by_group: tuple[Count, ...]
    by_indexer: tuple[Count, ...]
    by_day: tuple[Count, ...]
    """Every day from ``since`` on, as ``2026-11-28``, also those without any."""
