"""A torrent of many movies in the queue: a video gets its movie, another is left out, the rest is imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.records import PartState
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.ui.pages.manual.choose import ChooseSheet
from radarr_desktop.ui.pages.queue.parts import PartsSheet
from radarr_desktop.ui.parts import Button
from radarr_desktop.ui.theme import Theme
from tests.fakes.pack import OTHER_PETAL, PETAL, SALT, UNCLEAR, drop_pack, want
from tests.fixtures_engine import RunningEngine, world_and_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton
STRANGER = "Glass.Harbour.1999.1080p.BluRay.x264-KITE.mkv"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[RunningEngine]:
    """Return a program with a pack, one video of which may be either of two movies."""
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        salt = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        want(world, running, PETAL)
        want(world, running, OTHER_PETAL)
        grab = drop_pack(world, running, salt, SALT, UNCLEAR, STRANGER)
        get = running.engine.downloads.get
        running.wait_for(lambda: running.do(get(grab.id)).cause == "SeveralMovies", "the question")
        yield running


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, program: RunningEngine) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, program, look) as shown:
        yield shown


def test_a_video_gets_its_movie_another_is_left_out_and_the_rest_is_imported(
    shown: RunningDesktop, program: RunningEngine, look: Theme
) -> None:
    async def walk() -> str:
        workspace = shown.workspace
        workspace.window.open_page("queue")
        fix = await until(
            lambda: next(
                (
                    one
                    for one in workspace.queue.stuck.findChildren(Button)
                    if one.text().startswith("Say which") and one.isVisible()
                ),
                None,
            ),
            "the fix",
        )
        shown.picture("queue-parts-stuck")
        QTest.mouseClick(fix, LEFT)
        sheet = await until(lambda: workspace.window.open_sheet, "the parts")
        assert isinstance(sheet, PartsSheet)
        told = sheet.words.text()
        assert not sheet.go.isEnabled()
        assert not shown.nameless()
        shown.picture("queue-parts")
        look.set_mode("light")
        shown.workspace.window.resize(1000, 700)
        shown.picture("queue-parts-narrow-light")
        look.set_mode("dark")
        asked = next(part for part in sheet.parts if part.state is PartState.ASKED)
        sheet.ask(asked)
        which = await until(lambda: workspace.window.open_sheet, "the question")
        assert isinstance(which, ChooseSheet)
        assert which.field.text() == "Iron Petal"
        await until(lambda: which.chosen and which.chosen.movie_id, "the movies of that name")
        shown.picture("queue-parts-which")
        QTest.mouseClick(which.add, LEFT)
        await until(lambda: sheet.go.text() == "Import 1", "it has its movie")
        QTest.mouseClick(sheet.go, LEFT)
        await until(lambda: not workspace.library.queue.items, "all is imported")
        return told

    words = "3 videos, 1 of them imported, 1 left out. Of 1 it cannot be told which movie it is."
    assert shown.run(walk()) == words
    assert [movie.file is not None for movie in program.do(program.engine.movies.all())].count(True) == 2
