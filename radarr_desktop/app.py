"""The one place that joins database, engine, port and window."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import secrets
import signal
import sys
import threading
from collections.abc import Coroutine, Sequence
from concurrent.futures import Future
from contextlib import AsyncExitStack
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from radarr_desktop.api.port import Port
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.lock import DataLock
from radarr_desktop.engine.monitoring import logs
from radarr_desktop.engine.paths import NAME, Paths
from radarr_desktop.engine.secrets import Store, write_private

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from radarr_desktop.engine.provisioning import Document, Source
    from radarr_desktop.ui.instance import SingleInstance

T = TypeVar("T")

SWITCH_INTERVAL = 0.001
"""Seconds; with Python's own 5 ms a thread that computes makes loop and window stutter."""

log = structlog.get_logger(__name__)


def program_version() -> str:
    """The installed version."""
    try:
        return version("radarr-desktop")
    except PackageNotFoundError:
        return "0.0.0"


@dataclass(frozen=True, slots=True)
class Options:
    """How the program was started."""

    paths: Paths
    config: Path | None = None
    """The provisioning file; None reads the one in the configuration folder, if there is one."""
    secret_store: Store | None = None
    """Where secrets are kept; None chooses the keyring or the encrypted file."""


class App:
    """The program without a window. Belongs to one asyncio loop."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.engine = Engine(options.paths, program_version(), secret_store=options.secret_store)
        self._token = secrets.token_urlsafe(32)
        self.engine.secrets.hide([self._token])
        self.port = Port(self.engine, token=self._token)
        self._undo = AsyncExitStack()
        self._starting: asyncio.Task[Any] | None = None

    async def start(self) -> None:
        """Database, settings, port, plugins: what fails says why and leaves nothing running."""
        sys.setswitchinterval(SWITCH_INTERVAL)
        self._starting = asyncio.current_task()
        try:
            async with AsyncExitStack() as undo:
                await self._bring_up(undo)
                self._undo = undo.pop_all()
        except OSError as fault:
            raise _storage_problem(fault) from fault
        # beside a window collecting is the window's, and its objects must not be destroyed in this thread
        if gc.isenabled():
            # what is loaded now stays: a full collection that walks all of it would hold the loop for 50 ms
            gc.collect()
            gc.freeze()
            self._undo.callback(gc.unfreeze)
        log.info("app.started", address=self.port.address)

    async def stop(self) -> None:
        """The same in reverse; a start that still waits is given up, nothing happens if there was none."""
        if self._starting is not None and not self._starting.done() and self._starting is not asyncio.current_task():
            self._starting.cancel()
            await asyncio.wait({self._starting})
        await self._undo.aclose()

    async def _bring_up(self, undo: AsyncExitStack) -> None:
        paths = self.options.paths
        paths.make()
        lock = DataLock(paths.data)
        lock.acquire()
        undo.callback(lock.release)
        logs.set_up(paths.log, self.engine.secrets.known_values)
        undo.callback(logs.close)
        try:
            await self._start_parts(undo)
        except Problem as problem:
            log.warning("app.not_started", problem=str(problem))
            raise

    async def _start_parts(self, undo: AsyncExitStack) -> None:
        undo.push_async_callback(self.engine.stop)
        await self.engine.open()
        declared = await self._declared()
        if declared is not None:
            from radarr_desktop.engine.provisioning import apply_settings  # here: 0.8 MB that most never need

            await apply_settings(self.engine, *declared)
        undo.push_async_callback(self.port.stop)
        await self.port.start()
        undo.callback(self.options.paths.port_file.unlink, missing_ok=True)
        self._write_port_file()
        await self.engine.start()
        if declared is not None:
            from radarr_desktop.engine.provisioning import apply_plugins

            await apply_plugins(self.engine, *declared)

    async def _declared(self) -> tuple[Document, Source] | None:
        """The provisioning file, refused as a whole before any of it is applied."""
        path = self.options.config
        if path is None and self.options.paths.provisioning.exists():
            path = self.options.paths.provisioning
        if path is None:
            return None
        from radarr_desktop.engine import provisioning

        reading = provisioning.read_document(path)
        known = [folder.path for folder in await self.engine.folders.all()]
        known += [mapping.local for mapping in await self.engine.remote_paths.all()]
        known += [folder.path for folder in await self.engine.watch_folders.all()]
        if mistakes := provisioning.mistakes(reading, self.options.paths, known):
            raise provisioning.ConfigError(path, mistakes)
        return reading.document, reading.source

    def _write_port_file(self) -> None:
        """For the command line: where to ask, and a key that is worth nothing after this run."""
        content = {"url": self.port.address, "pid": os.getpid(), "api_key": self._token}
        write_private(self.options.paths.port_file, json.dumps(content).encode())


def _storage_problem(fault: OSError) -> Problem:
    what, why = "radarr-desktop cannot start.", f"{fault.filename or 'The system'}: {fault.strerror or fault}."
    return Problem(Kind.STORAGE, what, why, "Check owner, permissions and free space.")


def run_headless(options: Options) -> int:
    """Run until the process is asked to end; the exit code."""

    async def main() -> None:
        end = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, end.set)
        app = App(options)
        starting, ending = asyncio.create_task(app.start()), asyncio.create_task(end.wait())
        await asyncio.wait({starting, ending}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            await starting
            print(f"radarr-desktop runs at {app.port.address}", flush=True)  # noqa: T201  said to whoever started it
        await ending
        await app.stop()

    try:
        asyncio.run(main())
    except Problem as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        return 2
    return 0


class EngineThread:
    """The engine on a thread and loop of its own, beside the window's."""

    def __init__(self, options: Options) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._thread.start()
        self.app: App = self.call(_made(options)).result()

    def call(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run something on the engine's loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def stop(self, patience: float = 30.0) -> None:
        """End the app, then the thread; a busy disk may take its time to write what is still to be written."""
        try:
            self.call(self.app.stop()).result(patience)
        finally:
            self.loop.call_soon_threadsafe(self.loop.stop)
            self._thread.join(patience)
            self.loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()


async def _made(options: Options) -> App:
    return App(options)


def run_desktop(options: Options, arguments: Sequence[str], *, minimized: bool = False) -> int:
    """Run with tray and window until the user quits; the exit code."""
    from radarr_desktop.ui.guard import require_working_qt
    from radarr_desktop.ui.heap import share_arenas

    require_working_qt()
    share_arenas()
    from PySide6.QtWidgets import QApplication

    from radarr_desktop.ui.instance import NoAnswerError, SingleInstance
    from radarr_desktop.ui.refusal import refuse

    qt = QApplication([NAME])
    instance = SingleInstance(options.paths.data)
    try:
        options.paths.make()
        if not instance.acquire(arguments):
            return 0
    except OSError as fault:
        return refuse(str(_storage_problem(fault)))
    except NoAnswerError as fault:
        return refuse(str(fault))
    try:
        return _run_window(qt, instance, options, arguments, minimized=minimized)
    finally:
        instance.release()


def _run_window(
    qt: QApplication, instance: SingleInstance, options: Options, arguments: Sequence[str], *, minimized: bool
) -> int:
    import qasync

    from radarr_desktop.ui.collector import Collector
    from radarr_desktop.ui.desktop import Desktop

    collector = Collector()
    collector.start()
    thread = EngineThread(options)
    loop = qasync.QEventLoop(qt)
    asyncio.set_event_loop(loop)
    desktop = Desktop(qt, thread.app.engine, thread.loop, options.paths)
    desktop.window_built.connect(collector.settle_soon)
    instance.arguments.connect(desktop.open_arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, desktop.quit)

    async def main() -> int:
        desktop.show_starting(minimized=minimized)
        quitting = asyncio.ensure_future(desktop.until_quit())
        starting = asyncio.wrap_future(thread.call(thread.app.start()))
        await asyncio.wait({starting, quitting}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            try:
                await starting
            except Problem as problem:
                desktop.show_problem(problem)
                await quitting
                return 2
            collector.settle()
            desktop.started()
            if arguments or not minimized:
                desktop.open_arguments(list(arguments))
        await quitting
        return 0

    try:
        with loop:
            return int(loop.run_until_complete(main()))
    finally:
        desktop.close()
        thread.stop()
        collector.stop()
