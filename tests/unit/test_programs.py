"""What starts another program: looked for as a desktop does, and run on its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from radarr_desktop.engine.monitoring.programs import command_of
from radarr_desktop.plugin_api import Program

ID = "org.example.Fetcher"
PROGRAMS = (Program("fetcher", ID), Program("fetcher-nox", has_window=False))


def executable(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def entry(folder: Path, command: str) -> None:
    file = folder / "applications" / f"{ID}.desktop"
    file.parent.mkdir(parents=True)
    file.write_text(f"[Desktop Entry]\nName=Fetcher\nExec={command}\n\n[Desktop Action x]\nExec=evil\n")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "bin").mkdir()
    data = str(tmp_path / "data")
    return {"PATH": str(tmp_path / "bin"), "DISPLAY": ":1", "XDG_DATA_HOME": data, "XDG_DATA_DIRS": data}


def test_an_executable_of_the_search_path_comes_first(tmp_path: Path, env: dict[str, str]) -> None:
    assert command_of(PROGRAMS, env) == ()
    quiet = executable(tmp_path / "bin" / "fetcher-nox")
    assert command_of(PROGRAMS, env) == (str(quiet),)
    usual = executable(tmp_path / "bin" / "fetcher")
    assert command_of(PROGRAMS, env) == (str(usual),)
    usual.chmod(0o644)
    assert command_of(PROGRAMS, env) == (str(quiet),)


def test_what_needs_a_display_is_not_started_without_one(tmp_path: Path, env: dict[str, str]) -> None:
    executable(tmp_path / "bin" / "fetcher")
    del env["DISPLAY"]
    assert command_of(PROGRAMS, env) == ()
    quiet = executable(tmp_path / "bin" / "fetcher-nox")
    assert command_of(PROGRAMS, env) == (str(quiet),)


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ('"{path}" %U', []),
        ('"{path}" --profile "a b" %f', ["--profile", "a b"]),
        ('"{path}" run --file-forwarding org.example.Fetcher @@u %U @@', ["run", "--file-forwarding", ID]),
        ('"{path}" --share=100%%', ["--share=100%"]),
    ],
)
def test_a_desktop_entry_tells_the_command(
    tmp_path: Path, env: dict[str, str], command: str, arguments: list[str]
) -> None:
    path = executable(tmp_path / "opt" / "Fetcher.AppImage")
    entry(Path(env["XDG_DATA_HOME"]), command.format(path=path))
    assert command_of(PROGRAMS, env) == (str(path), *arguments)


@pytest.mark.parametrize("command", ["/nowhere/fetcher %U", "", "'", "fetcher; rm -rf ~"])
def test_an_entry_that_leads_nowhere_is_passed_over(env: dict[str, str], command: str) -> None:
    entry(Path(env["XDG_DATA_HOME"]), command)
    assert command_of(PROGRAMS, env) == ()


_STARTS = """
import sys
from radarr_desktop.engine.monitoring.programs import start
print(start(["/bin/sh", "-c", "echo $RADARR_DESKTOP_MASTER_KEY- $OTHER > '" + sys.argv[1] + "'; exec sleep 300"]).pid)
"""


@pytest.mark.parametrize("home", ["", "nowhere"])
def test_what_was_started_goes_on_without_us_and_gets_no_key_of_ours(tmp_path: Path, home: str) -> None:
    told = tmp_path / "told"
    env = {**os.environ, "HOME": str(tmp_path / home), "RADARR_DESKTOP_MASTER_KEY": "a-key", "OTHER": "kept"}
    ours = subprocess.run(
        [sys.executable, "-c", _STARTS, str(told)], env=env, capture_output=True, text=True, check=True, timeout=60
    )
    pid = int(ours.stdout)
    try:
        deadline = time.monotonic() + 60
        while not (told.exists() and told.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert told.read_text() == "- kept\n"
        assert os.getsid(pid) == pid
    finally:
        os.kill(pid, signal.SIGKILL)
