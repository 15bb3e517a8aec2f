"""A process of its own for what would hold up the loop. Made when it is needed, let go when it is idle."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

import structlog

T = TypeVar("T")

IDLE = 30.0
"""Seconds after which the process is let go: it costs memory."""

log = structlog.get_logger(__name__)


class Aside:
    """One process, shared by all that reads and decides much."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._release: asyncio.TimerHandle | None = None
        self._users = 0

    async def run(self, work: Callable[..., T], *values: Any) -> T:
        """Do ``work`` over there; a process that died is replaced once."""
        self._users += 1
        try:
            return await self._run(work, *values)
        except BrokenProcessPool:
            log.warning("aside.process_died")
            self._drop()
            return await self._run(work, *values)
        finally:
            self._users -= 1
            self._release_later()

    async def stop(self) -> None:
        """Let the process go."""
        if self._release is not None:
            self._release.cancel()
        self._drop()

    async def _run(self, work: Callable[..., T], *values: Any) -> T:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), step_back)
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *values)

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


def step_back() -> None:
    """Where all cores are busy, window and port go first."""
    if sys.platform != "win32":
        os.nice(10)
