"""The whole program with its real port, services on loopback beside it, and a client that knows the key."""

from __future__ import annotations

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
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.hdbits import Listing, LoopbackHDBits
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.releases import GOOD, THE_SALT_MERIDIAN, THE_SALT_MERIDIAN_ROAD, Rival, rivals
from radarr_desktop.loopback.tmdb import LoopbackTMDb
from radarr_desktop.loopback.torrents import claiming
from tests.fixtures_engine import PATIENCE, RunningEngine

T = TypeVar("T")
KEY = made_up("port")
NOBODY = "http://127.0.0.1:1/announce"
"""A tracker that does not answer: what is grabbed stays in the queue."""


class Served:
    """``client`` sends the key with every request; ``call`` runs a verb on the engine's loop."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tmdb = LoopbackTMDb()
        self.hdbits = LoopbackHDBits()
        self._running = RunningEngine(folder, f'[port]\nport = 0\napi_key = "{KEY}"\n')
        self._stack = AsyncExitStack()

    @property
    def engine(self) -> Engine:
        """The real one."""
        return self._running.engine

    @property
    def port(self) -> Port:
        """The real one."""
        return self._running.app.port

    @property
    def url(self) -> str:
        """Where the port listens."""
        return self.port.address

    @property
    def library(self) -> Path:
        """The root folder."""
        return self._running.library

    def __enter__(self) -> Self:
        self._running.start()
        self.call(self._open())
        self.client = httpx.Client(
            base_url=self.url,
            headers={"X-Api-Key": KEY},
            timeout=PATIENCE,
            event_hooks={"response": [self._keep_answer]},
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        self.call(self._stack.aclose())
        self._running.stop()

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the engine's loop and wait for it."""
        return self._running.do(work)

    def _keep_answer(self, answer: httpx.Response) -> None:
        """Every answer is searched for secrets at the end of the run."""
        with (self.folder / "answers.txt").open("ab") as kept:
            kept.write(answer.read() + b"\n")

    async def _open(self) -> None:
        await self._stack.enter_async_context(self.tmdb)
        await self._stack.enter_async_context(self.hdbits)
        self.tmdb.add(THE_SALT_MERIDIAN)
        self.tmdb.add(THE_SALT_MERIDIAN_ROAD)

    def furnish(self) -> Movie:
        """Set everything up that a user has: services, a root folder, a profile, a tag and a wanted movie."""
        return self.call(self._furnish())

    async def _furnish(self) -> Movie:
        engine = self.engine
        for draft in self._drafts():
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

    def _drafts(self) -> list[Draft]:
        """One service of each kind."""
        tmdb = {"base_url": self.tmdb.url, "image_url": self.tmdb.url, "api_key": self.tmdb.api_key}
        hdbits = {
            "base_url": self.hdbits.url,
            "username": self.hdbits.username,
            "passkey": self.hdbits.passkey,
            "pause": 0,
        }
        builtin = {
            "download_folder": str(self._running.downloads),
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
