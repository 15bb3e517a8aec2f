"""What is in a media file, found out in a process of its own with bounds of time and memory."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from radarr_desktop.domain.media import Finding, MediaFacts

if TYPE_CHECKING:
    from radarr_desktop.engine.imports import prober

TIME = 15.0
"""Seconds for one file; a sound one takes milliseconds, a sleeping disk some seconds."""
MEMORY = 512 << 20
START = 30.0

_TOLD = {
    Finding.GONE: "{name} is not there any more.",
    Finding.UNREADABLE: "{name} cannot be read. Check owner and permissions, and the disk.",
    Finding.NOT_REGULAR: "{name} is a link, a folder or a device and no file of its own.",
    Finding.EMPTY: "{name} has no bytes.",
    Finding.NOT_MEDIA: "{name} is no media file, whatever its name says.",
    Finding.NO_VIDEO: "{name} has no picture.",
    Finding.NO_DURATION: "{name} does not say how long it is, so it is probably not whole.",
    Finding.TRUNCATED: "{name} breaks off: its end is missing. Let the download client check it again.",
    Finding.IMPLAUSIBLE: "{name} claims measures that no movie has.",
    Finding.TOO_MUCH_READING: "{name} leads its reader on without an end. It is damaged or made to do harm.",
    Finding.TOO_SLOW: "{name} could not be read in {time:.0f} s. The disk is very slow, or the file is damaged.",
    Finding.TOO_MUCH_MEMORY: "{name} wants more memory than a movie needs. It is damaged or made to do harm.",
    Finding.CRASHED: "{name} ended the process that read it. It is damaged or made to do harm.",
    Finding.NO_READER: "Nothing can be told of {name}, as MediaInfo is missing. Install the package pymediainfo.",
}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Probe:
    """What a look into one file brought: facts, a finding, or both (half a movie has facts)."""

    path: Path
    facts: MediaFacts | None
    finding: Finding | None = None
    sentence: str = ""
    """The finding as people are told it."""

    @property
    def is_sound(self) -> bool:
        """Is it whole media with a picture, as far as its bytes tell?"""
        return self.finding is None


class Prober:
    """One process, made at the first question and again after a file has ended it. Questions are asked one by one."""

    def __init__(self, *, time: float = TIME, memory: int = MEMORY) -> None:
        self._time = time
        self._memory = memory
        self._one = asyncio.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._stop = threading.Event()

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process else None

    async def probe(self, path: Path) -> Probe:
        """Look into a file. Never raises for what the file does."""
        async with self._one:
            work = asyncio.ensure_future(asyncio.to_thread(self._ask, str(path)))
            try:
                facts, finding = await asyncio.shield(work)
            except asyncio.CancelledError:
                self._stop.set()
                await asyncio.wait([work])
                work.exception()  # looked at, or asyncio would complain
                raise
            finally:
                self._stop.clear()
        sentence = _TOLD[finding].format(name=path.name, time=self._time) if finding else ""
        if finding:
            log.info("probe.finding", path=str(path), finding=finding.value)
        return Probe(path, facts, finding, sentence)

    async def close(self) -> None:
        """End the process."""
        async with self._one:
            await asyncio.to_thread(self._end)

    def _ask(self, path: str) -> prober.Answer:
        pipe = self._ready()
        if pipe is None:
            return None, Finding.NO_READER
        try:
            pipe.send(path)
            if not self._answered(pipe, self._time):
                self._end()
                return None, Finding.TOO_SLOW
            answer: prober.Answer = pipe.recv()
        except (EOFError, OSError):
            return None, self._death()
        if answer[1] in (Finding.TOO_MUCH_MEMORY, Finding.TOO_MUCH_READING):
            self._end()  # what the library holds of an unfinished file it does not give back
        return answer

    def _ready(self) -> Connection | None:
        if self._process is not None and self._process.is_alive() and self._pipe is not None:
            return self._pipe
        self._end()
        from radarr_desktop.engine.imports import prober  # here: over there it is needed, and here first now

        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=prober.serve, args=(theirs, self._memory), name="prober", daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        try:
            if self._answered(ours, START) and ours.recv():
                return ours
        except (EOFError, OSError):
            log.warning("probe.no_process")
        self._end()
        return None

    def _answered(self, pipe: Connection, limit: float) -> bool:
        """Is there an answer in time? Asked in short waits, so that a cancelled caller is free at once."""
        left = limit
        while left > 0 and not self._stop.is_set():
            if pipe.poll(min(left, 0.1)):
                return True
            left -= 0.1
        return False

    def _death(self) -> Finding:
        """What ended the process: memory that ran out makes C++ abort."""
        process = self._process
        if process is not None:
            process.join(1)
        code = process.exitcode if process is not None else None
        self._end()
        return Finding.TOO_MUCH_MEMORY if code == -signal.SIGABRT else Finding.CRASHED

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
        self._process = self._pipe = None
