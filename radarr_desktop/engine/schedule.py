"""Timed work: APScheduler says when, a durable job does it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.store import settings as store
from radarr_desktop.store.database import Database

HEARTBEAT = 45.0
"""Seconds. Timers stand still while the machine sleeps, and the scheduler waits for moments of the wall clock: a jump
of it wakes both."""

FEED = timedelta(minutes=5)
"""Between two looks at whose newest releases are due: an indexer's own pause is longer or the same."""

SETTLING = timedelta(seconds=5)
"""What is overdue at a start waits so long: the start itself comes first."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timed:
    """Enqueue a job of this kind every so often; ``first`` after the very first start."""

    kind: str
    every: timedelta
    first: timedelta


class Schedule:
    """When which job is enqueued next."""

    def __init__(
        self,
        db: Database,
        jobs: Jobs,
        timed: Sequence[Timed],
        *,
        heartbeat: float = HEARTBEAT,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._db = db
        self._jobs = jobs
        self._timed = timed
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        self._heartbeat = heartbeat
        self._clock = clock
        self._heart: asyncio.Task[None] | None = None
        self._enqueuing = asyncio.Lock()

    async def start(self) -> None:
        """Plan from when each task ran last, then run."""
        last = await self._db.read(store.last_runs)
        now = datetime.now(UTC)
        for timed in self._timed:
            self._scheduler.add_job(
                self._enqueue,
                "interval",
                seconds=timed.every.total_seconds(),
                args=[timed.kind],
                id=timed.kind,
                next_run_time=first_run(timed, last.get(timed.kind), now),
            )
        self._scheduler.start()
        self._heart = asyncio.create_task(self._beat(), name="heartbeat")

    async def stop(self) -> None:
        """Plan nothing more; what is being enqueued is seen through."""
        if self._heart is None:
            return
        self._heart.cancel()
        self._heart = None
        self._scheduler.remove_all_jobs()
        await asyncio.sleep(0)  # who is due already waits in line before us
        async with self._enqueuing:  # a shutdown would break it off, and call that an error
            self._scheduler.shutdown(wait=False)

    def next_run(self, kind: str) -> datetime | None:
        """When a task is enqueued next."""
        job = self._scheduler.get_job(kind)
        return job.next_run_time if job else None

    def catch_up(self) -> None:
        """After a jump of the clock: do once what is overdue, and wait for nothing longer than its interval."""
        now = datetime.now(UTC)
        for timed in self._timed:
            planned = self.next_run(timed.kind)
            if planned is not None and planned > now + max(timed.every, timed.first):
                self._scheduler.modify_job(timed.kind, next_run_time=now + timed.every)
        self._scheduler.wakeup()
        self._jobs.wake()

    async def _enqueue(self, kind: str) -> None:
        async with self._enqueuing:
            try:
                await self._jobs.enqueue(kind)
                await self._db.run(lambda: store.ran(kind, datetime.now(UTC)))
            except Problem as problem:
                log.warning("schedule.not_enqueued", kind=kind, problem=str(problem))

    async def _beat(self) -> None:
        wall, monotonic = self._clock(), time.monotonic()
        while True:
            await asyncio.sleep(self._heartbeat)
            before = wall - monotonic
            wall, monotonic = self._clock(), time.monotonic()
            jump = wall - monotonic - before
            if abs(jump) > self._heartbeat:
                log.info("schedule.clock_jumped", seconds=round(jump))
                if jump < 0:
                    await self._set_back(-jump)
                self.catch_up()

    async def _set_back(self, seconds: float) -> None:
        try:
            await self._jobs.clock_went_back(seconds)
        except Problem as problem:
            log.warning("schedule.clock_not_followed", problem=str(problem))


def first_run(timed: Timed, last: datetime | None, now: datetime) -> datetime:
    """When a task runs first after a start; a last run "in the future" was written by a clock that was wrong."""
    if last is None:
        return now + timed.first
    return min(max(last + timed.every, now + SETTLING), now + timed.every)
