"""The program as a real process: what it prints, how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 60.0
_DIE_WITH_PARENT = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
_OBEYING = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""Before a command: root obeys the permissions of files like everybody else."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that has ended."""

    code: int
    out: str
    err: str


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A private home, no display, no keyring."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "PYTHONPATH", "TMPDIR")}
    return kept | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")} | dict(more or {})


def run(home: Path, *arguments: str | Path, python: tuple[str, ...] = (), obeying: bool = False) -> Ended:
    """Run the command until it ends by itself; ``obeying`` the permissions of files, even as root."""
    command = [*(_OBEYING if obeying else []), sys.executable, *python, "-m", "radarr_desktop", *map(str, arguments)]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, timeout=PATIENCE, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


class Running:
    """The program while it runs."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, data: Path) -> None:
        self._process = process
        self._folder = folder
        self.data = data

    @property
    def out(self) -> str:
        """What it printed so far."""
        return (self._folder / "out").read_text(encoding="utf-8")

    @property
    def err(self) -> str:
        """What it complained about so far."""
        return (self._folder / "err").read_text(encoding="utf-8")

    @property
    def address(self) -> str:
        """Where its port is; waits until it says so."""
        deadline = time.monotonic() + PATIENCE
        while not (said := re.search(r"http://\S+", self.out)):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"it did not say where it listens: {self.out}{self.err}")
            time.sleep(0.01)
        return said[0]

    @property
    def port_file(self) -> dict[str, Any]:
        """What it tells the command line."""
        return dict(json.loads((self.data / "port.json").read_bytes()))

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; its exit code."""
        self._process.send_signal(number)
        return self._process.wait(PATIENCE)


@contextmanager
def running(folder: Path, *arguments: str | Path, python: tuple[str, ...] = ()) -> Iterator[Running]:
    """The program on ``folder/data`` with a free port; killed at the end if it still runs."""
    (folder / "free.toml").write_text("[port]\nport = 0\n", encoding="utf-8")
    options = [*map(str, arguments), "--config", str(folder / "free.toml"), "--data-dir", str(folder / "data")]
    command = [*_DIE_WITH_PARENT, sys.executable, *python, "-m", "radarr_desktop", *options]
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(command, env=environment(folder), stdout=out, stderr=err)
    try:
        yield Running(process, folder, folder / "data")
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
