"""Every indexer plugin with a service of its kind on loopback that lists one release of the loopback world's movie."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from radarr_desktop.loopback import hdbits, prowlarr, torznab, unit3d
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.releases import THE_SALT_MERIDIAN
from radarr_desktop.loopback.server import Server
from tests.fakes.proxy import Proxy
from tests.fixtures_engine import WorldThread

S = TypeVar("S", Server, Proxy)
KEY = made_up("indexers")
"""What each of them wants to know its user by."""
GB = 1024**3


@dataclass(frozen=True)
class Kind:
    """One plugin."""

    module: str
    server: Callable[[], Server]
    settings: Callable[[str], Mapping[str, Any]]
    """For a service at this address."""
    needs: frozenset[str] = frozenset()
    """Fields without which a release cannot be read; where one is gone from all, the answer is none."""

    @property
    def name(self) -> str:
        """Of its instance."""
        return _name(self.module)


def _hdbits() -> Server:
    server = hdbits.LoopbackHDBits("ann", KEY)
    server.add(hdbits.Listing(_title("A"), hash="a1" * 20, size=2 * GB, seeders=4, imdb=_IMDB))
    return server


def _rss() -> Server:
    server = torznab.LoopbackTorznab(KEY)
    server.feed.add(torznab.Listing(_title("B"), size=2 * GB, seeders=4, info_hash="a2" * 20))
    return server


def _torznab() -> Server:
    server = torznab.LoopbackTorznab(KEY)
    listing = torznab.Listing(_title("C"), size=2 * GB, seeders=4, imdb=_IMDB, tmdb=_TMDB, info_hash="a3" * 20)
    server.feed.add(listing)
    return server


def _unit3d() -> Server:
    server = unit3d.LoopbackUnit3D(KEY)
    server.add(unit3d.Listing(_title("D"), size=2 * GB, seeders=4, imdb=_IMDB, tmdb=_TMDB, info_hash="a4" * 20))
    return server


def _prowlarr() -> Server:
    server = prowlarr.LoopbackProwlarr(KEY)
    feed = server.keep(1, _name("prowlarr_search")).feed  # what it finds has the name of its own indexer
    feed.add(torznab.Listing(_title("E"), size=2 * GB, seeders=4, imdb=_IMDB, tmdb=_TMDB, info_hash="a5" * 20))
    return server


def _name(module: str) -> str:
    return f"Sick {module}"


def _title(group: str) -> str:
    return f"The.Salt.Meridian.2025.1080p.WEB-DL.DDP5.1.H.264-{group}"


_IMDB, _TMDB = int(THE_SALT_MERIDIAN.imdb_id.removeprefix("tt")), THE_SALT_MERIDIAN.tmdb_id
KINDS: dict[str, Kind] = {
    "HDBits": Kind(
        "hdbits", _hdbits, lambda url: {"base_url": url, "username": "ann", "passkey": KEY}, frozenset({"id"})
    ),
    "ProwlarrSearch": Kind(
        "prowlarr_search",
        _prowlarr,
        lambda url: {"base_url": url, "api_key": KEY},
        frozenset({"title", "downloadUrl"}),
    ),
    "Rss": Kind("rss", _rss, lambda url: {"url": f"{url}/api?t=search&apikey={KEY}"}, frozenset({"title"})),
    "Torznab": Kind("torznab", _torznab, lambda url: {"base_url": url, "api_key": KEY}, frozenset({"title"})),
    "Unit3D": Kind(
        "unit3d", _unit3d, lambda url: {"base_url": url, "token": KEY}, frozenset({"id", "attributes", "name"})
    ),
}
"""By implementation."""
HASTE = {"pause": 0.0, "hourly": 0}


def proxied(world: WorldThread, stack: ExitStack) -> dict[str, Proxy]:
    """All their services, each behind a proxy that can spoil its answers."""
    proxies = {}
    for implementation, kind in KINDS.items():
        server = stack.enter_context(_running(world, kind.server()))
        proxies[implementation] = stack.enter_context(_running(world, Proxy(server.url)))
    return proxies


@contextmanager
def _running(world: WorldThread, service: S) -> Iterator[S]:
    world.do(service.__aenter__())
    try:
        yield service
    finally:
        world.do(service.__aexit__(None, None, None))
