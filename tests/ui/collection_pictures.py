"""Pictures of an existing collection, on a running engine. ``python -m tests.ui.collection_pictures``"""

from __future__ import annotations

import asyncio
import os
import tempfile
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from radarr_desktop.domain.collection import ScanState
from radarr_desktop.loopback.tmdb import Film
from radarr_desktop.ui.pages.collection.page import CollectionPage
from radarr_desktop.ui.theme import Theme, ThemeMode
from tests.fakes.collection import lay_out, shelved
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

_RIVALS = ("Quiet Rivers", "Iron Petal", "Glasshouse Summer")


def furnish(world: WorldThread, running: RunningEngine) -> None:
    """A folder with 140 movies, three that may be either of two, and some that are none."""
    films = list(shelved(140))
    lay_out(running.library, films)
    rivals = [Film(690_000 + year, title, year, cinemas=date(year, 6, 1)) for title in _RIVALS for year in (1999, 2007)]
    for number, film in enumerate((*(each.film for each in films), *rivals)):
        world.world.tmdb.add(film if number < len(films) else Film(690_000 + number, film.title, film.year))
    extra = [f"{title}/movie.mkv" for title in _RIVALS]
    for path in (*extra, "Holidays 2019/DSC0001.mkv", "Camera/VID_20190704.mkv", "Books/readme.txt"):
        (running.library / path).parent.mkdir()
        (running.library / path).write_bytes(b"x" * 1000)


class Walk:
    """From the empty library to the plan."""

    def __init__(self, shown: RunningDesktop, running: RunningEngine, suffix: str) -> None:
        self._shown = shown
        self._running = running
        self._suffix = suffix

    async def take_all(self) -> None:
        """Every page and sheet."""
        workspace = self._shown.workspace
        workspace.window.open_page("movies")
        await self._keep("movies-empty")
        sheet = workspace.open_add()
        await self._keep("add-idle")
        sheet.close_sheet()
        workspace.desk.settings_asked.emit("folders")
        await self._keep("section-folders")
        workspace.window.open_page("collection")
        page = workspace.collection.content
        if not isinstance(page, CollectionPage):
            raise TypeError("The page is another one.")
        page.scan = None
        await page.show_start()
        await self._keep("collection-start")
        page.look_through(str(self._running.library))
        await until(lambda: page.scan and page.scan.done > 40, "some are found")
        await self._keep("collection-running", 0)
        await until(lambda: page.scan and page.scan.state is ScanState.DONE, "all are found")
        await self._keep("collection-done")
        page.places.table.setFocus()
        page.places.table.selectRow(8)
        await self._keep("collection-sure")
        page.places.show_group("look")
        await self._keep("collection-look")
        page.places.show_group("")
        page.plan()
        await self._keep("collection-plan")
        if sheet := workspace.window.open_sheet:  # type: ignore[assignment]
            sheet.close_sheet()

    async def _keep(self, name: str, pause: float = 0.6) -> None:
        await asyncio.sleep(pause)
        self._shown.picture(f"{name}-{self._suffix}")


def main() -> None:
    """Take them all."""
    app = QApplication([])
    themes: tuple[ThemeMode, ...] = ("dark", "light")
    with tempfile.TemporaryDirectory() as home, world_and_engine(Path(home), with_movie=False) as (world, running):
        furnish(world, running)
        theme = Theme(Path(tempfile.mkdtemp()), "dark", reduced_motion="on", text_scale=1.0)
        theme.apply(app)
        with running_desktop(app, running, theme) as shown:
            for mode in themes:
                theme.set_mode(mode)
                for name, size in (("", (1440, 900)), ("narrow-", (1000, 700))):
                    shown.workspace.window.resize(*size)
                    shown.run(Walk(shown, running, f"{name}{mode}").take_all())


if __name__ == "__main__":
    main()
