"""Renaming in the window: what would change is shown, carried out, and undone in one go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.renaming import FileMove, MovedKind, MovieRename, RenamePreview
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.ui.models.listing import ROW
from radarr_desktop.ui.models.renames import RenamesModel, parts, sum_words
from radarr_desktop.ui.pages.rename.sheet import RenameSheet
from radarr_desktop.ui.pages.settings.naming import NamingShelf
from radarr_desktop.ui.parts import Label, Toast
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, world_and_engine
from tests.ui.pictures import sample
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton


def rename(title: str, old: str, new: str, *conflicts: str) -> MovieRename:
    """One movie's file in the library."""
    move = FileMove(f"/library/{title}/{old}", f"/library/{title}/{new}", MovedKind.MOVIE)
    return MovieRename(1, title, "/library", f"/library/{title}", f"/library/{title}", (move,), conflicts)


def test_what_differs_is_marked_and_what_cannot_be_comes_first(qtbot: QtBot) -> None:
    fine = rename("A", "A 2020 720p.mkv", "A (2020) 720p.mkv")
    stuck = rename("B", "b.mkv", "c.mkv", "/library/B/c.mkv is also for C.")
    preview = RenamePreview((fine, stuck), 3, folders=True)
    model = RenamesModel()
    model.set_preview(preview)
    rows = [model.index(row).data(ROW) for row in range(model.rowCount())]
    assert [(row.title, bool(row.conflict)) for row in rows] == [("B", True), ("A", False)]
    old, new = parts(rows[1].old, rows[1].new)
    assert "".join(part.text for part in old) == "A/A 2020 720p.mkv"
    assert [part.text for part in new if part.differs] == ["(", ")"]
    assert sum_words(preview) == "1 movie gets another name, 1 cannot be renamed."
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "A/A 2020 720p.mkv becomes A/A (2020) 720p.mkv"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[RunningEngine]:
    """Return a program with one movie that has a file."""
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        path = sample(running, "The Salt Meridian", 2025, "1080p.BluRay.x264-KITE")
        running.do(running.engine.imports.file(str(path), movie.id))
        yield running


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, program: RunningEngine) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, program, look) as shown:
        yield shown


def test_new_names_are_shown_carried_out_and_undone(shown: RunningDesktop, program: RunningEngine) -> None:
    naming = Naming(folder="{Movie Title} [{Year}]", file="{Movie Title} - {Quality}")
    program.do(program.engine.names.save(naming))
    workspace = shown.workspace
    movie = workspace.library.movies.row_at(0).movie

    async def walk() -> str:
        workspace.window.open_page("movies")
        workspace.desk.rename_asked.emit([movie.id])
        sheet = await until(lambda: workspace.window.open_sheet, "the sheet")
        assert isinstance(sheet, RenameSheet)
        await until(sheet.go.isEnabled, "the preview")
        shown.picture("rename")
        assert not shown.nameless()
        QTest.mouseClick(sheet.go, LEFT)
        await until(lambda: workspace.window.open_sheet is None, "it is done")
        toast = await until(lambda: _toast(shown, "new name"), "it is told")
        await until(lambda: _path(shown).endswith("The Salt Meridian - Bluray-1080p.mkv"), "the movie follows")
        assert toast.action is not None
        toast.action.click()
        await until(lambda: _path(shown) == before, "the old name is back")
        await until(lambda: _toast(shown, "old name again"), "that is told, too")
        return toast.text

    before = _path(shown)
    told = shown.run(walk())
    assert told == "1 movie has its new name."
    assert Path(before).is_file()


def test_a_library_whose_names_are_right_says_so(shown: RunningDesktop) -> None:
    async def look() -> None:
        sheet = shown.workspace.open_rename(None)
        assert isinstance(sheet, RenameSheet)
        await until(sheet.go.isHidden, "there is nothing to do")
        shown.picture("rename-nothing")
        sheet.close_sheet()

    shown.run(look())


def test_patterns_that_are_typed_are_shown_with_movies_of_the_library(shown: RunningDesktop) -> None:
    async def look() -> None:
        shown.workspace.window.open_page("settings")
        shown.workspace.settings.open_section("naming")
        shelf = shown.workspace.settings.shelves["naming"]
        assert isinstance(shelf, NamingShelf)
        await until(lambda: shelf.values()["file"], "the values are read")
        for pattern in ("{Movie Title} [{Year", "{Movie Title} [{Year}] {Group}"):
            shelf.editor("file").set_value(pattern)
        made = "The Salt Meridian (2025)/The Salt Meridian [2025] KITE.mkv"
        await until(lambda: any(one.text() == made for one in shelf.findChildren(Label)), "its name")
        shown.picture("settings-naming-library")

    shown.run(look())


def _toast(shown: RunningDesktop, words: str) -> Toast | None:
    return next((one for one in shown.workspace.window.toasts.toasts if words in one.text), None)


def _path(shown: RunningDesktop) -> str:
    file = shown.workspace.library.movies.row_at(0).movie.file
    return file.path if file else ""
