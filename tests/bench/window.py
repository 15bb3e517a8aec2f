"""The program's window over 10,000 movies, in a process of its own: `python -m tests.bench.window`.

For every line "idle" or "loaded" on standard input it answers with a number: how long its window lags, in ms.
"""

from __future__ import annotations

import asyncio
import sys
import time

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from radarr_desktop.ui.collector import Collector
from radarr_desktop.ui.desktop import Desktop
from tests.bench.bench_engine import parse_all
from tests.bench.clients import polling
from tests.bench.program import MOVIES, PATIENCE, Lag, LargeLibrary, p99

STEP = 40
"""Pixels the grid is scrolled with each tick."""
IDLE = 3.0


class Scrolling(QObject):
    """Every 10 ms a tick is due, which scrolls the grid and paints it."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__()
        self._view = view
        self._late: list[float] = []
        self._frames: list[float] = []
        self._due = 0.0
        self._timer = QTimer(self, singleShot=True, interval=int(Lag.TICK * 1000))
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Tick until the end."""
        self._late, self._frames = [], []
        self._wait()

    def end(self) -> float:
        """The 99th percentile of late ticks or of frames, whichever is worse."""
        self._timer.stop()
        return max(p99(self._late), p99(self._frames))

    def _wait(self) -> None:
        self._due = time.perf_counter() + Lag.TICK
        self._timer.start()

    def _tick(self) -> None:
        begin = time.perf_counter()
        self._late.append(max(0.0, begin - self._due) * 1000)
        bar = self._view.verticalScrollBar()
        bar.setValue((bar.value() + STEP) % (bar.maximum() or 1))
        # the part that came into sight is painted now, and not when the loop finds the time
        QCoreApplication.sendPostedEvents(self._view.window(), QEvent.Type.UpdateRequest)
        self._frames.append((time.perf_counter() - begin) * 1000)
        self._wait()


async def _serve(large: LargeLibrary, desktop: Desktop) -> None:
    desktop.show_starting()
    desktop.started()
    deadline = time.monotonic() + PATIENCE
    while desktop.workspace.library.movies.total < MOVIES:
        if time.monotonic() > deadline:
            raise TimeoutError("The window does not show its movies.")
        await asyncio.sleep(0.05)
    views = [view for view in desktop.workspace.movies.findChildren(QAbstractItemView) if view.isVisible()]
    scrolling = Scrolling(views[0])
    while (wanted := (await asyncio.to_thread(sys.stdin.readline)).strip()) in ("idle", "loaded"):
        scrolling.start()
        await (asyncio.to_thread(_load, large) if wanted == "loaded" else asyncio.sleep(IDLE))
        print(scrolling.end(), flush=True)
    desktop.quit()
    await desktop.until_quit()


def _load(large: LargeLibrary) -> None:
    with polling(large):
        parse_all(large)


def main() -> None:
    """Run until the standard input closes."""
    app = QApplication(["bench"])
    collector = Collector()
    collector.start()
    large = LargeLibrary()
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    desktop = Desktop(app, large.engine, large.thread.loop, large.engine.paths)
    collector.settle()
    with loop:
        loop.run_until_complete(_serve(large, desktop))
    desktop.close()
    large.close()
    collector.stop()


if __name__ == "__main__":
    main()
