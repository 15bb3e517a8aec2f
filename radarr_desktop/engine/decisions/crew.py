"""Processes for one big piece of work: made for it, and gone with it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from types import TracebackType

MOST = 4
NICE = 5
"""Window and port go first, but somebody waits for this."""


class Crew:
    """One process for each core; each is made ready once."""

    def __init__(self, begin: Callable[[bytes], None], packed: bytes) -> None:
        self.size = min(MOST, os.cpu_count() or 1)
        self._begin = begin
        self._packed = packed

    async def __aenter__(self) -> Crew:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self.size, context, _begin, (self._begin, self._packed))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._pool.shutdown, wait=True, cancel_futures=True)

    async def map(self, work: Callable[[bytes], bytes], portions: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The answers as they come, once; no more portions are read than the processes can take."""
        loop = asyncio.get_running_loop()
        running: set[asyncio.Future[bytes]] = set()
        try:
            async for portion in portions:
                running.add(loop.run_in_executor(self._pool, work, portion))
                async for answer in _answers(running, most=2 * self.size):
                    yield answer
            async for answer in _answers(running, most=0):
                yield answer
        finally:
            # the pool cancels what waits by itself: cancelled here, it would stumble over it while it breaks
            self._pool.shutdown(wait=False, cancel_futures=True)
            await asyncio.gather(*running, return_exceptions=True)


async def _answers(running: set[asyncio.Future[bytes]], most: int) -> AsyncIterator[bytes]:
    """Wait until no more than ``most`` are running; what was answered is taken out of them."""
    while len(running) > most:
        done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            running.discard(one)
            yield one.result()


def _begin(begin: Callable[[bytes], None], packed: bytes) -> None:
    if sys.platform != "win32":
        os.nice(NICE)
    begin(packed)
