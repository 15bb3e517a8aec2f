"""Fixtures: the commands beside a real running program."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.cli.commands import main
from tests.api.served import KEY, Served


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, read as JSON."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A program with services, a library and one wanted movie."""
    with Served(tmp_path) as served:
        served.furnish()
        yield served


def write_port_file(data_dir: Path, url: str, key: str = KEY) -> None:
    """As a program left it that is gone, or was changed."""
    data_dir.mkdir(parents=True, exist_ok=True)
    file = data_dir / "port.json"
    file.write_text(json.dumps({"url": url, "api_key": key, "pid": os.getpid()}), encoding="utf-8")
    file.chmod(0o600)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command as the program's entry does."""

    def run(*words: str) -> Ran:
        capsys.readouterr()
        code = main(["--data-dir", str(tmp_path / "data"), *words])
        said = capsys.readouterr()
        with (tmp_path / "printed.txt").open("a", encoding="utf-8") as kept:  # searched for secrets at the end
            kept.write(f"{said.out}{said.err}")
        return Ran(code, said.out, said.err)

    return run
