"""Searches of many movies in the window: what they take is shown first, then how far they are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.records import JobState
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.search.mass import HURRIED, SearchPlan, SearchProgress, Share
from radarr_desktop.loopback.tmdb import Film
from radarr_desktop.ui.models import plan_words
from radarr_desktop.ui.pages.search_plan import SearchPlanSheet
from radarr_desktop.ui.parts import Menu
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, world_and_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

MANY = HURRIED + 3


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, tmp_path: Path) -> Iterator[RunningDesktop]:
    """Return the window of a program that misses some movies, and whose indexer may be asked once an hour."""
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        for number in range(MANY):
            film = Film(920_001 + number, f"Lantern {number}", 2020, f"tt92000{number:02}", digital=date(2020, 3, 2))
            world.world.tmdb.add(film)
            running.do(running.engine.movies.add(NewMovie(film.tmdb_id, search=False)))
        limited(running)
        with running_desktop(qapp, running, look) as shown:
            yield shown


def limited(running: RunningEngine) -> None:
    """Let the hour be spent."""
    (one,) = running.do(running.engine.plugins.instances(PluginKind.INDEXER))
    draft = Draft(one.kind, one.implementation, one.name, {**one.settings, "hourly": 1}, id=one.id)
    running.do(running.engine.plugins.save(draft, force=True))
    (live,) = running.engine.plugins.indexers()
    running.do(running.engine.plugins.call(live, lambda plugin: plugin.test()))


def waiting(running: RunningEngine) -> int:
    """Searches that wait, or look whether they have to."""
    jobs = running.do(running.engine.jobs.all())
    return sum(job.kind == "search_movie" and job.state in (JobState.QUEUED, JobState.RUNNING) for job in jobs)


def test_nothing_is_searched_before_the_plan_was_seen_and_all_can_be_stopped(shown: RunningDesktop) -> None:
    movies = shown.workspace.movies

    async def plan() -> None:
        shown.workspace.window.open_page("movies")
        QTest.mouseClick(movies.search, Qt.MouseButton.LeftButton)
        shown.child(Menu).actions()[0].trigger()
        await until(lambda: shown.workspace.window.open_sheet, "the plan")
        sheet = shown.child(SearchPlanSheet)
        assert sheet.accessibleName() == f"Search {MANY} missing movies?"
        assert sheet.sentence.text().startswith(f"{MANY} searches, ")
        assert [(one.name, one.searches, one.limits) for one in sheet.lines] == [("HDBits", str(MANY), "1 an hour")]
        assert shown.workspace.window.focusWidget() is sheet.start
        shown.picture("search-plan")
        QTest.keyClick(sheet, Qt.Key.Key_Escape)

    async def start() -> None:
        assert movies.searching.isHidden()
        shown.workspace.window.search_requested.emit()
        await until(lambda: shown.workspace.window.open_sheet, "the plan again")
        shown.child(SearchPlanSheet).start.click()
        await until(movies.searching.isVisible, "how far it is")
        assert movies.searching.words.text().startswith(f"0 of {MANY} movies searched, ")
        shown.picture("search-under-way")

    async def stop() -> None:
        movies.searching.stop.click()
        await until(movies.searching.isHidden, "nothing is searched any more")

    shown.run(plan())
    assert waiting(shown.running) == 0
    shown.run(start())
    assert waiting(shown.running) == MANY
    shown.run(stop())
    assert waiting(shown.running) == 0


def test_what_is_shown_is_searched_and_few_at_once(shown: RunningDesktop) -> None:
    movies = shown.workspace.movies

    async def scene() -> None:
        shown.workspace.window.open_page("movies")
        movies.filter.setText("Lantern 1")
        QTest.mouseClick(movies.search, Qt.MouseButton.LeftButton)
        missing, better, those = shown.child(Menu).actions()
        assert missing.text() == f"All that are missing ({MANY})…"
        assert (better.isEnabled(), those.text()) == (False, "All that are shown (1)…")
        told: list[str] = []
        shown.workspace.desk.told.connect(lambda words, _tone: told.append(words))
        those.trigger()
        await until(lambda: "The movie is being searched." in told, "it is begun")

    shown.run(scene())


def test_without_a_client_the_searches_wait_and_say_so(shown: RunningDesktop) -> None:
    movies, running = shown.workspace.movies, shown.running
    for client in running.do(running.engine.plugins.instances(PluginKind.DOWNLOAD_CLIENT)):
        running.do(running.engine.plugins.remove(client.id))
    waits = "They wait. No download client is set up. Add one in the settings; the built-in one needs no account."

    async def scene() -> None:
        shown.workspace.window.open_page("movies")
        shown.workspace.window.search_requested.emit()
        await until(lambda: shown.workspace.window.open_sheet, "the plan")
        sheet = shown.child(SearchPlanSheet)
        assert sheet.sentence.text().endswith(f" at your limits. {waits}")
        shown.picture("search-plan-waits")
        sheet.start.click()
        await until(movies.searching.isVisible, "how far it is")
        assert movies.searching.words.text() == f"0 of {MANY} movies searched. {waits}"
        shown.picture("search-waits")

    shown.run(scene())
    assert waiting(running) == MANY


@pytest.mark.usefixtures("qapp")
def test_words_of_a_plan() -> None:
    broken = plan_words.line(Share("Broken", 3, math.inf, 2.0, 100))
    assert (broken.takes, broken.ends, broken.waits_for_user) == ("not now", "needs you first", True)
    assert broken.limits == "one every 2\u00a0s, 100 an hour"
    assert plan_words.line(Share("Free", 3, 30.0)).limits == "no limit"
    said = plan_words.sentence(SearchPlan((1, 2), 7, (Share("One", 2, 18_720.0),)))
    assert said.startswith("2 searches, 5.2\u00a0h at your limits, done ")
    assert said.endswith(" 7 more are left out: no indexer is searched for them.")
    told = plan_words.progress(SearchProgress(12_000, 2_000, 300_000.0))
    assert told.startswith("10,000 of 12,000 movies searched, 3.5\u00a0days to go, done ")
    spans = [plan_words.span(count).replace("\u00a0", " ") for count in (5, 600, 6000, 400_000)]
    assert spans == ["less than a minute", "10 min", "1.7 h", "4.6 days"]
