"""qBittorrent before 4.3.3: the contract against 4.1's Web API, and against a real 4.2 where it was fetched."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from radarr_desktop.plugin_api import DownloadState, Order, Start, Terms
from radarr_desktop.plugin_api.testing.download_client import (
    RemoteDownloadClientContract,
    RemoteWorld,
    World,
    contents,
    started,
    state_of,
)
from radarr_desktop.plugin_api.testing.download_orders import DownloadOrdersContract
from tests.fakes import swarm as rig
from tests.fakes.old_qbittorrent import OldQBittorrent
from tests.plugins.test_qbittorrent import FOLDER, RealWorld

FAKES = ("2.0", "2.0.2", "2.2.1")
REAL = FOLDER / "bullseye" / "qbittorrent-nox"
VERSIONS = ["2.0", *(["4.2.5"] if REAL.exists() else [])]


@asynccontextmanager
async def old(folder: Path, version: str) -> AsyncIterator[RealWorld]:
    """A swarm, and an old qBittorrent beside it."""
    async with rig.swarm(folder / "seeded") as made:
        if version in FAKES:
            async with OldQBittorrent(folder, version) as program:
                yield RealWorld(folder, made, cast("rig.QBittorrent", program))
        else:
            with rig.qbittorrent(folder / "program", str(REAL)) as program:
                yield RealWorld(folder, made, program)


class Old:
    """Torrents of the new format came later."""

    version: str

    @pytest.fixture(autouse=True, params=VERSIONS)
    def _version(self, request: pytest.FixtureRequest) -> None:
        self.version = request.param
        kind = request.node.callspec.params.get("kind", "v1")
        if kind != "v1" or request.node.originalname in ("test_any_hash_names_it", "test_adding_again_is_no_error"):
            pytest.skip("it knows only v1 hashes")


class TestOldQBittorrent(Old, RemoteDownloadClientContract):
    """The contract."""

    def world(self, folder: Path) -> AbstractAsyncContextManager[RemoteWorld]:
        return old(folder, self.version)


class TestOldOrders(Old, DownloadOrdersContract):
    """The contract of terms and orders."""

    def world(self, folder: Path) -> AbstractAsyncContextManager[World]:
        return old(folder, self.version)

    def test_what_a_recheck_finds_damaged_is_fetched_again(self, tmp_path: Path) -> None:
        if self.version not in FAKES:
            pytest.skip("its cache shows other programs what was fetched up to a minute later")
        super().test_what_a_recheck_finds_damaged_is_fetched_again(tmp_path)

    def test_the_files_of_a_magnet_are_known_before_one_is_fetched(self, tmp_path: Path) -> None:
        """It does not stop by itself, but crawls until it is told to stop, and runs when it is resumed."""

        async def scene(world: World) -> None:
            offer = await world.offer()
            async with started(world) as client:
                added = await client.add(replace(offer.magnet, terms=Terms(start=Start.METADATA)))
                states = (DownloadState.STALLED, DownloadState.DOWNLOADING)
                await state_of(client, added, *states)
                await client.pause(added)
                assert (await state_of(client, added, DownloadState.PAUSED)).progress < 0.1
                assert {one.path for one in await client.files(added)} == set(offer.content)
                await client.resume(added)
                await world.hurry(offer)
                done = await state_of(client, added, DownloadState.COMPLETED)
                assert contents(done, offer) == offer.content

        self.play(tmp_path, scene)


@pytest.mark.parametrize("version", FAKES)
def test_only_what_it_knows_is_asked(tmp_path: Path, version: str) -> None:
    async def scene() -> None:
        async with rig.swarm(tmp_path / "seeded") as made, OldQBittorrent(tmp_path, version) as program:
            world = RealWorld(tmp_path, made, cast("rig.QBittorrent", program))
            client = world.client(imported_category=f"{world.category}-done", first=True, layout="Subfolder")
            await client.test()
            offer = await world.offer()
            id_ = await client.add(replace(offer.torrent, terms=Terms(start=Start.FORCED, ratio=2.0)))
            await state_of(client, id_, DownloadState.COMPLETED)
            for order in Order:
                await client.order(order, id_)
            assert await client.complaint(id_) == ""
            assert program.unknown == []
            await world.end(client)

    asyncio.run(scene())
