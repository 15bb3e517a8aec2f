"""qBittorrent: its own settings reach a real one, and what is wrong with them is said before a download is."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from radarr_desktop.plugin_api import DownloadState, Order, Rejected, Start, Terms
from radarr_desktop.plugin_api.testing.download_client import contents, reached, started, state_of
from radarr_desktop.plugin_api.testing.download_orders import with_terms
from tests.fakes import swarm as rig
from tests.plugins.test_qbittorrent import RealWorld, play, program

__all__ = ["program"]


def told(program: rig.QBittorrent, verb: str = "", **values: str) -> Any:
    """What qBittorrent itself lists, after this was said to it."""
    with httpx.Client(base_url=f"{program.url}/api/v2/", timeout=60) as web:
        web.post("auth/login", data={"username": program.username, "password": program.password}).raise_for_status()
        if verb:
            web.post(verb, data=values).raise_for_status()
        return web.get("torrents/info").raise_for_status().json()


def version(program: rig.QBittorrent) -> tuple[int, ...]:
    """Its Web API's version."""
    with httpx.Client(base_url=f"{program.url}/api/v2/", timeout=60) as web:
        web.post("auth/login", data={"username": program.username, "password": program.password}).raise_for_status()
        return tuple(map(int, web.get("app/webapiVersion").text.split(".")))


def test_choices_arrive(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        offer = await world.offer()
        client = world.client(tags="movies, mine", layout="NoSubfolder")
        terms = Terms(
            start=Start.FORCED,
            sequential=True,
            ratio=1.5,
            seeding_minutes=90,
            download_limit=9_000_000,
            upload_limit=8_000_000,
        )
        id_ = await client.add(with_terms(offer, terms))
        done = await state_of(client, id_, DownloadState.COMPLETED)
        seen = next(one for one in told(program) if one["hash"] == id_)
        assert set(seen["tags"].split(", ")) == {"movies", "mine"}
        assert (seen["seq_dl"], seen["force_start"], seen["auto_tmm"]) == (True, True, False)
        assert (seen["ratio_limit"], seen["seeding_time_limit"]) == (1.5, 90)
        assert (seen["dl_limit"], seen["up_limit"]) == (9_000_000, 8_000_000)
        assert (seen["category"], seen["save_path"]) == (world.category, str(tmp_path / "downloads"))
        name = next(iter(offer.content)).partition("/")[0]
        inside = {path.removeprefix(f"{name}/"): data for path, data in offer.content.items()}
        assert {one.path for one in await client.files(id_)} == set(inside)
        assert {path: (Path(done.folder) / path).read_bytes() for path in inside} == inside
        await world.end(client)

    play(tmp_path, program, scene)


def test_what_did_not_change_is_not_read_again(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        async with started(world) as client:
            ids = [await client.add(with_terms(await world.offer(), Terms(start=Start.STOPPED))) for _ in range(2)]
            for id_ in ids:
                await state_of(client, id_, DownloadState.PAUSED)
            before = {one.id: one for one in await client.downloads()}
            await client.resume(ids[1])
            await state_of(client, ids[1], DownloadState.COMPLETED)
            after = {one.id: one for one in await client.downloads()}
            assert after[ids[0]] is before[ids[0]]
            assert after[ids[1]] != before[ids[1]]

    play(tmp_path, program, scene)


def test_an_imported_one_changes_its_category_and_stays_ours(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        offer = await world.offer()
        client = world.client(imported_category=f"{world.category}-done")
        await client.test()
        id_ = await client.add(offer.torrent)
        await state_of(client, id_, DownloadState.COMPLETED)
        await client.order(Order.IMPORTED, id_)
        assert next(one for one in told(program) if one["hash"] == id_)["category"] == f"{world.category}-done"
        done = await state_of(client, id_, DownloadState.COMPLETED)
        assert contents(done, offer) == offer.content
        await client.remove(id_, delete_files=True)
        await reached(client, lambda found: not found)
        await world.end(client)

    play(tmp_path, program, scene)


def test_first_and_last_move_it_in_the_queue(tmp_path: Path) -> None:
    async def scene(world: RealWorld) -> None:
        told(world.program, "app/setPreferences", json='{"queueing_enabled": true, "max_active_downloads": 1}')
        async with started(world) as client:
            ids = [await client.add((await world.offer(rate=50_000)).torrent) for _ in range(2)]
            ids.append(await client.add(with_terms(await world.offer(rate=50_000), Terms(first=True))))
            for order, id_, place in ((None, ids[2], 1), (Order.FIRST, ids[1], 1), (Order.LAST, ids[1], 3)):
                if order:
                    await client.order(order, id_)
                await reached(client, lambda found: len(found) == 3)
                assert await _place(world.program, id_, place) == place

    with rig.qbittorrent(tmp_path / "program") as own:
        play(tmp_path, own, scene)


async def _place(program: rig.QBittorrent, id_: str, wanted: int) -> int:
    deadline = time.monotonic() + 60
    while True:
        place = int(next(one for one in told(program) if one["hash"] == id_)["priority"])
        if place == wanted or time.monotonic() > deadline:
            return place


def test_a_save_path_that_cannot_be_is_named(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        client = world.client(save_path="movies/new")
        with pytest.raises(Rejected, match=r"“movies/new” is not a full path\. Enter one"):
            await client.test()
        await world.end(client)
        client = world.client(save_path=str(tmp_path / "missing" / "downloads"))
        if version(program) >= (2, 11):  # older ones do not tell what folders there are
            with pytest.raises(Rejected, match=r"sees no folder “.*missing”\. Create it, or"):
                await client.test()
        else:
            await client.test()
        await world.end(client)

    play(tmp_path, program, scene)


def test_removing_at_the_seeding_goal_is_refused(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        told(program, "app/setPreferences", json='{"max_ratio_enabled": true, "max_ratio": 9, "max_ratio_act": 1}')
        async with started(world) as client:
            try:
                with pytest.raises(Rejected, match=r"removes torrents .* Let it stop them instead"):
                    await client.test()
            finally:
                told(program, "app/setPreferences", json='{"max_ratio_enabled": false, "max_ratio_act": 0}')
            await client.test()

    play(tmp_path, program, scene)
