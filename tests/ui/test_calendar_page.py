"""The calendar page on a running program: what comes out, and when each movie is searched next and why."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.backlog import Why
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.engine.search.calendar import Coming
from radarr_desktop.engine.search.outlook import PlannedSearch
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import movies
from radarr_desktop.ui.models.calendar import SEARCH, Entry, chosen, entries, moved, weeks_of, when
from radarr_desktop.ui.pages.calendar.entry import EntryButton, MoreButton
from radarr_desktop.ui.pages.calendar.grid import DaysGrid
from radarr_desktop.ui.pages.calendar.page import CalendarPage
from radarr_desktop.ui.pages.calendar.side import SearchLine
from radarr_desktop.ui.parts import Label
from radarr_desktop.ui.theme import Theme
from tests.fakes.told import CLIENT, telling
from tests.fixtures_engine import RunningEngine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

TODAY = datetime.now().astimezone().date()
SAID = "It stands in line for Anchor. It was not searched there yet."
LEFT = Qt.MouseButton.LeftButton


def test_days_hold_what_comes_out_and_what_is_searched() -> None:
    day = date(2030, 5, 17)
    coming = [
        Coming(2, "Zero Kelvin Waltz", day, Why.DIGITAL, monitored=True, has_file=False),
        Coming(1, "Copper Saints", day, Why.DISC, monitored=False, has_file=True),
    ]
    search = PlannedSearch(2, "Zero Kelvin Waltz", datetime(2020, 1, 1, tzinfo=UTC), Why.NEW, "It is new.", "HDBits")
    found = entries(coming, [search])
    assert [(one.day, one.kind, one.icon, one.state) for one in found] == [
        (TODAY, SEARCH, "search", "off"),
        (day, "disc", "circle-check", "ok"),
        (day, "digital", "monitor-play", "info"),
    ]
    assert list(chosen(found, frozenset({"disc"}), monitored=True)) == []
    assert list(chosen(found, frozenset({"disc", SEARCH}), monitored=False)) == [TODAY, day]


def test_months_and_weeks_are_turned() -> None:
    assert moved(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert moved(date(2026, 1, 31), -1) == date(2025, 12, 31)
    month = weeks_of(date(2026, 2, 10), whole_month=True)
    assert {len(week) for week in month} == {7}
    assert date(2026, 2, 1) in month[0]
    (week,) = weeks_of(date(2026, 2, 10), whole_month=False)
    assert date(2026, 2, 10) in week


def test_a_search_says_when_it_is(qapp: QApplication) -> None:
    now = datetime.now(UTC)
    assert when(now - timedelta(hours=1)) == "In line"
    assert when(now + timedelta(days=1)) == "Tomorrow"


def test_ten_thousand_entries_are_drawn_step_by_step(qtbot: QtBot, look: Theme) -> None:
    weeks = weeks_of(TODAY, whole_month=True)
    days = [day for week in weeks for day in week]
    found = [Entry(days[number % len(days)], number, f"Film {number:04}", "disc") for number in range(9_000)]
    found += [Entry(TODAY, number, "Iron Petal", SEARCH) for number in range(1_000)]
    by_day = chosen(found, frozenset({"disc", SEARCH}), monitored=False)
    grid = DaysGrid()
    qtbot.addWidget(grid)
    grid.resize(1100, 760)
    grid.show_weeks(weeks, TODAY.month, TODAY)
    grid.show()

    def drawn() -> list[EntryButton]:
        return [one for one in grid.findChildren(EntryButton) if one.isVisible()]

    def rest() -> int:
        return sum(int(one.text().split()[0].replace(",", "")) for one in grid.findChildren(MoreButton))

    grid.show_entries(by_day)
    assert drawn() == []
    qtbot.waitUntil(lambda: len(drawn()) + rest() == len(found))
    assert len(grid.accessibleName()) < 1_000
    assert grid.accessibleName().endswith("more")
    first = drawn()
    grid.show_weeks(weeks, TODAY.month, TODAY)
    grid.show_entries(by_day)
    assert drawn() == first
    grid.resize(1100, 500)
    qtbot.waitUntil(lambda: len(drawn()) < len(first) and len(drawn()) + rest() == len(found))
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.mouseClick(next(one for one in drawn() if one.entry == grid.entry), LEFT)
    assert opened.args == [grid.entry]
    later = moved(TODAY, 1)
    grid.show_weeks(weeks_of(later, whole_month=True), later.month, later)
    assert drawn() == []


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    """Return a program with an indexer, and a movie that comes out today and on disc in a while."""
    with telling(tmp_path_factory.mktemp("calendar"), "Anchor", config=CLIENT) as (running, _):
        profile = running.do(running.engine.profiles.all())[0]
        later = moved(TODAY, 3)
        info = MovieInfo(1, "Iron Petal", TODAY.year, "tt0000001", digital_release=TODAY, physical_release=later)
        slot = Slot(0, "", profile.id, str(running.library))
        movie = Movie(0, info, (slot,), str(running.library / "Iron Petal"))
        running.do(running.engine.db.run(lambda: movies.insert(movie)))
        yield running


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, program: RunningEngine) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, program, look) as shown:
        yield shown


async def opened(shown: RunningDesktop) -> CalendarPage:
    shown.workspace.window.open_page("calendar")
    page = shown.workspace.calendar.content
    assert isinstance(page, CalendarPage)
    await until(lambda: page.grid.entry, "the day's entry")
    return page


def chosen_kind(page: CalendarPage) -> str:
    return page.grid.entry.kind if page.grid.entry else ""


def words(page: CalendarPage) -> list[str]:
    return [label.text() for label in page.side.findChildren(Label) if label.isVisible()]


def test_the_chosen_movie_tells_when_it_is_searched_and_why(shown: RunningDesktop) -> None:
    async def work() -> None:
        page = await opened(shown)
        await until(lambda: SAID in words(page), "the sentence")
        line = shown.child(SearchLine)
        assert line.accessibleName().endswith(", In line")
        assert line.accessibleDescription() == "Anchor · It was not searched there yet."
        assert shown.nameless() == []
        page.chips["digital"].click()
        assert chosen_kind(page) == ""
        page.chips["search"].click()
        assert chosen_kind(page) == SEARCH

    shown.run(work())


def test_why_tells_it_too(shown: RunningDesktop) -> None:
    async def work() -> None:
        window = shown.workspace.window
        shown.workspace.desk.movie_asked.emit(1, "why")

        def said() -> bool:
            labels = [one for one in window.findChildren(Label) if one.isVisible()]
            return {"Next search", SAID} <= {one.text() for one in labels}

        await until(said, "the card")

    shown.run(work())


def test_keys_move_over_days_and_months_and_open_a_movie(shown: RunningDesktop) -> None:
    async def work() -> None:
        page = await opened(shown)
        page.focus_content()
        QTest.keyClick(page.grid, Qt.Key.Key_Right)
        assert page.grid.day == TODAY + timedelta(days=1)
        QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
        assert page.grid.day.month == moved(TODAY + timedelta(days=1), 1).month
        page.go_today()
        await until(lambda: page.grid.entry, "today's entry")
        QTest.keyClick(page.grid, Qt.Key.Key_Return)
        await until(lambda: shown.workspace.window.current_key == "movie", "the movie's page")

    shown.run(work())


def test_an_empty_month_leads_to_the_next_release(shown: RunningDesktop) -> None:
    async def work() -> None:
        page = await opened(shown)
        page.view.set_key("agenda")
        page.go(moved(TODAY, 1))
        await until(page.there.isVisible, "the way on")
        QTest.mouseClick(page.there, LEFT)
        await until(lambda: page.agenda.isVisible() and page.agenda.lines.rowCount() == 2, "its day, and the release")
        line = page.agenda.lines.index(1, 0)
        QTest.mouseClick(page.agenda.viewport(), LEFT, pos=page.agenda.visualRect(line).center())
        assert page.agenda.entry is not None
        assert page.agenda.entry.kind == "disc"
        assert line.data(Qt.ItemDataRole.AccessibleTextRole) == "Iron Petal, Disc"
        page.view.set_key("month")
        page.go_today()

    shown.run(work())


def test_the_link_for_calendar_programs_is_copied(shown: RunningDesktop, program: RunningEngine) -> None:
    async def work() -> None:
        page = await opened(shown)
        QApplication.clipboard().clear()
        QTest.mouseClick(page.ical, LEFT)
        copied = await until(QApplication.clipboard().text, "the link")
        assert copied.startswith(f"{program.url}/feed/v3/calendar/radarr.ics?apikey=")
        answer = await asyncio.to_thread(httpx.get, copied)
        assert answer.text.startswith("BEGIN:VCALENDAR")

    shown.run(work())


def test_next_searches_lead_to_why_and_the_list_says_it_too(shown: RunningDesktop) -> None:
    async def work() -> None:
        page = await opened(shown)
        page.chips["search"].click()
        page.view.set_key("agenda")
        page.go(TODAY)
        title, told = f"Iron Petal ({TODAY.year})", Qt.ItemDataRole.AccessibleTextRole
        await until(lambda: page.agenda.lines.rowCount() == 3, "the day, its release, its search")
        page.agenda.setCurrentIndex(page.agenda.lines.index(1, 0))
        QTest.keyClick(page.agenda, Qt.Key.Key_Down)
        assert page.agenda.currentIndex().data(told) == f"{title}, It was not searched there yet."
        line = shown.child(SearchLine)
        assert line.accessibleName() == f"{title}, In line"
        line.click()
        await until(lambda: shown.workspace.window.current_key == "movie", "the movie's page")
        await until(shown.workspace.movie.why.isVisible, "its Why?")

    shown.run(work())
