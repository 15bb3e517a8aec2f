"""Unpack an archive of a download into a folder of its own: all of it, or nothing is left behind."""

from __future__ import annotations

import asyncio
import multiprocessing
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.imports.roles import shown
from radarr_desktop.engine.imports.unpacker import Bounds, Left, Task, serve
from radarr_desktop.engine.imports.volumes import ArchiveSet

SILENCE = 120.0
"""Seconds without a byte after which it is given up; a disk that must start up takes some."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came out of an archive."""

    folder: Path
    size: int
    left: tuple[Left, ...]
    """What was not unpacked."""


async def unpack(
    root: Path,
    archive: ArchiveSet,
    folder: Path,
    *,
    allowed: bool,
    bounds: Bounds | None = None,
    progress: Callable[[int], None] = lambda done: None,
    silence: float = SILENCE,
) -> Unpacked:
    """Unpack into a new folder, whose parent must be there. ``progress`` gets bytes, in the loop, ten times a second.

    Raises ``Problem``; then, and when cancelled, the folder is gone again.
    """
    name = shown(Path(archive.first).name)
    if not allowed:
        what, why = f"{name} is an archive.", "Unpacking is switched off."
        raise Problem(Kind.REFUSED, what, why, "Allow it in the settings.", cause=Reason.PACKED)
    if archive.missing:
        names = ", ".join(shown(Path(one).name) for one in archive.missing[:3])
        why, todo = f"{names} is missing.", "Let the download client check it again."
        raise Problem(Kind.STORAGE, f"{name} cannot be unpacked.", why, todo)
    task = Task(str(root), archive, str(folder), bounds or Bounds())
    stop, loop = threading.Event(), asyncio.get_running_loop()

    def tell(done: int) -> None:
        loop.call_soon_threadsafe(progress, done)

    work = asyncio.ensure_future(asyncio.to_thread(_whole, task, tell, stop, silence))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([work])
        work.exception()  # looked at, or asyncio would complain
        raise


def _whole(task: Task, tell: Callable[[int], None], stop: threading.Event, silence: float) -> Unpacked:
    """All or nothing."""
    folder = Path(task.folder)
    try:
        folder.mkdir(mode=0o700)
    except OSError as fault:
        what, why = f"{folder} cannot be made.", f"The system says: {fault.strerror}."
        raise Problem(Kind.STORAGE, what, why, "Check it, then try again.") from fault
    try:
        left = _in_process(task, tell, stop, silence)
        size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Unpacked(folder, size, left)


def _in_process(task: Task, tell: Callable[[int], None], stop: threading.Event, silence: float) -> tuple[Left, ...]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(theirs, task), name="unpacker", daemon=True)
    process.start()
    theirs.close()
    try:
        return _heard(ours, task, tell, stop, silence)
    finally:
        process.kill()
        process.join()
        ours.close()


def _heard(
    pipe: Connection, task: Task, tell: Callable[[int], None], stop: threading.Event, silence: float
) -> tuple[Left, ...]:
    name, waited = shown(Path(task.archive.first).name), 0.0
    while not stop.is_set():
        if not pipe.poll(0.1):
            waited += 0.1
            if waited < silence:
                continue
            what, why = f"{name} was not unpacked.", f"Nothing came out of it for {silence:.0f} s."
            raise Problem(Kind.STORAGE, what, why, "Check the disk, then try again.")
        waited = 0.0
        try:
            word, value = pipe.recv()
        except EOFError as fault:
            what, why = (
                f"{name} was not unpacked.",
                "It ended the process that read it: it is damaged or made to do harm.",
            )
            raise Problem(Kind.REFUSED, what, why, "Remove it and take another release.") from fault
        if word == "far":
            tell(value)
        elif word == "problem":
            kind, *sentences = value
            raise Problem(Kind(kind), *sentences)
        else:
            done: Any = value
            return tuple(done)
    raise Problem(Kind.STORAGE, f"Unpacking {name} was interrupted.", "It begins again.")
