"""What indexers answered, joined and read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from radarr_desktop.domain.decision import Candidate
from radarr_desktop.engine.decisions.reading import Reader
from radarr_desktop.engine.plugins.host import Live
from radarr_desktop.plugin_api import Indexer, PluginError, Release

_SANE = 1 << 50
"""Bytes no release has."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The releases of one indexer, or why there are none."""

    indexer: Live[Indexer[Any]]
    releases: Sequence[Release] = field(default=())
    problem: str = ""


def told_by(indexer: Live[Indexer[Any]], error: PluginError) -> str:
    """What went wrong, with the name of whom it went wrong with: several indexers are asked at once."""
    return str(error) if indexer.name in str(error) else f"{indexer.name}: {error}"


async def candidates(offers: Sequence[Offer], reader: Reader) -> list[Candidate]:
    """Every release once, read: the same torrent on two indexers counts for the preferred one."""
    chosen: dict[str, tuple[Offer, Release]] = {}
    for offer in sorted(offers, key=lambda offer: (offer.indexer.stored.priority, offer.indexer.id)):
        for release in offer.releases:
            if not is_sane(release):
                continue
            key = release.info_hash or f"{offer.indexer.id} {release.guid}"
            chosen.setdefault(key, (offer, release))
    found = list(chosen.values())
    parsed = await reader.read([release.title for _, release in found])
    await asyncio.sleep(0)
    return [
        Candidate(release, read, offer.indexer.id, offer.indexer.name, offer.indexer.stored.priority)
        for (offer, release), read in zip(found, parsed, strict=True)
    ]


def is_sane(release: Release) -> bool:
    """Has it what a release must have? An indexer's words are not to be trusted."""
    return bool(release.guid and release.title.strip() and len(release.title) < 1000 and 0 <= release.size < _SANE)
