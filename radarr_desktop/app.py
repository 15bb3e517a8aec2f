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
from typing import Any, TypeVar

import structlog

from radarr_desktop.api.port import Port
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine import provisioning
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.lock import DataLock
from radarr_desktop.engine.monitoring import logs
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import Store, write_private

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

    async def start(self) -> None:
        """Database, settings, port, plugins: what fails says why and leaves nothing running."""
        sys.setswitchinterval(SWITCH_INTERVAL)
        try:
            async with AsyncExitStack() as undo:
                await self._bring_up(undo)
                self._undo = undo.pop_all()
        except OSError as fault:
            what, why = "radarr-desktop cannot start.", f"{fault.filename or 'The system'}: {fault.strerror or fault}."
            raise Problem(Kind.STORAGE, what, why, "Check owner, permissions and free space.") from fault
        # what is loaded now stays: a full collection that walks all of it would hold the loop for 50 ms
        gc.collect()
        gc.freeze()
        self._undo.callback(gc.unfreeze)
        log.info("app.started", address=self.port.address)

    async def stop(self) -> None:
        """The same in reverse; nothing if it did not start."""
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
        declared = self._declared()
        undo.push_async_callback(self.engine.stop)
        await self.engine.open()
        if declared is not None:
            await provisioning.apply_settings(self.engine, *declared)
        undo.push_async_callback(self.port.stop)
        await self.port.start()
        undo.callback(self.options.paths.port_file.unlink, missing_ok=True)
        self._write_port_file()
        await self.engine.start()
        if declared is not None:
            await provisioning.apply_plugins(self.engine, *declared)

    def _declared(self) -> tuple[provisioning.Document, provisioning.Source] | None:
        """The provisioning file, refused as a whole before any of it is applied."""
        path = self.options.config
        if path is None and self.options.paths.provisioning.exists():
            path = self.options.paths.provisioning
        if path is None:
            return None
        document, source = provisioning.read_document(path)
        if mistakes := provisioning.mistakes(document, source, self.options.paths):
            raise provisioning.ConfigError(path, mistakes)
        return document, source

    def _write_port_file(self) -> None:
        """For the command line: where to ask, and a key that is worth nothing after this run."""
        content = {"url": self.port.address, "pid": os.getpid(), "api_key": self._token}
        write_private(self.options.paths.port_file, json.dumps(content).encode())


def run_headless(options: Options) -> int:
    """Run until the process is asked to end; the exit code."""

    async def main() -> None:
        end = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, end.set)
        app = App(options)
        await app.start()
        print(f"radarr-desktop runs at {app.port.address}", flush=True)  # noqa: T201  said to whoever started it
        await end.wait()
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

    def stop(self, patience: float = 5.0) -> None:
        """End the app, then the thread."""
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


def run_desktop(options: Options, arguments: Sequence[str]) -> int:
    """Run with tray and window until the user quits; the exit code."""
    from radarr_desktop.ui.guard import require_working_qt

    require_working_qt()
    import qasync
    from PySide6.QtWidgets import QApplication

    from radarr_desktop.ui.desktop import Desktop
    from radarr_desktop.ui.instance import SingleInstance

    options.paths.make()
    qt = QApplication([sys.argv[0]])
    instance = SingleInstance(options.paths.data)
    if not instance.acquire(arguments):
        return 0
    thread = EngineThread(options)
    loop = qasync.QEventLoop(qt)
    asyncio.set_event_loop(loop)
    desktop = Desktop(qt, thread.app.engine, thread.loop, options.paths)
    instance.arguments.connect(desktop.open_arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, desktop.quit)

    async def main() -> int:
        desktop.show_starting()
        try:
            await asyncio.wrap_future(thread.call(thread.app.start()))
        except Problem as problem:
            await desktop.show_problem(problem)
            return 2
        desktop.started(thread.app.port.address)
        desktop.open_arguments(list(arguments))
        await desktop.until_quit()
        return 0

    try:
        with loop:
            return int(loop.run_until_complete(main()))
    finally:
        desktop.close()
        thread.stop()
        instance.release()
