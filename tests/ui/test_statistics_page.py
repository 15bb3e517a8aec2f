"""Statistics and reputation in the window: plots with a table each, and the events behind every score."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.blocklist import Subject
from radarr_desktop.domain.failures import Failure, Reason
from radarr_desktop.engine.downloads.blocklist import remember
from radarr_desktop.ui.models.reputation import LOOKS, GroupColumn
from radarr_desktop.ui.models.statistics import BarLine
from radarr_desktop.ui.pages.statistics.page import StatisticsPage
from radarr_desktop.ui.parts import EmptyState, TimelineItem
from radarr_desktop.ui.theme import Theme
from tests.fakes.seen import fill
from tests.fixtures_engine import RunningEngine, running_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[RunningEngine]:
    with running_engine(tmp_path) as running:
        yield running


@pytest.fixture
def program(empty: RunningEngine) -> RunningEngine:
    """Return a program that has seen releases, and what became of some."""
    empty.do(empty.engine.db.run(fill))
    empty.do(empty.engine.reputations.refresh())
    return empty


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, program: RunningEngine) -> Iterator[RunningDesktop]:
    with running_desktop(qapp, program, look) as shown:
        yield shown


async def opened(shown: RunningDesktop) -> StatisticsPage:
    """The page, with its figures."""
    shown.workspace.window.open_page("statistics")
    page = shown.workspace.statistics.content
    assert isinstance(page, StatisticsPage)
    await until(lambda: page.releases is not None and page.releases.isVisible(), "the figures")
    return page


def test_what_draws_is_not_loaded_with_the_window() -> None:
    code = (
        "import sys, radarr_desktop.ui.desktop, radarr_desktop.ui.workspace; "
        "print([one for one in ('pyqtgraph', 'numpy') if one in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_every_figure_is_a_plot_and_a_table_and_a_bar_opens_its_group(shown: RunningDesktop) -> None:
    async def look() -> None:
        from radarr_desktop.ui.pages.statistics.plots import BarsPlot
        from radarr_desktop.ui.pages.statistics.releases import FigureTable

        page = await opened(shown)
        releases = page.releases
        assert releases is not None
        plots: list[BarsPlot] = []

        def drawn() -> bool:
            plots[:] = [one for one in releases.findChildren(BarsPlot) if one.isVisibleTo(page)]
            return len(plots) == 7

        await until(drawn, "all plots")
        titles = [plot.accessibleName() for plot in plots]
        assert set(titles) == {"Resolution", "Source", "Codec", "Markers", "Common faults", "Size", "Groups"}
        assert "2160p" in plots[titles.index("Resolution")].accessibleDescription()
        assert not shown.nameless()
        shown.workspace.window.resize(800, 700)
        await until(lambda: all(plot.width() > 500 for plot in plots), "one column as wide as the page")
        shown.workspace.window.resize(1440, 900)
        await until(lambda: len({plot.mapTo(releases, QPoint()).x() for plot in plots}) == 2, "two columns again")
        groups = plots[titles.index("Groups")]
        QTest.mouseClick(groups, Qt.MouseButton.LeftButton, pos=QPoint(40, 5))
        assert page.part.key == "reputation"
        assert page.groups is not None
        await until(lambda: page.groups and page.groups.findChildren(TimelineItem), "its events")
        page.escape()
        page.look.set_key("tables")
        page.look.chosen.emit("tables")
        tables = await until(
            lambda: [one for one in releases.findChildren(FigureTable) if one.isVisible()], "the tables"
        )
        assert sorted(table.accessibleName() for table in tables) == sorted(titles)
        assert tables[0].model().index(0, 0).data()
        assert not shown.nameless()
        names = next(table for table in tables if table.accessibleName() == "Groups")
        names.setCurrentIndex(names.model().index(0, 0))
        QTest.keyClick(names, Qt.Key.Key_Return)
        assert page.part.key == "reputation"

    shown.run(look())


def test_a_plot_is_whole_when_it_is_painted_first(qtbot: QtBot, look: Theme) -> None:
    from radarr_desktop.ui.pages.statistics.plots import BarsPlot

    bars = [BarLine(name, 0, part, f"{part:.0%}", "info") for name, part in (("Remux-2160p", 0.7), ("DVD", 0.3))]
    page = QWidget()
    qtbot.addWidget(page)
    box = QVBoxLayout(page)
    page.resize(400, 200)
    page.show()
    page.grab()
    plot = BarsPlot("Size", bars)
    box.addWidget(plot)
    plot.show()
    first = page.grab().toImage()
    QTest.qWait(50)
    assert page.grab().toImage() == first


def test_a_group_that_nothing_became_of_is_told(shown: RunningDesktop) -> None:
    async def look() -> list[str]:
        page = await opened(shown)
        said: list[str] = []
        shown.workspace.desk.told.connect(lambda words, _state: said.append(words))
        page.open_group("NOBODY")
        assert page.part.key == "releases"
        return said

    assert shown.run(look()) == ["Nothing has become of a release of NOBODY here yet."]


def test_a_release_leads_to_what_became_of_its_group(shown: RunningDesktop) -> None:
    async def look() -> tuple[str, str]:
        workspace = shown.workspace
        view = workspace.pick.view
        told = await workspace.desk.bridge.call(workspace.desk.engine.decisions.why(1))
        view.show_releases(told.releases)
        release = view.model.row_at(0)
        menu = view.detail.menu(release, QPoint(0, 0))
        action = next(one for one in menu.actions() if one.text() == f"What became of {release.parsed.group}")
        action.trigger()
        menu.close()
        page = workspace.statistics.content
        assert isinstance(page, StatisticsPage)
        await until(lambda: page.groups is not None and page.groups.isVisible(), "the group")
        assert page.groups is not None
        return release.parsed.group, page.groups.table.currentIndex().siblingAtColumn(GroupColumn.GROUP).data()

    asked, opened = shown.run(look())
    assert asked.casefold() == opened.casefold()


def test_a_score_opens_its_events_and_follows_what_happens(shown: RunningDesktop, program: RunningEngine) -> None:
    async def look() -> None:
        page = await opened(shown)
        page.show_part("reputation")
        page.focus_content()
        assert page.groups is not None
        view, engine = page.groups, program.engine
        index = view.table.currentIndex()
        name = index.siblingAtColumn(GroupColumn.GROUP).data()
        assert name in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
        found = await shown.workspace.desk.bridge.call(engine.reputations.events(name))
        items = await until(lambda: view.findChildren(TimelineItem), "the events")
        assert len(items) == min(60, len(found))
        assert {event.outcome for event in found} <= set(LOOKS)
        subject = Subject(1, "Iron.Petal.2021.1080p.BluRay.x264-NEWCREW", "", "", "", "")
        failure = Failure(Reason.NO_VIDEO, "It holds no video.")
        await shown.workspace.desk.bridge.call(engine.db.run(lambda: remember(failure, subject, datetime.now(UTC))))
        await shown.workspace.desk.bridge.call(engine.reputations.gather())
        await until(lambda: view.model.place_of("newcrew") >= 0, "the new group is there")
        assert view.table.currentIndex().siblingAtColumn(GroupColumn.GROUP).data() == name
        page.filter.setText("NEWC")
        assert [view.model.row_at(row).group.name for row in range(view.model.rowCount())] == ["newcrew"]
        page.filter.setText("nobody is called so")
        assert not page.groups.table.isVisible()
        page.filter.clear()
        assert page.groups.table.isVisible()
        assert page.groups.table.currentIndex().isValid()
        assert view.choose("newcrew")
        await until(lambda: len([one for one in view.findChildren(TimelineItem) if one.isVisibleTo(view)]) == 1, "one")

    shown.run(look())


def test_the_report_is_written_and_a_place_that_cannot_be_is_told(shown: RunningDesktop, tmp_path: Path) -> None:
    async def write() -> list[str]:
        page = await opened(shown)
        said: list[str] = []
        shown.workspace.desk.told.connect(lambda words, _state: said.append(words))
        await page.write_report(tmp_path / "report.html")
        await page.write_report(tmp_path / "nowhere" / "report.html")
        return said

    written, refused = shown.run(write())
    assert written == f"The report is in {tmp_path / 'report.html'}."
    assert "cannot be written. No such file or directory." in refused
    assert "Common faults" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_program_that_has_seen_nothing_says_when_there_will_be_figures(
    qapp: QApplication, qtbot: QtBot, look: Theme, empty: RunningEngine
) -> None:
    with running_desktop(qapp, empty, look) as shown:

        async def read() -> None:
            shown.workspace.window.open_page("statistics")
            page = shown.workspace.statistics.content
            assert isinstance(page, StatisticsPage)
            state = await until(
                lambda: next((one for one in page.findChildren(EmptyState) if one.isVisible()), None), "a word"
            )
            page.show_part("reputation")
            other = next(one for one in page.findChildren(EmptyState) if one.isVisible())
            assert state is not other
            assert (page.releases, page.groups) == (None, None)

        shown.run(read())
