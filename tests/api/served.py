"""A real engine and its real port on loopback, in a thread of their own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from radarr_desktop.api.port import Port
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.settings import PortSettings
from radarr_desktop.loopback.hdbits import Listing, LoopbackHDBits
from radarr_desktop.loopback.releases import GOOD, THE_SALT_MERIDIAN, THE_SALT_MERIDIAN_ROAD, Rival, rivals
from radarr_desktop.loopback.tmdb import LoopbackTMDb
from radarr_desktop.loopback.torrents import claiming

T = TypeVar("T")
KEY = "5ea1" * 8
NOBODY = "http://127.0.0.1:1/announce"
PATIENCE = 30.0


class Served:
    """``client`` sends the key with every request; ``call`` runs a verb on the engine's loop."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tmdb = LoopbackTMDb()
        self.hdbits = LoopbackHDBits()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="engine")
        self._stack = AsyncExitStack()

    @property
    def url(self) -> str:
        """Where the port listens."""
        return self.port.address

    @property
    def library(self) -> Path:
        """The root folder."""
        return self.folder / "library"

    def __enter__(self) -> Self:
        self._thread.start()
        self.call(self._start())
        self.client = httpx.Client(base_url=self.url, headers={"X-Api-Key": KEY}, timeout=PATIENCE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        self.call(self._stack.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the engine's loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _start(self) -> None:
        await self._stack.enter_async_context(self.tmdb)
        await self._stack.enter_async_context(self.hdbits)
        self.tmdb.add(THE_SALT_MERIDIAN)
        self.tmdb.add(THE_SALT_MERIDIAN_ROAD)
        self.library.mkdir()
        self.engine = Engine(Paths.default(self.folder / "data"), "1.2.3")
        await self.engine.open()
        await self.engine.start()
        self._stack.push_async_callback(self.engine.stop)
        await self.engine.settings.save_port(PortSettings(port=0, api_key=KEY))
        self.port = Port(self.engine)
        await self.port.start()
        self._stack.push_async_callback(self.port.stop)

    def furnish(self) -> Movie:
        """Set everything up that a user has: services, a root folder, a profile, a tag and a wanted movie."""
        return self.call(self._furnish())

    async def _furnish(self) -> Movie:
        engine = self.engine
        for draft in self.drafts():
            await engine.plugins.save(draft)
        await engine.folders.add(str(self.library))
        profile = await engine.profiles.add(
            make_profile("HD", ["HDTV-1080p", "WEBRip-1080p", "WEBDL-1080p", "Bluray-1080p"])
        )
        tag = await engine.tags.add("rare")
        for rival in [*rivals(), _good()]:
            title = rival.listing.filename.removesuffix(".torrent")
            torrent = claiming(rival.files, NOBODY, name=title if len(rival.files) > 1 else "")
            number = int(THE_SALT_MERIDIAN.imdb_id.removeprefix("tt"))
            self.hdbits.add(replace(rival.listing, imdb=number, hash=torrent.info_hash, data=torrent.data))
        return await engine.movies.add(
            NewMovie(THE_SALT_MERIDIAN.tmdb_id, profile.id, str(self.library), tags=(tag.id,))
        )

    def drafts(self) -> list[Draft]:
        """One service of each kind."""
        tmdb = {"base_url": self.tmdb.url, "image_url": self.tmdb.url, "api_key": self.tmdb.api_key}
        hdbits = {
            "base_url": self.hdbits.url,
            "username": self.hdbits.username,
            "passkey": self.hdbits.passkey,
            "pause": 0,
        }
        builtin = {
            "download_folder": str(self.folder / "downloads"),
            "interface": "127.0.0.1",
            "dht": False,
            "lsd": False,
        }
        return [
            Draft(PluginKind.METADATA, "tmdb", "TMDb", tmdb),
            Draft(PluginKind.INDEXER, "hdbits", "HDBits", hdbits),
            Draft(PluginKind.DOWNLOAD_CLIENT, "libtorrent", "Built-in", builtin),
        ]


def _good() -> Rival:
    """What should win; nobody seeds it, so it stays in the queue."""
    size = 700_000
    listing = Listing(name=GOOD.replace(".", " "), filename=f"{GOOD}.torrent", size=size, seeders=30)
    return Rival(listing, {f"{GOOD}.mkv": size})
