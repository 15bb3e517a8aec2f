"""`make demo`: one movie's whole way, from wanted to a file in the library, in a world of its own on loopback."""

from __future__ import annotations

import argparse
import asyncio
import filecmp
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from radarr_desktop.app import App, Options, run_desktop
from radarr_desktop.domain import events
from radarr_desktop.domain.decision import Outcome
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.decisions.why import Why
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import EncryptedFile
from radarr_desktop.loopback.inbox import Inbox
from radarr_desktop.loopback.world import World

PATIENCE = 90.0
"""Seconds the whole way may take."""
_BAR = 24


class Stages:
    """Says what happens, as it happens."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()
        self._live = sys.stdout.isatty()
        self._last_step = -1
        self._imported = False

    def hear(self, event: events.Event) -> None:
        """One fact of the engine."""
        if isinstance(event, events.DownloadProgressed):
            self._progress(event)
        elif words := _words(event):
            self._say(*words)
        match event:
            case events.MovieImported():
                self._imported = True
            case events.NoticeSent():
                if self._imported and "library" in event.title:
                    self.ended.set()
            case events.GrabFailed() | events.ImportBlocked() | events.SearchFinished(grabbed=""):
                self.ended.set()

    def _progress(self, event: events.DownloadProgressed) -> None:
        download = event.download
        step = int(download.progress * _BAR)
        if step == self._last_step and not self._live:
            return
        self._last_step = step
        bar = "#" * step + "-" * (_BAR - step)
        line = f"[{bar}] {download.progress:4.0%}  {download.speed / 1024:.0f} KB/s from {download.peers} peers"
        if self._live:
            end = "\n" if download.progress >= 1 else "\r"
            print(f"  {'download':9} {line}   ", end=end, flush=True)  # noqa: T201
        else:
            self._say("download", line)

    @staticmethod
    def _say(stage: str, text: str) -> None:
        print(f"  {stage:9} {text}", flush=True)  # noqa: T201  the demo speaks on the terminal


def _words(event: events.Event) -> tuple[str, str] | None:  # noqa: PLR0911  one line for each event
    """Stage and line of an event worth a line."""
    match event:
        case events.MovieAdded():
            return "want", f"{event.title} is wanted"
        case events.IndexerAnswered():
            return "search", event.problem or f"{event.indexer} has {event.releases} releases"
        case events.ReleaseJudged(outcome=Outcome.ACCEPTED):
            return "decide", f"good enough  {event.release_title}"
        case events.ReleaseJudged():
            return "decide", f"{event.outcome.value}     {event.release_title}: {event.reason}"
        case events.ReleaseInspected():
            found = "a video, nothing harmful" if event.accepted else event.reason
            return "inspect", f"{event.release_title}: {found}"
        case events.ReleaseGrabbed():
            return "download", f"{event.release_title} goes to {event.client}"
        case events.MovieImported():
            return "import", f"{event.method} to {Path(event.path).name}"
        case events.NoticeSent():
            return "notify", f"{event.notifier} was told: {event.title}"
        case events.GrabFailed() | events.ImportBlocked():
            return "problem", str(event.problem)
        case events.SearchFinished(grabbed=""):
            return "problem", f"nothing was taken of {event.found} releases"
    return None


async def show(folder: Path) -> bool:
    """The whole way; whether it ended as it must."""
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(World(folder))
        inbox = await stack.enter_async_context(Inbox())
        app = App(_options(folder, world, inbox))
        stages = Stages()
        app.engine.bus.subscribe(events.Event, stages.hear)
        started = time.monotonic()
        await app.start()
        try:
            async with asyncio.timeout(PATIENCE):
                await stages.ended.wait()
            movie = await app.engine.movies.by_tmdb(world.movie.tmdb_id)
            why = await app.engine.decisions.why(movie.id) if movie else None
        except TimeoutError:
            print(f"It did not end within {PATIENCE:g} s. The log says how far it came.")  # noqa: T201
            return False
        finally:
            await app.stop()
        _report(folder, why, time.monotonic() - started)
        return _is_right(folder, world)


def _options(folder: Path, world: World, inbox: Inbox) -> Options:
    """A data folder of its own; secrets in a file, for a demonstration has no business in the user's keyring."""
    paths = Paths.default(folder / "data")
    paths.make()
    (folder / "downloads").mkdir()
    (folder / "library").mkdir()
    told = f'[[plugin]]\nmodule = "webhook"\nname = "A program that listens"\nsettings = {{ url = "{inbox.url}" }}\n'
    config = folder / "demo.toml"
    config.write_text(world.provisioning(folder / "downloads", folder / "library") + "\n" + told, encoding="utf-8")
    config.chmod(0o600)
    return Options(paths, config, EncryptedFile(paths))


