"""The whole program as a process that is killed and started again, in a loopback world."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from radarr_desktop.engine.paths import Paths
from tests.fixtures_engine import WorldThread

LIFE = 60.0
"""Seconds one life of the program may take until the movie is there."""
STOP = 15.0
_DIE_WITH_PARENT = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []


class Process:
    """A command that cannot outlive the test run, and is ended as hard as can be."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._output = (folder / "output").open("ab")
        kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "PYTHONPATH", "TMPDIR")}
        homes = {f"XDG_{name}_HOME": str(folder / "home" / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        self._process = subprocess.Popen(
            [*_DIE_WITH_PARENT, *command],
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._output,
            env=kept | homes | {"HOME": str(folder / "home")},
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """Of the command itself."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Has it not ended by itself?"""
        return self._process.poll() is None

    def wait(self, seconds: float) -> int:
        """Let it end by itself; its exit code."""
        try:
            return self._process.wait(seconds)
        finally:
            self.kill()

    def kill(self) -> None:
        """SIGKILL to it and to all it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._output.close()

    def send(self, number: signal.Signals) -> None:
        """To it and to all it started."""
        os.killpg(self._process.pid, number)

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        self._process.terminate()
        return self.wait(STOP)


class Case:
    """One data folder with all of its lives."""

    def __init__(self, world: WorldThread, folder: Path) -> None:
        self.world = world
        self.folder = folder
        self.paths = Paths.default(folder / "data")
        self.library, self.downloads = folder / "library", folder / "downloads"
        for each in (self.library, self.downloads, folder / "home"):
            each.mkdir(parents=True)
        told = f'[[plugin]]\nmodule = "webhook"\nname = "Listener"\nsettings = {{ url = "{world.inbox.url}" }}\n'
        self.config = folder / "crash.toml"
        self.config.write_text(f"{world.world.provisioning(self.downloads, self.library)}\n{told}", encoding="utf-8")
        self.config.chmod(0o600)
        self._seeded = digest(world.world.seeded_file)

    def start(self) -> Process:
        """Begin a life."""
        options = ["--headless", "--config", str(self.config), "--data-dir", str(self.paths.data)]
        return Process([sys.executable, "-m", "radarr_desktop", *options], self.folder)

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """Look in from outside; nothing can be changed."""
        connection = sqlite3.connect(f"file:{self.paths.database}?mode=ro", uri=True, timeout=30, isolation_level=None)
        try:
            yield connection
        finally:
            connection.close()

    def has_arrived(self) -> bool:
        """Is the movie imported, and everybody told?"""
        return self.asked("select count(*) from grab where state = 'imported'") == 1 and not self.asked(
            "select count(*) from job where state in ('queued', 'running') and kind in ('import', 'announce', 'notify')"
        )

    def _runs(self, pid: int) -> bool:
        """Is it this life that answers at the port? Only then it can be asked to end."""
        with suppress(FileNotFoundError):
            return int(json.loads(self.paths.port_file.read_bytes())["pid"]) == pid
        return False

    def asked(self, question: str) -> int:
        """A number from the database; 0 while there is none to ask."""
        try:
            with self.database() as connection:
                return int(connection.execute(question).fetchone()[0])
        except sqlite3.OperationalError:
            return 0

    def finish(self) -> None:
        """One more life, undisturbed: the movie arrives, the program ends as asked."""
        process = self.start()
        try:
            wait_for(lambda: self.has_arrived() and self._runs(process.pid), process, LIFE)
        except BaseException:
            process.kill()
            raise
        code = process.stop()
        if code:
            raise AssertionError(f"it ended with {code}:\n{self.said()}")

    def said(self) -> str:
        """The end of what it printed and logged."""
        log = self.paths.log.read_text(errors="replace") if self.paths.log.exists() else ""
        return "\n".join([(self.folder / "output").read_text(errors="replace")[-2000:], *log.splitlines()[-25:]])

    def violations(self) -> list[str]:
        """Everything that must not be after the movie has arrived; empty when all is well."""
        bad = []
        files = [path for path in self.library.rglob("*") if path.is_file()]
        seeded = self.world.world.seeded_file
        if [path.suffix for path in files] != [".mkv"]:
            bad.append(f"the library holds {[path.name for path in files]}")
        elif files[0].read_bytes() != seeded.read_bytes():
            bad.append("the file in the library is another one")
        elif not files[0].samefile(next(self.downloads.rglob(seeded.name))):
            bad.append("the file is not linked to the download")
        if digest(seeded) != self._seeded:
            bad.append("the seeded file was touched")
        with self.database() as connection:
            bad += [
                f"integrity_check: {row[0]}" for row in connection.execute("pragma integrity_check") if row[0] != "ok"
            ]
            bad += [f"foreign_key_check: {row}" for row in connection.execute("pragma foreign_key_check")]
            for wanted, question in ORACLE:
                found = connection.execute(question).fetchone()[0]
                if found != wanted:
                    bad.append(f"{found} instead of {wanted}: {question}")
            paths = [row[0] for row in connection.execute("select path from movie_file")]
        if paths != [str(path) for path in files]:
            bad.append(f"rows {paths}, files {files}")
        if left := list(self.paths.torrents.iterdir()):
            bad.append(f"torrents left behind: {left}")
        log = self.paths.log.read_text(errors="replace")
        bad += [f"logged: {line}" for line in log.splitlines() if '"level": "error"' in line]
        return bad


ORACLE = (
    (1, "select count(*) from movie"),
    (1, "select count(*) from movie_file"),
    (1, "select count(*) from grab"),
    (1, "select count(*) from grab where state = 'imported'"),
    (1, "select count(*) from history where kind = 'movieAdded'"),
    (1, "select count(*) from history where kind = 'grabbed'"),
    (1, "select count(*) from history where kind = 'downloadFolderImported'"),
    (1, "select count(*) from journal"),
    (0, "select count(*) from journal where open"),
    (0, "select count(*) from job where state = 'dead'"),
    (0, "select count(*) from job where kind in ('add_movie', 'search_movie') and state <> 'done'"),
    (0, "select count(*) from job where kind in ('send_grab', 'import') and state <> 'done'"),
    (2, "select count(*) from job where kind = 'announce' and state = 'done'"),
    (2, "select count(*) from job where kind = 'notify' and state = 'done'"),
    (4, "select count(*) from job where kind in ('announce', 'notify')"),
)
"""What the database must say once the movie has arrived: everything happened, and once."""


def digest(path: Path) -> str:
    """Of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wait_for(reached: Callable[[], bool], process: Process, seconds: float, pause: float = 0.01) -> None:
    """Ask until the answer is yes; a program that ended by itself is a failure."""
    deadline = time.monotonic() + seconds
    while not reached():
        if not process.is_alive():
            raise AssertionError("the program ended by itself")
        if time.monotonic() > deadline:
            raise AssertionError(f"not reached within {seconds:g} s")
        if pause:
            time.sleep(pause)
