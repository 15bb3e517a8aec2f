"""What every download client must do, proved against a real swarm."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.plugin_api.download_client import Download, DownloadClient, DownloadState, Torrent
from radarr_desktop.plugin_api.errors import LoginFailed, NotFound, Rejected, Unreachable

PATIENCE = 45.0
"""Seconds a client may take for any one step."""
UNKNOWN = "0123456789abcdef" * 2 + "01234567"
KINDS = ("v1", "v2", "hybrid")


@dataclass(frozen=True, slots=True)
class Offer:
    """A torrent that is seeded, and what it holds."""

    torrent: Torrent
    """With its .torrent."""
    magnet: Torrent
    """The same with its magnet link instead."""
    content: Mapping[str, bytes]
    """Path below the download's folder -> bytes."""


class World(ABC):
    """A swarm with a seeder, and a way to make clients for it."""

    @abstractmethod
    def client(self) -> DownloadClient[Any]:
        """A new instance, not started; all of one world share their settings and data folder."""

    @abstractmethod
    async def offer(self, *, kind: str = "v1", rate: int = 0) -> Offer:
        """Seed new public content of a few MB, at ``rate`` bytes a second (0: any speed); the seeder is ready then."""

    @abstractmethod
    async def hurry(self, offer: Offer) -> None:
        """Lift the rate, and bring seeder and client together again if they lost each other."""

    async def rejoin(self, offer: Offer) -> None:
        """The same for a client that was whole and is no more: seeds have forgotten each other then."""
        await self.hurry(offer)

    async def given(self, offer: Offer) -> int | None:
        """Bytes of its content that the seeder gave away; None where nobody counts."""
        return None

    async def end(self, client: DownloadClient[Any]) -> None:
        """Close an instance and what it was given."""
        await client.close()
        await client.context.http.close()


class RemoteWorld(World):
    """A world whose client is a program behind an address and a password."""

    @abstractmethod
    def refused(self) -> DownloadClient[Any]:
        """An instance with a wrong password."""

    @abstractmethod
    def unreachable(self) -> DownloadClient[Any]:
        """An instance with an address where nothing listens."""


class Scenes(ABC):
    """Subclass a contract as ``Test...`` and say what the world is."""

    @abstractmethod
    def world(self, folder: Path) -> AbstractAsyncContextManager[World]:
        """A world whose files all lie in ``folder``."""

    def play(self, folder: Path, scene: Callable[[World], Awaitable[None]]) -> None:
        """Run one scene in a fresh world."""

        async def run() -> None:
            async with self.world(folder) as world:
                await scene(world)

        asyncio.run(run())


