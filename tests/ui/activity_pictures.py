"""Pictures of the queue and of what comes after it, on a running engine. ``python -m tests.ui.activity_pictures``"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication

from radarr_desktop.ui.theme import Theme, ThemeMode
from tests.fixtures_engine import RunningEngine
from tests.ui.pictures import furnished
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

_FLAGS = QItemSelectionModel.SelectionFlag.Select
_WAITING = (("Ninth Lantern", 2025, "1080p.BluRay.DTS.x264-ORM"), ("Tin Astronaut", 2020, "2160p.WEB-DL.DV.H.265-KITE"))


def furnish(running: RunningEngine) -> None:
    """Magnets that nobody seeds: one asks its peers, one is paused."""
    engine, do = running.engine, running.do
    movies = {movie.info.title: movie for movie in do(engine.movies.all())}
    for number, (title, year, rest) in enumerate(_WAITING, 1):
        name = f"{title.replace(' ', '.')}.{year}.{rest}"
        do(engine.search.drop(f"magnet:?xt=urn:btih:{number:040x}&dn={name}", movie_id=movies[title].id))
    running.wait_for(lambda: all(item.download or item.grab.problem for item in do(engine.downloads.queue())), "all")
    do(engine.downloads.pause(do(engine.downloads.queue())[-1].grab.id))


class Walk:
    """Through the pages of the second slice."""

    def __init__(self, shown: RunningDesktop, suffix: str) -> None:
        self._shown = shown
        self._suffix = suffix

    async def take_all(self) -> None:
        """Every page and sheet."""
        await until(lambda: self._shown.workspace.services.instances, "the services are known")
        await self._queue()

    async def _queue(self) -> None:
        workspace = self._shown.workspace
        page = workspace.queue
        workspace.window.open_page("queue")
        await self._keep("queue")
        for row in range(3):
            page.view.selectionModel().select(page.model.index(row), _FLAGS)
        await self._keep("queue-several")
        page.select_nothing()

    async def _keep(self, name: str) -> None:
        await asyncio.sleep(0.4)
        self._shown.picture(f"{name}-{self._suffix}")


def main() -> None:
    """Take them all."""
    app = QApplication([])
    themes: tuple[ThemeMode, ...] = ("dark", "light")
    with furnished() as (_, running):
        furnish(running)
        theme = Theme(Path(tempfile.mkdtemp()), "dark", reduced_motion="on", text_scale=1.0)
        theme.apply(app)
        with running_desktop(app, running, theme) as shown:
            for mode in themes:
                theme.set_mode(mode)
                for name, size in (("", (1440, 900)), ("narrow-", (1000, 700))):
                    shown.workspace.window.resize(*size)
                    shown.run(Walk(shown, f"{name}{mode}").take_all())


if __name__ == "__main__":
    main()
