"""The tray's menu, shapes and patience."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from radarr_desktop.ui.mark import tray_icon
from radarr_desktop.ui.theme import Theme
from radarr_desktop.ui.tray import Tray, TrayImport, TrayView

VIEW = TrayView(
    state="attention",
    first_line="Downloading 2 movies, 41 min left",
    second_line="18.4 MB/s, next check in 4 min",
    stuck=2,
    imports=(TrayImport(7, "Fast & Quiet · Bluray-1080p"),),
)


@pytest.fixture
def tray(qtbot: QtBot, look: Theme) -> Tray:
    """Return a tray on a desktop that has one."""
    return Tray(lambda: look, is_available=lambda: True)


def entries(tray: Tray) -> dict[str, QAction]:
    """The menu as it opens now, by text."""
    tray.menu.aboutToShow.emit()
    return {entry.text(): entry for entry in tray.menu.actions() if not entry.isSeparator()}


def test_the_menu_is_made_anew_when_it_opens(tray: Tray) -> None:
    assert "2 downloads need you" not in entries(tray)
    tray.show_view(VIEW)
    found = entries(tray)
    assert list(found)[:4] == [VIEW.first_line, VIEW.second_line, "Open radarr-desktop", "2 downloads need you"]
    assert [found[VIEW.first_line].isEnabled(), found["Last imports"].isEnabled()] == [False, False]
    assert list(found)[-2:] == ["Settings…", "Quit"]


@pytest.mark.parametrize(
    ("text", "signal", "args"),
    [
        ("Open radarr-desktop", "open_window", []),
        ("2 downloads need you", "open_stuck", []),
        ("Search missing now", "search_missing", []),
        ("Pause all", "pause_all", [True]),
        ("Open .torrent…", "open_torrent", []),
        ("Paste magnet link", "paste_link", []),
        ("Fast && Quiet · Bluray-1080p", "open_movie", [7]),
        ("Settings…", "open_settings", []),
        ("Quit", "quit_requested", []),
    ],
)
def test_every_entry_tells_what_is_wanted(qtbot: QtBot, tray: Tray, text: str, signal: str, args: list[object]) -> None:
    tray.show_view(VIEW)
    with qtbot.waitSignal(getattr(tray, signal), timeout=30_000) as told:
        entries(tray)[text].trigger()
    assert told.args == args


def test_one_download_is_told_as_one(tray: Tray) -> None:
    tray.show_view(TrayView(stuck=1))
    assert "1 download needs you" in entries(tray)


def test_a_panel_of_unknown_brightness_gets_a_mark_with_a_rim(look: Theme) -> None:
    plain = tray_icon("idle", 0.0, "dark").pixmap(32, 32).toImage()
    rimmed = tray_icon("idle", 0.0, None).pixmap(32, 32).toImage()
    spots = [rimmed.pixelColor(x, 16) for x in range(16)]
    assert min(color.lightness() for color in spots if color.alpha() > 120) < 60
    assert max(color.lightness() for color in spots) > 200
    assert rimmed != plain


def test_a_paused_program_offers_to_resume(qtbot: QtBot, tray: Tray) -> None:
    tray.show_view(TrayView(state="paused", paused=True))
    with qtbot.waitSignal(tray.pause_all, timeout=30_000) as told:
        entries(tray)["Resume all"].trigger()
    assert told.args == [False]


@pytest.mark.parametrize(("slow", "words"), [(False, "Slow down"), (True, "Full speed")])
def test_clients_that_can_be_slowed_down_are(qtbot: QtBot, tray: Tray, words: str, *, slow: bool) -> None:
    assert words not in entries(tray)
    tray.show_view(TrayView(slow=slow))
    with qtbot.waitSignal(tray.slow_down, timeout=30_000) as told:
        entries(tray)[words].trigger()
    assert told.args == [not slow]


def test_a_click_toggles_the_window(qtbot: QtBot, tray: Tray) -> None:
    with qtbot.waitSignal(tray.toggle_window, timeout=30_000):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)


def test_the_tool_tip_says_the_state_in_words(tray: Tray) -> None:
    tray.show_view(VIEW)
    assert tray.icon.toolTip() == f"radarr-desktop\n{VIEW.first_line}\n{VIEW.second_line}"
    assert not tray.icon.icon().isNull()


def test_a_tray_that_comes_late_is_noticed(qtbot: QtBot, look: Theme) -> None:
    answers = iter([False, False])
    tray = Tray(lambda: look, is_available=lambda: next(answers, True))
    assert not tray.is_available()
    with qtbot.waitSignal(tray.available_changed, timeout=30_000) as told:
        tray.start()
    assert told.args == [True]
    tray.stop()
