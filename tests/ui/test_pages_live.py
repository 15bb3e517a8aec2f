"""Pages on a running program: what needs the user, what was dropped, keys, and both ways to look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.matching import Doubt
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.search.search import Dropped
from radarr_desktop.loopback.hdbits import Fault
from radarr_desktop.loopback.tmdb import Film
from radarr_desktop.ui.models.movie_state import MovieState
from radarr_desktop.ui.pages.add.sheet import AddSheet
from radarr_desktop.ui.pages.add.which import WhichSheet
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.posters import Subject
from radarr_desktop.ui.parts import Button, Label
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, WorldThread
from tests.ui.pictures import SLOW, furnished
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton
S = TypeVar("S", bound=QWidget)


@pytest.fixture(scope="module")
def program() -> Iterator[tuple[WorldThread, RunningEngine]]:
    """Return a program with movies in every state; its downloads are on another disk than its library."""
    with furnished() as program:
        yield program


@pytest.fixture
def shown(
    qapp: QApplication, qtbot: QtBot, look: Theme, program: tuple[WorldThread, RunningEngine]
) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, program[1], look) as shown:
        yield shown


def test_chips_filter_and_count(shown: RunningDesktop) -> None:
    async def filter_twice() -> None:
        page, model = shown.workspace.movies, shown.workspace.library.movies
        page.choose_state(MovieState.UPGRADE)
        assert {model.row_at(place).state for place in range(model.rowCount())} == {MovieState.UPGRADE}
        assert page.chips[MovieState.UPGRADE].accessibleName() == f"Upgrade possible {model.rowCount()}"
        page.filter.setText("nothing like it")
        assert page.no_match.isVisible()
        QTest.mouseClick(shown.child(Button, page.no_match), LEFT)
        assert model.rowCount() == model.total

    shown.run(filter_twice())


def test_posters_fit_their_cells_at_every_width(shown: RunningDesktop) -> None:
    posters, row = shown.workspace.desk.posters, shown.workspace.library.movies.row_at(0)
    for width in range(150, 180, 3):
        size = QSize(width, width * 3 // 2)
        assert posters.frame(Subject(row.movie.info), size, 1.0).size() == size


def test_grid_and_table_share_the_current_movie(shown: RunningDesktop) -> None:
    async def walk() -> None:
        page, movie = shown.workspace.movies, shown.workspace.movie
        page.choose_view("grid")
        page.grid.setCurrentIndex(page.grid.model().index(3, page.grid.modelColumn()))
        page.choose_view("table")
        assert page.table.isVisible()
        assert page.table.currentIndex().row() == 3
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert shown.workspace.window.current_key == "movie"
        first = movie.movie_id
        await until(lambda: movie.why.sentence, "Why? is told")
        QTest.mouseClick(movie.next_button, LEFT)
        assert movie.movie_id == shown.workspace.library.movies.neighbour(first, 1)
        movie.previous_button.click()
        assert movie.movie_id == first

    shown.run(walk())


def test_a_dropped_torrent_without_a_match_asks_for_its_movie(
    shown: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    world, running = program
    road = "The Salt Meridian Road"
    torrent = next(one for name, one in world.world.torrents.items() if "Road.2019" in name)

    async def drop_and_choose() -> None:
        path = running.folder / "road.torrent"
        path.write_bytes(torrent.data)
        shown.drop(path)
        sheet = await until(lambda: _open(shown, WhichSheet), "the question")
        await until(lambda: sheet.chosen, "movies to choose from")
        chosen = sheet.chosen
        assert chosen is not None
        assert chosen.info.title == road
        assert sheet.add.text() == "Add it and download this"
        QTest.mouseClick(sheet.add, LEFT)
        library = shown.workspace.library
        await until(lambda: any(road in one.movie_title for one in library.queue.items.values()), "it is in the queue")
        grab = next(one.grab for one in library.queue.items.values() if road in one.movie_title)
        await _remove(shown, grab.id)

    shown.run(drop_and_choose())


@pytest.mark.parametrize("is_asked", [False, True])
def test_what_speaks_against_a_dropped_torrent_is_told_when_it_is_taken(
    shown: RunningDesktop, program: tuple[WorldThread, RunningEngine], *, is_asked: bool
) -> None:
    movie = next(one for one in program[1].do(program[1].engine.movies.all()) if one.info.title == "Hollow Orbit")
    name = "Hollow.Orbit.2024.CAM.x264-SHAKY"
    magnet = f"magnet:?xt=urn:btih:{('cd' if is_asked else 'ab') * 20}&dn={name}"
    told: list[tuple[str, str]] = []
    desk, queue = shown.workspace.desk, shown.workspace.library.queue
    desk.told.connect(lambda sentence, state: told.append((sentence, state)))

    async def drop() -> None:
        if is_asked:
            sheet: WhichSheet = WhichSheet(shown.workspace.window, desk, magnet, Dropped(name, choices=(movie,)), "")
            sheet.open()
            QTest.mouseClick(sheet.add, LEFT)
        else:
            desk.drop_asked.emit([magnet])
        await until(lambda: told, "it is told")
        shown.picture("drop-against")
        grab = await until(lambda: next((one for one in queue.items.values() if one.grab.title == name), None), "it")
        await _remove(shown, grab.grab.id)

    shown.run(drop())
    sentence, state = told[0]
    assert sentence.startswith("The torrent for Hollow Orbit (2024) is taken because you gave it. CAM is not wanted in")
    assert state == "miss"


def test_a_torrent_that_fits_two_movies_says_why_it_asks(
    shown: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    movies = program[1].do(program[1].engine.movies.all())[:2]
    dropped = Dropped("Same.Name.1080p.WEB-DL.H.264-KITE", choices=tuple(movies), doubt=Doubt.SEVERAL)

    async def ask() -> list[str]:
        sheet: WhichSheet = WhichSheet(shown.workspace.window, shown.workspace.desk, b"", dropped, "Same Name")
        sheet.open()
        words = [one.text() for one in sheet.findChildren(Label) if one.isVisible()]
        assert sheet.model.rowCount() == 2
        shown.picture("which-doubt")
        sheet.close_sheet()
        return words

    words = shown.run(ask())
    assert Doubt.SEVERAL.value in words
    assert not any("drop a .torrent" in one for one in words)


def test_a_download_is_paused_and_goes_on(shown: RunningDesktop) -> None:
    async def pause_and_resume() -> None:
        queue, library = shown.workspace.queue, shown.workspace.library
        shown.workspace.window.open_page("queue")
        slow = next(id for id, one in library.queue.items.items() if SLOW[0] in one.movie_title)
        await until(lambda: library.queue.items[slow].download, "the client tells of it")
        queue.act(library.queue.items[slow], "pause")
        await until(lambda: _state(shown, slow) == "paused", "it stands still")
        queue.act(library.queue.items[slow], "pause")
        await until(lambda: _state(shown, slow) != "paused", "it goes on")

    shown.run(pause_and_resume())


def test_several_downloads_are_paused_by_one_key_and_removed_by_one_question(
    shown: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    async def select_and_press() -> None:
        workspace = shown.workspace
        page, queue = workspace.queue, workspace.library.queue
        workspace.window.open_page("queue")
        grabs = [await _drop_magnet(shown, number, program[1]) for number in (1, 2)]
        ids = [grab.id for grab in grabs]
        await until(lambda: all(id in queue.items and queue.items[id].download for id in ids), "the client tells")
        rows = [row for row in range(page.model.rowCount()) if page.model.item_at(row).grab.id in ids]
        page.view.setCurrentIndex(page.model.index(rows[0]))
        assert not page.bar.isVisible()
        page.view.selectionModel().select(page.model.index(rows[1]), QItemSelectionModel.SelectionFlag.Select)
        assert page.bar.isVisible()
        QTest.keyClick(page.view, Qt.Key.Key_Space)
        await until(lambda: [_state(shown, id) for id in ids] == ["paused"] * 2, "both stand still")
        assert [item.grab.id for item in page.selected()] == ids
        await until(lambda: page.bar.buttons["pause"].accessibleName() == "Resume", "the bar offers to go on")
        shown.picture("queue-selected")
        QTest.keyClick(page.view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(page.view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
        question = await until(lambda: _open(shown, ConfirmSheet), "the question")
        assert question.accessibleName() == "Give 2 downloads up?"
        question.close_sheet()
        page.bar.asked.emit("block")
        question = await until(lambda: _open(shown, ConfirmSheet), "the other question")
        assert question.accessibleName() == "Remove 2 downloads?"
        words = [label.text() for label in question.findChildren(Label)]
        assert any(text.endswith("The next best are taken instead.") for text in words)
        QTest.mouseClick(question.go, LEFT)
        await until(lambda: not set(ids) & set(queue.items), "both are gone")
        assert not page.bar.isVisible()

    shown.run(select_and_press())
    blocked = program[1].do(program[1].engine.blocklist.all())
    assert len([one for one in blocked if one.title.startswith("Marrow.Creek")]) == 2


def test_what_came_today_stands_below_the_queue(shown: RunningDesktop) -> None:
    async def look() -> str:
        today = shown.workspace.queue.today
        shown.workspace.window.open_page("queue")
        await until(lambda: today.isVisible() and today.words.text(), "the sum of the day")
        shown.child(Button, today).click()
        assert shown.workspace.window.current_key == "history"
        return str(today.words.text())

    words = shown.run(look())
    assert words.startswith("9 imported, ")
    assert words.endswith(", all hard links")


def test_a_movie_already_there_is_shown_not_added(shown: RunningDesktop) -> None:
    async def look_up() -> None:
        sheet = shown.workspace.open_add("tmdb:910001")
        await until(lambda: sheet.chosen, "the movie is found")
        assert sheet.add.text() == "Show movie"
        QTest.keyClick(sheet.field, Qt.Key.Key_Return)
        await until(lambda: shown.workspace.window.current_key == "movie", "its page opens")
        assert _open(shown, AddSheet) is None

    shown.run(look_up())


def test_nothing_found_says_what_to_do(shown: RunningDesktop) -> None:
    async def look_up() -> str:
        sheet: AddSheet = shown.workspace.open_add("glas")
        await until(lambda: "glas" in sheet.answer, "an answer")
        said = sheet.answer
        sheet.close_sheet()
        return said

    assert shown.run(look_up()) == "Nothing found for “glas”. Check the spelling, or paste an IMDb or TMDb link."


def test_unmonitored_and_removed_movies_follow_at_once(
    shown: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    world, running = program
    film = world.world.tmdb.add(Film(910_099, "Late Guest", 2020))
    extra = running.do(running.engine.movies.add(NewMovie(film.tmdb_id)))

    async def change() -> None:
        library = shown.workspace.library
        await until(lambda: library.movie(extra.id), "the movie appears")
        await shown.workspace.desk.bridge.call(running.engine.movies.update(extra.id, monitored=False))
        await until(lambda: _row_state(shown, extra.id) is MovieState.UNMONITORED, "its state follows")
        await shown.workspace.desk.bridge.call(running.engine.movies.remove(extra.id))
        await until(lambda: library.movie(extra.id) is None, "it is gone")

    shown.run(change())


def test_an_indexer_that_fails_is_told_over_the_movies(
    shown: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    world, running = program

    async def fail_and_recover() -> None:
        banner = shown.workspace.movies.silent
        assert not banner.isVisible()
        world.world.hdbits.fail(Fault.SERVER_ERROR)
        await shown.workspace.desk.bridge.call(running.engine.plugins.test_all("indexer"))
        await until(banner.isVisible, "the banner")
        shown.picture("movies-silent-indexer")
        world.world.hdbits.heal()
        QTest.mouseClick(banner.try_now, LEFT)
        await until(lambda: not banner.isVisible(), "the banner is gone")

    shown.run(fail_and_recover())


# The last one: it ends the only import that needs the user.
def test_copy_this_one_ends_the_banner(shown: RunningDesktop) -> None:
    async def copy() -> None:
        workspace = shown.workspace
        workspace.window.open_page("queue")
        stuck = workspace.library.queue.stuck
        assert [one.grab.state for one in stuck] == [GrabState.BLOCKED]
        assert workspace.queue.stuck.isVisible()
        fix = next(one for one in workspace.queue.stuck.findChildren(Button) if one.text() == "Copy this one")
        QTest.mouseClick(fix, LEFT)
        movie_id = stuck[0].grab.movie_id
        await until(lambda: _row_state(shown, movie_id) is MovieState.AVAILABLE, "the copy is in the library")
        await until(lambda: not workspace.queue.stuck.isVisible(), "the banner is gone")

    shown.run(copy())


def _open(shown: RunningDesktop, kind: type[S]) -> S | None:
    return next((one for one in shown.workspace.window.findChildren(kind) if one.isVisible()), None)


async def _drop_magnet(shown: RunningDesktop, number: int, running: RunningEngine) -> Grab:
    movie = next(one for one in shown.workspace.library.movies.movies if one.info.title == "Marrow Creek")
    magnet = f"magnet:?xt=urn:btih:{number:040x}&dn=Marrow.Creek.2022.2160p.WEB-DL.H.265-K{number}"
    dropped = await shown.workspace.desk.bridge.call(running.engine.search.drop(magnet, movie_id=movie.id))
    assert dropped.grab is not None
    return dropped.grab


async def _remove(shown: RunningDesktop, grab_id: int) -> None:
    workspace, queue = shown.workspace, shown.workspace.library.queue
    workspace.window.activateWindow()
    await until(workspace.window.isActiveWindow, "the keyboard is in the window")
    workspace.window.open_page("queue")
    workspace.queue.act(queue.items[grab_id], "remove")
    confirm = await until(lambda: _open(shown, ConfirmSheet), "the question before it is removed")
    workspace.window.activateWindow()  # without a screen it may have lost the keyboard meanwhile
    await until(confirm.keep.hasFocus, "the safe answer has the keyboard")
    QTest.mouseClick(confirm.go, LEFT)
    await until(lambda: grab_id not in queue.items, "it is gone")


def _state(shown: RunningDesktop, grab_id: int) -> str:
    download = shown.workspace.library.queue.items[grab_id].download
    return download.state.value if download else ""


def _row_state(shown: RunningDesktop, movie_id: int) -> MovieState | None:
    row = shown.workspace.library.movies.row_of(movie_id)
    return row.state if row else None
