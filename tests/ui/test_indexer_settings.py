"""Indexers in the settings: what is missing is told at its field, how each is doing above its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.feed import Place
from radarr_desktop.domain.indexer_tally import Tally
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.plugins.politeness import IndexerLimits
from radarr_desktop.engine.search.indexer_states import IndexerState
from radarr_desktop.loopback.hdbits import Fault
from radarr_desktop.ui.models import indexer_words
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.settings.page import SettingsPage
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton
NOW = datetime.now(UTC)
STATE = IndexerState(1, "Anchor", True, 25, 0, "ok", "", None, Tally(), None, None)
LIMITS = IndexerLimits(1, "Anchor", 2.0, 100, 31, 69, None, None, "")


class Program(NamedTuple):
    """With one indexer, HDBits."""

    world: WorldThread
    running: RunningEngine


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Return it running."""
    with world_and_engine(tmp_path_factory.mktemp("indexers"), with_movie=False) as (world, running):
        yield Program(world, running)


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, program: Program) -> Iterator[RunningDesktop]:
    """Return its window."""
    program.world.world.hdbits.heal()
    with running_desktop(qapp, program.running, look) as shown:
        yield shown


async def opened(shown: RunningDesktop) -> SettingsPage:
    """The settings, at the indexer that is set up."""
    page = shown.workspace.settings
    shown.workspace.window.open_page("settings")
    page.open_section(PluginKind.INDEXER)
    await until(lambda: page.form.service and page.form.service.instance, "the one that is set up")
    await until(page.form.indexer.isVisible, "how it is doing")
    return page


async def begun(shown: RunningDesktop, module: str) -> SettingsPage:
    """The empty form of another one."""
    page = shown.workspace.settings
    page.start_new(shown.running.engine.plugins.find_class(PluginKind.INDEXER, module))
    await until(lambda: page.form.editor("name").isVisible(), "its form")
    return page


def test_what_is_missing_is_told_at_its_fields_and_the_first_has_the_keyboard(shown: RunningDesktop) -> None:
    async def scene() -> None:
        await opened(shown)
        page = await begun(shown, "hdbits")
        QTest.mouseClick(page.form.test_and_save, LEFT)
        assert page.form.editor("username").error == "User name is needed."
        assert page.form.editor("passkey").error == "Passkey is needed."
        assert page.form.editor("name").value() == "HDBits 2"
        assert shown.workspace.window.focusWidget() is page.form.editor("username").editor
        assert not page.form.problem_shown
        QTest.keyClicks(page.form.editor("username").editor, "somebody")
        assert not page.form.editor("username").error

    shown.run(scene())


def test_half_an_address_is_told_at_its_field(shown: RunningDesktop) -> None:
    async def scene() -> None:
        await opened(shown)
        page = await begun(shown, "torznab")
        page.form.editor("base_url").set_value("localhost:9696/1")
        QTest.mouseClick(page.form.test_and_save, LEFT)
        assert page.form.editor("base_url").error == "Write the whole address, like https://host:port/path."
        page.form.is_dirty = False

    shown.run(scene())


@pytest.mark.parametrize("module", ["hdbits", "torznab", "unit3d", "rss", "prowlarr_search"])
def test_a_form_fits_whole_into_the_narrowest_window(shown: RunningDesktop, module: str) -> None:
    async def scene() -> None:
        shown.workspace.window.resize(800, 560)
        shown.workspace.window.open_page("settings")
        shown.workspace.settings.open_section(PluginKind.INDEXER)
        page = await begun(shown, module)
        page.form.unfold()
        await until(lambda: page.form.editor("required_flags").isVisible(), "it is unfolded")
        for name in ("required_flags", "seed_ratio", "priority"):
            await until(partial(fits, page.form.editor(name), page.form), f"{name} has its room")
        page.form.is_dirty = False

    shown.run(scene())


