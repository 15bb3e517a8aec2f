"""A whole program for tests: the App on a thread and loop of its own, on a temporary data folder."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

from radarr_desktop.app import App, EngineThread, Options
from radarr_desktop.domain.events import Event
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import EncryptedFile
from radarr_desktop.loopback.inbox import Inbox
from radarr_desktop.loopback.world import World

T = TypeVar("T")
E = TypeVar("E", bound=Event)

PATIENCE = 60.0
"""Seconds a test waits for something before it fails."""


class RunningEngine:
    """The program without a window; ``do`` runs its verbs from the test's thread."""

    def __init__(self, folder: Path, config: str) -> None:
        self.folder = folder
        self.paths = Paths.default(folder / "data")
        self.paths.make()
        self.downloads = folder / "downloads"
        self.library = folder / "library"
        for each in (self.downloads, self.library):
            each.mkdir(exist_ok=True)
        self.config = folder / "test.toml"
        self.config.write_text(config, encoding="utf-8")
        self.events: list[Event] = []
        self.thread: EngineThread | None = None

    @property
    def app(self) -> App:
        """The running program."""
        assert self.thread is not None
        return self.thread.app

    @property
    def engine(self) -> Engine:
        """Its engine."""
        return self.app.engine

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The engine's loop."""
        assert self.thread is not None
        return self.thread.loop

    @property
    def url(self) -> str:
        """Address of its port."""
        return self.app.port.address

    @property
    def api_key(self) -> str:
        """Key of its port."""
        return self.do(self.engine.settings.port()).api_key

    def start(self) -> None:
        """Start, or start again on the same data."""
        self.thread = EngineThread(Options(self.paths, self.config, EncryptedFile(self.paths)))
        self.engine.bus.subscribe(Event, self.events.append)
        self.do(self.app.start())

    def stop(self) -> None:
        """Stop; nothing if it does not run."""
        if self.thread is not None:
            self.thread.stop()
            self.thread = None

    def do(self, work: Coroutine[Any, Any, T], patience: float = PATIENCE) -> T:
        """Run an engine verb and wait for what it gives."""
        assert self.thread is not None
        return self.thread.call(work).result(patience)

    def wait_for(self, check: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
        """Ask again until the answer is true."""
        deadline = time.monotonic() + patience
        while not (answer := check()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what} did not happen within {patience:g} s; events: {self.events[-5:]}")
            time.sleep(0.02)
        return answer

    def wait_for_event(self, kind: type[E], patience: float = PATIENCE) -> E:
        """The first event of this type, since the start."""
        self.wait_for(lambda: any(isinstance(event, kind) for event in self.events), kind.__name__, patience)
        return next(event for event in self.events if isinstance(event, kind))


class WorldThread:
    """The loopback world (and an inbox for webhooks) on a thread and loop of its own."""

    def __init__(self, folder: Path) -> None:
        import threading

        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="world", daemon=True)
        self._thread.start()
        self._stack = AsyncExitStack()
        self.world, self.inbox = self.do(self._open(folder))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the world's loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    def close(self) -> None:
        """End it."""
        self.do(self._stack.aclose())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(PATIENCE)
        self.loop.close()

    async def _open(self, folder: Path) -> tuple[World, Inbox]:
        world = await self._stack.enter_async_context(World(folder))
        inbox = await self._stack.enter_async_context(Inbox())
        return world, inbox


EMPTY = "[port]\nport = 0\n"


def config_for(world: WorldThread, folder: Path, *, with_movie: bool = True) -> str:
    """The provisioning of the loopback world; without the movie nothing starts by itself."""
    text = world.world.provisioning(folder / "downloads", folder / "library")
    if with_movie:
        return text
    start = text.index("[[movie]]")
    return text[:start] + text[text.index("[media]") :]


@contextlib.contextmanager
def running_engine(folder: Path, config: str = EMPTY) -> Iterator[RunningEngine]:
    """Started, and stopped at the end."""
    running = RunningEngine(folder, config)
    running.start()
    try:
        yield running
    finally:
        running.stop()


@contextlib.contextmanager
def world_and_engine(folder: Path, *, with_movie: bool = True) -> Iterator[tuple[WorldThread, RunningEngine]]:
    """A loopback world and a program that lives in it."""
    (folder / "downloads").mkdir()
    (folder / "library").mkdir(exist_ok=True)
    world = WorldThread(folder)
    try:
        with running_engine(folder, config_for(world, folder, with_movie=with_movie)) as running:
            yield world, running
    finally:
        world.close()
