"""What a newcomer does first: clone, make, start."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _run(command: list[str], cwd: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:  # without a traceback: it would show the environment
        pytest.fail(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}", pytrace=False)
    return done.stdout


@pytest.mark.timeout(600)
def test_a_fresh_clone_installs_itself_and_shows_the_demo(tmp_path: Path, outer_environment: dict[str, str]) -> None:
    environment = {name: value for name, value in outer_environment.items() if not name.startswith(("MAKE", "PYTHON"))}
    clone = tmp_path / "radarr-desktop"
    _run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], tmp_path, environment)
    shown = _run(["make", "demo"], clone, environment)  # makes .venv first
    assert "The file is bit-identical to the seeded one and hard-linked to the download." in shown
    version = tomllib.loads((clone / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert version in _run([str(clone / ".venv/bin/radarr-desktop"), "--version"], tmp_path, environment)
    assert _run(["git", "status", "--porcelain"], clone, environment) == ""
