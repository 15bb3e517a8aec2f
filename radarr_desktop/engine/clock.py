"""The time, and waiting for it: a thing of its own so that a month can be played in a second."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Both in seconds."""

    def now(self) -> float:
        """Since 1970, UTC: what is written down must mean the same after a restart."""
        ...

    def steady(self) -> float:
        """By a clock that nobody sets; it may stand still while the machine sleeps."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait so long."""
        ...


class SystemClock:
    """The one on the wall."""

    def now(self) -> float:
        """Since 1970."""
        return time.time()

    def steady(self) -> float:
        """Since some moment."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait so long."""
        await asyncio.sleep(seconds)
