"""Ten indexers searched in the program's window, in a process of its own: `python -m tests.bench.search_window`.

For every line "search" on standard input it answers with two numbers: milliseconds from the first answer until the
first results are on the screen, and seconds of processor time until all are judged and shown.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import qasync
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from radarr_desktop.app import SWITCH_INTERVAL
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import movies
from radarr_desktop.ui.collector import Collector
from radarr_desktop.ui.desktop import Desktop
from radarr_desktop.ui.pages.movie.pick import PickPage
from tests.bench.program import PATIENCE
from tests.bench.ten_indexers import QUICK, RESULTS, Indexers
from tests.fixtures_engine import RunningEngine

T = TypeVar("T")


class Painted(QObject):
    """Notes when rows of a page's table were first painted, and the screen has them."""

    def __init__(self, page: PickPage) -> None:
        super().__init__()
        self.at = 0.0
        self._table = page.view.table
        self._table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The paint that comes now is sent to the screen before the loop gets to its next timer."""
        if event.type() is QEvent.Type.Paint and not self.at and self._table.model().rowCount():
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        self.at = self.at or time.perf_counter()


@dataclass
class Scene:
    """The program in its window, and whom it asks."""

    indexers: Indexers
    running: RunningEngine
    desktop: Desktop
    searched: int = 0

    async def search(self) -> tuple[float, float]:
        """Milliseconds to the first results on the screen, and seconds of processor time for all of them."""
        self.searched += 1
        movie = await self._engine(self._insert(self.indexers.offer(self.searched)))
        for live in self.running.engine.plugins.indexers():
            live.guard.reset()  # the dead one is asked anew each time
        page, ended = self.desktop.workspace.pick, asyncio.Event()
        page.search.ended.connect(ended.set)
        painted = Painted(page)
        begin = self._processor_time()
        self.desktop.workspace.open_pick(movie.id)
        await asyncio.wait_for(ended.wait(), PATIENCE)
        spent = self._processor_time() - begin
        shown, answers = page.view.model.rowCount(), page.search.status.answers
        if (shown, len(answers), len(page.search.status.problems)) != (RESULTS, QUICK + 2, 1):
            raise RuntimeError(f"{shown} releases are shown, of {answers}; {page.search.status.problems}")
        return (painted.at - self.indexers.first_answer()) * 1000, spent

    async def _insert(self, info: MovieInfo) -> Movie:
        slot = Slot(0, "", 1, "/m")
        return await self.running.engine.db.run(lambda: movies.insert(Movie(0, info, (slot,), f"/m/{info.tmdb_id}")))

    def _processor_time(self) -> float:
        """Seconds of this process and of the worker that reads and judges: a busy machine does not change them."""
        children = [one.read_text().split() for one in Path("/proc/self/task").glob("*/children")]
        pids = {"self", *(pid for each in children for pid in each)} - {str(self.indexers.pid)}
        ticks = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in pids)
        return sum(int(user) + int(system) for user, system in ticks) / os.sysconf("SC_CLK_TCK")

    async def _engine(self, work: Coroutine[Any, Any, T]) -> T:
        return await self.desktop.bridge.call(work)


def _set_up(running: RunningEngine, indexers: Indexers) -> None:
    for number, url in enumerate(indexers.urls):
        settings = {"base_url": url, "username": "salt", "passkey": made_up("hdbits"), "pause": 0, "hourly": 0}
        draft = Draft(PluginKind.INDEXER, "hdbits", f"Indexer {number}", settings)
        running.do(running.engine.plugins.save(draft, force=True))


async def _serve(scene: Scene) -> None:
    scene.desktop.show_starting()
    scene.desktop.started()
    await scene.search()  # worker and page are there when a user searches again
    while (await asyncio.to_thread(sys.stdin.readline)).strip() == "search":
        print(*await scene.search(), flush=True)
    scene.desktop.quit()
    await scene.desktop.until_quit()


def main() -> None:
    """Run until the standard input closes."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    app = QApplication(["bench"])
    collector = Collector()
    collector.start()
    indexers = Indexers()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        running = RunningEngine(Path(folder), "[port]\nport = 0\n")
        running.start()
        _set_up(running, indexers)
        loop = qasync.QEventLoop(app)
        asyncio.set_event_loop(loop)
        desktop = Desktop(app, running.engine, running.loop, running.paths)
        collector.settle()
        with loop:
            loop.run_until_complete(_serve(Scene(indexers, running, desktop)))
        desktop.close()
        running.stop()
        collector.stop()


if __name__ == "__main__":
    main()
