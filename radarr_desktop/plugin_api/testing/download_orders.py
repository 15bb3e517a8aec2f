"""What every download client must do with terms and orders, proved against a real swarm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from radarr_desktop.plugin_api.download_client import DownloadState, Order, Start, Terms, Torrent
from radarr_desktop.plugin_api.errors import NotFound
from radarr_desktop.plugin_api.testing.download_client import (
    UNKNOWN,
    Offer,
    Scenes,
    World,
    contents,
    reached,
    started,
    state_of,
)


class DownloadOrdersContract(Scenes):
    """How a torrent begins and ends, and what can be told to many at once."""

    def test_a_stopped_one_waits_until_it_is_resumed(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer()
            async with started(world) as client:
                added = await client.add(with_terms(offer, Terms(start=Start.STOPPED)))
                seen = await state_of(client, added, DownloadState.PAUSED)
                assert seen.is_stopped
                assert seen.progress == 0
                await client.resume(added)
                await world.hurry(offer)
                done = await state_of(client, added, DownloadState.COMPLETED)
                assert contents(done, offer) == offer.content

        self.play(tmp_path, scene)

    @pytest.mark.parametrize(
        "terms", [Terms(start=Start.FORCED, first=True), Terms(sequential=True, ratio=5.0, seeding_minutes=600)]
    )
    def test_terms_do_not_keep_it_from_arriving(self, tmp_path: Path, terms: Terms) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer()
            async with started(world) as client:
                added = await client.add(with_terms(offer, terms))
                done = await state_of(client, added, DownloadState.COMPLETED)
                assert contents(done, offer) == offer.content
                assert not done.is_stopped

        self.play(tmp_path, scene)

    def test_the_files_of_a_magnet_are_known_before_one_is_fetched(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer()
            async with started(world) as client:
                added = await client.add(replace(offer.magnet, terms=Terms(start=Start.METADATA)))
                seen = await state_of(client, added, DownloadState.PAUSED)
                assert (seen.is_stopped, seen.progress) == (True, 0)
                files = {one.path: one.size for one in await client.files(added)}
                assert files == {path: len(data) for path, data in offer.content.items()}
                assert await world.given(offer) in (0, None)
                await client.resume(added)
                await world.hurry(offer)
                done = await state_of(client, added, DownloadState.COMPLETED)
                assert contents(done, offer) == offer.content

        self.play(tmp_path, scene)

    @pytest.mark.parametrize("terms", [Terms(ratio=0.0), Terms(seeding_minutes=0)])
    def test_it_stops_at_its_goal_and_stays(self, tmp_path: Path, terms: Terms) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer()
            async with started(world) as client:
                added = await client.add(with_terms(offer, terms))
                await reached(client, lambda found: [one.is_stopped for one in found] == [True])
                done = await state_of(client, added, DownloadState.COMPLETED)
                assert contents(done, offer) == offer.content

        self.play(tmp_path, scene)

    def test_a_goal_survives_a_restart(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer(rate=300_000)
            async with started(world) as client:
                added = await client.add(with_terms(offer, Terms(ratio=0.0)))
                await state_of(client, added, DownloadState.DOWNLOADING)
            async with started(world) as client:
                await state_of(client, added, DownloadState.DOWNLOADING, DownloadState.STALLED)
                await world.hurry(offer)
                await reached(client, lambda found: [one.is_stopped for one in found] == [True])
                await state_of(client, added, DownloadState.COMPLETED)

        self.play(tmp_path, scene)

    def test_a_recheck_finds_what_is_damaged_and_what_is_whole(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer()
            async with started(world) as client:
                added = await client.add(offer.torrent)
                done = await state_of(client, added, DownloadState.COMPLETED)
                damaged = Path(done.folder) / next(iter(offer.content))
                damaged.write_bytes(bytes(damaged.stat().st_size))
                await client.order(Order.RECHECK, added)
                await reached(client, lambda found: found[0].progress < 1)
                await state_of(client, added, DownloadState.DOWNLOADING, DownloadState.STALLED, DownloadState.COMPLETED)
                damaged.write_bytes(next(iter(offer.content.values())))
                await client.order(Order.RECHECK, added)
                done = await state_of(client, added, DownloadState.COMPLETED)
                assert contents(done, offer) == offer.content

        self.play(tmp_path, scene)

    def test_what_a_recheck_finds_damaged_is_fetched_again(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            offer = await world.offer()
            async with started(world) as client:
                added = await client.add(offer.torrent)
                done = await state_of(client, added, DownloadState.COMPLETED)
                damaged = Path(done.folder) / max(offer.content, key=lambda path: len(offer.content[path]))
                with damaged.open("r+b") as file:
                    file.seek(damaged.stat().st_size // 2)
                    file.write(bytes(100_000))
                await client.order(Order.RECHECK, added)
                await reached(client, lambda found: found[0].progress < 1)
                await state_of(client, added, DownloadState.DOWNLOADING, DownloadState.STALLED, DownloadState.COMPLETED)
                await world.rejoin(offer)
                done = await state_of(client, added, DownloadState.COMPLETED)
                assert contents(done, offer) == offer.content

        self.play(tmp_path, scene)

    def test_many_at_once_and_the_missing_one_is_named(self, tmp_path: Path) -> None:
        async def scene(world: World) -> None:
            offers = [await world.offer(rate=200_000) for _ in range(3)]
            async with started(world) as client:
                ids = [await client.add(offer.torrent) for offer in offers]
                with pytest.raises(NotFound, match=UNKNOWN):
                    await client.pause(ids[0], UNKNOWN, *ids[1:])
                await reached(client, lambda found: [one.is_stopped for one in found] == [True] * 3)
                await client.resume(*ids[:2])
                await reached(client, lambda found: {one.id for one in found if one.is_stopped} == {ids[2]})
                for order in Order:
                    await client.order(order, *ids)
                    with pytest.raises(NotFound, match=UNKNOWN):
                        await client.order(order, UNKNOWN)
                await client.remove(ids[0], UNKNOWN, ids[1], delete_files=True)
                await reached(client, lambda found: [one.id for one in found] == [ids[2]])

        self.play(tmp_path, scene)


def with_terms(offer: Offer, terms: Terms) -> Torrent:
    """The offer's torrent on these terms."""
    return replace(offer.torrent, terms=terms)
