"""qBittorrent: other ways in (an API key) and other ways to hand a torrent over (an address)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from radarr_desktop.plugin_api import DownloadState, LoginFailed, Rejected, Start, Terms, Torrent, Unreachable
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer
from radarr_desktop.plugin_api.testing.download_client import contents, started, state_of
from tests.fakes import swarm as rig
from tests.plugins.test_qbittorrent import RealWorld, play, program
from tests.plugins.test_qbittorrent_choices import told, version

__all__ = ["program"]

KEYS = (2, 14, 1)
"""From here (qBittorrent 5.2) on there are API keys."""


def new_key(program: rig.QBittorrent) -> str:
    """An API key, as somebody makes it in the Web UI."""
    with httpx.Client(base_url=f"{program.url}/api/v2/", timeout=60) as web:
        web.post("auth/login", data={"username": program.username, "password": program.password}).raise_for_status()
        key: str = web.post("app/rotateAPIKey").raise_for_status().json()["apiKey"]
        return key


def test_an_api_key_is_enough(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        key = new_key(program)
        client = world.client(username="", password="", api_key=key)
        await client.test()
        offer = await world.offer()
        id_ = await client.add(offer.torrent)
        done = await state_of(client, id_, DownloadState.COMPLETED)
        assert contents(done, offer) == offer.content
        await client.remove(id_, delete_files=True)
        await world.end(client)
        wrong = world.client(username="", password="", api_key=f"{key[:-1]}{'A' if key[-1] != 'A' else 'B'}")
        with pytest.raises(LoginFailed):
            await wrong.downloads()
        await world.end(wrong)

    if version(program) < KEYS:
        pytest.skip("this version has no API keys")
    play(tmp_path, program, scene)


@pytest.mark.parametrize("start", [Start.RUNNING, Start.METADATA])
def test_a_torrent_behind_an_address_is_found_again(tmp_path: Path, program: rig.QBittorrent, start: Start) -> None:
    async def scene(world: RealWorld) -> None:
        offer = await world.offer()
        answer = Answer(200, offer.torrent.data, "application/x-bittorrent")
        async with AnsweringServer(answer) as indexer, started(world) as client:
            address = Torrent(offer.torrent.name, (), url=f"{indexer.url}/get?passkey=5ec2e7", terms=Terms(start=start))
            id_ = await client.add(address)
            assert id_ == offer.torrent.hashes[0]
            if start is Start.METADATA:
                await state_of(client, id_, DownloadState.PAUSED)
                assert {one.path for one in await client.files(id_)} == set(offer.content)
                assert await world.given(offer) == 0
                await client.resume(id_)
            done = await state_of(client, id_, DownloadState.COMPLETED)
            assert contents(done, offer) == offer.content
            (row,) = [one for one in told(program) if one["hash"] == id_]
            assert row["tags"] == ""
            assert await client.add(replace(address, hashes=offer.torrent.hashes)) == id_

    play(tmp_path, program, scene)


def test_an_address_smuggles_nothing_in_and_may_be_a_dead_end(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        async with started(world) as client:
            for url in ("file:///etc/passwd", "http://127.0.0.1:9/x\nhttp://127.0.0.1:9/y", "ftp://127.0.0.1/x"):
                with pytest.raises(Rejected, match=r"has no address that can be read"):
                    await client.add(Torrent("X", (), url=url))
            assert list(await client.downloads()) == []

    play(tmp_path, program, scene)


def test_an_address_that_leads_nowhere_is_said_so(tmp_path: Path) -> None:
    async def scene(world: RealWorld) -> None:
        client = world.client()
        client.fetching = 1.0
        with pytest.raises(Unreachable, match=r"took “X” but does not list it\. Look into its log\."):
            await client.add(Torrent("X", (), url=f"http://127.0.0.1:{rig.free_port()}/x.torrent"))
        await world.end(client)

    with rig.qbittorrent(tmp_path / "program") as own:
        play(tmp_path, own, scene)
