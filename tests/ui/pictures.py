"""Pictures of the pages on a running engine: both themes, wide and narrow. ``python -m tests.ui.pictures [folder]``

With ``QT_SCALE_FACTOR=2.25`` in the environment they are those of a fine screen.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from radarr_desktop.domain.records import QueueItem

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.search.search import Dropped
from radarr_desktop.loopback.hdbits import Listing
from radarr_desktop.loopback.tmdb import Film
from radarr_desktop.ui.pages.add.sheet import AddSheet
from radarr_desktop.ui.pages.add.which import WhichSheet
from radarr_desktop.ui.parts import Button
from radarr_desktop.ui.theme import Theme, ThemeMode
from tests.fixtures_engine import RunningEngine, WorldThread, config_for, running_engine
from tests.ui.camera import PICTURES
from tests.ui.river import wait_for_better
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

SOON = datetime.now(UTC).date() + timedelta(days=26)
STORY = "A ferryman's daughter maps a river that moves every spring, and with it the border and the mill."
FILMS = (
    ("Nightjar Avenue", 2024, "1080p.WEB-DL.EAC3.5.1.H.264-KITE"),
    ("Paper Tides", 2025, ""),
    ("Hollow Orbit", 2024, "1080p.BluRay.DTS.x264-ORM"),
    ("A Quiet Arithmetic", 2023, "1080p.WEB-DL.EAC3.5.1.H.264-TIDE"),
    ("Marrow Creek", 2022, "1080p.BluRay.DTS.x264-NORTHPIER"),
    ("Ninth Lantern", 2025, ""),
    ("Zero Kelvin Waltz", 2026, ""),
    ("Copper Saints", 2021, "1080p.BluRay.DD5.1.x264-KITE"),
    ("Glasshouse Summer", 2024, "1080p.WEB-DL.AAC2.0.H.264-ORM"),
    ("Kestrel Protocol", 2025, ""),
    ("雪の灯台", 2022, "1080p.BluRay.x264-TIDE"),
    ("Blue Hour Motel", 2023, "1080p.WEB-DL.DDP5.1.H.264-KITE"),
    ("Tin Astronaut", 2020, ""),
    ("Where the River Forgets", 2024, "1080p.HDTV.AAC2.0.x264-LANTERN"),
)
SLOW = ("Paper Tides", "Kestrel Protocol")
"""These are downloading, slowly."""


@contextmanager
def furnished() -> Iterator[tuple[WorldThread, RunningEngine]]:
    """A world and a program with a library in every state."""
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory(dir=_other_disk()) as other:
        folder = Path(home)
        world = WorldThread(folder)
        try:
            config = config_for(world, folder, with_movie=False).replace(str(folder / "downloads"), other)
            with running_engine(folder, config) as running:
                _fill(world, running)
                yield world, running
        finally:
            world.close()


def _other_disk() -> str | None:
    """A place from where nothing can be linked into the library."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _fill(world: WorldThread, running: RunningEngine) -> None:
    for number, (title, year, release) in enumerate(FILMS):
        out = SOON if title.startswith("Zero") else date(year, 3, 2)
        film = Film(910_001 + number, title, year, f"tt91000{number:02}", STORY, 118 - number, digital=out)
        world.world.tmdb.add(film)
        new = NewMovie(film.tmdb_id, monitored=title != "Tin Astronaut")
        movie = running.do(running.engine.movies.add(new))
        if release:
            running.do(running.engine.imports.file(str(sample(running, title, year, release)), movie.id))
        if title in SLOW:
            path = sample(running, title, year, "1080p.WEB-DL.EAC3.5.1.H.264-ORM", inflated=40)
            listing = Listing(name=path.stem.replace(".", " "), seeders=37, leechers=2, imdb=9_100_000 + number)
            torrent = world.do(world.world.share(path.parent, path.stem, listing=listing, rate=120_000))
            running.do(running.engine.search.drop(torrent.data, movie_id=movie.id))
    wanted = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id, search=True)))
    running.wait_for(
        lambda: any(item.grab.movie_id == wanted.id and item.grab.problem for item in _queue(running)),
        "the import that needs the user",
    )


def _queue(running: RunningEngine) -> Sequence[QueueItem]:
    return running.do(running.engine.downloads.queue())


def sample(running: RunningEngine, title: str, year: int, release: str, *, inflated: int = 1) -> Path:
    """A finished download of a movie, found somewhere."""
    ascii_title = title if title.isascii() else "Snow Lighthouse"
    name = f"{ascii_title.replace(' ', '.')}.{year}.{release}"
    path = running.folder / "found" / name / f"{name}.mkv"
    path.parent.mkdir(parents=True)
    sample = files("radarr_desktop_resources") / "media" / "sample.mkv"
    with path.open("wb") as target:
        for _ in range(inflated):
            with sample.open("rb") as source:
                shutil.copyfileobj(source, target)
    return path


