"""A qBittorrent that is installed and does not run: a launcher in a folder of the search path, for a test."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

from tests.fakes.environment import environment
from tests.fakes.swarm import QBittorrent

WITHOUT_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
"""Then nothing with a window is started, whatever is installed on the machine of the tests."""


@contextlib.contextmanager
def installed(folder: Path, program: QBittorrent) -> Iterator[Path]:
    """The file that tells the process id of what was started; that is ended here."""
    folder.mkdir()
    pid = folder / "pid"
    launcher = folder / "qbittorrent-nox"
    launcher.write_text(
        "#!/bin/sh\n"
        f"echo $$ > '{pid}'\n"
        f"HOME='{program.folder}' exec '{program.binary}' '--profile={program.folder / 'profile'}'\n"
    )
    launcher.chmod(0o755)
    with environment(PATH=f"{folder}{os.pathsep}{os.environ['PATH']}", **WITHOUT_DISPLAY):
        try:
            yield pid
        finally:
            if pid.exists():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid.read_text()), signal.SIGKILL)
