"""The real desktop program, as a process of a session."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.e2e.desktop_session import PATIENCE, Session, until

_MARK = "RADARR_DESKTOP_TEST_RUN"


class DesktopProgram:
    """Started on ``folder/program`` with a provisioning text; it may be started again on the same data."""

    def __init__(self, session: Session, config: str) -> None:
        self.session = session
        self.data = session.folder / "program"
        self.config = session.folder / "desktop.toml"
        self.config.write_text(config, encoding="utf-8")
        self._environment = session.environment | {_MARK: uuid4().hex, "PYTHONFAULTHANDLER": "1"}
        self._complaints = session.folder / "complaints"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> None:
        """Start it; whatever it prints is kept."""
        with self._complaints.open("ab") as printed:
            self.process = subprocess.Popen(
                self._command(*arguments), env=self._environment, stdout=printed, stderr=printed
            )

    def start_again(self, *arguments: str) -> tuple[int, float]:
        """A second start beside the running one: its exit code and how long it took."""
        begin = time.monotonic()
        with self._complaints.open("ab") as printed:
            done = subprocess.run(
                self._command(*arguments),
                env=self._environment,
                stdout=printed,
                stderr=printed,
                timeout=PATIENCE,
                check=False,
            )
        return done.returncode, time.monotonic() - begin

    @property
    def complaints(self) -> str:
        """All it printed on the terminal; a program that is well prints nothing."""
        return self._complaints.read_text(encoding="utf-8")

    def log(self) -> list[dict[str, Any]]:
        """What stands in its log."""
        file = self.data / "logs" / "radarr-desktop.log"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [json.loads(line) for line in lines]

    def wait_for_log(self, event: str, **values: str) -> None:
        """Wait until this stands in its log."""
        until(
            lambda: any(
                line["event"] == event and all(part in str(line.get(name)) for name, part in values.items())
                for line in self.log()
            ),
            f"{event} {values}",
        )

    def get(self, path: str) -> Any:
        """Ask its port."""
        told = json.loads((self.data / "port.json").read_bytes())
        return (
            httpx.get(f"{told['url']}{path}", headers={"X-Api-Key": told["api_key"]}, timeout=60)
            .raise_for_status()
            .json()
        )

    def wait(self) -> int:
        """Wait for its end, and for that of all it started; the exit code."""
        assert self.process is not None
        code = self.process.wait(PATIENCE)
        until(lambda: not self.left(), "nothing of it is left")
        return code

    def end(self) -> tuple[int, float]:
        """Ask it to end: the exit code and how long it took."""
        assert self.process is not None
        begin = time.monotonic()
        self.process.terminate()
        return self.wait(), time.monotonic() - begin

    def end_well(self) -> None:
        """End it as the system does: at once, and without a word."""
        code, seconds = self.end()
        print(f"ended: {seconds:.2f} s")
        assert (code, self.complaints) == (0, "")
        assert [line for line in self.log() if line["level"] in ("error", "critical")] == []

    def left(self) -> list[int]:
        """Processes that it started, directly or not, and itself."""
        mark, found = f"{_MARK}={self._environment[_MARK]}".encode(), []
        for folder in Path("/proc").iterdir():
            try:
                if folder.name.isdigit() and mark in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:  # it has ended meanwhile
                continue
        return found

    def _command(self, *arguments: str) -> list[str]:
        options = ["--data-dir", str(self.data), "--config", str(self.config)]
        return [sys.executable, "-m", "radarr_desktop", *options, *arguments]


@contextmanager
def desktop_program(session: Session, config: str, *arguments: str) -> Iterator[DesktopProgram]:
    """Started; killed at the end if it still runs."""
    program = DesktopProgram(session, config)
    program.start(*arguments)
    try:
        yield program
    except AssertionError:
        print(program.complaints, *program.log()[-20:], *session.told(), sep="\n")
        raise
    finally:
        if program.process is not None and program.process.poll() is None:
            program.process.kill()
            program.process.wait()
