"""What indexers answered, joined and read."""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from radarr_desktop.domain.decision import Candidate
from radarr_desktop.engine.budget import Urgency
from radarr_desktop.engine.decisions.reading import Reader
from radarr_desktop.engine.plugins.host import Live
from radarr_desktop.plugin_api import Indexer, PluginError, Release, is_open_magnet, read_line, read_page

_SANE = 1 << 50
"""Bytes no release has."""
_A_PAUSE = 30.0
"""Seconds from which on a wait is worth a word: between two requests there is always one."""
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Offer:
    """The releases of one indexer, or why there are none, or not all."""

    indexer: Live[Indexer[Any]]
    releases: Sequence[Release] = field(default=())
    problem: str = ""
    refused: bool = False
    """It answered that it has nothing to say to this: asking again would bring the same."""

    @property
    def answered(self) -> bool:
        """Need it not be asked the same again soon?"""
        return not self.problem or self.refused or bool(self.releases)

    @property
    def again(self) -> datetime | None:
        """When one that gave nothing may be asked again; None: now, or when the user has changed something."""
        wait = self.indexer.wait(Urgency.USER) if self.problem else 0.0
        return datetime.now(UTC) + timedelta(seconds=wait) if _A_PAUSE < wait < math.inf else None


def told_by(indexer: Live[Indexer[Any]], error: PluginError) -> str:
    """What went wrong, with the name of whom it went wrong with: several indexers are asked at once."""
    said = str(error) if indexer.name in str(error) else f"{indexer.name}: {error}"
    came = "1 release" if len(error.found) == 1 else f"{len(error.found):,} releases"
    return f"{said} What had come before counts: {came}." if error.found else said


async def candidates(offers: Sequence[Offer], reader: Reader) -> list[Candidate]:
    """Every release once, read: the same torrent on two indexers counts for the preferred one."""
    offered = [(offer, one) for offer in offers for one in offer.releases if is_sane(one)]
    offered.sort(key=lambda each: (each[0].indexer.stored.priority, each[0].indexer.id))
    met = Met()
    found = [(offer, release) for offer, release in offered if met.first(release, offer.indexer.id)]
    parsed = await reader.read([release.title for _, release in found])
    await asyncio.sleep(0)
    return [
        Candidate(public(release), read, offer.indexer.id, _lister(offer, release), offer.indexer.stored.priority)
        for (offer, release), read in zip(found, parsed, strict=True)
    ]


class Met:
    """Which torrents were met already: by info hash; where one of two has none, by name and size on another indexer."""

    def __init__(self) -> None:
        self._hashes: set[str] = set()
        self._guids: set[tuple[int, str]] = set()
        self._named: dict[str, list[tuple[tuple[int, str], Release]]] = {}

    def first(self, release: Release, indexer_id: int) -> bool:
        """Is this one met for the first time?"""
        lister = (indexer_id, release.indexer)
        theirs = self._named.setdefault(" ".join(_WORDS.findall(release.title.casefold())), [])
        known = (
            (indexer_id, release.guid) in self._guids
            or release.info_hash in self._hashes
            or any(other != lister and _is_same(one, release) for other, one in theirs)
        )
        self._guids.add((indexer_id, release.guid))
        if release.info_hash:
            self._hashes.add(release.info_hash)
        if not known:
            theirs.append((lister, release))
        return not known


def _lister(offer: Offer, release: Release) -> str:
    return read_line(release.indexer, 100) or offer.indexer.name


def _is_same(one: Release, other: Release) -> bool:
    """Of the same name; indexers round sizes."""
    if one.info_hash and other.info_hash:
        return one.info_hash == other.info_hash
    return min(one.size, other.size) > 0 and abs(one.size - other.size) * 100 <= max(one.size, other.size)


def public(release: Release) -> Release:
    """As it may be stored and shown: links and pages may hold the user's passkey."""
    page = read_page(release.info_url, info_hash=release.info_hash) if release.info_url else ""
    magnet = release.magnet if is_open_magnet(release.magnet) else ""
    same = page == release.info_url and magnet == release.magnet
    return release if same else replace(release, info_url=page, magnet=magnet)


def is_sane(release: Release) -> bool:
    """Has it what a release must have? An indexer's words are not to be trusted."""
    return bool(release.guid and release.title.strip() and len(release.title) < 1000 and 0 <= release.size < _SANE)
