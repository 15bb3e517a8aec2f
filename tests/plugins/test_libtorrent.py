"""The built-in downloader: the contract, and what only it has to do."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from radarr_desktop.plugin_api import Context, Http
from radarr_desktop.plugin_api.testing.download_client import DownloadClientContract, Offer, World
from radarr_desktop_plugins.libtorrent import Libtorrent, LibtorrentSettings
from tests.fakes.swarm import Swarm, swarm


class LoopbackWorld(World):
    """Clients that keep to 127.0.0.1."""

    def __init__(self, folder: Path, made: Swarm) -> None:
        self.folder = folder
        self.swarm = made
        self.last: Libtorrent

    def client(self, **settings: Any) -> Libtorrent:
        wanted: dict[str, Any] = {"download_folder": self.folder / "downloads", "interface": "127.0.0.1"} | settings
        data_dir = self.folder / "data"
        data_dir.mkdir(exist_ok=True)
        context = Context("Built-in", data_dir, Http("radarr-desktop-tests"), logging.getLogger("test.libtorrent"), "0")
        self.last = Libtorrent(LibtorrentSettings(**wanted), context)
        return self.last

    async def offer(self, *, kind: str = "v1", rate: int = 0) -> Offer:
        return await self.swarm.offer(kind=kind, rate=rate)

    async def hurry(self, offer: Offer) -> None:
        await self.swarm.hurry(offer, self.last.port)


@asynccontextmanager
async def loopback(folder: Path) -> AsyncIterator[LoopbackWorld]:
    """A world in this folder."""
    async with swarm(folder / "seeded") as made:
        yield LoopbackWorld(folder, made)


class TestLibtorrent(DownloadClientContract):
    """The contract."""

    world = staticmethod(loopback)
