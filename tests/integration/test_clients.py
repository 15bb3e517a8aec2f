"""What a client is told beside its torrents, and what is told of a client that does not work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from radarr_desktop.domain.events import SlowModeChanged
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import GrabState
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.plugin_api import DownloadClient
from tests.fakes.swarm import qbittorrent
from tests.fixtures_engine import PATIENCE, WorldThread, config_for, running_engine
from tests.integration.stage import Stage, with_qbittorrent
from tests.plugins.test_qbittorrent_choices import told


@contextlib.contextmanager
def beside_qbittorrent(folder: Path, settings: str) -> Iterator[Stage]:
    """A program with these settings of its client."""
    with contextlib.ExitStack() as stack:
        world = WorldThread(folder)
        stack.callback(world.close)
        program = stack.enter_context(qbittorrent(folder / "qbittorrent"))
        config = with_qbittorrent(config_for(world, folder, with_movie=False), program)
        address = f'base_url = "{program.url}"'
        config = config.replace(address, f"{address}\n{settings}")
        yield Stage(world, stack.enter_context(running_engine(folder, config)), program)


def test_an_imported_torrent_is_filed_under_its_other_category(tmp_path: Path) -> None:
    settings = 'imported_category = "done"\nratio = 7.5\nseeding_minutes = 900\nsequential = true'
    with beside_qbittorrent(tmp_path, settings) as stage:
        assert stage.qbittorrent
        program = stage.qbittorrent
        movie = stage.add(search=True)
        stage.imported()
        stage.running.wait_for(lambda: told(program)[0]["category"] == "done", "the other category")
        (seen,) = told(program)
        assert (seen["ratio_limit"], seen["seeding_time_limit"], seen["seq_dl"]) == (7.5, 900, True)
        assert [grab.state for grab in stage.grabs(movie)] == [GrabState.IMPORTED]


def test_what_leaves_the_queue_alone_may_change_its_category(tmp_path: Path) -> None:
    with beside_qbittorrent(tmp_path, 'imported_category = "done"\ninitial_state = "stopped"') as stage:
        assert stage.qbittorrent
        program, running = stage.qbittorrent, stage.running
        stage.add(search=True)
        running.wait_for(lambda: told(program), "the grab")
        with httpx.Client(base_url=running.url, headers={"X-Api-Key": running.api_key}, timeout=PATIENCE) as port:
            (row,) = port.get("/api/v3/queue").json()["records"]
            asked = {"removeFromClient": "false", "changeCategory": "true"}
            port.delete(f"/api/v3/queue/{row['id']}", params=asked).raise_for_status()
            assert port.get("/api/v3/queue").json()["totalRecords"] == 0
        assert [one["category"] for one in told(program)] == ["done"]


@pytest.mark.parametrize("asked", [True, None])
def test_what_the_user_takes_away_leaves_a_client_that_keeps_what_failed(tmp_path: Path, asked: bool | None) -> None:
    with beside_qbittorrent(tmp_path, 'remove_failed = false\ninitial_state = "stopped"') as stage:
        assert stage.qbittorrent
        program, engine, do = stage.qbittorrent, stage.running.engine, stage.running.do
        movie = stage.add(search=True)
        stage.running.wait_for(lambda: told(program), "the grab")
        do(engine.failures.fail(stage.grabs(movie)[0].id, remove=asked, follow=False))
        do(engine.jobs.idle())
        assert len(told(program)) == (0 if asked else 1)


def test_the_goals_of_an_indexer_come_first(tmp_path: Path) -> None:
    with beside_qbittorrent(tmp_path, "ratio = 7.5") as stage:
        assert stage.qbittorrent
        program = stage.qbittorrent
        config = stage.running.config.read_text().replace("pause = 0", "pause = 0\nseed_minutes = 4321")
        stage.running.stop()
        stage.running.config.write_text(config)
        stage.running.start()
        stage.add(search=True)
        stage.running.wait_for(lambda: told(program), "the grab")
        (seen,) = told(program)
        assert (seen["ratio_limit"], seen["seeding_time_limit"]) == (-2, 4321)


@pytest.mark.parametrize("state", ["stopped", "forced"])
def test_torrents_begin_as_the_client_is_set(tmp_path: Path, state: str) -> None:
    with beside_qbittorrent(tmp_path, f'initial_state = "{state}"') as stage:
        assert stage.qbittorrent
        program = stage.qbittorrent
        stage.add(search=True)
        stage.running.wait_for(lambda: told(program), "the grab")

        def is_as_set() -> bool:
            (seen,) = told(program)
            if state == "stopped":
                return not seen["force_start"] and seen["state"] in ("pausedDL", "stoppedDL")  # before and since 5.0
            return bool(seen["force_start"])

        stage.running.wait_for(is_as_set, state)


def test_a_setting_of_the_client_that_would_lose_downloads_is_told(tmp_path: Path) -> None:
    with beside_qbittorrent(tmp_path, "") as stage:
        assert stage.qbittorrent
        engine, do = stage.running.engine, stage.running.do
        told(
            stage.qbittorrent,
            "app/setPreferences",
            json='{"max_ratio_enabled": true, "max_ratio": 2, "max_ratio_act": 1}',
        )

        def warned() -> bool:
            found = [item for item in do(engine.health()) if item.source == "qBittorrent"]
            return any("removes torrents that have reached their seeding goal" in item.message for item in found)

        assert not warned()
        do(engine.jobs.enqueue("check_clients", {}))
        stage.running.wait_for(warned, "the warning")
        told(stage.qbittorrent, "app/setPreferences", json='{"max_ratio_enabled": false, "max_ratio_act": 0}')
        do(engine.jobs.enqueue("check_clients", {"again": True}))
        stage.running.wait_for(lambda: not warned(), "the end of the warning")


def test_a_client_that_is_away_is_named_with_its_address_and_a_way_out(tmp_path: Path) -> None:
    with beside_qbittorrent(tmp_path, "") as stage:
        assert stage.qbittorrent
        engine, do = stage.running.engine, stage.running.do
        stage.qbittorrent.stop()
        do(engine.jobs.enqueue("check_clients", {}))

        def told_of() -> str:
            found = [item.message for item in do(engine.health()) if item.source == "qBittorrent"]
            return found[0] if found else ""

        message = stage.running.wait_for(told_of, "the warning")
        assert "qBittorrent does not answer." in message
        assert f":{stage.qbittorrent.port}" in message
        assert "Is it running, with its Web UI switched on?" in message


def test_slow_mode_holds_for_every_client_that_has_it_and_tells_of_one_that_is_away(tmp_path: Path) -> None:
    with beside_qbittorrent(tmp_path, "") as stage:
        running, program = stage.running, stage.qbittorrent
        assert program is not None
        folder = tmp_path / "built-in"
        settings = {"download_folder": str(folder), "interface": "127.0.0.1", "dht": False, "lsd": False}
        running.do(running.engine.plugins.save(Draft(PluginKind.DOWNLOAD_CLIENT, "libtorrent", "Built-in", settings)))
        slow_mode, headers = running.engine.slow_mode, {"X-Api-Key": running.api_key}
        address = f"{running.url}/api/v4/downloads/slow"
        assert running.do(slow_mode.is_on()) is False
        running.do(slow_mode.turn(slow=True))
        assert [running.do(running.engine.plugins.call(one, _slowed)) for one in running.engine.plugins.clients()] == [
            True,
            True,
        ]
        assert [event.slow for event in running.events if isinstance(event, SlowModeChanged)] == [True]
        assert httpx.get(address, headers=headers, timeout=60).json() == {"slow": True}
        assert httpx.put(address, headers=headers, json={"slow": False}, timeout=60).json() == {"slow": False}
        program.stop()
        assert running.do(slow_mode.is_on()) is False
        with pytest.raises(Problem, match="qBittorrent does not answer"):
            running.do(slow_mode.turn(slow=True))
        assert running.do(slow_mode.is_on()) is True


async def _slowed(client: DownloadClient[Any]) -> bool | None:
    return await client.slowed()
