"""Timed work: APScheduler says when, a durable job does it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.store import settings as store
from radarr_desktop.store.database import Database

HEARTBEAT = 45.0
"""Seconds. Timers stand still while the machine sleeps; a jump of the clock wakes the scheduler."""

FEED = timedelta(minutes=15)
"""Between two looks at the newest releases of the indexers."""

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

    def __init__(self, db: Database, jobs: Jobs, timed: Sequence[Timed]) -> None:
        self._db = db
        self._jobs = jobs
        self._timed = timed
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        self._beat = (time.time(), time.monotonic())
        self._started = False

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
        self._scheduler.add_job(self._heartbeat, "interval", seconds=HEARTBEAT, id="heartbeat")
        self._scheduler.start()
        self._started = True

    def stop(self) -> None:
        """Plan nothing more."""
        if self._started:
            self._started = False
            self._scheduler.remove_all_jobs()  # the shutdown itself only comes with the loop's next turn
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
        try:
            await self._jobs.enqueue(kind)
            await self._db.run(lambda: store.ran(kind, datetime.now(UTC)))
        except Problem as problem:
            log.warning("schedule.not_enqueued", kind=kind, problem=str(problem))

    async def _heartbeat(self) -> None:
        wall, monotonic = time.time(), time.monotonic()
        slept = (wall - self._beat[0]) - (monotonic - self._beat[1])
        self._beat = (wall, monotonic)
        if abs(slept) > HEARTBEAT:
            log.info("schedule.clock_jumped", seconds=round(slept))
            if slept < 0:
                await self._set_back(-slept)
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
