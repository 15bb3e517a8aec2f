"""Manual import in the window: what is dropped is looked at, corrected, and imported as the user says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.ui.pages.manual.choose import ChooseSheet
from radarr_desktop.ui.pages.manual.page import ManualPage
from radarr_desktop.ui.parts import Label
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, world_and_engine
from tests.ui.pictures import sample
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton
TITLE = "The Salt Meridian"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[RunningEngine]:
    """Return a program with one wanted movie."""
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        yield running


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, program: RunningEngine) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, program, look) as shown:
        yield shown


async def looked(shown: RunningDesktop, path: Path, count: int) -> ManualPage:
    """Drop it, and wait until it was looked at."""
    shown.drop(path)
    page = shown.workspace.manual.content
    assert isinstance(page, ManualPage)
    await until(lambda: page.model.rowCount() == count, "the files are looked at")
    return page


def test_a_dropped_folder_is_imported_as_it_is_recognised(shown: RunningDesktop, program: RunningEngine) -> None:
    video = sample(program, TITLE, 2025, "1080p.BluRay.x264-KITE")
    sample(program, "Nobody Knows This", 1999, "720p.WEB-DL.x264-ORM")

    async def drop() -> str:
        page = await looked(shown, video.parent.parent, 2)
        assert shown.workspace.window.current_key == "manual"
        rows = {row.file.movie_title: row for row in map(page.model.row_at, range(2))}
        assert rows[f"{TITLE} (2025)"].is_ready
        assert not rows[""].is_ready
        assert not shown.nameless()
        place = next(n for n in range(2) if page.model.row_at(n).is_ready)
        page.list.setCurrentIndex(page.model.index(place))
        if not page.model.row_at(place).chosen:
            QTest.keyClick(page.list, Qt.Key.Key_Space)
        assert [row.file.movie_title for row in page.model.chosen] == [f"{TITLE} (2025)"]
        await until(page.go.isEnabled, "it can be imported")
        shown.picture("manual")
        words = page.words.text()
        QTest.mouseClick(page.go, LEFT)
        await until(lambda: page.model.rowCount() == 1, "it is in the library")
        return words

    assert shown.run(drop()).startswith("1 of 2 checked, ")
    (movie,) = program.do(program.engine.movies.all())
    assert movie.file is not None
    assert Path(movie.file.path).samefile(video)


def test_a_file_that_nobody_knows_is_given_its_movie_and_quality(shown: RunningDesktop, program: RunningEngine) -> None:
    video = sample(program, "Holiday Tape", 1998, "clip")

    async def say() -> str:
        page = await looked(shown, video, 1)
        page.list.setCurrentIndex(page.model.index(0))
        page.detail.movie.click()
        sheet = await until(lambda: shown.workspace.window.open_sheet, "the question")
        assert isinstance(sheet, ChooseSheet)
        sheet.field.setText(TITLE)
        await until(lambda: sheet.chosen and sheet.chosen.movie_id, "the movie is found")
        shown.picture("manual-which")
        QTest.mouseClick(sheet.add, LEFT)
        await until(lambda: page.model.row_at(0).chosen, "it has its movie")
        page.detail.quality.setCurrentIndex(page.detail.quality.findText("DVD"))
        page.detail.quality.activated.emit(page.detail.quality.currentIndex())
        await until(lambda: page.model.row_at(0).file.quality.name == "DVD", "it has its quality")
        shown.picture("manual-told")
        reasons = " ".join(page.model.row_at(0).file.rejections)
        QTest.mouseClick(page.go, LEFT)
        await until(lambda: not page.model.rowCount(), "it is in the library")
        return reasons

    assert "Nobody" not in shown.run(say())
    (movie,) = program.do(program.engine.movies.all())
    assert movie.file is not None
    assert movie.file.quality.name == "DVD"


def test_an_empty_folder_says_so(shown: RunningDesktop, tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()

    async def drop() -> None:
        shown.drop(empty)
        page = shown.workspace.manual.content
        assert isinstance(page, ManualPage)
        labels = page.findChildren(Label)
        await until(lambda: any("nothing to import" in one.text() for one in labels if one.isVisible()), "it says so")
        shown.picture("manual-empty")

    shown.run(drop())
