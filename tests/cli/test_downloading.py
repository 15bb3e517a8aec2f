"""Parts of a torrent, slow mode and clients, from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.plugins.kinds import PluginKind
from tests.api.served import Served
from tests.cli.conftest import Run
from tests.fakes.installed import installed
from tests.fakes.pack import OTHER_PETAL, PETAL, SALT, UNCLEAR, drop_pack, want
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine
from tests.integration.stage import staged


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[WorldThread, RunningEngine]]:
    with world_and_engine(tmp_path, with_movie=False) as made:
        yield made


def test_each_video_of_a_torrent_gets_its_movie(home: tuple[WorldThread, RunningEngine], run: Run) -> None:
    world, running = home
    salt = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
    petal = want(world, running, PETAL)
    want(world, running, OTHER_PETAL)
    grab = drop_pack(world, running, salt, SALT, UNCLEAR)
    running.wait_for(lambda: running.do(running.engine.downloads.get(grab.id)).cause == "SeveralMovies", "the question")
    ran = run("parts", "list", str(grab.id))
    assert ran.code == 0, ran.err
    told = {line.split()[1]: line for line in ran.out.splitlines()[1:]}
    assert "The Salt Meridian (2025)  imported" in told[SALT]
    assert "asked" in told[UNCLEAR]
    part = told[UNCLEAR].split()[0]
    assert run("parts", "say", part, "none").out.startswith(f"{UNCLEAR} is left out.")
    assert run("parts", "say", part, "iron petal").code == 2  # two movies have this name
    said = run("parts", "say", part, "iron", "petal", "(2011)")
    assert (said.code, said.out.startswith(f"{UNCLEAR} is Iron Petal (2011).")) == (0, True)
    assert run("parts", "import", str(grab.id)).code == 0
    running.wait_for(lambda: running.do(running.engine.movies.get(petal.id)).file, "its import")
    assert run("parts", "list", "4711").code == 4
    assert run("parts", "say", "4711", "none").code == 4


def test_downloads_are_slowed_down_and_let_go(served: Served, run: Run) -> None:
    assert run("slow").out == "Downloads have full speed.\n"
    assert run("slow", "on").out == "Downloads are slowed down.\n"
    assert run("slow", "--json").json == {"slow": True}
    assert run("slow", "off").out == "Downloads have full speed.\n"
    assert run("slow", "down").code == 2
    (client,) = served.client.get("/api/v3/downloadclient").json()
    served.client.delete(f"/api/v3/downloadclient/{client['id']}").raise_for_status()
    assert run("slow").out == "No download client that can be slowed down answers.\n"
    refused = run("slow", "on")
    assert (refused.code, "can be slowed down" in refused.err) == (1, True)


def test_a_client_that_cannot_be_started_from_here_says_so(served: Served, run: Run) -> None:
    (row,) = run("clients", "list").out.splitlines()[1:]
    assert row.split()[1:] == ["Built-in", "ok"]
    assert run("clients", "test").out == "Built-in works.\n"
    assert run("clients", "start").code == 4
    assert "There are: Built-in." in run("clients", "start", "another").err
    refused = run("clients", "start", "built-in")
    assert (refused.code, "cannot be started from here" in refused.err) == (1, True)
    (client,) = served.client.get("/api/v3/downloadclient").json()
    served.client.delete(f"/api/v3/downloadclient/{client['id']}").raise_for_status()
    assert run("clients", "list").out == "No download client is set up.\n"
    assert run("clients", "test").out == "None is set up and switched on.\n"


@pytest.mark.expected_errors("qBittorrent")
def test_a_qbittorrent_that_does_not_run_is_started(tmp_path: Path, run: Run) -> None:
    with staged(tmp_path, "qbittorrent") as stage:
        program = stage.qbittorrent
        assert program is not None
        program.kill()
        stage.running.do(stage.running.engine.plugins.test_all(PluginKind.DOWNLOAD_CLIENT))
        with installed(tmp_path / "bin", program):
            assert "qBittorrent  failing  qBittorrent" in run("clients", "list").out
            started = run("clients", "start")
            assert (started.code, started.out, started.err) == (0, "qBittorrent runs.\n", "")
            assert run("clients", "list", "--json").json[0]["state"] == "ok"
            assert run("clients", "start").code == 4