def _report(folder: Path, why: Why | None, seconds: float) -> None:
    print(f"\nLibrary, after {seconds:.1f} s")  # noqa: T201
    for path in sorted((folder / "library").rglob("*")):
        depth = len(path.relative_to(folder / "library").parts)
        size = f"  {path.stat().st_size:,} bytes" if path.is_file() else "/"
        print(f"{'  ' * depth}{path.name}{size}")  # noqa: T201
    if why is not None:
        print(f"\nWhy?  {why.sentence} {why.detail}")  # noqa: T201
        for release in why.releases:
            verdict = release.verdict
            reason = " ".join(verdict.rejections) if verdict else ""
            word = verdict.outcome.value if verdict else "seen"
            print(f"  {word:9} {release.release.title}{': ' if reason else ''}{reason}")  # noqa: T201
    print()  # noqa: T201


def _is_right(folder: Path, world: World) -> bool:
    """The file in the library is bit for bit the seeded one, and one with the download."""
    imported = [path for path in (folder / "library").rglob("*") if path.is_file()]
    downloaded = next((folder / "downloads").rglob(world.seeded_file.name), None)
    if len(imported) != 1 or downloaded is None:
        print(f"One file should have come, there are {len(imported)}; download: {downloaded}.")  # noqa: T201
        return False
    same = filecmp.cmp(imported[0], world.seeded_file, shallow=False)
    linked = imported[0].samefile(downloaded)
    words = "bit-identical to the seeded one" if same else "NOT what was seeded"
    print(f"The file is {words} and {'hard-linked' if linked else 'NOT hard-linked'} to the download.")  # noqa: T201
    return same and linked


def show_window(folder: Path) -> int:
    """The same in the window: the world runs beside it until the window is closed."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="world", daemon=True)
    thread.start()

    async def open_world() -> tuple[AsyncExitStack, Options]:
        stack = AsyncExitStack()
        world = await stack.enter_async_context(World(folder))
        inbox = await stack.enter_async_context(Inbox())
        return stack, _options(folder, world, inbox)

    stack, options = asyncio.run_coroutine_threadsafe(open_world(), loop).result()
    try:
        return run_desktop(options, [])
    finally:
        asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the demo; 0 only when the file arrived as it must."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--window", action="store_true", help="show it in the window")
    parser.add_argument("--keep", action="store_true", help="keep the data folder")
    options = parser.parse_args(argv)
    folder = Path(tempfile.mkdtemp(prefix="radarr-desktop-demo-"))
    os.environ.pop("RADARR_DESKTOP_MASTER_KEY", None)
    try:
        if options.window:
            return show_window(folder)
        print("radarr-desktop demo: everything runs on this machine, nothing leaves it.\n")  # noqa: T201
        code = 0 if asyncio.run(show(folder)) else 1
        options.keep |= code != 0
        return code
    except Problem as problem:
        options.keep = True
        print(problem, file=sys.stderr)  # noqa: T201
        return 1
    finally:
        if options.keep:
            print(f"\nLog: {Paths.default(folder / 'data').log}\nKept: {folder}")  # noqa: T201
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
