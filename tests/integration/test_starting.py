"""A download client of this machine that does not run is started: the real qBittorrent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.monitoring.starting import Starter
from radarr_desktop.engine.plugins.kinds import PluginKind
from tests.fakes.environment import environment
from tests.fakes.installed import WITHOUT_DISPLAY, installed
from tests.integration.stage import Stage, staged

pytestmark = pytest.mark.expected_errors("qBittorrent")


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[Stage]:
    """Return a program whose qBittorrent was ended, which it has noticed."""
    with staged(tmp_path, "qbittorrent") as made:
        assert made.qbittorrent is not None
        made.qbittorrent.kill()
        made.running.do(made.running.engine.plugins.test_all(PluginKind.DOWNLOAD_CLIENT))
        yield made


def client_of(stage: Stage) -> int:
    (client,) = stage.running.engine.plugins.clients()
    return client.id


def test_it_is_started_and_goes_on_when_this_program_ends(silent: Stage, tmp_path: Path) -> None:
    running, program = silent.running, silent.qbittorrent
    assert program is not None
    with installed(tmp_path / "bin", program) as pid:
        assert running.do(running.engine.starter.offers()) == {client_of(silent): "qBittorrent"}
        address = f"{running.url}/api/v4/downloads/clients/{client_of(silent)}/start"
        answer = httpx.post(address, headers={"X-Api-Key": running.api_key}, timeout=60)
        assert answer.status_code == 200, answer.text
        assert running.do(running.engine.starter.offers()) == {}
        assert [one.state for one in running.do(running.engine.plugins.instances("download_client"))] == ["ok"]
        running.stop()
        number = int(pid.read_text())
        assert os.getsid(number) == number
        os.kill(number, 0)


def test_nothing_is_offered_that_is_not_there_or_answers(silent: Stage, tmp_path: Path) -> None:
    running, program = silent.running, silent.qbittorrent
    assert program is not None
    (tmp_path / "empty").mkdir()
    with environment(PATH=str(tmp_path / "empty"), **WITHOUT_DISPLAY):
        assert running.do(running.engine.starter.offers()) == {}
        with pytest.raises(Problem, match="cannot be started from here"):
            running.do(running.engine.starter.start(client_of(silent)))
    program.start()
    running.do(running.engine.plugins.test_all(PluginKind.DOWNLOAD_CLIENT))
    with installed(tmp_path / "bin", program):
        assert running.do(running.engine.starter.offers()) == {}
    with pytest.raises(Problem, match="There is no download client 77"):
        running.do(running.engine.starter.start(77))


@pytest.mark.parametrize(
    ("script", "patience", "words"),
    [
        ("#!/bin/sh\nexit 3\n", 60, "It ended with code 3"),
        ("#!/bin/sh\nexec sleep 20\n", 1.5, "was started and does not answer"),
        ("no program at all\n", 60, "could not be started"),
    ],
)
def test_what_does_not_come_up_is_told(silent: Stage, tmp_path: Path, script: str, patience: float, words: str) -> None:
    launcher = tmp_path / "bin" / "qbittorrent-nox"
    launcher.parent.mkdir()
    launcher.write_text(script)
    launcher.chmod(0o755)
    starter = Starter(silent.running.engine.plugins, patience=patience)
    path = f"{launcher.parent}{os.pathsep}{os.environ['PATH']}"
    with environment(PATH=path, **WITHOUT_DISPLAY), pytest.raises(Problem, match=words):
        silent.running.do(starter.start(client_of(silent)))
