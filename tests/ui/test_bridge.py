"""Verbs cross down and facts cross up, between two loops in two threads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

import pytest
import qasync
from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.events import DownloadCompleted, DownloadProgressed, Event, MovieAdded
from radarr_desktop.plugin_api import Download, DownloadState
from radarr_desktop.ui.bridge import Bridge

T = TypeVar("T")


@pytest.fixture
def engine_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Return a loop that runs in a thread of its own, as the engine's does."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="engine")
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def bridge(qapp: QApplication, engine_loop: asyncio.AbstractEventLoop) -> Bridge:
    """Return a bridge in the window's thread."""
    return Bridge(engine_loop)


def run(qapp: QApplication, work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on the window's loop, as a slot of the window would."""
    with qasync.QEventLoop(qapp, already_running=False) as loop:
        result: T = loop.run_until_complete(asyncio.wait_for(work, 30))
    return result


def progress(grab: int, part: float) -> DownloadProgressed:
    """A step of a download."""
    download = Download(id=str(grab), hashes=frozenset(), name="x", state=DownloadState.DOWNLOADING, progress=part)
    return DownloadProgressed(grab_id=grab, movie_id=grab, download=download)


def test_a_verb_runs_in_the_engine_and_its_result_comes_back(qapp: QApplication, bridge: Bridge) -> None:
    async def verb() -> str:
        await asyncio.sleep(0)
        return threading.current_thread().name

    assert run(qapp, bridge.call(verb())) == "engine"


def test_an_error_of_a_verb_reaches_the_caller(qapp: QApplication, bridge: Bridge) -> None:
    async def verb() -> None:
        raise LookupError("no such movie")

    with pytest.raises(LookupError, match="no such movie"):
        run(qapp, bridge.call(verb()))


def test_a_caller_that_gives_up_cancels_the_verb(
    qapp: QApplication, bridge: Bridge, engine_loop: asyncio.AbstractEventLoop
) -> None:
    begun, cancelled = threading.Event(), threading.Event()

    async def verb() -> None:
        begun.set()
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async def give_up() -> None:
        task = asyncio.ensure_future(bridge.call(verb()))
        await asyncio.to_thread(begun.wait, 60)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(qapp, give_up())
    assert cancelled.wait(60)


def test_a_stopped_engine_is_told_and_leaves_no_coroutine_behind(qapp: QApplication) -> None:
    loop = asyncio.new_event_loop()
    loop.close()

    async def verb() -> None:
        return None

    with pytest.raises(RuntimeError, match="closed"):
        run(qapp, Bridge(loop).call(verb()))


def test_facts_come_up_in_order_and_in_the_window_s_thread(
    qtbot: QtBot, bridge: Bridge, engine_loop: asyncio.AbstractEventLoop
) -> None:
    seen: list[Event] = []
    threads: set[QThread] = set()

    def hear(event: Event) -> None:
        seen.append(event)
        threads.add(QThread.currentThread())

    bridge.happened.connect(hear)
    told = [MovieAdded(movie_id=number, title=str(number)) for number in range(200)]
    for event in told:
        engine_loop.call_soon_threadsafe(bridge.publish, event)
    qtbot.waitUntil(lambda: len(seen) == len(told), timeout=30_000)
    assert seen == told
    assert threads == {bridge.thread()}


def test_progress_is_thinned_out_but_the_last_step_always_arrives(
    qtbot: QtBot, bridge: Bridge, engine_loop: asyncio.AbstractEventLoop
) -> None:
    seen: list[DownloadProgressed] = []
    bridge.happened.connect(seen.append)

    def tell() -> None:
        for step in range(1000):
            for grab in (1, 2):
                bridge.publish(progress(grab, step / 999))

    engine_loop.call_soon_threadsafe(tell)
    qtbot.waitUntil(lambda: {e.grab_id for e in seen if e.download.progress == 1.0} == {1, 2}, timeout=30_000)
    assert len(seen) < 200


def test_no_progress_is_told_after_the_end(
    qtbot: QtBot, bridge: Bridge, engine_loop: asyncio.AbstractEventLoop
) -> None:
    seen: list[Event] = []
    bridge.happened.connect(seen.append)
    last, other = progress(1, 0.9), progress(2, 0.1)
    end = DownloadCompleted(grab_id=1, movie_id=1, release_title="x")

    def tell() -> None:
        for event in (progress(1, 0.5), last, end):
            bridge.publish(event)

    engine_loop.call_soon_threadsafe(tell)
    qtbot.waitUntil(lambda: end in seen, timeout=30_000)
    engine_loop.call_soon_threadsafe(bridge.publish, other)
    qtbot.waitUntil(lambda: other in seen, timeout=30_000)
    assert seen[-3:] == [last, end, other], "what else waited to be told would have come with the other one"


class Emitter(QObject):
    """Something with a signal."""

    told = Signal(int, str, object)


def test_signals_may_be_emitted_twenty_thousand_times(qapp: QApplication) -> None:
    emitter = Emitter()
    total = 0

    def hear(number: int, _text: str, _thing: object) -> None:
        nonlocal total
        total += number

    emitter.told.connect(hear)
    for _ in range(20_000):
        emitter.told.emit(1, "x", None)
    assert total == 20_000