class DownloadClientContract(Scenes):
    """Fetching, and what everybody expects of a client."""

    def test_the_settings_work(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            async with started(world) as client:
                await client.test()
                assert list(await client.downloads()) == []

        self.play(tmp_path, scene)

    @pytest.mark.parametrize("kind", KINDS)
    def test_fetches_by_torrent_file(self, tmp_path: Path, kind: str) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer(kind=kind)
            async with started(world) as client:
                await self._fetch(client, offer.torrent, offer)

        self.play(tmp_path, scene)

    def test_fetches_by_magnet(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer()
            async with started(world) as client:
                await self._fetch(client, offer.magnet, offer)

        self.play(tmp_path, scene)

    def test_adding_again_is_no_error(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer(kind="hybrid", rate=200_000)
            async with started(world) as client:
                added = await client.add(offer.torrent)
                assert await client.add(offer.torrent) == added
                assert await client.add(offer.magnet) == added
                assert [one.id for one in await client.downloads()] == [added]

        self.play(tmp_path, scene)

    @pytest.mark.parametrize("delete_files", [True, False])
    def test_removes(self, tmp_path: Path, *, delete_files: bool) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer()
            async with started(world) as client:
                other = await client.add((await world.offer()).torrent)
                done = await self._fetch(client, offer.torrent, offer)
                await client.remove(done.id, delete_files=delete_files)
                await reached(client, lambda found: [one.id for one in found] == [other])
                await client.remove(done.id, delete_files=delete_files)
                if delete_files:
                    await until(lambda: not any((Path(done.folder) / path).exists() for path in offer.content))
                else:
                    assert contents(done, offer) == offer.content

        self.play(tmp_path, scene)

    def test_pauses_and_resumes(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer(rate=300_000)
            async with started(world) as client:
                added = await client.add(offer.torrent)
                await state_of(client, added, DownloadState.DOWNLOADING)
                await client.pause(added)
                await state_of(client, added, DownloadState.PAUSED)
                await world.hurry(offer)
                await client.pause(added)
                assert (await state_of(client, added, DownloadState.PAUSED)).progress < 1
                await client.resume(added)
                await state_of(client, added, DownloadState.DOWNLOADING, DownloadState.STALLED, DownloadState.COMPLETED)
                await world.hurry(offer)
                done = await state_of(client, added, DownloadState.COMPLETED)
                assert contents(done, offer) == offer.content
                await client.pause(added)
                await state_of(client, added, DownloadState.COMPLETED)

        self.play(tmp_path, scene)

    def test_any_hash_names_it(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer(kind="hybrid")
            async with started(world) as client:
                added = await client.add(offer.torrent)
                await state_of(client, added, DownloadState.COMPLETED)
                v1, v2 = offer.torrent.hashes
                for name in (v1, v2, v2[:40], v1.upper()):
                    assert await client.files(name)
                    await client.pause(name)
                    await client.resume(name)
                await client.remove(v2, delete_files=True)
                await reached(client, lambda found: not found)

        self.play(tmp_path, scene)

    def test_what_is_unknown_is_said_so(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            async with started(world) as client:
                for ask in (client.files, client.pause, client.resume):
                    with pytest.raises(NotFound):
                        await ask(UNKNOWN)
                await client.remove(UNKNOWN, delete_files=True)

        self.play(tmp_path, scene)

    def test_refuses_what_is_no_torrent(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            async with started(world) as client:
                for torrent in (
                    Torrent("A web page", (UNKNOWN,), data=b"<!DOCTYPE html><html>Please log in</html>"),
                    Torrent("A cut torrent", (UNKNOWN,), data=b"d8:announce3:abc4:infod6:length"),
                    Torrent("A link", (UNKNOWN,), magnet="magnet:?xt=urn:btih:12"),
                ):
                    with pytest.raises(Rejected) as caught:
                        await client.add(torrent)
                    assert torrent.name in str(caught.value)
                assert list(await client.downloads()) == []

        self.play(tmp_path, scene)

    def test_slowed_down_it_goes_on_slowly_until_that_is_over(self, tmp_path: Path) -> None:
        """With lower limits of 10 KB/s or so; a client without any has nothing to show."""

        async def scene(world: World) -> None:
            offer = await world.offer()
            async with started(world) as client:
                if await client.slowed() is None:
                    with pytest.raises(Rejected):
                        await client.slow_down(slow=True)
                    return
                assert await client.slowed() is False
                for _ in range(2):
                    await client.slow_down(slow=True)
                    assert await client.slowed() is True
            async with started(world) as client:
                assert await client.slowed() is True
                added = await client.add(offer.torrent)
                slow = await state_of(client, added, DownloadState.DOWNLOADING)
                assert slow.progress < 1
                await client.slow_down(slow=False)
                assert await client.slowed() is False
                done = await state_of(client, added, DownloadState.COMPLETED)
                assert contents(done, offer) == offer.content

        self.play(tmp_path, scene)

    def test_goes_on_after_a_restart(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer(rate=300_000)
            async with started(world) as client:
                added = await client.add(offer.torrent)
                await state_of(client, added, DownloadState.DOWNLOADING)
            async with started(world) as client:
                assert [one.id for one in await client.downloads()] == [added]
                assert await client.add(offer.torrent) == added
                await state_of(client, added, DownloadState.DOWNLOADING, DownloadState.STALLED)
                await world.hurry(offer)
                done = await state_of(client, added, DownloadState.COMPLETED)
                assert contents(done, offer) == offer.content
            async with started(world) as client:
                await state_of(client, added, DownloadState.COMPLETED)

        self.play(tmp_path, scene)

    async def _fetch(self, client: DownloadClient[Any], torrent: Torrent, offer: Offer) -> Download:
        """Add it and see it through to the last byte."""
        added = await client.add(torrent)
        assert added == added.lower()
        last, done = 0.0, await _one(client, added)
        async for done in _watched(client, added, DownloadState.COMPLETED):
            assert 0 <= last <= done.progress <= 1
            last = done.progress
        assert done.progress == 1
        assert done.left == 0
        assert done.size == sum(map(len, offer.content.values()))
        assert done.hashes >= set(offer.torrent.hashes)
        assert added in done.hashes
        assert done.message == ""
        assert contents(done, offer) == offer.content
        files = {one.path: one for one in await client.files(added)}
        assert {path: one.size for path, one in files.items()} == {key: len(one) for key, one in offer.content.items()}
        assert all(one.wanted and one.progress == 1 for one in files.values())
        return done


class RemoteDownloadClientContract(DownloadClientContract):
    """The contract of a client that is another program."""

    @abstractmethod
    def world(self, folder: Path) -> AbstractAsyncContextManager[RemoteWorld]:
        """A world whose files all lie in ``folder``."""

    def test_a_wrong_password_is_said_so(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            assert isinstance(world, RemoteWorld)
            client = world.refused()
            for ask in (client.test, client.downloads):
                with pytest.raises(LoginFailed) as caught:
                    await ask()
                assert str(caught.value).endswith(".")
            await world.end(client)

        self.play(tmp_path, scene)

    def test_an_address_without_anybody_is_said_so(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            assert isinstance(world, RemoteWorld)
            client = world.unreachable()
            for ask in (client.test, client.downloads):
                with pytest.raises(Unreachable):
                    await ask()
            await world.end(client)

        self.play(tmp_path, scene)


@asynccontextmanager
async def started(world: World) -> AsyncIterator[DownloadClient[Any]]:
    """A running instance."""
    client = world.client()
    await client.start()
    try:
        yield client
    finally:
        await world.end(client)


async def state_of(client: DownloadClient[Any], id: str, *states: DownloadState) -> Download:
    """Wait until the torrent is in one of these states."""
    return [one async for one in _watched(client, id, *states)][-1]


async def reached(client: DownloadClient[Any], check: Callable[[list[Download]], bool]) -> None:
    """Wait until the client's list is as it should be."""
    deadline = time.monotonic() + PATIENCE
    while not check(found := list(await client.downloads())):
        assert time.monotonic() < deadline, f"after {PATIENCE:g} s: {found}"
        await asyncio.sleep(0.1)


async def until(check: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not check():
        assert time.monotonic() < deadline, f"not within {PATIENCE:g} s"
        await asyncio.sleep(0.05)


def contents(download: Download, offer: Offer) -> dict[str, bytes]:
    """What lies on the disk where the offer's files should be."""
    return {path: (Path(download.folder) / path).read_bytes() for path in offer.content}


async def _one(client: DownloadClient[Any], id: str) -> Download:
    found: list[Download] = []

    def check(all_of_them: list[Download]) -> bool:
        found[:] = [one for one in all_of_them if one.id == id]
        return bool(found)

    await reached(client, check)
    return found[0]


async def _watched(client: DownloadClient[Any], id: str, *states: DownloadState) -> AsyncIterator[Download]:
    """Each look at the torrent until it is in one of these states."""
    deadline = time.monotonic() + PATIENCE
    while (last := await _one(client, id)).state not in states:
        yield last
        assert time.monotonic() < deadline, f"not {' or '.join(states)} after {PATIENCE:g} s: {last}"
        await asyncio.sleep(0.1)
    yield last
