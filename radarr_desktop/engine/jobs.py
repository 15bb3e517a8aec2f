"""Durable jobs: queued as rows, tried again after a failure, resumed after a crash."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Job, JobState
from radarr_desktop.engine import correlation
from radarr_desktop.plugin_api import PluginError, RateLimited, Unreachable
from radarr_desktop.store import jobs as store
from radarr_desktop.store.database import Database

AT_ONCE = 4
MAX_ATTEMPTS = 5
FIRST_PAUSE = 5.0
LONGEST_PAUSE = 3600.0
KEPT = timedelta(days=7)

_TEMPORARY = {Kind.UNREACHABLE, Kind.RATE_LIMITED, Kind.STORAGE, Kind.DISK_FULL}

JobHandler = Callable[[Mapping[str, Any]], Awaitable[None]]

log = structlog.get_logger(__name__)


class Jobs:
    """The queue and what works it off."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._handlers: dict[str, JobHandler] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._wake = asyncio.Event()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._dispatcher: asyncio.Task[None] | None = None

    def handle(self, kind: str, handler: JobHandler) -> None:
        """Say what does the jobs of a kind."""
        self._handlers[kind] = handler

    async def start(self) -> None:
        """Take up what a crash left behind, then work."""
        resumed = await self._db.run(lambda: store.resume(_now()))
        if resumed:
            log.info("jobs.resumed", count=resumed)
        self._dispatcher = asyncio.create_task(self._dispatch(), name="jobs")

    async def stop(self) -> None:
        """Stop working; what was running goes back into the queue."""
        if self._dispatcher is not None:
            self._dispatcher.cancel()
            await asyncio.gather(self._dispatcher, return_exceptions=True)
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def enqueue(
        self,
        kind: str,
        payload: Mapping[str, Any] | None = None,
        *,
        priority: int = 0,
        delay: float = 0.0,
        correlation_id: str = "",
        max_attempts: int = MAX_ATTEMPTS,
        unique: bool = True,
    ) -> Job:
        """Store a job; an equal one that still waits or runs is returned instead. ``delay`` in seconds."""
        if kind not in self._handlers:
            known = ", ".join(sorted(self._handlers))
            raise Problem(Kind.BAD_INPUT, f"There is no job “{kind}”.", f"Known are: {known}.")
        now = _now()
        job = await self._db.run(
            lambda: store.enqueue(
                kind,
                payload or {},
                unique_key=_unique_key(kind, payload or {}) if unique else "",
                priority=priority,
                max_attempts=max_attempts,
                next_run=now + timedelta(seconds=delay),
                now=now,
                correlation=correlation_id or correlation.current() or correlation.new(),
            )
        )
        self.wake()
        return job

    def row(
        self, kind: str, payload: Mapping[str, Any], *, correlation_id: str, priority: int = 0
    ) -> Callable[[], Job]:
        """What enqueues a job inside somebody else's transaction; call ``wake`` after the commit."""
        now = _now()
        return lambda: store.enqueue(
            kind,
            payload,
            unique_key=_unique_key(kind, payload),
            priority=priority,
            max_attempts=MAX_ATTEMPTS,
            next_run=now,
            now=now,
            correlation=correlation_id,
        )

    def wake(self) -> None:
        """Look for due jobs now."""
        self._wake.set()

    async def get(self, job_id: int) -> Job:
        """One job."""
        job = await self._db.read(lambda: store.get(job_id))
        if job is None:
            raise Problem(Kind.NOT_FOUND, f"There is no job {job_id}.")
        return job

    async def all(self, limit: int = 100) -> list[Job]:
        """The newest jobs."""
        return await self._db.read(lambda: store.newest(limit))

    async def cancel(self, job_id: int) -> None:
        """Drop a waiting job, or stop a running one."""
        job = await self.get(job_id)
        if job.state not in (JobState.QUEUED, JobState.RUNNING):
            raise Problem(Kind.CONFLICT, f"Job {job_id} has ended already.", f"It is {job.state.value}.")
        await self._db.run(lambda: store.finish(job_id, JobState.CANCELLED, _now()))
        if job_id in self._running:
            self._running[job_id].cancel()

    async def retry(self, job_id: int) -> None:
        """Try a job again that had given up."""
        job = await self.get(job_id)
        if job.state is not JobState.DEAD:
            raise Problem(Kind.CONFLICT, f"Job {job_id} has not given up.", f"It is {job.state.value}.")
        await self.enqueue(job.kind, job.payload, priority=job.priority, correlation_id=job.correlation)
        await self._db.run(lambda: store.finish(job_id, JobState.CANCELLED, _now(), job.problem))

    async def forget(self) -> None:
        """Drop the records of jobs that ended well, after a week."""
        await self._db.run(lambda: store.forget(_now() - KEPT))

    async def idle(self) -> None:
        """Wait until no job is due or running."""
        while True:
            due = await self._db.run(store.next_due)
            if not self._running and (due is None or due > _now()):
                return
            if self._running:
                await asyncio.wait(list(self._running.values()))
            else:
                await asyncio.sleep(0.01)

    async def _dispatch(self) -> None:
        while True:
            await self._slots.acquire()
            self._wake.clear()
            job = await self._db.run(lambda: store.claim(_now()))
            if job is not None:
                task = asyncio.create_task(self._perform(job), name=f"job {job.kind}")
                self._running[job.id] = task
                task.add_done_callback(lambda _, id_=job.id: self._ended(id_))  # type: ignore[misc]
                continue
            self._slots.release()
            due = await self._db.run(store.next_due)
            pause = max(0.0, (due - _now()).total_seconds()) if due else LONGEST_PAUSE
            try:
                await asyncio.wait_for(self._wake.wait(), min(pause, LONGEST_PAUSE))
            except TimeoutError:
                pass

    def _ended(self, job_id: int) -> None:
        del self._running[job_id]
        self._slots.release()
        self._wake.set()

    async def _perform(self, job: Job) -> None:
        with correlation.correlated(job.correlation):
            try:
                await self._handlers[job.kind](job.payload)
            except asyncio.CancelledError:
                await asyncio.shield(self._put_back(job))
                raise
            except (Problem, PluginError) as problem:
                await self._failed(job, problem, temporary=_is_temporary(problem))
            except Exception as fault:
                log.exception("job.failed", kind=job.kind, job=job.id)
                await self._failed(job, fault, temporary=True)
            else:
                await self._db.run(lambda: store.finish(job.id, JobState.DONE, _now()))

    async def _put_back(self, job: Job) -> None:
        def work() -> None:
            current = store.get(job.id)
            if current is not None and current.state is JobState.RUNNING:
                store.again(job.id, _now(), uncounted=True)

        await self._db.run(work)

    async def _failed(self, job: Job, problem: Exception, *, temporary: bool) -> None:
        if temporary and job.attempts < job.max_attempts:
            pause = back_off(job.attempts)
            if isinstance(problem, RateLimited) and problem.retry_after:
                pause = max(pause, problem.retry_after)
            log.warning("job.again", kind=job.kind, job=job.id, problem=str(problem), pause=round(pause, 1))
            await self._db.run(lambda: store.again(job.id, _now() + timedelta(seconds=pause), str(problem)))
        else:
            log.warning("job.dead", kind=job.kind, job=job.id, problem=str(problem))
            await self._db.run(lambda: store.finish(job.id, JobState.DEAD, _now(), str(problem)))


def back_off(attempt: int, jitter: Callable[[], float] = random.random) -> float:
    """Seconds to wait after the ``attempt``-th failure: doubling, and never for all at the same moment."""
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** max(0, attempt - 1))
    return pause * (0.8 + 0.4 * jitter())


def _unique_key(kind: str, payload: Mapping[str, Any]) -> str:
    return f"{kind} {json.dumps(payload, sort_keys=True)}"


def _is_temporary(problem: Exception) -> bool:
    if isinstance(problem, Problem):
        return problem.kind in _TEMPORARY
    return isinstance(problem, RateLimited | Unreachable)


def _now() -> datetime:
    return datetime.now(UTC)
