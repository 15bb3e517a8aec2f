"""The built-in downloader: the contract, and what only it has to do."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.plugin_api import Context, DownloadState, Http, Rejected, Torrent, Unreachable
from radarr_desktop.plugin_api.testing.download_client import (
    DownloadClientContract,
    Offer,
    World,
    contents,
    started,
    state_of,
)
from radarr_desktop.plugin_api.testing.download_orders import DownloadOrdersContract
from radarr_desktop_plugins.libtorrent import Libtorrent, LibtorrentSettings
from tests.fakes.swarm import Swarm, swarm


class LoopbackWorld(World):
    """Clients that keep to 127.0.0.1."""

    def __init__(self, folder: Path, made: Swarm) -> None:
        self.folder = folder
        self.swarm = made
        self.last: Libtorrent

    def client(self, **settings: Any) -> Libtorrent:
        wanted: dict[str, Any] = {"download_folder": self.folder / "downloads", "interface": "127.0.0.1"}
        wanted |= {"slow_download_limit": 50, "slow_upload_limit": 50} | settings
        data_dir = self.folder / "data"
        data_dir.mkdir(exist_ok=True)
        context = Context("Built-in", data_dir, Http("radarr-desktop-tests"), logging.getLogger("test.libtorrent"), "0")
        self.last = Libtorrent(LibtorrentSettings.model_validate(wanted), context)
        return self.last

    async def offer(self, *, kind: str = "v1", rate: int = 0) -> Offer:
        return await self.swarm.offer(kind=kind, rate=rate)

    async def rejoin(self, offer: Offer) -> None:
        await self.swarm.rejoin(offer, self.last.port)

    async def given(self, offer: Offer) -> int:
        return self.swarm.given(offer)

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


class TestOrders(DownloadOrdersContract):
    """The contract of terms and orders."""

    world = staticmethod(loopback)


def play(folder: Path, scene: Callable[[LoopbackWorld], Awaitable[None]]) -> None:
    """Run one scene in a world in this folder."""

    async def run() -> None:
        async with loopback(folder) as world:
            await scene(world)

    asyncio.run(run())


CRASHING = """
import asyncio, json, logging, pathlib, sys
from radarr_desktop.plugin_api import Context, DownloadState, Http, Torrent
from radarr_desktop_plugins.libtorrent import Libtorrent, LibtorrentSettings

async def main():
    order = json.loads(sys.stdin.readline())
    folder = pathlib.Path(order["folder"])
    settings = LibtorrentSettings(download_folder=folder / "downloads", interface="127.0.0.1")
    client = Libtorrent(settings, Context("", folder / "data", Http(""), logging.getLogger(), "0"))
    await client.start()
    data, magnet = bytes.fromhex(order["data"]), order["magnet"]
    print(await client.add(Torrent("X", tuple(order["hashes"]), data=data, magnet=magnet)), flush=True)
    while True:
        print(max(one.progress for one in await client.downloads()), flush=True)
        await asyncio.sleep(0.05)

