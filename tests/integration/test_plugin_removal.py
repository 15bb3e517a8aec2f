"""What a removed plugin instance leaves behind: nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.secrets import Secrets
from tests.fakes.moody_host import MoodyHost, recent
from tests.fakes.rooms import until


def test_a_removed_instance_takes_its_secrets_along(world: MoodyHost) -> None:
    async def run() -> None:
        async with world.host() as host:
            saved = await host.save(world.draft())
            await host.remove(saved.id)
            assert await host.instances() == []
            assert await Secrets(world.paths).get(f"plugin/{saved.id}/passkey") == ""
            with pytest.raises(Problem, match="no plugin instance"):
                await host.remove(saved.id)
            assert (await host.save(world.draft())).id > saved.id

    asyncio.run(run())


def test_a_removed_instance_takes_its_folder_along_once_it_is_closed(world: MoodyHost) -> None:
    async def run() -> None:
        async with world.host() as host:
            mine, other = await host.save(world.draft()), await host.save(world.draft("Other"))
            await recent(host, next(live for live in host.indexers() if live.id == mine.id))
            folder, others = kept_torrent(world, mine.id), kept_torrent(world, other.id)
            world.mood("slow")
            call = asyncio.create_task(recent(host, next(one for one in host.indexers() if one.id == mine.id)))
            await until(lambda: "begun" in world.diary(), "the call")
            removing = asyncio.create_task(host.remove(mine.id))
            await until(lambda: not any(one.id == mine.id for one in host.indexers()), "the removal")
            assert folder.exists()
            world.mood("fine")
            await removing
            await call
            assert not folder.parent.exists()
            assert others.exists()

    asyncio.run(run())


def test_what_a_crash_left_of_removed_instances_is_gone_after_the_next_start(world: MoodyHost) -> None:
    async def run() -> None:
        async with world.host() as host:
            saved = await host.save(world.draft())
        left, trial = kept_torrent(world, saved.id + 7), kept_torrent(world, "try-x7")
        mine, foreign = kept_torrent(world, saved.id), kept_torrent(world, "notes")
        outside = world.moods.parent / "outside"
        outside.mkdir()
        (outside / "film").write_text("a film")
        (world.paths.plugin_data / "99").symlink_to(outside)
        async with world.host():
            assert not left.parent.exists()
            assert not trial.parent.exists()
            assert mine.exists()
            assert foreign.exists()
            assert not (world.paths.plugin_data / "99").is_symlink()
            assert (outside / "film").read_text() == "a film"

    asyncio.run(run())


def kept_torrent(world: MoodyHost, name: int | str) -> Path:
    """Something a plugin keeps in its folder."""
    path = world.paths.plugin_data / str(name) / "torrents" / "a.torrent"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"d8:announce")
    return path
