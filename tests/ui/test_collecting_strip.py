"""Collecting in the window: how far it is, a button to begin, to stop and to go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.hdbits import Fault, Listing
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.ui.models.listing import ROW
from radarr_desktop.ui.pages.statistics.collecting import CollectingLine, CollectingStrip
from radarr_desktop.ui.pages.statistics.page import StatisticsPage
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

SESSION = f"session={made_up('session')}"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[tuple[WorldThread, RunningEngine]]:
    with world_and_engine(tmp_path, with_movie=False) as both:
        hdbits = both[0].world.hdbits
        hdbits.session = SESSION
        for number in range(60):
            hdbits.add(Listing(f"Film.{number}.2020.1080p.BluRay-GRP", size=1024**3))
        yield both


@pytest.fixture
def shown(
    qapp: QApplication, qtbot: QtBot, look: Theme, program: tuple[WorldThread, RunningEngine]
) -> Iterator[RunningDesktop]:
    with running_desktop(qapp, program[1], look) as shown:
        yield shown


def test_it_is_begun_told_stopped_by_a_challenge_and_goes_on(
    shown: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    world, running = program
    (live,) = running.engine.plugins.indexers()

    def line(strip: CollectingStrip) -> CollectingLine:
        return strip.lines[live.id]

    async def collect() -> None:
        shown.workspace.window.open_page("statistics")
        page = shown.workspace.statistics.content
        assert isinstance(page, StatisticsPage)
        strip = page.collecting
        assert strip.isHidden(), "without a session nothing is offered"
        await shown.desktop.bridge.call(running.engine.analyzer.take_cookies(live.id, SESSION))
        await until(lambda: live.id in strip.lines, "it is offered")
        assert "can be collected" in line(strip).words.text()
        assert (line(strip).start.text(), line(strip).stop.isHidden()) == ("Collect", True)
        world.world.hdbits.fail(Fault.CHALLENGE, times=1)
        line(strip).start.click()
        await until(lambda: "wants to see a browser" in line(strip).words.text(), "it is told why it ended")
        assert line(strip).start.text() == "Go on"
        assert "5e55107" not in line(strip).words.text()
        line(strip).start.click()
        await until(lambda: "All pages were read." in line(strip).words.text(), "the end")
        assert line(strip).start.text() == "Collect"
        world.world.hdbits.fail(Fault.RATE_LIMIT, times=1)
        line(strip).start.click()
        await until(lambda: "15 minutes" in line(strip).words.text(), "it waits")
        assert not line(strip).stop.isHidden()
        line(strip).stop.click()
        await until(lambda: line(strip).start.text() == "Go on", "it was stopped")

    shown.run(collect())


def test_the_list_of_indexers_tells_what_is_left_of_the_hour(
    shown: RunningDesktop, program: tuple[WorldThread, RunningEngine]
) -> None:
    engine = program[1].engine

    def note() -> str:
        model = shown.workspace.settings.services.model()
        return str(model.index(0, 0).data(ROW).note) if model.rowCount() else ""

    async def ask() -> None:
        shown.workspace.window.open_page("settings")
        shown.workspace.settings.open_section(PluginKind.INDEXER)
        await until(lambda: note() == "Works", "an indexer without a limit")
        (one,) = await shown.desktop.bridge.call(engine.plugins.instances(PluginKind.INDEXER))
        draft = Draft(one.kind, one.implementation, one.name, {**one.settings, "hourly": 2}, id=one.id)
        await shown.desktop.bridge.call(engine.plugins.save(draft, force=True))
        await until(lambda: note() == "2 of 2 left", "what is left")
        for _ in range(2):
            await shown.desktop.bridge.call(engine.plugins.test_all(PluginKind.INDEXER))
        shown.workspace.services.refresh()
        await until(lambda: note().startswith("Waits "), "that the hour is spent")

    shown.run(ask())
