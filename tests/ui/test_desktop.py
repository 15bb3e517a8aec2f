"""The program in the tray: what it knows and does before there is a window."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.events import NoticeAnswered
from radarr_desktop.engine.search.mass import SearchPlan, Share
from radarr_desktop.ui.pages.search_plan import SearchPlanSheet
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, WorldThread
from tests.ui.pictures import furnished
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

WINDOW_ONLY = ("radarr_desktop.ui.workspace", "radarr_desktop.ui.theme", "radarr_desktop.ui.parts", "PySide6.QtSvg")


@pytest.fixture(scope="module")
def program() -> Iterator[tuple[WorldThread, RunningEngine]]:
    """Return a program with movies in every state."""
    with furnished() as program:
        yield program


@pytest.fixture
def tray(
    qapp: QApplication, qtbot: QtBot, look: Theme, program: tuple[WorldThread, RunningEngine]
) -> Iterator[RunningDesktop]:
    """Return its desktop, started in the tray."""
    with running_desktop(qapp, program[1], look, minimized=True) as tray:
        yield tray


def windows() -> list[QMainWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMainWindow)]


def test_what_only_a_window_needs_is_not_imported_for_the_tray() -> None:
    code = f"import sys, radarr_desktop.ui.desktop; print([one for one in {WINDOW_ONLY} if one in sys.modules])"
    paths = {"PYTHONPATH": ":".join(entry for entry in sys.path if entry)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=paths)
    assert done.stdout.strip() == "[]"


def test_the_tray_tells_without_a_window_and_opens_it_when_asked(tray: RunningDesktop) -> None:
    desktop = tray.desktop

    async def look_around() -> None:
        await until(lambda: "missing" in desktop.tray.icon.toolTip(), "the tray knows what is missing")
        await until(lambda: "needs you" in " ".join(entries(tray)), "the tray knows what needs the user")
        assert windows() == []
        desktop.tray.open_stuck.emit()
        workspace = tray.workspace
        assert workspace.window.isVisible()
        assert workspace.window.current_key == "queue"
        assert workspace.queue.stuck.isVisible()
        await until(lambda: workspace.library.is_loaded, "the library is read")
        assert workspace.library.movies.total
        tray.picture("tray-opened")

    tray.run(look_around())


class Opened(QObject):
    """What the desktop is asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Instead of a file manager."""
        self.paths.append(url.toLocalFile())


def test_a_notice_opens_the_folder_of_its_movie_and_nothing_that_is_none(
    tray: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    running, opened = program[1], Opened()
    folder = running.library / "Salt “Meridian” #1 (2025)"
    folder.mkdir()
    (folder / "film.mkv").touch()

    async def press() -> None:
        for path in (folder / "film.mkv", folder / "gone", folder):
            answer = NoticeAnswered(notifier_id=1, key="folder", target=str(path))
            running.loop.call_soon_threadsafe(running.engine.bus.publish, answer)
        await until(lambda: opened.paths, "a folder is opened")

    QDesktopServices.setUrlHandler("file", opened, "take")  # type: ignore[arg-type]  # bytes only in the stubs
    try:
        tray.run(press())
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opened.paths == [str(folder)]
    assert windows() == []


def entries(tray: RunningDesktop) -> list[str]:
    """The words of the tray's menu, as it opens now."""
    menu = tray.desktop.tray.menu
    menu.aboutToShow.emit()
    return [entry.text() for entry in menu.actions()]


def test_downloads_are_paused_from_the_tray(tray: RunningDesktop) -> None:
    queue = tray.desktop.queue

    def states() -> set[str]:
        return {item.download.state.value for item in queue.items.values() if item.download} - {"completed"}

    async def pause_and_resume() -> None:
        await until(states, "the client tells of its downloads")
        tray.desktop.tray.pause_all.emit(True)
        await until(lambda: states() == {"paused"}, "they stand still")
        await until(lambda: "Resume all" in entries(tray), "the menu offers to go on")
        tray.desktop.tray.pause_all.emit(False)
        await until(lambda: "paused" not in states(), "they go on")
        assert windows() == []

    tray.run(pause_and_resume())


def test_downloads_are_slowed_down_from_the_tray_and_by_others(
    tray: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    running = program[1]

    async def slow_down() -> None:
        await until(lambda: "Slow down" in entries(tray), "the menu offers to slow down")
        tray.desktop.tray.slow_down.emit(True)
        await until(lambda: "Full speed" in entries(tray), "the menu offers full speed")
        await tray.desktop.bridge.call(running.engine.slow_mode.turn(slow=False))
        await until(lambda: "Slow down" in entries(tray), "that is told")
        assert windows() == []

    tray.run(slow_down())


def test_a_search_of_many_movies_says_what_it_takes_before_it_begins(
    tray: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    engine = program[1].engine
    plan = SearchPlan(tuple(range(1, 313)), 0, (Share("HDBits", 312, 18_720.0),))
    told: list[str] = []
    tray.desktop.desk.told.connect(lambda sentence, _state: told.append(sentence))

    async def ask() -> None:
        tray.desktop.desk.search_planned.emit("Search 312 missing movies?", plan)
        sheet = tray.child(SearchPlanSheet)
        words = [label.text() for label in sheet.findChildren(QLabel)]
        assert "Search 312 missing movies?" in words
        assert any(text.startswith("312 searches, 5.2\u00a0h at your limits, done ") for text in words)
        before = len(await tray.desktop.bridge.call(engine.jobs.all()))
        sheet.cancel.click()
        movie = (await tray.desktop.bridge.call(engine.movies.all()))[0]
        assert len(await tray.desktop.bridge.call(engine.jobs.all())) == before
        tray.desktop.desk.search_planned.emit("Search it?", SearchPlan((movie.id,), 0, ()))
        tray.child(SearchPlanSheet).start.click()

        await until(lambda: "The movie is being searched." in told, "it is told that it begins")
        jobs = await tray.desktop.bridge.call(engine.jobs.all())
        assert any(job.kind == "search_movie" and job.payload["movie_id"] == movie.id for job in jobs)

    tray.run(ask())


def test_what_needs_no_answer_needs_no_window(tray: RunningDesktop, program: tuple[WorldThread, RunningEngine]) -> None:
    running = program[1]
    told: list[str] = []
    tray.desktop.desk.told.connect(lambda sentence, _state: told.append(sentence))

    async def refuse() -> None:
        page = running.folder / "page.torrent"
        page.write_text("<html>")
        tray.desktop.open_arguments([str(page)])
        await until(lambda: told, "it is told why")
        assert "torrent" in told[0]
        assert windows() == []

    tray.run(refuse())
