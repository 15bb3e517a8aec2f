"""Run strangers' code so that nothing it does gets out: not a hang, not an exit, not a cancellation of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

T = TypeVar("T")

GRACE = 1.0
"""Seconds between being cancelled and being abandoned."""

log = structlog.get_logger(__name__)


class Late(Exception):
    """It took longer than it may."""


class Escaped(Exception):
    """It tried to leave by a way that is not its own: ``sys.exit`` or a cancellation."""


def _nothing() -> float:
    return 0.0


async def contained(work: Callable[[], Awaitable[T]], limit: float, waited: Callable[[], float] = _nothing) -> T:
    """What ``work`` returns or raises, always an ``Exception``; ``Late`` after ``limit`` seconds.

    ``waited`` says for how many seconds it was kept waiting by us, which are not held against it.
    """
    loop = asyncio.get_running_loop()
    begin = loop.time()
    task = asyncio.create_task(_inside(work))
    try:
        while not task.done() and (left := begin + limit + waited() - loop.time()) > 0:
            await asyncio.wait([task], timeout=left)
    except asyncio.CancelledError:
        await _end(task)
        raise
    if not task.done():
        await _end(task)
        raise Late
    if task.cancelled():
        raise Escaped("it was cancelled from within")
    return task.result()


async def _inside(work: Callable[[], Awaitable[T]]) -> T:
    try:
        return await work()
    except (SystemExit, KeyboardInterrupt, GeneratorExit) as fault:
        raise Escaped(f"it raised {type(fault).__name__}") from fault


async def _end(task: asyncio.Task[T]) -> None:
    task.cancel()
    await asyncio.wait([task], timeout=GRACE)
    if not task.done():
        log.warning("containment.abandoned")  # it swallows its cancellation; it cannot be ended by force
    elif not task.cancelled():
        task.exception()  # looked at, or asyncio would complain
