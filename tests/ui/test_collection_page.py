"""An existing collection in the window: looked through, looked over, and added by a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.collection import ItemState, ScanState
from radarr_desktop.loopback.tmdb import Film
from radarr_desktop.store import collection as store
from radarr_desktop.ui.pages.add.guess import GuessSheet
from radarr_desktop.ui.pages.add.sheet import AddSheet
from radarr_desktop.ui.pages.collection.page import CollectionPage
from radarr_desktop.ui.pages.collection.plan import PlanSheet
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.parts import Button
from radarr_desktop.ui.theme import Theme
from tests.fakes.collection import lay_out, shelved
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[WorldThread, RunningEngine]]:
    """Return a world and a program without a movie."""
    with world_and_engine(tmp_path, with_movie=False) as made:
        yield made


@pytest.fixture
def program(home: tuple[WorldThread, RunningEngine]) -> RunningEngine:
    """Return the program; 12 places of its library are sure, 1 has a choice, 1 is known to nobody, 1 is no movie."""
    world, running = home
    films = list(shelved(12))
    lay_out(running.library, films)
    rivals = [Film(690_000 + year, "Quiet Rivers", year, cinemas=date(year, 6, 1)) for year in (1999, 2007)]
    for film in (*(each.film for each in films), *rivals):
        world.world.tmdb.add(film)
    for path in ("Quiet Rivers/movie.mkv", "Holidays/DSC0001.mkv", "Books/readme.txt"):
        (running.library / path).parent.mkdir()
        (running.library / path).write_bytes(b"x" * 1000)
    return running


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, program: RunningEngine) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, program, look) as shown:
        yield shown


def page_of(shown: RunningDesktop) -> CollectionPage:
    """The page, opened from where a newcomer looks."""
    button = next(one for one in shown.workspace.movies.findChildren(Button) if one.text() == "Look through it")
    QTest.mouseClick(button, LEFT)
    page = shown.workspace.collection.content
    assert isinstance(page, CollectionPage)
    return page


async def looked_through(shown: RunningDesktop) -> CollectionPage:
    """The page, once all was found."""
    page = page_of(shown)
    buttons = await until(lambda: [one for one in page.start.findChildren(Button) if "Look" in one.text()], "a root")
    QTest.mouseClick(buttons[0], LEFT)
    await until(lambda: page.scan and page.scan.state is ScanState.DONE, "it is looked through")
    await until(lambda: page.places.model.row_at(14).state is ItemState.CERTAIN, "the last place is shown as it is")
    return page


def test_a_collection_is_looked_over_and_added_by_a_plan(shown: RunningDesktop, program: RunningEngine) -> None:
    async def walk() -> tuple[str, str]:
        page = await looked_through(shown)
        chips = [chip.accessibleName() for chip in page.places.chips.values() if chip.isVisible()]
        assert chips == ["All 15", "Sure 12", "To look at 1", "Nobody knows 1", "No movie in it 1"]
        assert not shown.nameless()
        shown.picture("collection")
        QTest.mouseClick(page.places.chips["look"], LEFT)
        await until(lambda: (item := page.places.current()) and item.path == "Quiet Rivers", "the doubtful one")
        shown.picture("collection-doubtful")
        buttons = [one for one in page.places.detail.findChildren(Button) if one.text() == "It is this one"]
        QTest.mouseClick(buttons[-1], LEFT)
        await until(lambda: page.scan and page.scan.counts.get(ItemState.CERTAIN) == 13, "it is sure now")
        QTest.mouseClick(page.foot.go, LEFT)
        sheet = await until(lambda: shown.workspace.window.open_sheet, "the plan")
        assert isinstance(sheet, PlanSheet)
        await until(sheet.profile.count, "the profiles")
        shown.picture("collection-plan")
        told = sheet.words.text(), sheet.go.text()
        QTest.mouseClick(sheet.go, LEFT)
        await until(lambda: page.scan and page.scan.counts.get(ItemState.ADOPTED) == 13, "they are added")
        await until(lambda: page.foot.progress.isHidden() and page.foot.show_movies.isVisible(), "that has ended")
        shown.picture("collection-added")
        QTest.mouseClick(page.foot.undo, LEFT)
        question = await until(lambda: shown.workspace.window.open_sheet, "the question")
        assert isinstance(question, ConfirmSheet)
        shown.picture("collection-undo")
        QTest.mouseClick(question.go, LEFT)
        await until(lambda: page.scan and page.scan.counts.get(ItemState.CERTAIN) == 13, "they are out again")
        page.plan()
        again = await until(lambda: shown.workspace.window.open_sheet, "the plan")
        assert isinstance(again, PlanSheet)
        QTest.mouseClick(again.go, LEFT)
        await until(lambda: page.scan and page.scan.counts.get(ItemState.ADOPTED) == 13, "they are added again")
        return told

    words, button = shown.run(walk())
    assert words == "Their folders and files stay where they are, under their names. 2 places are left out."
    assert button == "Add 13"
    movies = program.do(program.engine.movies.all())
    assert len(movies) == 13
    assert all(movie.file is not None for movie in movies)


def test_a_place_gets_another_movie_by_its_title_and_others_are_left_out(
    shown: RunningDesktop, program: RunningEngine
) -> None:
    async def walk() -> None:
        page = await looked_through(shown)
        QTest.mouseClick(page.places.chips["unknown"], LEFT)
        await until(lambda: (item := page.places.current()) and item.path == "Holidays", "the unknown one")
        QTest.keyClick(page.places.table, Qt.Key.Key_Return)
        sheet = await until(lambda: shown.workspace.window.open_sheet, "the question")
        assert isinstance(sheet, GuessSheet)
        sheet.field.setText("Quiet Rivers 2007")
        await until(lambda: sheet.chosen, "the movie is found")
        shown.picture("collection-which")
        QTest.mouseClick(sheet.add, LEFT)
        await until(lambda: page.scan and ItemState.UNKNOWN not in page.scan.counts, "it has its movie")
        QTest.mouseClick(page.places.chips["sure"], LEFT)
        await until(page.places.current, "the sure ones")
        page.places.table.setFocus()
        page.places.table.selectAll()
        await until(page.places.bar.isVisible, "several are selected")
        shown.picture("collection-several")
        QTest.mouseClick(page.places.bar.buttons["leave"], LEFT)
        await until(lambda: page.scan and page.scan.counts.get(ItemState.LEFT_OUT) == 13, "all are left out")
        shown.picture("collection-left-out")
        assert page.foot.go.isHidden()

    shown.run(walk())
    assert program.do(program.engine.movies.all()) == []


def test_ten_thousand_places_are_read_as_they_come_into_sight(shown: RunningDesktop, program: RunningEngine) -> None:
    engine = program.engine
    scan = program.do(engine.collection.start(str(program.library)))
    program.do(engine.jobs.idle())
    many = [f"Place {number:05}" for number in range(10_000)]
    program.do(engine.db.run(lambda: store.put_places(scan.id, many)))

    async def walk() -> list[int]:
        asked: list[int] = []
        page = page_of(shown)
        page.places.model.wanted.connect(asked.append)
        await until(lambda: page.places.model.rowCount() == 10_015, "all rows are there")
        await until(page.places.current, "the first are read")
        page.places.table.scrollToBottom()
        await until(lambda: page.places.model.is_read(10_014), "the last are read")
        assert not page.places.model.is_read(5_000)
        page.places.table.selectAll()
        await until(page.places.bar.isVisible, "all are selected")
        chosen = await page.places.selected()
        assert len({item.id for item in chosen}) == 10_015
        return asked

    assert len(shown.run(walk())) <= 6  # pages in sight, not those that were only selected


def test_the_chosen_place_is_shown_as_it_is_also_out_of_sight(shown: RunningDesktop, program: RunningEngine) -> None:
    engine = program.engine
    scan = program.do(engine.collection.start(str(program.library)))
    program.do(engine.jobs.idle())
    program.do(engine.db.run(lambda: store.put_places(scan.id, [f"Place {number:05}" for number in range(1_000)])))

    async def walk() -> None:
        page = page_of(shown)
        await until(lambda: page.places.model.rowCount() == 1_015 and page.places.current(), "the first are read")
        page.places.table.setCurrentIndex(page.places.model.index(1, 0))
        chosen = page.places.current()
        assert chosen is not None
        assert (chosen.path, chosen.state) == ("Holidays", ItemState.UNKNOWN)
        page.places.table.scrollToBottom()
        await until(lambda: page.places.model.is_read(1_014), "the last are read")
        await shown.workspace.desk.bridge.call(engine.collection.choose(chosen.id, 0))
        await until(lambda: (now := page.places.current()) and now.state is ItemState.LEFT_OUT, "it is left out")

    shown.run(walk())


def test_a_source_that_is_away_is_told_and_tried_again(
    shown: RunningDesktop, home: tuple[WorldThread, RunningEngine]
) -> None:
    world, running = home
    world.world.tmdb.status = 503

    async def walk() -> str:
        page = page_of(shown)
        page.look_through(str(running.library))
        await until(lambda: page.scan and page.scan.state is ScanState.WAITING, "it waits")
        await until(page.strip.waiting.isVisible, "that is told")
        shown.picture("collection-waits")
        return page.strip.waiting.accessibleName()

    assert "what was found until now is kept" in shown.run(walk())


def test_the_add_sheet_and_the_root_folders_lead_to_it(shown: RunningDesktop) -> None:
    async def walk() -> None:
        window = shown.workspace.window
        sheet = shown.workspace.open_add()
        assert isinstance(sheet, AddSheet)
        shown.picture("collection-from-add")
        QTest.mouseClick(sheet.collection, LEFT)
        await until(lambda: window.current_key == "collection", "it leads there")
        shown.workspace.desk.settings_asked.emit("folders")
        buttons = [one for one in window.findChildren(Button) if one.text() == "I already have a collection"]
        shown.picture("collection-from-folders")
        QTest.mouseClick(next(one for one in buttons if one.isVisible()), LEFT)
        await until(lambda: window.current_key == "collection", "that leads there too")

    shown.run(walk())


def test_places_are_filtered_by_words_of_place_and_movie(shown: RunningDesktop) -> None:
    async def scene() -> None:
        page = await looked_through(shown)
        places = page.places
        assert places.filter.isVisible()
        places.filter.setText("QUIET riv")
        await until(lambda: places.model.rowCount() == 1 and places.current(), "the place with that word")
        assert places.model.row_at(0).path == "Quiet Rivers"
        shown.picture("collection-filtered")
        places.show_group("sure")
        await until(lambda: not places.table.isVisible(), "none of the sure ones has it")
        assert any("No place matches" in one.text() for one in places.findChildren(QLabel) if one.isVisible())
        places.filter.setText("%")
        await until(lambda: not places.table.isVisible() and places.model.rowCount() == 0, "a sign is only a sign")
        next(one for one in places.findChildren(Button) if one.text() == "Show all").click()
        await until(lambda: places.model.rowCount() == 15, "all are shown again")
        assert not places.filter.text()

    shown.run(scene())
