"""Jobs: work that survives a crash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from radarr_desktop.domain.records import Job, JobState
from radarr_desktop.store import sql
from radarr_desktop.store.models import JobRow
from radarr_desktop.store.sql import Rows

_LIVE = (JobState.QUEUED.value, JobState.RUNNING.value)
_LIVES = Rows(JobRow, "WHERE unique_key = ? AND state IN ('queued', 'running') AND unique_key <> ''")
"""Literals, word by word those of the index that has only the living: else SQLite reads every one of them."""

_COUNT_MANY = """
    SELECT count(*) FROM job
    WHERE state IN ('queued', 'running') AND kind = ?1 AND json_extract(payload, '$.many')
"""
_CANCEL_MANY = """
    UPDATE job SET state = 'cancelled', finished = ?2
    WHERE state IN ('queued', 'running') AND kind = ?1 AND json_extract(payload, '$.many')
"""
_time = JobRow.next_run.db_value

_TICK = timedelta(microseconds=1)
"""The due time of a job that runs lies behind its start only when it was asked for again since."""


def enqueue(
    kind: str,
    payload: Mapping[str, Any],
    *,
    unique_key: str,
    priority: int,
    max_attempts: int,
    next_run: datetime,
    now: datetime,
    correlation: str,
) -> Job:
    """Store a job; while an equal one (``unique_key``) lives, that one is returned, moved up if this is sooner."""
    if _LIVES.first(unique_key) is not None:
        live = JobRow.get((JobRow.unique_key == unique_key) & JobRow.state.in_(_LIVE))
        if live.state == JobState.QUEUED.value:
            live.next_run = min(live.next_run, next_run)
            live.priority = max(live.priority, priority)
            live.save()
        return _job(live)
    row = JobRow.create(
        kind=kind,
        payload=dict(payload),
        unique_key=unique_key,
        state=JobState.QUEUED.value,
        priority=priority,
        attempts=0,
        max_attempts=max_attempts,
        next_run=next_run,
        created=now,
        correlation=correlation,
        problem="",
    )
    return _job(row)


def once_more(unique_key: str, now: datetime) -> None:
    """A job of this key that runs is to run again when it ends."""
    for row in JobRow.select().where((JobRow.unique_key == unique_key) & (JobRow.state == JobState.RUNNING.value)):
        row.next_run = max(now, row.started + _TICK)
        row.save()


def equal(unique_key: str) -> Job | None:
    """The job of this key, whatever became of it."""
    row = JobRow.get_or_none(JobRow.unique_key == unique_key)
    return _job(row) if row else None


def claim(now: datetime) -> Job | None:
    """The most urgent job that is due, marked as running."""
    row = (
        JobRow.select()
        .where((JobRow.state == JobState.QUEUED.value) & (JobRow.next_run <= now))
        .order_by(JobRow.priority.desc(), JobRow.next_run, JobRow.id)
        .first()
    )
    if row is None:
        return None
    row.state, row.started, row.attempts = JobState.RUNNING.value, now, row.attempts + 1
    row.save()
    return _job(row)


def next_due() -> datetime | None:
    """When the next waiting job is due."""
    row = JobRow.select(JobRow.next_run).where(JobRow.state == JobState.QUEUED.value).order_by(JobRow.next_run).first()
    return row.next_run if row else None


def finish(job_id: int, state: JobState, now: datetime, problem: str = "") -> None:
    """End a job that runs, or queue it where it was asked for again meanwhile; a cancelled one stays cancelled."""
    asked_again = _runs(job_id) & (JobRow.next_run > JobRow.started)
    JobRow.update(state=JobState.QUEUED.value, attempts=0, problem="").where(asked_again).execute()
    JobRow.update(state=state.value, finished=now, problem=problem).where(_runs(job_id)).execute()


def again(job_id: int, next_run: datetime, problem: str = "", *, uncounted: bool = False) -> None:
    """Put a job that runs back into the queue; ``uncounted`` gives the attempt back."""
    attempts = JobRow.attempts - 1 if uncounted else JobRow.attempts
    JobRow.update(state=JobState.QUEUED.value, next_run=next_run, problem=problem, attempts=attempts).where(
        _runs(job_id)
    ).execute()


def cancel(job_id: int, now: datetime) -> JobState | None:
    """End a job that waits or runs; the state it was found in, None when there is no such job."""
    row = JobRow.get_or_none(JobRow.id == job_id)
    if row is None:
        return None
    if row.state in _LIVE:
        JobRow.update(state=JobState.CANCELLED.value, finished=now).where(JobRow.id == job_id).execute()
    return JobState(row.state)


def left_of_many(kind: str) -> int:
    """How many jobs of a kind still wait or run that were begun together."""
    ((count,),) = sql.execute(_COUNT_MANY, kind)
    return int(count)


def cancel_many(kind: str, now: datetime) -> int:
    """End those of them that wait or run; how many there were."""
    return sql.change(_CANCEL_MANY, kind, _time(now))


def revive(job_id: int, now: datetime) -> JobState | None:
    """Queue a dead job afresh, or drop it where an equal one lives; the state it was found in."""
    row = JobRow.get_or_none(JobRow.id == job_id)
    if row is None or row.state != JobState.DEAD.value:
        return JobState(row.state) if row else None
    equal = (JobRow.unique_key == row.unique_key) & JobRow.state.in_(_LIVE)
    if JobRow.get_or_none(equal) is not None:
        JobRow.update(state=JobState.CANCELLED.value, finished=now).where(JobRow.id == job_id).execute()
    else:
        JobRow.update(state=JobState.QUEUED.value, next_run=now, attempts=0, finished=None).where(
            JobRow.id == job_id
        ).execute()
    return JobState.DEAD


def resume(now: datetime) -> int:
    """What was running when the program ended waits again; how many. That attempt was no failure: it is given back."""
    query = JobRow.update(state=JobState.QUEUED.value, next_run=now, attempts=JobRow.attempts - 1).where(
        JobRow.state == JobState.RUNNING.value
    )
    return int(query.execute())


def set_right(now: datetime) -> int:
    """What a clock that was ahead had queued is due now; how many."""
    ahead = (JobRow.state == JobState.QUEUED.value) & (JobRow.created > now)
    return int(JobRow.update(next_run=now, created=now).where(ahead).execute())


def shift(by: timedelta) -> None:
    """Move what waits in time."""
    for row in JobRow.select().where(JobRow.state == JobState.QUEUED.value):
        JobRow.update(next_run=row.next_run + by).where(JobRow.id == row.id).execute()


def forget(before: datetime) -> None:
    """Drop ended jobs older than this; dead ones stay until the user has seen them."""
    ended = (JobState.DONE.value, JobState.CANCELLED.value)
    JobRow.delete().where(JobRow.state.in_(ended) & (JobRow.finished < before)).execute()


def get(job_id: int) -> Job | None:
    """One job."""
    row = JobRow.get_or_none(JobRow.id == job_id)
    return _job(row) if row else None


def newest(limit: int) -> list[Job]:
    """Jobs, newest first."""
    return [_job(row) for row in JobRow.select().order_by(JobRow.id.desc()).limit(limit)]


def of_kind(kind: str) -> list[Job]:
    """Jobs of a kind, newest first."""
    return [_job(row) for row in JobRow.select().where(JobRow.kind == kind).order_by(JobRow.id.desc())]


def dead(kind: str) -> list[Job]:
    """Jobs of a kind that have given up, oldest first."""
    wanted = (JobRow.kind == kind) & (JobRow.state == JobState.DEAD.value)
    return [_job(row) for row in JobRow.select().where(wanted).order_by(JobRow.id)]


def _runs(job_id: int) -> Any:
    return (JobRow.id == job_id) & (JobRow.state == JobState.RUNNING.value)


def _job(row: Any) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        payload=row.payload,
        state=JobState(row.state),
        priority=row.priority,
        attempts=row.attempts,
        max_attempts=row.max_attempts,
        next_run=row.next_run,
        created=row.created,
        correlation=row.correlation,
        started=row.started,
        finished=row.finished,
        problem=row.problem,
    )
