"""Fetch a release's torrent and look into it, before anything is downloaded."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Any

from radarr_desktop.domain.decision import Check, Outcome
from radarr_desktop.domain.decision.contents import Promise, check_of, contents_fault
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.torrent import MagnetError, TorrentError, UnreadableError, read_magnet, read_torrent
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.plugin_api import BadAnswer, Indexer, Release, Torrent


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found; ``torrent`` is None where it cannot be used."""

    check: Check
    files: int = 0
    size: int = 0
    """Bytes of all files, 0 while nobody knows."""
    torrent: Torrent | None = None
    is_final: bool = True
    """Will it be the same another time? What is no torrent at all may be one then."""
    reason: Reason = Reason.PARSE_ERROR
    """Of what was refused."""
    private: bool = False
    """Its tracker counts what is given back."""


async def inspect(plugins: PluginHost, indexer: Live[Indexer[Any]], release: Release, promise: Promise) -> Inspected:
    """The torrent of a release, looked into. Raises the named errors of the indexer."""

    async def fetch(plugin: Indexer[Any]) -> bytes | str:
        try:
            return await plugin.torrent(release)
        except BadAnswer:  # of this one release: the indexer itself is well
            return b""

    item: bytes | str = release.magnet or await plugins.call(indexer, fetch)
    if not item:
        said = f"{indexer.name} sent something else than its torrent."
        return Inspected(_refused("no usable torrent", said), is_final=False)
    return await asyncio.to_thread(look_into, item, release.title, promise, release.info_hash)


def look_into(item: bytes | str, name: str, promise: Promise = Promise(), told_hash: str = "") -> Inspected:  # noqa: B008  frozen
    """A .torrent's bytes or a magnet link: is it sound, is it what was promised, is there a movie in it?"""
    try:
        if isinstance(item, str):
            magnet = read_magnet(item)
            check = Check("contents", "a magnet link, not known yet", "a video", Outcome.ACCEPTED)
            named = name or magnet.name or f"Magnet link {magnet.hashes[0]}"
            return Inspected(check, torrent=Torrent(named, magnet.hashes, magnet=item))
        torrent = read_torrent(item)
    except (TorrentError, MagnetError) as fault:
        return Inspected(_refused("no usable torrent", str(fault)), is_final=not isinstance(fault, UnreadableError))
    if told_hash and told_hash.lower() not in {cut for one in torrent.hashes for cut in (one, one[:40])}:
        said = "The indexer sent another torrent than the one it listed."
        return Inspected(_refused("another torrent", said), reason=Reason.HASH_MISMATCH)
    wrong = contents_fault(torrent.files, promise)
    return Inspected(
        check_of(torrent.files, wrong),
        len(torrent.files),
        torrent.size,
        Torrent(name or torrent.name, torrent.hashes, data=item),
        reason=wrong.reason if wrong else Reason.PARSE_ERROR,
        private=torrent.private,
    )


def behind_address(url: str, name: str) -> Inspected:
    """A .torrent that only the client may reach: it tells its hash, and its files, when it has it."""
    check = Check("contents", "an address, not known yet", "a video", Outcome.ACCEPTED)
    stand_in = hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()
    return Inspected(check, torrent=Torrent(name, (stand_in,), url=url))


def _refused(seen: str, sentence: str) -> Check:
    return Check("contents", seen, "a sound torrent", Outcome.REJECTED, sentence)