class Photographer:
    """Walks through the window and keeps what it sees."""

    def __init__(self, shown: RunningDesktop, world: WorldThread, waiting: int, suffix: str) -> None:
        self._shown = shown
        self._waiting = waiting
        self._world = world
        self._suffix = suffix

    async def take_all(self) -> None:
        """Every page and sheet."""
        workspace = self._shown.workspace
        window = workspace.window
        await until(lambda: workspace.services.instances, "the services are known")
        window.open_page("movies")
        await self._settle()
        workspace.movies.choose_view("grid")
        self._place(4)
        await self._keep("movies-grid")
        workspace.movies.choose_view("table")
        workspace.movies.focus_content()
        await self._keep("movies-table")
        workspace.movies.choose_view("grid")
        workspace.movies.filter.setText("nothing like it")
        await self._keep("movies-no-match")
        workspace.movies.clear_filters()
        wanted = next(row for row in workspace.library.queue.items.values() if row.grab.problem).grab.movie_id
        for tab in ("why", "releases", "overview", "files", "history"):
            workspace.open_movie(wanted, tab)
            await self._settle()
            await self._keep(f"movie-{tab}")
        sheet = workspace.movie.releases.open_sheet(workspace.movie.releases.model.row_at(1))
        await self._keep("movie-checks")
        sheet.close_sheet()
        workspace.movie.choose_tab("why")
        for words in ("Show them", " checks"):
            self._press(workspace.movie.why, words)
            await self._settle()
        await self._keep("movie-why-unfolded")
        await self._river()
        for page in ("queue", "history", "health"):
            window.open_page(page)
            await self._settle()
            await self._keep(page)
        await self._settings()
        await self._sheets()

    async def _river(self) -> None:
        """The movie that waits for a better copy: why, what there is, and what would let it in."""
        workspace = self._shown.workspace
        workspace.open_movie(self._waiting, "why")
        await self._settle()
        await self._keep("river-why")
        self._press(workspace.movie.why, " checks")
        await self._keep("river-why-checks")
        workspace.open_pick(self._waiting)
        await until(lambda: workspace.pick.search.status.answers, "an indexer answers")
        await self._keep("river-pick")
        page = workspace.pick.view
        fix = page.detail.fix_button
        if fix is None:
            raise RuntimeError("The nearest release has no fix.")
        fix.click()
        editor = workspace.profile.editor
        await until(lambda: editor.whatif.forecast, "the forecast")
        await self._settle(1.0)
        await self._keep("river-profile")
        editor.qualities.rest.click()
        await self._keep("profile-page-open")
        for row in editor.qualities.list.quality_model.rows:
            if row.allowed:
                editor.qualities.list.toggled.emit(row.key)
        await self._keep("profile-page-nothing")
        editor.discard()

    def _press(self, page: QWidget, words: str) -> None:
        button = next((one for one in page.findChildren(Button) if words in one.text() and one.isVisible()), None)
        if button is not None:
            button.click()

    async def _settings(self) -> None:
        workspace = self._shown.workspace
        workspace.window.open_page("settings")
        for section in (PluginKind.INDEXER, PluginKind.NOTIFIER, "folders", "profiles", "media", "appearance"):
            workspace.settings.open_section(section)
            await self._settle()
            await self._keep(f"settings-{section}")

    async def _sheets(self) -> None:
        workspace = self._shown.workspace
        workspace.window.open_page("movies")
        sheet = workspace.open_add("salt meridian")
        await until(sheet.model.rowCount, "the movie is found")
        await self._settle()
        await self._keep("add")
        sheet.field.setText("no such movie anywhere")
        await until(lambda: not sheet.model.rowCount(), "nothing is found")
        await self._keep("add-nothing")
        sheet.close_sheet()
        dropped = Dropped("Salt.Meridian.Road.2019.1080p.WEB-DL.DDP5.1.H.264-KITE")
        which: AddSheet = WhichSheet(workspace.window, workspace.desk, b"", dropped, "The Salt Meridian Road")
        which.open()
        await until(which.model.rowCount, "the movie is found")
        await self._settle()
        await self._keep("which")
        which.close_sheet()

    def _place(self, number: int) -> None:
        grid = self._shown.workspace.movies.grid
        grid.setCurrentIndex(grid.model().index(number, grid.modelColumn()))
        grid.setFocus()

    async def _keep(self, name: str) -> None:
        await self._settle(0.1)
        self._shown.picture(f"{name}-{self._suffix}")

    async def _settle(self, seconds: float = 0.4) -> None:
        await asyncio.sleep(seconds)


def main() -> None:
    """Take them all."""
    app = QApplication([])
    fine = os.environ.get("QT_SCALE_FACTOR", "1") != "1"
    sizes = {"": (1280, 820)} if fine else {"": (1440, 900), "narrow-": (1000, 700)}
    themes: tuple[ThemeMode, ...] = ("dark", "light")
    with furnished() as (world, running):
        waiting, _ = wait_for_better(world, running)
        theme = Theme(Path(tempfile.mkdtemp()), "dark", reduced_motion="on", text_scale=1.0)
        theme.apply(app)
        with running_desktop(app, running, theme) as shown:
            for mode in themes:
                theme.set_mode(mode)
                for name, size in sizes.items():
                    shown.workspace.window.resize(*size)
                    suffix = f"{'fine-' if fine else ''}{name}{mode}"
                    shown.run(Photographer(shown, world, waiting.id, suffix).take_all())
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES}")


if __name__ == "__main__":
    main()
