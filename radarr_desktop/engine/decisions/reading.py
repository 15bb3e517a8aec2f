"""Release names are read here, many of them in a process of their own."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import msgspec
import structlog

from radarr_desktop.domain.parsing import ParsedRelease, parse_release

INLINE = 50
"""Names read on the loop; more would hold it up."""
BATCH = 100
IDLE = 30.0
"""Seconds after which the process is let go: it costs memory."""

_unpack = msgspec.msgpack.Decoder(list[ParsedRelease])

log = structlog.get_logger(__name__)


class Reader:
    """Reads names without holding up the loop."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._release: asyncio.TimerHandle | None = None
        self._users = 0

    async def read(self, names: Sequence[str]) -> list[ParsedRelease]:
        """The facts of each name, in order."""
        if len(names) <= INLINE:
            return [parse_release(name) for name in names]
        self._users += 1
        try:
            return await self._read_aside(names)
        except BrokenProcessPool:
            log.warning("reader.process_died")
            self._drop()
            return await self._read_aside(names)
        finally:
            self._users -= 1
            self._release_later()

    async def stop(self) -> None:
        """Let the process go."""
        if self._release is not None:
            self._release.cancel()
        self._drop()

    async def _read_aside(self, names: Sequence[str]) -> list[ParsedRelease]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _step_back)
        loop = asyncio.get_running_loop()
        read: list[ParsedRelease] = []
        for start in range(0, len(names), BATCH):
            packed = await loop.run_in_executor(self._pool, _read_all, names[start : start + BATCH])
            read += _unpack.decode(packed)
        return read

    def _release_later(self) -> None:
        if self._release is not None:
            self._release.cancel()
        self._release = asyncio.get_running_loop().call_later(IDLE, self._release_now)

    def _release_now(self) -> None:
        if not self._users:
            self._drop()

    def _drop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _step_back() -> None:
    """Where all cores are busy, window and port go first."""
    if sys.platform != "win32":
        os.nice(10)


def _read_all(names: Sequence[str]) -> bytes:
    """As MessagePack: what pickle makes takes the loop six times as long to unpack."""
    return msgspec.msgpack.encode([parse_release(name) for name in names])
