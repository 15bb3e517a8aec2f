"""Durable jobs: queued as rows, tried again after a failure, resumed after a crash."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Job, JobState
from radarr_desktop.engine import attempts, correlation
from radarr_desktop.plugin_api import PluginError
from radarr_desktop.store import jobs as store
from radarr_desktop.store.database import Database

AT_ONCE = 4
MAX_ATTEMPTS = 5
LOOKS = 60.0
"""Seconds between two looks at the queue at most: timers stand still while the machine sleeps."""
STOP_LIMIT = 2.0
"""Seconds a job may take to stop."""
KEPT = timedelta(days=7)
_AT_A_TIME = 200

_CURRENT: ContextVar[int] = ContextVar("job", default=0)

JobHandler = Callable[[Mapping[str, Any]], Awaitable[None]]

log = structlog.get_logger(__name__)


class Jobs:
    """The queue and what works it off. Whatever happens, a job is done at least once: handlers must bear a repeat."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._handlers: dict[str, JobHandler] = {}
        self._wake = asyncio.Event()
        self._claiming = False
        self._stopping = False
        self._cancelled: set[int] = set()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._dispatcher: asyncio.Task[None] | None = None

    def handle(self, kind: str, handler: JobHandler) -> None:
        """Say what does the jobs of a kind."""
        self._handlers[kind] = handler

    async def start(self) -> None:
        """Take up what a crash left behind, then work."""
        resumed = await self._db.run(lambda: store.resume(_now()))
        if resumed:
            log.info("jobs.resumed", count=resumed)
        if ahead := await self._db.run(lambda: store.set_right(_now())):
            log.info("jobs.clock_was_ahead", count=ahead)
        self._stopping = False
        self._dispatcher = asyncio.create_task(self._dispatch(), name="jobs")

    async def stop(self) -> None:
        """Stop working; what was running goes back into the queue."""
        if self._dispatcher is None:
            return
        self._stopping = True
        self.wake()
        await self._dispatcher  # never cancelled: it may hold a job that it has just claimed
        self._dispatcher = None
        for task in self._running.values():
            task.cancel()
        if self._workers:
            _, deaf = await asyncio.wait(self._workers, timeout=STOP_LIMIT)
            for worker in deaf:
                log.warning("job.does_not_stop", task=worker.get_name())
                worker.cancel()
        try:
            await self._db.run(lambda: store.resume(_now()))
        except Problem as problem:  # the next start does it
            log.warning("jobs.not_put_back", problem=str(problem))

    async def enqueue(
        self,
        kind: str,
        payload: Mapping[str, Any] | None = None,
        *,
        priority: int = 0,
        delay: float = 0.0,
        correlation_id: str = "",
        max_attempts: int = MAX_ATTEMPTS,
        once: bool = False,
    ) -> Job:
        """Store a job; an equal one that still waits or runs (``once``: or ended) is returned instead.

        ``delay`` in seconds.
        """
        if kind not in self._handlers:
            known = ", ".join(sorted(self._handlers))
            raise Problem(Kind.BAD_INPUT, f"There is no job “{kind}”.", f"Known are: {known}.")
        now = _now()
        id_ = correlation_id or correlation.current() or correlation.new()
        key = _unique_key(kind, payload or {})

        def work() -> Job:
            known = store.equal(key) if once else None
            return known or store.enqueue(
                kind,
                payload or {},
                unique_key=key,
                priority=priority,
                max_attempts=max_attempts,
                next_run=now + timedelta(seconds=delay),
                now=now,
                correlation=id_,
            )

        job = await self._db.run(work)
        self.wake()
        return job

    async def enqueue_many(self, kind: str, payloads: Sequence[Mapping[str, Any]], *, priority: int) -> list[Job]:
        """Store jobs that are begun together, some hundred in one transaction: between two of them others may write."""
        made: list[Job] = []
        for start in range(0, len(payloads), _AT_A_TIME):
            rows = [
                self.row(kind, {**one, "many": True}, correlation_id=correlation.new(), priority=priority)
                for one in payloads[start : start + _AT_A_TIME]
            ]
            made += await self._db.run(partial(_all, rows))
            self.wake()
        return made

    async def left_of_many(self, kind: str) -> int:
        """How many of those that were begun together still wait or run."""
        return await self._db.read(lambda: store.left_of_many(kind))

    async def cancel_many(self, kind: str) -> int:
        """Drop them; one that runs comes to its end, but not back into the queue."""
        return await self._db.run(lambda: store.cancel_many(kind, _now()))

    def row(
        self,
        kind: str,
        payload: Mapping[str, Any],
        *,
        correlation_id: str,
        priority: int = 0,
        pause: timedelta = timedelta(),
        again: bool = False,
    ) -> Callable[[], Job]:
        """What enqueues a job inside somebody else's transaction; call ``wake`` after the commit.

        ``again``: an equal one that runs already is done once more, for it may be past what this is asked for.
        """
        now, key = _now(), _unique_key(kind, payload)

        def work() -> Job:
            if again:
                store.once_more(key, now)
            return store.enqueue(
                kind,
                payload,
                unique_key=key,
                priority=priority,
                max_attempts=MAX_ATTEMPTS,
                next_run=now + pause,
                now=now,
                correlation=correlation_id,
            )

        return work

    def wake(self) -> None:
        """Look for due jobs now."""
        self._wake.set()

    async def clock_went_back(self, seconds: float) -> None:
        """The clock was set back: what waits must not wait so much longer."""
        await self._db.run(lambda: store.shift(timedelta(seconds=-seconds)))
        self.wake()

    async def get(self, job_id: int) -> Job:
        """One job."""
        job = await self._db.read(lambda: store.get(job_id))
        if job is None:
            raise Problem(Kind.NOT_FOUND, f"There is no job {job_id}.")
        return job

    async def all(self, limit: int = 100) -> list[Job]:
        """The newest jobs."""
        return await self._db.read(lambda: store.newest(limit))

    async def of_kind(self, kind: str) -> list[Job]:
        """Jobs of a kind that are remembered, newest first."""
        return await self._db.read(lambda: store.of_kind(kind))

    async def dead(self, kind: str) -> list[Job]:
        """Those of a kind that have given up, oldest first."""
        return await self._db.read(lambda: store.dead(kind))

    async def cancel(self, job_id: int) -> None:
        """Drop a waiting job, or stop a running one."""
        found = await self._db.run(lambda: store.cancel(job_id, _now()))
        if found is None:
            raise Problem(Kind.NOT_FOUND, f"There is no job {job_id}.")
        if found not in (JobState.QUEUED, JobState.RUNNING):
            raise Problem(Kind.CONFLICT, f"Job {job_id} has ended already.", f"It is {found.value}.")
        if job_id in self._running:
            self._running[job_id].cancel()
        elif found is JobState.RUNNING and self._claiming:
            self._cancelled.add(job_id)  # claimed a moment ago, not begun

    async def retry(self, job_id: int) -> None:
        """Try a job again that had given up."""
        found = await self._db.run(lambda: store.revive(job_id, _now()))
        if found is None:
            raise Problem(Kind.NOT_FOUND, f"There is no job {job_id}.")
        if found is not JobState.DEAD:
            raise Problem(Kind.CONFLICT, f"Job {job_id} has not given up.", f"It is {found.value}.")
        self.wake()

    async def forget(self) -> None:
        """Drop the records of jobs that ended well, after a week."""
        await self._db.run(lambda: store.forget(_now() - KEPT))

    async def idle(self) -> None:
        """Wait until no job is due or running."""
        while True:
            due = await self._db.read(store.next_due)
            if not (self._claiming or self._workers or (due is not None and due <= _now())):
                return
            await asyncio.sleep(0.01)

    async def _dispatch(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                pause = await self._next()
            except Exception as fault:  # a queue that stood still for good would be worse than any fault
                log.warning("jobs.queue_unreadable", problem=attempts.sentence(fault), exc_info=_unexpected(fault))
                pause = attempts.FIRST_PAUSE
            if pause:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), pause)

    async def _next(self) -> float:
        """Begin the next job that is due; seconds until there may be another."""
        if len(self._workers) >= AT_ONCE:
            return LOOKS
        self._claiming = True
        try:
            job = await self._db.run(lambda: store.claim(_now()))
            if job is not None and job.id not in self._cancelled and not self._stopping:
                self._begin(job)
        finally:
            self._claiming = False
            self._cancelled.clear()
        if job is not None:
            return 0.0
        due = await self._db.read(store.next_due)
        return min(LOOKS, max(0.001, (due - _now()).total_seconds())) if due else LOOKS

    def _begin(self, job: Job) -> None:
        with correlation.correlated(job.correlation):  # a task keeps the context it was made in
            handler = asyncio.create_task(self._handle(job), name=f"job {job.kind}")
            worker = asyncio.create_task(self._perform(job, handler), name=f"worker {job.kind}")
        self._running[job.id] = handler
        self._workers.add(worker)
        worker.add_done_callback(self._ended)

    def _ended(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        self.wake()

    async def _perform(self, job: Job, handler: asyncio.Task[None]) -> None:
        """See a job through and write down how it ended; only the handler is ever cancelled, never the writing."""
        await asyncio.wait([handler])
        del self._running[job.id]
        if handler.cancelled() and handler.cancelling():
            await self._record(lambda: store.again(job.id, _now(), uncounted=True))
        elif handler.cancelled():
            await self._failed(job, RuntimeError("it was cancelled by something it waited for"))
        elif (fault := handler.exception()) is None:
            await self._record(lambda: store.finish(job.id, JobState.DONE, _now()))
        elif isinstance(fault, attempts.Postponed):
            await self._postpone(job, fault)
        elif isinstance(fault, Exception):
            await self._failed(job, fault)

    async def _handle(self, job: Job) -> None:
        if job.kind not in self._handlers:
            raise Problem(Kind.REFUSED, f"This version has nothing that does the job “{job.kind}”.")
        _CURRENT.set(job.id)  # a task has a context of its own
        await self._handlers[job.kind](job.payload)

    async def _failed(self, job: Job, fault: Exception) -> None:
        said = attempts.sentence(fault)
        if _unexpected(fault):
            log.error("job.failed", kind=job.kind, job=job.id, exc_info=fault)
        if attempts.is_temporary(fault) and job.attempts < job.max_attempts:
            pause = attempts.pause_after(fault, job.attempts)
            log.warning("job.again", kind=job.kind, job=job.id, problem=said, pause=round(pause, 1))
            await self._record(lambda: store.again(job.id, _now() + timedelta(seconds=pause), said))
        else:
            log.warning("job.dead", kind=job.kind, job=job.id, problem=said)
            await self._record(lambda: store.finish(job.id, JobState.DEAD, _now(), said))

    async def _postpone(self, job: Job, postponed: attempts.Postponed) -> None:
        later, why = _now() + timedelta(seconds=postponed.seconds), str(postponed)
        await self._record(lambda: store.again(job.id, later, why, uncounted=True))

    async def _record(self, work: Callable[[], None]) -> None:
        """Write down how a job ended; a full disk is waited for. What cannot be written is done again after a start."""
        while True:
            try:
                await self._db.run(work)
            except Problem as problem:
                log.warning("job.not_recorded", problem=str(problem))
                if self._stopping:
                    return
                await asyncio.sleep(attempts.FIRST_PAUSE)
            else:
                return


def current_job() -> int:
    """Id of the job that is being done here; 0 outside of one."""
    return _CURRENT.get()


def _unique_key(kind: str, payload: Mapping[str, Any]) -> str:
    return f"{kind} {json.dumps(payload, sort_keys=True)}"


def _unexpected(fault: Exception) -> bool:
    return not isinstance(fault, Problem | PluginError)


def _now() -> datetime:
    return datetime.now(UTC)


def _all(rows: Sequence[Callable[[], Job]]) -> list[Job]:
    return [row() for row in rows]
