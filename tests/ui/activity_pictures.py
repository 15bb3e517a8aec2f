"""Pictures of the queue and of what comes after it, on a running engine. ``python -m tests.ui.activity_pictures``"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication

from radarr_desktop.domain.blocklist import Scope
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.naming import Naming
from radarr_desktop.ui.pages.blocklist.page import BlocklistPage
from radarr_desktop.ui.pages.manual.page import ManualPage
from radarr_desktop.ui.theme import Theme, ThemeMode
from tests.fixtures_engine import RunningEngine
from tests.ui.pictures import furnished, sample
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

_WHY = {
    Reason.DOWNLOAD_STALLED: "Stopped at 98 %, availability 0.98, no seed since yesterday.",
    Reason.DANGEROUS_CONTENT: "It holds a program and no movie.",
    Reason.NO_VIDEO: "It holds no video.",
}
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
    for number, reason in enumerate((Reason.DOWNLOAD_STALLED, Reason.DANGEROUS_CONTENT, Reason.NO_VIDEO), 1):
        title = "Marrow Creek" if number == 2 else "Paper Tides"
        name = f"{title.replace(' ', '.')}.2160p.WEB-DL.H.265-{'KITE' if number % 2 else 'ORM'}"
        magnet = f"magnet:?xt=urn:btih:{number + 10:040x}&dn={name}"
        grab = do(engine.search.drop(magnet, movie_id=movies[title].id)).grab
        if grab is not None:
            do(engine.failures.fail(grab.id, reason, _WHY[reason], follow=False))
    do(engine.blocklist.add(Scope.GROUP, "iTM", reason="Bad sound."))
    do(engine.blocklist.add(Scope.PATTERN, "/hardsub/i", days=90))
    naming = Naming(file="{Movie Title} ({Year}) - {Quality}{-Group}")
    do(engine.names.save(naming))
    _share(running)


def _share(running: RunningEngine) -> None:
    """Another file that nobody asked for, beside those that were imported."""
    sample(running, "Nobody Knows This", 1999, "720p.WEB-DL.x264-ORM")


class Walk:
    """Through the pages of the second slice."""

    def __init__(self, shown: RunningDesktop, found: Path, suffix: str) -> None:
        self._shown = shown
        self._found = found
        self._suffix = suffix

    async def take_all(self) -> None:
        """Every page and sheet."""
        await until(lambda: self._shown.workspace.services.instances, "the services are known")
        await self._queue()
        await self._history()
        await self._blocklist()
        await self._settings()
        await self._sheets()

    async def _queue(self) -> None:
        workspace = self._shown.workspace
        page = workspace.queue
        workspace.window.open_page("queue")
        await self._keep("queue")
        for row in range(3):
            page.view.selectionModel().select(page.model.index(row), _FLAGS)
        await self._keep("queue-several")
        page.select_nothing()

    async def _history(self) -> None:
        self._shown.workspace.window.open_page("history")
        await self._keep("history-undo")

    async def _blocklist(self) -> None:
        workspace = self._shown.workspace
        workspace.window.open_page("blocklist")
        page = workspace.blocklist.content
        if isinstance(page, BlocklistPage):
            await until(lambda: page.model.total, "the entries")
            page.table.setCurrentIndex(page.model.index(1, 0))
            page.focus_content()
        await self._keep("blocklist-page")

    async def _settings(self) -> None:
        workspace = self._shown.workspace
        workspace.window.open_page("settings")
        for section in ("media", "naming", "downloads", "watched", "paths"):
            workspace.settings.open_section(section)
            await self._keep(f"section-{section}")

    async def _sheets(self) -> None:
        workspace = self._shown.workspace
        workspace.window.open_page("movies")
        sheet = workspace.open_rename(None)
        await asyncio.sleep(0.5)
        await self._keep("rename-library")
        sheet.close_sheet()
        workspace.open_manual(paths=[self._found])
        page = workspace.manual.content
        if isinstance(page, ManualPage):
            await asyncio.sleep(0.1)
            await until(page.model.rowCount, "the files")
        await self._keep("manual-page")

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
                    shown.run(Walk(shown, running.folder / "found", f"{name}{mode}").take_all())


if __name__ == "__main__":
    main()