def fits(editor: QWidget, form: QWidget) -> bool:
    """Is nothing of it cut off at the side?"""
    inside = [editor, *(one for one in editor.findChildren(QWidget) if one.isVisible())]
    return all(one.width() >= one.minimumSizeHint().width() and right_of(one) <= right_of(form) for one in inside)


def right_of(widget: QWidget) -> int:
    """Where it ends."""
    return widget.mapToGlobal(widget.rect().topRight()).x()


def test_a_pause_is_shown_with_its_reason_and_ends_when_the_indexer_answers(
    shown: RunningDesktop, program: Program
) -> None:
    async def scene() -> None:
        page = await opened(shown)
        card = page.form.indexer
        assert not card.pause.isVisible()
        program.world.world.hdbits.fail(Fault.RATE_LIMIT, 1)
        movie = await shown.workspace.desk.bridge.call(
            program.running.engine.movies.add(NewMovie(program.world.world.movie.tmdb_id))
        )
        with pytest.raises(Problem, match="slow down"):
            await shown.workspace.desk.bridge.call(program.running.engine.search.releases(movie.id))
        await until(card.pause.isVisible, "it is left alone")
        assert card.pause.accessibleName().startswith("HDBits is left alone until ")
        await until(lambda: "1 failed" in card.words, "the failure is counted")
        assert page.services.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("HDBits, Waits ")
        QTest.mouseClick(card.try_now, LEFT)
        await until(lambda: not card.pause.isVisible(), "it answers again")

    shown.run(scene())


def test_who_stays_finds_both_lists_where_they_were(shown: RunningDesktop) -> None:
    async def scene() -> None:
        page = await opened(shown)
        page.form.editor("name").set_value("Other")
        page.open_section("profiles")
        shown.child(ConfirmSheet).keep.click()
        assert page.sections.currentIndex().row() == 0
        assert page.form.isVisible()
        page.open_section("profiles")
        shown.child(ConfirmSheet).go.click()
        await until(page.shelves["profiles"].isVisible, "the other section")
        assert page.sections.currentIndex().data() == "Quality profiles"

    shown.run(scene())


@pytest.mark.usefixtures("qapp")
def test_words_of_an_indexer() -> None:
    used = replace(LIMITS, last_hour=100, left=0, free_at=NOW + timedelta(minutes=5))
    tally = Tally(answers=211, failures=3, found=2532, median=0.5, last_failure=NOW, last_problem="It was slow.")
    gap = Place((), NOW, NOW, "Releases may have been missed.", NOW)
    busy = replace(STATE, limits=used, tally=tally, feed=gap)
    requests, answers, speed, feed = indexer_words.figures(busy, follows_feed=True)
    assert (requests.value, requests.tone, requests.part) == ("100 of 100", "wait", 1.0)
    assert requests.note.startswith("asked again at ")
    assert (answers.value, answers.note) == ("211", "3 failed")
    assert (speed.value, speed.note) == ("0.5\u00a0s", "2,532 releases in all")
    assert (feed.note, feed.tone) == ("with a gap", "miss")
    missed, failed = indexer_words.remarks(busy)
    assert missed == "Releases may have been missed."
    assert failed.startswith("Last failure, Today")
    assert indexer_words.short(replace(STATE, limits=LIMITS, tally=tally)) == "0.5\u00a0s · 69 of 100 left"


@pytest.mark.usefixtures("qapp")
def test_words_of_an_indexer_that_was_never_asked() -> None:
    requests, answers, speed, feed = indexer_words.figures(STATE, follows_feed=False)
    assert (answers.value, answers.note) == ("0", "not asked yet")
    assert (speed.value, feed.value, requests.value) == ("–", "Not followed", "0")
    assert indexer_words.remarks(STATE) == []
    assert indexer_words.pause(STATE) == ("", "")
    assert indexer_words.short(STATE) == "Works"
    told = indexer_words.pause(replace(STATE, state="broken", problem="Anchor refused the passkey."))
    assert told == ("Anchor is not asked until you have changed something", "Anchor refused the passkey.")
