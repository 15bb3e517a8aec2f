"""The blocklist page on a running program: what is typed is checked, what is selected is unblocked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.blocklist import Blocked, Scope
from radarr_desktop.domain.failures import Reason
from radarr_desktop.ui.models.blocklist import BlockedColumn, BlocklistModel
from radarr_desktop.ui.pages.blocklist.add import BlockSheet
from radarr_desktop.ui.pages.blocklist.page import BlocklistPage
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.parts import Button
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, running_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def entry(id: int, title: str, cause: Reason, **facts: Any) -> Blocked:
    """An entry of the list."""
    return Blocked(id, 1, title, "It failed.", NOW, cause=cause.value, **facts)


def test_entries_are_filtered_by_reason_and_by_words(qtbot: QtBot) -> None:
    model = BlocklistModel()
    stalled = entry(1, "Copper.Saints.2021.1080p.WEB-DL.x264-KITE", Reason.DOWNLOAD_STALLED, attempts=2)
    danger = entry(2, "Tin.Astronaut.2020.2160p.WEB-DL.x265-ORM", Reason.DANGEROUS_CONTENT)
    group = Blocked(3, 0, "ORM", "Blocked by you.", NOW, Scope.GROUP, group="ORM", cause="ManuallyRejected")
    model.set_entries([stalled, danger, group], {1: "Copper Saints (2021)"})
    assert model.causes()[0][1] == 1
    model.set_text("orm")
    assert [model.row_at(row).id for row in range(model.rowCount())] == [2, 3]
    model.set_cause(Reason.DANGEROUS_CONTENT.value)
    assert [model.row_at(row).id for row in range(model.rowCount())] == [2]
    assert model.total == 3
    index = model.index(0, BlockedColumn.NAME)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"Release: {danger.title}"
    assert index.siblingAtColumn(BlockedColumn.ENDS).data() == "For good"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "It failed."


def test_ten_thousand_entries_are_filtered_at_once(qtbot: QtBot) -> None:
    model = BlocklistModel()
    model.set_entries([entry(id, f"Movie.{id}.1080p-KITE", Reason.NO_VIDEO) for id in range(10_000)], {})
    model.set_text("movie.9999.")
    assert model.rowCount() == 1


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    """Return a program with nothing in it but a blocklist."""
    with running_engine(tmp_path_factory.mktemp("blocklist")) as running:
        for number in range(3):
            running.do(running.engine.blocklist.add(Scope.GROUP, f"GROUP{number}", days=7))
        yield running


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, program: RunningEngine) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, program, look) as shown:
        yield shown


async def opened(shown: RunningDesktop) -> BlocklistPage:
    """The page, with its rows."""
    shown.workspace.window.open_page("blocklist")
    page = shown.workspace.blocklist.content
    assert isinstance(page, BlocklistPage)
    await until(lambda: page.model.total == 3, "the entries are read")
    return page


def test_a_group_or_a_pattern_is_blocked_after_a_look_at_it(shown: RunningDesktop, program: RunningEngine) -> None:
    async def add() -> tuple[str, str, str]:
        page = await opened(shown)
        page.add.click()
        sheet = await until(lambda: shown.workspace.window.open_sheet, "the sheet")
        assert isinstance(sheet, BlockSheet)
        shown.picture("blocklist-add")
        sheet.add.click()
        empty = sheet.field.error
        sheet.scope.set_key(Scope.PATTERN)
        sheet.value.setText("/(unclosed/")
        bad = sheet.field.error
        sheet.value.setText("/hardsub/i")
        assert not sheet.field.error
        sheet.days.setCurrentIndex(sheet.days.findData(30))
        sheet.add.click()
        await until(lambda: page.model.total == 4, "it is in the list")
        assert shown.workspace.window.open_sheet is None
        return empty, bad, page.model.row_at(0).title

    empty, bad, title = shown.run(add())
    assert empty == "Nothing is typed yet."
    assert bad.startswith("/(unclosed/ is no pattern")
    assert title == "/hardsub/i"
    (made,) = [one for one in program.do(program.engine.blocklist.all()) if one.scope is Scope.PATTERN]
    assert made.expires is not None
    assert made.expires - made.added == timedelta(days=30)


def test_in_a_narrow_window_an_entry_opens_over_the_table(shown: RunningDesktop) -> None:
    async def look() -> None:
        page = await opened(shown)
        window = shown.workspace.window
        window.resize(900, 700)
        await until(lambda: not page.entry.isVisible(), "there is no room beside the table")
        page.table.setCurrentIndex(page.model.index(0, 0))
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        sheet = await until(lambda: window.open_sheet, "the entry")
        shown.picture("blocklist-entry")
        QTest.mouseClick(next(one for one in sheet.findChildren(Button) if one.text() == "Unblock"), LEFT)
        await until(lambda: page.model.total == 2, "it is gone")
        assert window.open_sheet is None

    shown.run(look())


def test_one_is_unblocked_at_once_and_several_after_a_question(shown: RunningDesktop, program: RunningEngine) -> None:
    async def unblock() -> None:
        page = await opened(shown)
        page.table.setCurrentIndex(page.model.index(0, 0))
        shown.picture("blocklist")
        assert not shown.nameless()
        page.unblock()
        await until(lambda: page.model.total == 2, "one is gone")
        page.table.setCurrentIndex(page.model.index(0, 0))
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        page.table.selectionModel().select(page.model.index(1, 0), flags)
        assert page.bar.isVisible()
        shown.picture("blocklist-several")
        page.bar.buttons["unblock"].click()
        question = await until(lambda: shown.workspace.window.open_sheet, "the question")
        assert isinstance(question, ConfirmSheet)
        QTest.mouseClick(question.go, LEFT)
        await until(lambda: not page.model.total, "all are gone")
        assert not page.bar.isVisible()
        shown.picture("blocklist-empty")

    shown.run(unblock())
    assert program.do(program.engine.blocklist.all()) == []
