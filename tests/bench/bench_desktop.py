"""Start and memory of the desktop program in the tray, and how long its window lags, on an X server of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

from tests.bench.figure import Figure
from tests.bench.program import PATIENCE, environment, resident_mb, started, started_again, wait_for_log
from tests.bench.screen import asked, session, session_environment

_BARE = """
import sys
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
app = QApplication(["radarr-desktop"])
picture = QPixmap(32, 32)
picture.fill("red")
icon = QSystemTrayIcon(QIcon(picture))
icon.show()
app.exec()
"""
SETTLED = 2.0
"""Seconds after the start until memory is read."""


def _icon_after(begin: float) -> float:
    """Seconds until the icon is embedded in the tray, and ready for the next."""
    deadline = time.monotonic() + PATIENCE
    while not session().icons():
        if time.monotonic() > deadline:
            raise TimeoutError("There is no icon in the tray.")
        time.sleep(0.005)
    return time.perf_counter() - begin


def _no_icon() -> None:
    """Wait until the icon of the last round is gone."""
    while session().icons():
        time.sleep(0.01)


def start_tray() -> float:
    """Seconds from the command to the icon in the tray; the window comes with it."""
    desktop = session_environment()
    _no_icon()
    with started(**desktop) as (_, _folder, begin):
        return _icon_after(begin)


def memory_tray() -> float:
    """Resident MB of the program that was started in the tray again, two seconds after its engine runs."""
    desktop = session_environment()
    _no_icon()
    with started_again("--minimized", **desktop) as (process, folder, begin):
        _icon_after(begin)
        wait_for_log(folder, "app.started")
        time.sleep(SETTLED)
        return resident_mb(process.pid)


def _bare(read: Callable[[int, float], float]) -> float:
    _no_icon()
    command, env = [sys.executable, "-c", _BARE], environment(**session_environment())
    begin = time.perf_counter()
    with subprocess.Popen(command, env=env) as process:
        try:
            return read(process.pid, _icon_after(begin))
        finally:
            process.terminate()


def lag(how: str) -> float:
    """99th percentile in ms, loaded or idle, of a window over a large library."""
    (worst,) = asked("tests.bench.window", how)
    return worst


FIGURES = [
    Figure(
        "start.tray",
        "Start of the desktop program to its icon in the tray (reference: a bare icon of Qt)",
        "s",
        1.2,
        start_tray,
        lambda: _bare(lambda _, seconds: seconds),
    ),
    Figure(
        "memory.tray",
        "Resident memory, in the tray without a window (reference: a bare icon of Qt)",
        "MB",
        110,
        memory_tray,
        lambda: _bare(lambda pid, _: resident_mb(pid)),
        rounds=3,
    ),
    Figure(
        "lag.window",
        "Window p99, late ticks or frames of a scrolled grid of 10,000 movies, while 5,000 names are read and "
        "50 clients poll the port (reference: the same window, idle)",
        "ms",
        16,
        lambda: lag("loaded"),
        lambda: lag("idle"),
        rounds=3,
    ),
]
