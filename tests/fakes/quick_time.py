"""A loop whose time goes on at once whenever nobody has anything to do: months in moments, in their right order."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from tests.fakes.clock import BEGIN

T = TypeVar("T")


class QuickLoop(asyncio.SelectorEventLoop):
    """Threads are waited for; timers are not."""

    def __init__(self) -> None:
        self._quick = _Selector(self)
        self.now = 0.0
        self.threads = 0
        """Pieces of work that threads have not ended yet."""
        super().__init__(self._quick)

    def time(self) -> float:
        """Seconds since the start; none while anything is done."""
        return self.now

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """As ever, and counted."""
        future = super().run_in_executor(executor, func, *args)
        self.threads += 1
        future.add_done_callback(self._ended)
        return future

    def _ended(self, future: asyncio.Future[Any]) -> None:
        self.threads -= 1


class _Selector(selectors.DefaultSelector):
    """Where the loop would wait for its next timer, the time comes to it."""

    def __init__(self, loop: QuickLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What has happened."""
        if not timeout:
            return super().select(timeout)
        if self._loop.threads:
            return super().select(None)
        self._loop.now += timeout
        return super().select(0)


class QuickClock:
    """The clock of such a loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    def now(self) -> float:
        """Seconds since 1970."""
        return BEGIN + self._loop.time()

    def steady(self) -> float:
        """Seconds since the start."""
        return self._loop.time()

    async def sleep(self, seconds: float) -> None:
        """So long by its time."""
        await asyncio.sleep(seconds)


def run_quickly(work: Coroutine[Any, Any, T]) -> T:
    """Run it on such a loop."""
    with asyncio.Runner(loop_factory=QuickLoop) as runner:
        return runner.run(work)