asyncio.run(main())
"""


async def crash(world: LoopbackWorld, torrent: Torrent, progress: float) -> str:
    """Add a torrent in another process and kill it at this progress; below 0: as soon as the torrent is added."""
    order = {
        "folder": str(world.folder),
        "hashes": torrent.hashes,
        "data": torrent.data.hex(),
        "magnet": torrent.magnet,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        CRASHING,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(order).encode() + b"\n")
    added = (await process.stdout.readline()).decode().strip()
    while progress >= 0 and float(await process.stdout.readline()) <= progress:
        pass
    process.kill()
    await process.communicate()
    return added


@pytest.mark.parametrize("kind", ["file", "magnet"])
@pytest.mark.parametrize("progress", [-1.0, 0.0, 0.3])
def test_survives_a_crash(tmp_path: Path, kind: str, progress: float) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer = await world.offer(kind="hybrid", rate=600_000)
        await asyncio.to_thread((tmp_path / "data").mkdir)
        added = await crash(world, offer.torrent if kind == "file" else offer.magnet, progress)
        assert added in offer.torrent.hashes
        async with started(world) as client:
            assert [one.id for one in await client.downloads()] == [added]
            await world.hurry(offer)
            done = await state_of(client, added, DownloadState.COMPLETED)
            assert contents(done, offer) == offer.content
        async with started(world) as client:
            assert (await state_of(client, added, DownloadState.COMPLETED)).hashes == done.hashes

    play(tmp_path, scene)


def test_fetches_private_torrents(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer = await world.swarm.offer(private=True)
        async with started(world) as client:
            done = await state_of(client, await client.add(offer.torrent), DownloadState.COMPLETED)
            assert contents(done, offer) == offer.content

    play(tmp_path, scene)


def test_a_torrent_file_helps_a_magnet_link_that_finds_nobody(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer = await world.swarm.offer(private=True)
        (info_hash,) = offer.torrent.hashes
        async with started(world) as client:
            added = await client.add(Torrent("X", (info_hash,), magnet=f"MAGNET:?xt=urn:btih:{info_hash.upper()}"))
            assert (await state_of(client, added, DownloadState.METADATA)).size == 0
            assert list(await client.files(added)) == []
            assert await client.add(offer.torrent) == added
            done = await state_of(client, added, DownloadState.COMPLETED)
            assert contents(done, offer) == offer.content

    play(tmp_path, scene)


def test_stays_paused_after_a_restart(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer = await world.offer(rate=300_000)
        async with started(world) as client:
            added = await client.add(offer.torrent)
            await client.pause(added)
        async with started(world) as client:
            assert [one.state for one in await client.downloads()] == [DownloadState.PAUSED]
            await client.resume(added)
            await world.hurry(offer)
            await state_of(client, added, DownloadState.COMPLETED)

    play(tmp_path, scene)


def test_says_which_file_cannot_be_written(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer = await world.offer()
        folder = tmp_path / "downloads" / offer.torrent.hashes[0]
        folder.mkdir(parents=True)
        in_the_way = folder / offer.torrent.name
        in_the_way.write_text("a file where the torrent needs a folder")
        async with started(world) as client:
            stopped = await state_of(client, await client.add(offer.torrent), DownloadState.ERROR)
            assert re.match(
                rf"{in_the_way}/\S+ cannot be written: a file is where a folder should be\.", stopped.message
            )
        async with started(world) as client:
            await state_of(client, stopped.id, DownloadState.ERROR)
            in_the_way.unlink()
            await client.resume(stopped.id)
            await world.hurry(offer)
            done = await state_of(client, stopped.id, DownloadState.COMPLETED)
            assert done.message == ""
            assert contents(done, offer) == offer.content

    play(tmp_path, scene)


def mount(*arguments: str | Path) -> None:
    """Mount something."""
    subprocess.run(["mount", *arguments], check=True)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may make a small file system")
def test_says_that_the_disk_is_full(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer = await world.offer()
        async with started(world) as client:
            added = await client.add(offer.torrent)
            stopped = await state_of(client, added, DownloadState.ERROR)
            assert "cannot be written: the disk is full." in stopped.message
            await asyncio.to_thread(mount, "-o", "remount,size=16m", disk)
            await client.resume(added)
            await world.hurry(offer)
            done = await state_of(client, added, DownloadState.COMPLETED)
            assert contents(done, offer) == offer.content

    disk = tmp_path / "downloads"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", disk)
    try:
        play(tmp_path, scene)
    finally:
        subprocess.run(["umount", disk], check=True)


def test_waits_for_a_folder_that_is_gone(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer, other = await world.offer(rate=300_000), await world.offer()
        downloads, away = tmp_path / "downloads", tmp_path / "away"
        async with started(world) as client:
            added = await client.add(offer.torrent)
            await state_of(client, added, DownloadState.DOWNLOADING)
            downloads.rename(away)
            gone = await state_of(client, added, DownloadState.ERROR)
            assert gone.message.startswith(f"The download folder {downloads} is missing.")
            for again in (client.add(other.torrent), client.resume(added)):
                with pytest.raises(Unreachable, match=r"is missing"):
                    await again
        async with started(world) as client:
            assert [one.state for one in await client.downloads()] == [DownloadState.ERROR]
            assert not downloads.exists()
            away.rename(downloads)
            await state_of(client, added, DownloadState.DOWNLOADING, DownloadState.STALLED)
            await world.hurry(offer)
            done = await state_of(client, added, DownloadState.COMPLETED)
            assert contents(done, offer) == offer.content

    play(tmp_path, scene)


def test_deletes_nothing_outside_its_folder(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer, other = await world.offer(), await world.offer()
        async with started(world) as client:
            done = await state_of(client, await client.add(offer.torrent), DownloadState.COMPLETED)
            library = tmp_path / "library"
            inside = Path(done.folder) / offer.torrent.name
            inside.rename(library)
            inside.symlink_to(library)
            with pytest.raises(Rejected, match=r"leads out of"):
                await client.remove(done.id, delete_files=True)
            assert (library / f"{offer.torrent.name}.mkv").is_file()
            second = await state_of(client, await client.add(other.torrent), DownloadState.COMPLETED)
            note = Path(second.folder) / "note.txt"
            note.write_text("mine")
            await client.remove(second.id, delete_files=True)
            assert note.is_file()
            assert not (Path(second.folder) / other.torrent.name).exists()

    play(tmp_path, scene)


def test_sets_a_damaged_record_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer, other = await world.offer(), await world.offer()
        async with started(world) as client:
            added, damaged = await client.add(offer.torrent), await client.add(other.torrent)
        record = tmp_path / "data" / "torrents" / f"{damaged}.resume"
        record.write_bytes(record.read_bytes()[:100])
        async with started(world) as client:
            assert [one.id for one in await client.downloads()] == [added]
            assert await client.add(other.torrent) == damaged
        assert record.with_suffix(".damaged").is_file()
        assert "record is damaged" in caplog.text

    play(tmp_path, scene)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_loopback_address_keeps_everything_on_loopback(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        before = open_addresses()
        offer = await world.offer()
        async with started(world) as client:
            await state_of(client, await client.add(offer.magnet), DownloadState.COMPLETED)
            opened = open_addresses() - before
        assert opened
        assert {address for address in opened if not address.startswith("127.")} == set()

    play(tmp_path, scene)


def open_addresses() -> set[str]:
    """The local addresses of all network sockets of this process."""
    links = {str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()}
    found = set()
    for table in ("tcp", "udp"):
        for line in Path(f"/proc/self/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if f"socket:[{fields[9]}]" in links:
                address, port = fields[1].split(":")
                found.add(f"{socket.inet_ntoa(bytes.fromhex(address)[::-1])}:{int(port, 16)}/{table}")
    for table in ("tcp6", "udp6"):
        lines = Path(f"/proc/self/net/{table}").read_text().splitlines()[1:]
        found |= {f"{table} {line.split()[1]}" for line in lines if f"socket:[{line.split()[9]}]" in links}
    return found


def test_says_what_is_wrong_with_the_settings(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(Rejected, match=r"file/downloads cannot be written to: a file is where a folder should be"):
            await world.client(download_folder=tmp_path / "file" / "downloads").test()
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with pytest.raises(Rejected, match=rf"Port {port} cannot be used: another program uses it\."):
                await world.client(port=port).test()
        with pytest.raises(Unreachable, match=r"is not running"):
            await world.client().downloads()

    play(tmp_path, scene)


def test_the_library_is_loaded_when_it_is_used_and_missed_in_words() -> None:
    program = """
import asyncio, logging, pathlib, sys, tempfile
sys.modules["libtorrent"] = None
from radarr_desktop.plugin_api import Context, Http, Rejected
from radarr_desktop_plugins.libtorrent import Libtorrent, LibtorrentSettings
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    context = Context("", folder, Http(""), logging.getLogger(), "0")
    client = Libtorrent(LibtorrentSettings(download_folder=folder), context)
    for verb in (client.test, client.start):
        try:
            asyncio.run(verb())
        except Rejected as refusal:
            print(refusal)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    output = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert len(output) == 2
    assert all(one.startswith("The built-in downloader lacks its library libtorrent") for one in output)
    assert all(one.endswith("Install libtorrent for this Python, or connect qBittorrent instead.") for one in output)
