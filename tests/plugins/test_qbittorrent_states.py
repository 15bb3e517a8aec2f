"""qBittorrent: states that are rare, provoked for real, and the way out of each."""

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from radarr_desktop.plugin_api import Download, DownloadState, Order, Start, Terms, Torrent
from radarr_desktop.plugin_api.testing.download_client import contents, reached, started, state_of
from radarr_desktop.plugin_api.testing.download_orders import with_terms
from tests.fakes import swarm as rig
from tests.plugins.test_qbittorrent import RealWorld, play, program
from tests.plugins.test_qbittorrent_choices import told

__all__ = ["program"]

as_root = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may make a small disk")


def mount(*arguments: str | Path) -> None:
    """Mount something."""
    subprocess.run(["mount", *arguments], check=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own."""
    folder.mkdir()
    mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_magnet_that_finds_nobody_has_no_files(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        nobody = Torrent("Nobody", ("ab" * 20,), magnet=f"magnet:?xt=urn:btih:{'ab' * 20}&dn=Nobody")
        async with started(world) as client:
            for terms in (Terms(), Terms(start=Start.METADATA)):
                id_ = await client.add(replace(nobody, terms=terms))
                seen = await state_of(client, id_, DownloadState.METADATA)
                assert (seen.size, seen.progress, seen.eta, seen.message) == (0, 0, None, "")
                assert list(await client.files(id_)) == []
                await client.remove(id_, delete_files=True)

    play(tmp_path, program, scene)


def test_a_torrent_without_seeds_stalls(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        offer = await world.offer()
        await world.leave(offer)
        async with started(world) as client:
            id_ = await client.add(offer.torrent)
            seen = await state_of(client, id_, DownloadState.STALLED)
            assert (seen.seeds, seen.progress, seen.speed, seen.message) == (0, 0, 0, "")

    play(tmp_path, program, scene)


@as_root
def test_a_full_disk_is_an_error_that_room_and_a_resume_end(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        offer = await world.offer()
        client = world.client(save_path=str(disk))
        id_ = await client.add(offer.torrent)
        stopped = await state_of(client, id_, DownloadState.ERROR)
        assert stopped.progress < 1
        assert stopped.message.startswith("qBittorrent stopped it with an error.")
        await asyncio.to_thread(mount, "-o", "remount,size=32m", disk)
        await client.resume(id_)
        await state_of(client, id_, DownloadState.DOWNLOADING, DownloadState.STALLED, DownloadState.COMPLETED)
        await world.hurry(offer)
        done = await state_of(client, id_, DownloadState.COMPLETED)
        assert contents(done, offer) == offer.content
        await client.remove(id_, delete_files=True)
        await world.end(client)

    with small_disk(tmp_path / "disk", 2) as disk:
        play(tmp_path, program, scene)


def test_missing_files_are_an_error_that_a_recheck_ends(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        offer = await world.offer()
        async with started(world) as client:
            id_ = await client.add(offer.torrent)
            done = await state_of(client, id_, DownloadState.COMPLETED)
            film = Path(done.folder) / max(offer.content, key=lambda path: len(offer.content[path]))
            await asyncio.to_thread(world.program.stop)
            film.unlink()
            await asyncio.to_thread(world.program.start)
            lost = await state_of(client, id_, DownloadState.ERROR)
            assert lost.message.startswith("qBittorrent misses its files.")
            await client.order(Order.RECHECK, id_)
            await state_of(client, id_, DownloadState.DOWNLOADING, DownloadState.STALLED, DownloadState.COMPLETED)
            await world.hurry(offer)
            whole = await state_of(client, id_, DownloadState.COMPLETED)
            assert contents(whole, offer) == offer.content

    with rig.qbittorrent(tmp_path / "program", program.binary) as own:
        play(tmp_path, own, scene)


@as_root
def test_one_that_moves_is_not_complete_before_it_is_there(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        offer = await world.swarm.offer(size=60_000_000)
        async with started(world) as client:
            id_ = await client.add(offer.torrent)
            await state_of(client, id_, DownloadState.COMPLETED)
            told(world.program, "torrents/setLocation", hashes=id_, location=str(disk))
            seen: list[Download] = []
            deadline = time.monotonic() + 60
            while not seen or seen[-1].state is not DownloadState.COMPLETED or seen[-1].folder != str(disk):
                assert time.monotonic() < deadline, seen[-1:]
                seen += await client.downloads()
                if seen[-1].state is DownloadState.COMPLETED and seen[-1].folder == str(disk):
                    assert contents(seen[-1], offer) == offer.content
                await asyncio.sleep(0.01)
            await client.remove(id_, delete_files=True)
            await reached(client, lambda found: not found)

    with small_disk(tmp_path / "disk", 100) as disk:
        play(tmp_path, program, scene)


def test_one_in_its_queue_waits(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        told(world.program, "app/setPreferences", json='{"queueing_enabled": true, "max_active_downloads": 1}')
        async with started(world) as client:
            first, second = [await client.add((await world.offer(rate=100_000)).torrent) for _ in range(2)]
            waits = await state_of(client, second, DownloadState.QUEUED)
            assert waits.place == 2
            await client.order(Order.FORCE, second)
            await state_of(client, second, DownloadState.DOWNLOADING, DownloadState.STALLED)
            await client.pause(first)
            stopped = await state_of(client, first, DownloadState.PAUSED)
            assert stopped.is_stopped

    with rig.qbittorrent(tmp_path / "program", program.binary) as own:
        play(tmp_path, own, scene)


def test_a_kill_loses_no_torrent(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        offer = await world.offer(rate=600_000)
        async with started(world) as client:
            id_ = await client.add(with_terms(offer, Terms(ratio=3.0)))
            await reached(client, lambda found: found[0].progress > 0.2)
            await asyncio.to_thread(world.program.kill)
            await asyncio.to_thread(world.program.start)
            await state_of(client, id_, DownloadState.DOWNLOADING, DownloadState.STALLED)
            await world.hurry(offer)
            done = await state_of(client, id_, DownloadState.COMPLETED)
            assert contents(done, offer) == offer.content

    with rig.qbittorrent(tmp_path / "program", program.binary) as own:
        play(tmp_path, own, scene)
