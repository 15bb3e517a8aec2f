"""A job queue of its own for a test, and handlers for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.store.database import Database
from radarr_desktop.store.models import JobRow
from tests.fakes.rooms import database


@asynccontextmanager
async def queue(
    folder: Path, **handlers: Callable[[Mapping[str, Any]], Awaitable[None]]
) -> AsyncIterator[tuple[Jobs, Database]]:
    """A queue that is not started yet."""
    async with database(folder) as db:
        jobs = Jobs(db)
        for kind, handler in handlers.items():
            jobs.handle(kind, handler)
        yield jobs, db
        await jobs.stop()


async def make_due(db: Database, jobs: Jobs) -> None:
    """Let the pause of every waiting job be over."""
    await db.run(lambda: JobRow.update(next_run=datetime.now(UTC)).where(JobRow.state == "queued").execute())
    jobs.wake()


def failing(fault: Exception) -> Callable[[Mapping[str, Any]], Awaitable[None]]:
    async def handler(payload: Mapping[str, Any]) -> None:
        raise fault

    return handler


async def nothing(payload: Mapping[str, Any]) -> None:
    """Do nothing."""


class Gate:
    """A handler that tells when it begins and goes on when it may."""

    def __init__(self) -> None:
        self.begun: list[Any] = []
        self.stopped: list[Any] = []
        self.open = asyncio.Event()

    async def __call__(self, payload: Mapping[str, Any]) -> None:
        self.begun.append(payload.get("number"))
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.stopped.append(payload.get("number"))
            raise
