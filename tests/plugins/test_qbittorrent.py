"""qBittorrent: the contract against a real one, and what only it has to do."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.plugin_api import Context, Http
from radarr_desktop.plugin_api.testing.download_client import Offer, RemoteDownloadClientContract, RemoteWorld
from radarr_desktop_plugins.qbittorrent import QBittorrent, QBittorrentSettings
from tests.fakes import swarm as rig


class RealWorld(RemoteWorld):
    """A category of its own in a running qBittorrent."""

    def __init__(self, folder: Path, made: rig.Swarm, program: rig.QBittorrent) -> None:
        self.folder = folder
        self.swarm = made
        self.program = program
        self.category = f"movies-{secrets.token_hex(4)}"

    def client(self, **settings: Any) -> QBittorrent:
        wanted: dict[str, Any] = {
            "base_url": self.program.url,
            "username": self.program.username,
            "password": self.program.password,
            "category": self.category,
            "save_path": str(self.folder / "downloads"),
        }
        context = Context("qBittorrent", self.folder, Http("radarr-desktop-tests"), logging.getLogger("test"), "0")
        return QBittorrent(QBittorrentSettings(**wanted | settings), context)

    async def offer(self, *, kind: str = "v1", rate: int = 0) -> Offer:
        return await self.swarm.offer(kind=kind, rate=rate)

    async def hurry(self, offer: Offer) -> None:
        await self.swarm.hurry(offer, self.program.peer_port)

    def refused(self) -> QBittorrent:
        return self.client(password="wrong")

    def unreachable(self) -> QBittorrent:
        return self.client(base_url=f"http://{rig.HOST}:{rig.free_port()}")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rig.QBittorrent]:
    """One real qBittorrent for all of this module; each test has its own category in it."""
    with rig.qbittorrent(tmp_path_factory.mktemp("qbittorrent")) as running:
        yield running


@asynccontextmanager
async def real(folder: Path, program: rig.QBittorrent) -> AsyncIterator[RealWorld]:
    """A swarm beside the running qBittorrent."""
    async with rig.swarm(folder / "seeded") as made:
        yield RealWorld(folder, made, program)


class TestQBittorrent(RemoteDownloadClientContract):
    """The contract."""

    @pytest.fixture(autouse=True)
    def _program(self, program: rig.QBittorrent) -> None:
        self.program = program

    def world(self, folder: Path) -> AbstractAsyncContextManager[RemoteWorld]:
        return real(folder, self.program)
