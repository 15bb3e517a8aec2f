"""Plugins set up, called and changed behind the host, with a real plugin that misbehaves on demand."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.plugins.host import Draft, Instance, PluginHost
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.secrets import EncryptedFile
from radarr_desktop.plugin_api import LoginFailed, RateLimited, Release, Unreachable
from radarr_desktop.store import plugins as store
from radarr_desktop.store.plugins import StoredInstance
from tests.fakes.moody_host import SECRET, MoodyHost, recent
from tests.fakes.rooms import database, until


async def only(host: PluginHost) -> Instance:
    (instance,) = await host.instances()
    return instance


def test_an_instance_is_tested_kept_and_there_again_after_a_restart(world: MoodyHost) -> None:
    async def run() -> None:
        with structlog.testing.capture_logs() as lines:
            async with world.host() as host:
                saved = await host.save(world.draft(priority=3, tags=(1, 2)))
                assert (saved.id, saved.state, saved.priority, saved.tags) == (1, "ok", 3, (1, 2))
                assert saved.settings == {"moods": str(world.moods), "passkey": "********", "note": ""}
                assert world.diary() == []
            async with world.host() as host:
                assert await only(host) == saved
                assert await recent(host) == [Release("1", f"{len(SECRET)} letters")]
                assert [live.name for live in host.indexers()] == ["Mine"]
        assert SECRET not in f"{lines} {saved!r} {world.draft()!r}"
        assert world.diary() == ["start", "close"]
        assert world.events == ["indexer"]

    asyncio.run(run())


def test_settings_that_fail_their_test_are_kept_only_by_force(world: MoodyHost) -> None:
    async def run() -> None:
        world.mood("login")
        async with world.host() as host:
            for verb in (host.save(world.draft()), host.test(world.draft())):
                with pytest.raises(Problem, match=r"The key \*{8} is refused") as caught:
                    await verb
                assert caught.value.kind is Kind.LOGIN
            assert await host.instances() == []
            assert list(world.paths.plugin_data.iterdir()) == []
            assert (await host.save(world.draft(), force=True)).state == "ok"
            assert (await host.save(world.draft("Off", enabled=False))).state == "disabled"
            assert [live.name for live in host.indexers()] == ["Mine"]

    asyncio.run(run())


def test_a_masked_secret_means_as_it_was_and_only_for_the_same_service(world: MoodyHost) -> None:
    async def run() -> None:
        async with world.host() as host:
            saved = await host.save(world.draft())
            await host.save(world.draft("Renamed", id=saved.id, settings={"passkey": "********", "note": "x"}))
            assert (await recent(host))[0].title == f"{len(SECRET)} letters"
            assert not await host.differs(world.draft("Renamed", id=saved.id, settings={"note": "x"}))
            assert await host.differs(world.draft("Renamed", id=saved.id))
            thief = Draft(PluginKind.NOTIFIER, "webhook", "Thief", {"base_url": "http://x"}, id=saved.id)
            with pytest.raises(Problem, match="cannot become"):
                await host.save(thief, force=True)
            await host.save(world.draft("Renamed", id=saved.id, settings={"passkey": ""}))
            assert (await recent(host))[0].title == "0 letters"
            assert (await only(host)).settings["passkey"] == ""

    asyncio.run(run())


@pytest.mark.parametrize("draft", [{"name": " "}, {"id": 9}, {"settings": {"note": 3}}, {"implementation": "nobody"}])
def test_what_the_user_has_to_change_is_told(world: MoodyHost, draft: dict[str, Any]) -> None:
    async def run() -> None:
        async with world.host() as host:
            with pytest.raises(Problem) as caught:
                await host.save(world.draft(**draft))
            assert caught.value.kind in (Kind.BAD_INPUT, Kind.NOT_FOUND)
            assert await host.instances() == []

    asyncio.run(run())


@pytest.mark.parametrize("mood", ["bug", "exit", "none", "generator", "words", "bad field", "huge", "half a letter"])
def test_a_misbehaving_plugin_is_marked_and_its_neighbour_lives(world: MoodyHost, mood: str, tmp_path: Path) -> None:
    async def run() -> None:
        well = tmp_path / "well"
        well.write_text("fine", encoding="utf-8")
        async with world.host() as host:
            bad = await host.save(world.draft("Bad"))
            await host.save(world.draft("Good", settings={"moods": str(well)}))
            world.mood(mood)
            first, second = host.indexers()
            world.events.clear()
            with structlog.testing.capture_logs() as lines:
                for _ in range(2):
                    with pytest.raises(Unreachable, match="Bad failed with a fault of its own"):
                        await recent(host, first, insist=True)
            assert len(await recent(host, second)) == 1
            assert [instance.state for instance in await host.instances()] == ["failing", "ok"]
            assert [line["event"] for line in lines] == ["plugin.bug", "plugin.bug_again"]
            assert world.events == ["indexer"]
            world.mood("fine")
            assert await host.test_all("indexer") == [(bad.id, ""), (bad.id + 1, "")]
            assert [instance.state for instance in await host.instances()] == ["ok", "ok"]

    asyncio.run(run())


def test_a_plugin_that_hangs_is_left_in_time(world: MoodyHost) -> None:
    async def run() -> None:
        async with world.host() as host:
            await host.save(world.draft())
            world.mood("hang")
            with pytest.raises(Unreachable, match="Mine did not answer within"):
                await recent(host, limit=0.05)
            with pytest.raises(RateLimited, match="left alone until"):
                await recent(host)

    asyncio.run(run())


@pytest.mark.parametrize("mood", ["bad close", "hanging close", "not born", "bad spacing"])
def test_a_plugin_cannot_keep_the_program_from_starting_or_stopping(world: MoodyHost, mood: str) -> None:
    async def run() -> None:
        async with world.host() as host:
            await host.save(world.draft())
            await recent(host)
            with structlog.testing.capture_logs() as lines:
                world.mood(mood)
                await host.stop()
                await host.start()
            assert {line["event"] for line in lines if line["log_level"] == "error"} <= {
                "plugin.close_failed",
                "plugin.bug",
            }
            with structlog.testing.capture_logs():
                instance = await only(host)
            assert (instance.state, bool(instance.problem)) == (
                ("broken", True) if mood == "not born" else ("ok", False)
            )
            with structlog.testing.capture_logs():
                for live in host.indexers():
                    await recent(host, live)
            world.mood("fine")

    asyncio.run(run())


def test_a_refused_login_is_remembered_until_it_works_again(world: MoodyHost) -> None:
    async def run() -> None:
        async with world.host() as host:
            await host.save(world.draft())
            world.mood("login")
            with pytest.raises(LoginFailed):
                await recent(host)
        async with world.host() as host:
            assert (await only(host)).state == "broken"
            with pytest.raises(LoginFailed, match=r"The key \*{8} is refused"):
                await recent(host)
            assert world.diary() == ["start", "close"]  # it was not even asked
            world.mood("fine")
            assert await host.test_all("indexer") == [(1, "")]
        async with world.host() as host:
            assert (await only(host)).state == "ok"

    asyncio.run(run())


def test_an_instance_whose_module_is_gone_is_shown_broken(world: MoodyHost) -> None:
    async def run() -> None:
        async with database(world.paths.data) as db:
            await db.run(lambda: store.save(StoredInstance(0, "indexer", "Vanished", "Old")))
        with structlog.testing.capture_logs() as lines:
            async with world.host() as host:
                instance = await only(host)
                await host.save(world.draft())
                assert [live.name for live in host.indexers()] == ["Mine"]
        assert instance.state == "broken"
        assert "There is no indexer plugin “Vanished”" in instance.problem
        assert [line["event"] for line in lines if line["log_level"] == "warning"] == ["plugin.unusable"]

    asyncio.run(run())


def test_changing_an_instance_lets_the_call_under_way_end(world: MoodyHost) -> None:
    async def run() -> None:
        async with world.host() as host:
            saved = await host.save(world.draft())
            (old,) = host.indexers()
            world.mood("slow")
            calling = asyncio.create_task(recent(host, old))
            await until(lambda: "begun" in world.diary(), "the call")
            saving = asyncio.create_task(host.save(world.draft(id=saved.id, settings={"note": "new"}), force=True))
            await until(lambda: old.retired, "the change")
            assert "close" not in world.diary()
            world.mood("fine")
            assert len(await calling) == 1
            await saving
            assert world.diary() == ["start", "begun", "close"]
            assert len(await recent(host, old)) == 1  # who still holds the old one is served by the new one
            await host.remove(saved.id)
            with pytest.raises(Unreachable, match="was switched off or removed"):
                await recent(host, old)

    asyncio.run(run())


def test_a_new_name_does_not_interrupt_what_runs(world: MoodyHost) -> None:
    async def run() -> None:
        async with world.host() as host:
            saved = await host.save(world.draft())
            await recent(host)
            await host.save(world.draft("Other", id=saved.id, priority=1))
            assert [live.name for live in host.indexers()] == ["Other"]
            await recent(host)
            assert world.diary() == ["start"]

    asyncio.run(run())


def test_two_who_take_the_same_name_at_once(world: MoodyHost) -> None:
    async def run() -> None:
        async with world.host() as host:
            both = await asyncio.gather(
                host.save(world.draft("Same")), host.save(world.draft("SAME ")), return_exceptions=True
            )
            assert sorted(type(each).__name__ for each in both) == ["Instance", "Problem"]
            assert len(await host.instances()) == 1

    asyncio.run(run())


class BrokenFile(EncryptedFile):
    """A file that does not take one of the secrets."""

    def put(self, key: str, value: str) -> None:
        """Keep it, unless it is the wrong one."""
        if value == "unwanted":
            raise Problem(Kind.DISK_FULL, "The password cannot be saved.")
        super().put(key, value)


def test_settings_are_never_kept_without_their_secrets(world: MoodyHost) -> None:
    async def run() -> None:
        world.paths.make()
        async with world.host(BrokenFile(world.paths)) as host:
            with pytest.raises(Problem, match="cannot be saved"):
                await host.save(world.draft(settings={"passkey": "unwanted"}))
            assert await host.instances() == []
            saved = await host.save(world.draft())
            with pytest.raises(Problem, match="cannot be saved"):
                await host.save(world.draft(id=saved.id, settings={"passkey": "unwanted", "note": "new"}))
            assert await only(host) == saved
            assert (await recent(host))[0].title == f"{len(SECRET)} letters"
        async with world.host() as host:
            assert await only(host) == saved

    asyncio.run(run())


class LockedFile(EncryptedFile):
    """A file that takes nothing."""

    def put(self, key: str, value: str) -> None:
        """Refuse it."""
        raise Problem(Kind.STORAGE, "The keyring is locked.")


def test_what_became_a_secret_moves_from_the_settings_to_the_secrets(world: MoodyHost) -> None:
    async def run() -> None:
        world.paths.make()
        settings = {"moods": str(world.moods), "passkey": SECRET, "note": ""}
        rows = [
            StoredInstance(0, "indexer", "Moody", name, name == "Mine", settings=settings) for name in ("Mine", "Off")
        ]
        async with database(world.paths.data) as db:
            await db.run(lambda: [store.save(row) for row in rows])
        with structlog.testing.capture_logs() as lines:
            async with world.host(LockedFile(world.paths)) as host:
                assert (await recent(host))[0].title == f"{len(SECRET)} letters"
        assert [line["event"] for line in lines if line["log_level"] == "warning"] == ["plugin.not_hidden"] * 2
        for _ in range(2):
            async with world.host() as host:
                assert [one.settings["passkey"] for one in await host.instances()] == ["********"] * 2
                assert (await recent(host))[0].title == f"{len(SECRET)} letters"
            assert SECRET.encode() not in b"".join(each.read_bytes() for each in world.paths.data.glob("*.db*"))
        async with database(world.paths.data) as db:
            assert [one.secrets for one in await db.read(store.all_instances)] == [("passkey",)] * 2

    asyncio.run(run())


def test_a_caller_that_goes_away_leaves_a_whole_instance(world: MoodyHost) -> None:
    async def run() -> None:
        async with world.host() as host:
            for steps in range(12):
                saving = asyncio.create_task(host.save(world.draft(f"N{steps}"), force=True))
                for _ in range(steps):
                    await asyncio.sleep(0.001)
                saving.cancel()
                await asyncio.wait([saving])
            await host.save(world.draft("Last"))
            for live in host.indexers():
                assert (await recent(host, live))[0].title == f"{len(SECRET)} letters"

    asyncio.run(run())


def test_other_settings_of_the_built_in_downloader_are_tested_while_it_runs(world: MoodyHost, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {
        "download_folder": str(tmp_path / "downloads"),
        "port": port,
        "interface": "127.0.0.1",
        "dht": False,
        "lsd": False,
    }

    async def run() -> None:
        async with world.host() as host:
            draft = Draft(PluginKind.DOWNLOAD_CLIENT, "libtorrent", "Built in", settings)
            saved = await host.save(draft)
            (live,) = host.clients()
            assert list(await host.call(live, lambda plugin: plugin.downloads())) == []
            await host.test(replace(draft, id=saved.id))
            await host.test(replace(draft, id=saved.id, settings={**settings, "upload_limit": 50}))
            with socket.create_server(("127.0.0.1", 0)) as taken:
                other = {**settings, "port": taken.getsockname()[1]}
                with pytest.raises(Problem, match="cannot be used"):
                    await host.test(replace(draft, id=saved.id, settings=other))
            await host.save(replace(draft, id=saved.id, settings={**settings, "upload_limit": 50}))
            (live,) = host.clients()
            assert list(await host.call(live, lambda plugin: plugin.downloads())) == []

    asyncio.run(run())
