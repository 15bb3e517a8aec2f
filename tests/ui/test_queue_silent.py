"""The queue while its client is away: told as it was last seen, and back by one press. With the real qBittorrent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.ui.models.queue import state_sentence
from radarr_desktop.ui.pages.start_button import StartButton
from radarr_desktop.ui.parts import Label
from radarr_desktop.ui.theme import Theme
from tests.fakes.installed import installed
from tests.integration.stage import Stage, staged
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton
MAGNET = f"magnet:?xt=urn:btih:{7:040x}&dn=The.Salt.Meridian.2025.2160p.WEB-DL.H.265-KITE"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Return a program that downloads with qBittorrent, and has one download."""
    with staged(tmp_path, "qbittorrent") as made:
        movie = made.add(search=False)
        made.running.do(made.running.engine.search.drop(MAGNET, movie_id=movie.id))
        yield made


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, stage: Stage) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, stage.running, look) as shown:
        yield shown


@pytest.mark.expected_errors("qBittorrent")
def test_a_client_that_is_away_is_told_with_what_was_last_seen(shown: RunningDesktop, stage: Stage) -> None:
    program = stage.qbittorrent
    assert program is not None

    async def leave_and_return() -> tuple[str, str]:
        workspace = shown.workspace
        page, queue = workspace.queue, workspace.library.queue
        workspace.window.open_page("queue")
        await until(lambda: any(item.seen for item in queue.items.values()), "the client tells of it")
        program.kill()
        await until(page.silent.isVisible, "the banner")
        (item,) = queue.items.values()
        sentence = state_sentence(item, silent=page.model.is_silent(item))
        header = await until(lambda: _label(workspace.window, "Last seen"), "the header says since when")
        shown.picture("queue-error")
        assert not shown.nameless()
        program.start()
        QTest.mouseClick(page.silent.try_now, LEFT)
        await until(lambda: not page.silent.isVisible(), "it is back")
        return sentence, header

    sentence, header = shown.run(leave_and_return())
    assert sentence.startswith("Last seen ")
    assert sentence.endswith(", state unknown")
    assert header in sentence


@pytest.mark.expected_errors("qBittorrent")
def test_a_client_that_does_not_run_is_started_from_queue_and_health(
    shown: RunningDesktop, stage: Stage, tmp_path: Path, look: Theme
) -> None:
    program = stage.qbittorrent
    assert program is not None

    async def start_it() -> None:
        workspace = shown.workspace
        page, queue = workspace.queue, workspace.library.queue
        workspace.window.open_page("queue")
        await until(lambda: any(item.seen for item in queue.items.values()), "the client tells of it")
        program.kill()
        await until(page.silent.start_it.isVisible, "it is offered")
        assert page.silent.start_it.text() == "Start qBittorrent"
        shown.picture("queue-start-client")
        workspace.window.open_page("health")
        look.set_mode("light")
        workspace.window.resize(1000, 700)
        buttons = await until(
            lambda: [
                one
                for one in workspace.window.findChildren(StartButton)
                if one.isVisible() and one is not page.silent.start_it
            ],
            "health offers it too",
        )
        shown.picture("health-start-client")
        QTest.mouseClick(buttons[0], LEFT)
        await until(lambda: not workspace.services.startable, "it runs")
        workspace.window.open_page("queue")
        await until(lambda: not page.silent.isVisible(), "it is back")

    with installed(tmp_path / "bin", program):
        shown.run(start_it())


def _label(window: QWidget, words: str) -> str:
    labels = [one.text() for one in window.findChildren(Label) if one.isVisible() and one.text().startswith(words)]
    return labels[0] if labels else ""
