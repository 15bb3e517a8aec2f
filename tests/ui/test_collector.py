"""Cycles that hold Qt objects are collected in the window's thread, however busy others are."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.ui.collector import Collector


class Cycle:
    """Garbage that only a collector finds; it tells in which thread that was."""

    def __init__(self, found_in: list[int]) -> None:
        self.itself = self
        self._found_in = found_in

    def __del__(self) -> None:
        self._found_in.append(threading.get_ident())


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    """Return a collector at work."""
    made = Collector()
    made.start()
    yield made
    made.stop()


def make_garbage(found_in: list[int], stop: threading.Event) -> None:
    """Allocate like a busy engine, which would run Python's own collector again and again."""
    while not stop.wait(0.001):
        for _ in range(200):
            Cycle(found_in)


def test_only_the_window_s_thread_collects(qtbot: QtBot, collector: Collector) -> None:
    found_in: list[int] = []
    stop = threading.Event()
    engine = threading.Thread(target=make_garbage, args=(found_in, stop))
    engine.start()
    qtbot.waitUntil(lambda: len(found_in) > 2000, timeout=30_000)
    stop.set()
    engine.join()
    assert set(found_in) == {threading.get_ident()}


def test_python_collects_again_afterwards(qapp: QApplication) -> None:
    collector = Collector()
    collector.start()
    was_on = gc.isenabled()
    collector.stop()
    assert not was_on
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
