"""A pushed release whose address only the download client reaches: it fetches it, and is looked into all the same."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from radarr_desktop.domain import events
from radarr_desktop.domain.blocklist import Scope
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.records import GrabState
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.torrents import of_files
from radarr_desktop.plugin_api import Release
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer
from tests.fakes.swarm import qbittorrent
from tests.fixtures_engine import WorldThread, config_for, running_engine
from tests.integration.stage import Stage, with_qbittorrent

pytestmark = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may mount for one program")

NETWORK = """#!/bin/sh
exec unshare --mount sh -c 'mount --bind "$0" /etc/hosts && exec qbittorrent-nox "$@"' '{hosts}' "$@"
"""
HOST = "indexer-of-the-client.test"


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Stage]:
    """A qBittorrent that knows a host which this program does not."""
    hosts, network = tmp_path / "hosts", tmp_path / "network"
    hosts.write_text(f"127.0.0.1 localhost {HOST}\n")
    network.write_text(NETWORK.format(hosts=hosts))
    network.chmod(0o755)
    with contextlib.ExitStack() as stack:
        world = WorldThread(tmp_path)
        stack.callback(world.close)
        program = stack.enter_context(qbittorrent(tmp_path / "qbittorrent", str(network)))
        config = with_qbittorrent(config_for(world, tmp_path, with_movie=False), program)
        yield Stage(world, stack.enter_context(running_engine(tmp_path, config)), program)


@pytest.fixture
def indexer(apart: Stage) -> Iterator[AnsweringServer]:
    """Where the address leads."""
    server = AnsweringServer()
    apart.world.do(server.__aenter__())
    yield server
    apart.world.do(server.__aexit__(None, None, None))


def pushed(stage: Stage, indexer: AnsweringServer, title: str, data: bytes) -> str:
    """Push it with an address; the address's secret."""
    secret = made_up()
    indexer.answer = Answer(200, data, "application/x-bittorrent")
    link = f"{indexer.url.replace('127.0.0.1', HOST)}/get?passkey={secret}"
    stage.running.do(stage.running.engine.push.push(Release("", title, 633_981), link))
    return secret


def test_it_is_fetched_looked_into_and_imported(apart: Stage, indexer: AnsweringServer) -> None:
    movie = apart.add(search=False)
    secret = pushed(apart, indexer, apart.world.world.good, apart.good.data)
    apart.imported()
    (grab,) = apart.grabs(movie)
    assert (grab.state, grab.hashes, grab.unseen) == (GrabState.IMPORTED, (apart.good.v1,), False)
    apart.running.stop()
    kept = [
        path for path in apart.running.paths.data.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()
    ]
    assert kept == []
    apart.running.start()


def test_what_holds_no_movie_goes_without_a_byte(apart: Stage, indexer: AnsweringServer) -> None:
    movie = apart.add(search=False)
    title = "The.Salt.Meridian.2025.1080p.WEB-DL.H.264-KITE"
    folder = apart.world.world.folder / title
    folder.mkdir()
    (folder / "setup.exe").write_bytes(secrets.token_bytes(700_000))
    torrent = of_files(folder, apart.world.world.tracker.url)
    apart.world.do(apart.world.world.seeder.seed(torrent, folder.parent))
    pushed(apart, indexer, title, torrent.data)
    failed = apart.running.wait_for_event(events.GrabFailed)
    assert "setup.exe" in str(failed.problem)
    assert [grab.state for grab in apart.grabs(movie)] == [GrabState.FAILED]

    async def given() -> int:
        return apart.world.world.seeder.given(torrent)

    assert apart.world.do(given()) == 0


@pytest.mark.parametrize("scope", [Scope.HASH, Scope.PATTERN])
def test_what_is_blocked_goes_once_its_hash_and_name_are_known(
    apart: Stage, indexer: AnsweringServer, scope: Scope
) -> None:
    movie = apart.add(search=False)
    engine, do = apart.running.engine, apart.running.do
    do(engine.blocklist.add(scope, apart.good.v1 if scope is Scope.HASH else "KITE"))
    pushed(apart, indexer, "The.Salt.Meridian.2025.1080p.WEB-DL.H.264-OTHER", apart.good.data)
    failed = apart.running.wait_for_event(events.GrabFailed)
    assert failed.problem.cause == Reason.EXCLUSION_MATCHED
    assert "on the blocklist." in str(failed.problem)
    assert apart.grabs(movie)[-1].state is GrabState.FAILED
    assert Reason.EXCLUSION_MATCHED in [one.name for one in do(engine.blocklist.statistics()).by_reason]

    async def given() -> int:
        return apart.world.world.seeder.given(apart.good)

    assert apart.world.do(given()) == 0
