"""Giving a download up in the queue: it is blocked, and the next best release that is known comes in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.records import GrabState
from radarr_desktop.domain.stuck import Trouble
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.parts import Button, IconButton, Label
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton
MAGNET = f"magnet:?xt=urn:btih:{7:040x}&dn=The.Salt.Meridian.2025.1080p.WEB-DL.H.264-NOBODY"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[tuple[WorldThread, RunningEngine]]:
    """Return a program that knows releases of a movie, and downloads one that nobody seeds."""
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        running.do(running.engine.search.releases(movie.id))
        running.do(running.engine.search.drop(MAGNET, movie_id=movie.id))
        yield world, running


@pytest.fixture
def shown(
    qapp: QApplication, qtbot: QtBot, look: Theme, program: tuple[WorldThread, RunningEngine]
) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, program[1], look) as shown:
        yield shown


def test_a_download_that_is_given_up_is_followed_by_the_next_best(
    shown: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    world, running = program

    async def give_up() -> None:
        workspace = shown.workspace
        page, library = workspace.queue, workspace.library
        workspace.window.open_page("queue")
        await until(lambda: page.model.rowCount() and page.model.item_at(0).download, "the download is there")
        page.view.setCurrentIndex(page.model.index(0))
        QTest.keyClick(page.view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
        question = await until(lambda: workspace.window.open_sheet, "the question")
        assert isinstance(question, ConfirmSheet)
        shown.picture("queue-next")
        QTest.mouseClick(question.go, LEFT)
        await until(lambda: library.movies.row_at(0).movie.file is not None, "the next best is in the library")

    shown.run(give_up())
    (blocked,) = [one for one in running.do(running.engine.blocklist.all()) if one.title.endswith("NOBODY")]
    assert blocked.cause == Reason.MANUALLY_REJECTED.value
    (movie,) = running.do(running.engine.movies.all())
    assert movie.file is not None
    assert movie.file.release_title == world.world.good


def test_what_stands_still_shows_since_when_and_what_would_be_taken_instead(shown: RunningDesktop) -> None:
    trouble = Trouble(
        Reason.DOWNLOAD_STALLED,
        "Stopped at 98 %, availability 0.98, no seed is connected.",
        datetime.now(UTC) - timedelta(hours=26),
        strikes=2,
        most=3,
        lasts=timedelta(hours=26),
        left=timedelta(hours=10),
    )

    async def look() -> str:
        workspace = shown.workspace
        page, queue = workspace.queue, workspace.library.queue
        workspace.window.open_page("queue")
        await until(lambda: any(item.download for item in queue.items.values()), "the download is there")
        await until(lambda: queue.items, "it is in the queue")
        ((id, item),) = queue.items.items()
        queue.items[id] = replace(item, trouble=trouble)  # after hours the engine would say so
        queue.loaded.emit()
        await until(lambda: page.followers.sentences.get(id), "what would be taken instead")
        words = " ".join(one.text() for one in page.stuck.findChildren(Label) if one.isVisible())
        assert [one.text() for one in page.stuck.findChildren(Button) if one.text()] == [
            "Try next release",
            "Wait 2 more days",
        ]
        shown.picture("queue-stalled")
        return words

    words = shown.run(look())
    assert "no progress for 26\u00a0h" in words
    assert "Stopped at 98 %" in words
    assert "next best" in words.lower()


def test_hundreds_of_stuck_downloads_are_shown_step_by_step(shown: RunningDesktop) -> None:
    async def look() -> list[int]:
        queue, card = shown.workspace.library.queue, shown.workspace.queue.all_stuck
        await until(lambda: queue.items, "the download is there")
        (item,) = queue.items.values()
        many = [replace(item, grab=replace(item.grab, id=id, state=GrabState.BLOCKED)) for id in range(1, 121)]
        counts = []
        for words in ("Show 70 more", "Show 20 more"):
            card.show_items(many, unfolded=True)
            counts.append(len(card.findChildren(IconButton)))
            more = next(one for one in card.findChildren(Button) if one.text() == words)
            more.click()
            wanted = min(len(many), counts[-1] + 50)
            await until(partial(_has_buttons, card, wanted), "more of them")
        counts.append(len(card.findChildren(IconButton)))
        return counts

    assert shown.run(look()) == [50, 100, 120]


def _has_buttons(card: QWidget, count: int) -> bool:
    return len(card.findChildren(IconButton)) == count


def test_the_clients_are_slowed_down_by_a_button_that_tells_what_it_does_next(
    shown: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    _, running = program

    async def slow_down() -> None:
        workspace = shown.workspace
        page = workspace.queue
        workspace.window.open_page("queue")
        await until(lambda: page.slow.isVisible() and page.slow.text() == "Slow down", "it is offered")
        shown.picture("queue-full-speed")
        QTest.mouseClick(page.slow, LEFT)
        await until(lambda: page.slow.text() == "Full speed", "it is done")
        assert any("slowed down" in one.text() for one in workspace.window.findChildren(Label) if one.isVisible())
        shown.picture("queue-slowed-down")
        workspace.window.resize(1000, 700)
        await until(lambda: page.slow.width() == page.slow.sizeHint().width() < 60, "there is only its icon")
        assert page.slow.accessibleName() == "Full speed"
        shown.picture("queue-slowed-down-narrow")

    shown.run(slow_down())
    assert running.do(running.engine.slow_mode.is_on()) is True
