"""What the tests of the window share: one application in one theme, at one text size."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.ui.theme import Theme

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the platform without a screen say what it cannot do: raise a window, grab the keyboard, have a tray."""
    sayings = ("This plugin does not support", "No such signal QPlatformNativeInterface::systemTrayWindowChanged")
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.qt_log_ignore(*sayings, extend=True))


@pytest.fixture(autouse=True)
def collect_in_this_thread() -> Iterator[None]:
    """Keep Python's collector out of engine threads: it would destroy Qt objects there."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Theme:
    """Return the dark theme, applied; nothing moves, and the text size is not the machine's."""
    made = Theme(tmp_path / "cache", "dark", reduced_motion="on", text_scale=1.0)
    made.apply(qapp)
    return made


@pytest.fixture
def page(qtbot: QtBot, look: Theme) -> QWidget:
    """Return a shown, active window of 800 by 600 with an empty column."""
    made = QWidget()
    made.setProperty("surface", "window")
    QVBoxLayout(made)
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=30_000)
    return made
