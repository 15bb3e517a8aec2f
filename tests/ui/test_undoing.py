"""Undo in the window: by the row, the toast and the key; and done again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.domain import events
from radarr_desktop.domain.operations import Operation, OperationKind, OperationState
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.ui.models.history import HistoryColumn
from radarr_desktop.ui.models.undo_words import cost
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.parts import Button, Label
from radarr_desktop.ui.shell.window import MainWindow
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, world_and_engine
from tests.ui.pictures import sample
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton
TITLE, YEAR = "The Salt Meridian", 2025


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    """Return a program with one movie that has a file."""
    with world_and_engine(tmp_path_factory.mktemp("undo"), with_movie=False) as (world, running):
        movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        path = sample(running, TITLE, YEAR, "1080p.BluRay.x264-KITE")
        running.do(running.engine.imports.file(str(path), movie.id))
        yield running


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, program: RunningEngine) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, program, look) as shown:
        yield shown


def test_an_import_is_undone_after_a_question_and_done_again(shown: RunningDesktop, program: RunningEngine) -> None:
    library = shown.workspace.library

    async def walk() -> list[str]:
        window = await _active(shown)
        window.open_page("history")
        words = []
        await _press_undo(shown, HistoryKind.IMPORTED)
        question = await _question(shown)
        words += [one.text() for one in question.findChildren(Label)]
        await _active(shown)  # without a screen the window may have lost the keyboard meanwhile
        await until(question.keep.hasFocus, "the safe answer has the keyboard")
        shown.picture("undo-question")
        QTest.mouseClick(question.go, LEFT)
        await until(lambda: _file(shown) is None, "the movie is missing again")
        toast = await until(lambda: next(iter(shown.workspace.window.toasts.toasts), None), "it is told")
        words.append(toast.text)
        await until(lambda: _word(shown, HistoryKind.IMPORTED) == "Undone", "the row says so")
        assert _word(shown, HistoryKind.UNDONE) == "Redo"
        shown.picture("undo-done")
        QTest.keyClick(await _active(shown), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: _file(shown) is not None, "it is there again")
        return words

    movie = library.movies.row_at(0).movie
    assert movie.file is not None
    title, sentence, *_, told = shown.run(walk())
    assert title == f"Undo the import of {TITLE} ({YEAR})?"
    assert sentence == "Its file goes to the trash, and the movie is missing again."
    assert told == f"The import of {TITLE} ({YEAR}) is undone."
    assert Path(movie.file.path).is_file()


def test_the_key_undoes_the_last_change_and_a_better_file_gives_the_old_one_back(
    shown: RunningDesktop, program: RunningEngine
) -> None:
    movie = shown.workspace.library.movies.row_at(0).movie
    better = sample(program, TITLE, YEAR, "2160p.UHD.BluRay.x265-KITE")
    program.do(program.engine.imports.file(str(better), movie.id))

    async def press() -> str:
        window = await _active(shown)
        window.open_page("movies")
        await until(lambda: _quality(shown) == "Bluray-2160p", "the better one is seen")
        for toast in window.toasts.toasts:
            toast.close_now()
        QTest.keyClick(await _active(shown), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        question = await _question(shown)
        words = [one.text() for one in question.findChildren(Label)]
        QTest.mouseClick(question.go, LEFT)
        await until(lambda: _quality(shown) == "Bluray-1080p", "the old one is back")
        return str(words[1])

    assert shown.run(press()) == "Bluray-1080p comes back from the trash, Bluray-2160p goes there."


def test_what_cannot_be_undone_says_why(shown: RunningDesktop) -> None:
    told: list[str] = []
    shown.workspace.desk.told.connect(lambda sentence, _state: told.append(sentence))

    async def press() -> None:
        shown.workspace.window.open_page("history")
        model = shown.workspace.history.model
        await until(model.rowCount, "the history")
        rows = [model.row_at(row) for row in range(model.rowCount())]
        undone = next(entry for entry in rows if (state := model.undo_of(entry)) and not state.undoable)
        shown.workspace.history.table.undo_asked.emit(undone)
        await until(lambda: told, "it says why")

    shown.run(press())
    assert told[0].startswith("That cannot be undone. ")


def test_a_file_goes_to_the_trash_and_its_story_tells_what_was_there(shown: RunningDesktop) -> None:
    workspace = shown.workspace
    id = workspace.library.movies.row_at(0).movie.id

    async def trash() -> str:
        workspace.open_movie(id, "files")
        files = workspace.movie.files
        button = await until(lambda: _button(files, "Move to the trash…"), "the file is shown")
        QTest.mouseClick(button, LEFT)
        QTest.mouseClick((await _question(shown)).go, LEFT)
        await until(lambda: _file(shown) is None, "the movie is missing")
        toasts = workspace.window.toasts
        await until(lambda: any("is in the trash" in one.text for one in toasts.toasts), "it is told")
        await until(lambda: _button(files, "Move to the trash…") is None, "its card is gone")
        await until(lambda: any("What it had" in one.text() for one in files.findChildren(Label)), "it had one")
        shown.picture("movie-files-before")
        words = " ".join(one.text() for one in files.findChildren(Label) if one.isVisible())
        workspace.movie.choose_tab("why")
        undo = await until(lambda: _button(workspace.movie.why, "Undo"), "the story offers to undo it")
        shown.picture("movie-why-undo")
        QTest.mouseClick(undo, LEFT)
        await until(lambda: _file(shown) is not None, "it is back")
        return words

    words = shown.run(trash())
    assert "Bluray-1080p" in words
    assert "It was removed." in words


def test_a_question_says_that_what_was_moved_goes_back() -> None:
    done, now = OperationState.DONE, datetime.now(UTC)
    moved = Operation(1, OperationKind.IMPORT, done, 1, 1, None, TITLE, now, "", data={"moves": True})
    assert cost(moved) == "Its file goes back to where it was, and the movie is missing again."
    assert cost(replace(moved, data={})) == "Its file goes to the trash, and the movie is missing again."


def _button(page: QWidget, words: str) -> Button | None:
    return next((one for one in page.findChildren(Button) if one.text() == words and one.isVisible()), None)


def test_removals_by_the_hundred_are_told_in_a_sentence(shown: RunningDesktop) -> None:
    async def walk() -> list[str]:
        toasts, bridge = shown.workspace.window.toasts, shown.workspace.desk.bridge
        for number in range(300):
            if number > 1:
                bridge.happened.emit(events.MovieRemoved(movie_id=9000 + number, title="A movie"))
            done = events.OperationDone(
                operation_id=9000 + number, kind=OperationKind.DELETE, movie_id=9000 + number, title="A movie"
            )
            bridge.happened.emit(done)
        await until(lambda: toasts.toasts, "they are told")
        return [one.text for one in toasts.toasts]

    assert shown.run(walk()) == ["298 movies are removed from the library. 2 files are in the trash."]


async def _active(shown: RunningDesktop) -> MainWindow:
    window = shown.workspace.window
    window.activateWindow()
    await until(window.isActiveWindow, "the keyboard is in the window")
    return window


async def _press_undo(shown: RunningDesktop, kind: HistoryKind) -> None:
    index = await until(lambda: _index(shown, kind), "the row")
    table = shown.workspace.history.table
    await until(lambda: index.data() == "Undo", "it can be undone")
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(index).center())


def _index(shown: RunningDesktop, kind: HistoryKind) -> QModelIndex | None:
    model = shown.workspace.history.model
    rows = [row for row in range(model.rowCount()) if model.row_at(row).kind is kind]
    return model.index(rows[0], HistoryColumn.UNDO) if rows else None


def _word(shown: RunningDesktop, kind: HistoryKind) -> str:
    index = _index(shown, kind)
    return str(index.data()) if index is not None else ""


async def _question(shown: RunningDesktop) -> ConfirmSheet:
    window = shown.workspace.window
    sheet = await until(lambda: window.open_sheet, "the question")
    assert isinstance(sheet, ConfirmSheet)
    return sheet


def _file(shown: RunningDesktop) -> object:
    return shown.workspace.library.movies.row_at(0).movie.file


def _quality(shown: RunningDesktop) -> str:
    file = shown.workspace.library.movies.row_at(0).movie.file
    return file.quality.name if file else ""
