"""The built-in downloader: settings of the whole session and of one torrent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import libtorrent as lt
import pytest

from radarr_desktop.plugin_api import DownloadState, Rejected, Start, Terms, Torrent
from radarr_desktop.plugin_api.testing.download_client import contents, started, state_of
from radarr_desktop.plugin_api.testing.download_orders import with_terms
from radarr_desktop_plugins.libtorrent.goals import Goal
from tests.fakes.swarm import free_port
from tests.plugins.test_libtorrent import LoopbackWorld, play


def test_network_settings_hold_for_the_whole_session(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer, port = await world.offer(), free_port()
        forced: Any = {"in_enc_policy": lt.enc_policy.pe_forced, "out_enc_policy": lt.enc_policy.pe_forced}
        world.swarm.seeder._session.apply_settings(forced)  # it talks to nobody in the clear
        wanted = {"encryption": "required", "port": port, "download_limit": 9000, "upload_limit": 8000}
        for _ in range(2):
            client = world.client(**wanted)
            await client.start()
            done = await state_of(client, await client.add(offer.torrent), DownloadState.COMPLETED)
            assert contents(done, offer) == offer.content
            assert client.port == port
            assert client._session
            applied = client._session._session.get_settings()
            assert (applied["download_rate_limit"], applied["upload_rate_limit"]) == (9_000_000, 8_000_000)
            await client.slow_down(slow=True)
            applied = client._session._session.get_settings()
            assert (applied["download_rate_limit"], applied["upload_rate_limit"]) == (50_000, 50_000)
            await client.slow_down(slow=False)
            await world.end(client)

    play(tmp_path, scene)


def test_limits_of_one_torrent_survive_a_restart(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer = await world.offer()
        terms = Terms(start=Start.STOPPED, download_limit=700_000, upload_limit=600_000, ratio=2.0)
        for _ in range(2):
            async with started(world) as client:
                id_ = await client.add(with_terms(offer, terms))
                await state_of(client, id_, DownloadState.PAUSED)
                entry = world.last._session._entries[id_] if world.last._session else None
                assert entry
                assert (entry.handle.download_limit(), entry.handle.upload_limit()) == (700_000, 600_000)
                assert entry.goal == Goal(permille=2000)

    play(tmp_path, scene)


def test_a_crash_before_its_files_are_known_fetches_none_of_them(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        offer = await world.offer()
        unknown = Torrent("X", ("cd" * 20,), magnet=f"magnet:?xt=urn:btih:{'cd' * 20}")
        async with started(world) as client:
            await client.add(replace(unknown, terms=Terms(start=Start.METADATA)))
            id_ = await client.add(replace(offer.magnet, terms=Terms(start=Start.METADATA)))
            await state_of(client, id_, DownloadState.PAUSED)
        async with started(world) as client:
            await state_of(client, id_, DownloadState.PAUSED)
            await state_of(client, "cd" * 20, DownloadState.METADATA)
            assert world.last._session
            assert world.last._session._entries["cd" * 20].goal.metadata
            assert world.swarm.given(offer) == 0

    play(tmp_path, scene)


def test_an_address_is_not_for_it(tmp_path: Path) -> None:
    async def scene(world: LoopbackWorld) -> None:
        async with started(world) as client:
            with pytest.raises(Rejected, match=r"cannot reach the address of “X”"):
                await client.add(Torrent("X", (), url="http://127.0.0.1:9/x.torrent"))

    play(tmp_path, scene)
