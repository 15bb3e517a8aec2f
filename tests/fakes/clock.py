"""A clock that stands still until it is told to go on."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")

BEGIN = 1_800_000_000.0
_ROUNDS = 20
"""Of the loop, until everything that can go on without time has done so."""


class FakeClock:
    """For work that waits for nothing but this clock."""

    def __init__(self, now: float = BEGIN) -> None:
        self._now = now
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    def now(self) -> float:
        """Seconds since 1970."""
        return self._now

    def steady(self) -> float:
        """The same."""
        return self._now

    def set(self, now: float) -> None:
        """Jump, as a clock does that somebody sets; nobody wakes."""
        self._now = now

    async def sleep(self, seconds: float) -> None:
        """Until the clock was told to go on for so long."""
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._numbers), future))
        await future

    async def advance(self, seconds: float) -> None:
        """Let time pass; who sleeps wakes at the right moment."""
        end = self._now + seconds
        await settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            await self._wake()
        self._now = max(self._now, end)
        await settle()

    async def play(self, work: Awaitable[T]) -> T:
        """Let so much time pass as the work needs."""
        task = asyncio.ensure_future(work)
        await settle()
        while not task.done():
            await self._wake()
        return task.result()

    async def _wake(self) -> None:
        if not self._sleepers:
            raise AssertionError("nobody waits for this clock, so time would not help")
        at, _, future = heapq.heappop(self._sleepers)
        if not future.done():  # or it was cancelled
            self._now = max(self._now, at)
            future.set_result(None)
        await settle()


async def settle() -> None:
    """Let everything run that does not wait for time."""
    for _ in range(_ROUNDS):
        await asyncio.sleep(0)
