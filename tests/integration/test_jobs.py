"""Durable jobs on a real database: order, uniqueness, failures, giving up."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import JobState
from radarr_desktop.engine import correlation
from radarr_desktop.engine.attempts import FIRST_PAUSE, LONGEST_ASKED, asked_pause, pause_after
from radarr_desktop.engine.jobs import AT_ONCE, Jobs
from radarr_desktop.plugin_api import LoginFailed, RateLimited, Unreachable
from radarr_desktop.store.models import JobRow
from tests.fakes.queue import Gate, failing, make_due, nothing, queue
from tests.fakes.rooms import until

AWAY = Unreachable("It is away.")


def test_jobs_run_by_priority_then_age(tmp_path: Path) -> None:
    async def run() -> None:
        gate = Gate()
        async with queue(tmp_path, work=gate) as (jobs, _):
            for number, priority in ((1, 0), (2, 5), (3, 0), (4, 9), (5, 0), (6, 0)):
                await jobs.enqueue("work", {"number": number}, priority=priority)
            await jobs.start()
            await until(lambda: len(gate.begun) == AT_ONCE, "the first jobs")
            assert gate.begun == [4, 2, 1, 3]
            gate.open.set()
            await jobs.idle()
            assert gate.begun == [4, 2, 1, 3, 5, 6]
            assert {job.state for job in await jobs.all()} == {JobState.DONE}

    asyncio.run(run())


def test_an_equal_job_is_not_queued_twice_but_moves_up(tmp_path: Path) -> None:
    async def run() -> None:
        async with queue(tmp_path, work=nothing) as (jobs, _):
            first = await jobs.enqueue("work", {"a": 1, "b": 2}, delay=3600)
            again = await jobs.enqueue("work", {"b": 2, "a": 1}, priority=3)
            other = await jobs.enqueue("work", {"a": 2})
            assert again.id == first.id
            assert again.priority == 3
            assert again.next_run < first.next_run
            assert other.id != first.id

    asyncio.run(run())


def test_what_is_asked_for_again_while_it_runs_is_done_once_more(tmp_path: Path) -> None:
    async def run() -> None:
        gate = Gate()
        async with queue(tmp_path, work=gate) as (jobs, db):
            await jobs.start()
            job = await jobs.enqueue("work", {"number": 1})
            await until(lambda: gate.begun == [1], "its beginning")
            again = jobs.row("work", {"number": 1}, correlation_id="c1", again=True)
            assert [(await db.run(again)).id for _ in range(2)] == [job.id, job.id]
            gate.open.set()
            await jobs.idle()
            assert gate.begun == [1, 1]
            assert [(one.id, one.state) for one in await jobs.all()] == [(job.id, JobState.DONE)]

    asyncio.run(run())


def test_what_is_to_be_done_once_is_not_done_again_after_its_end(tmp_path: Path) -> None:
    async def run() -> None:
        gate = Gate()
        gate.open.set()
        async with queue(tmp_path, work=gate) as (jobs, _):
            await jobs.start()
            first = await jobs.enqueue("work", {"number": 1}, once=True)
            await jobs.idle()
            again = await jobs.enqueue("work", {"number": 1}, once=True)
            other = await jobs.enqueue("work", {"number": 2}, once=True)
            await jobs.idle()
            assert (again.id, again.state) == (first.id, JobState.DONE)
            assert other.id != first.id
            assert gate.begun == [1, 2]

    asyncio.run(run())


def test_a_passing_fault_is_tried_again_later_and_later_then_given_up(tmp_path: Path) -> None:
    async def run() -> None:
        async with queue(tmp_path, work=failing(Unreachable("It is down."))) as (jobs, db):
            job = await jobs.enqueue("work", max_attempts=3)
            await jobs.start()
            for attempt in (1, 2):
                before = datetime.now(UTC)
                await jobs.idle()
                waiting = await jobs.get(job.id)
                assert (waiting.state, waiting.attempts, waiting.problem) == (JobState.QUEUED, attempt, "It is down.")
                pause = FIRST_PAUSE * 2 ** (attempt - 1)
                assert waiting.next_run >= before + timedelta(seconds=0.7 * pause)
                await make_due(db, jobs)
            await jobs.idle()
            dead = await jobs.get(job.id)
            assert (dead.state, dead.attempts, dead.problem) == (JobState.DEAD, 3, "It is down.")

            await jobs.retry(job.id)
            await jobs.idle()
            assert (await jobs.get(job.id)).attempts == 1

    asyncio.run(run())


@pytest.mark.parametrize("behind", [True, False])
def test_a_service_is_not_asked_before_it_said(tmp_path: Path, behind: bool) -> None:
    async def limited(payload: Mapping[str, Any]) -> None:
        error = RateLimited("Slow down.", 1800.0)
        if not behind:
            raise error
        try:
            raise error
        except RateLimited:
            raise Problem(Kind.RATE_LIMITED, "Slow down.") from error

    async def run() -> None:
        async with queue(tmp_path, work=limited) as (jobs, _):
            job = await jobs.enqueue("work")
            await jobs.start()
            await jobs.idle()
            waiting = await jobs.get(job.id)
            assert timedelta(seconds=1790) < waiting.next_run - datetime.now(UTC) <= timedelta(seconds=1800)

    asyncio.run(run())


@pytest.mark.parametrize("fault", [LoginFailed("It refused the key."), Problem(Kind.BAD_INPUT, "There is no such id.")])
def test_what_will_not_get_better_is_not_tried_again(tmp_path: Path, fault: Exception) -> None:
    async def run() -> None:
        async with queue(tmp_path, work=failing(fault)) as (jobs, _):
            job = await jobs.enqueue("work")
            await jobs.start()
            await jobs.idle()
            dead = await jobs.get(job.id)
            assert (dead.state, dead.attempts, dead.problem) == (JobState.DEAD, 1, str(fault))

    asyncio.run(run())


def test_an_unexpected_fault_is_logged_whole_and_told_without_its_words(tmp_path: Path) -> None:
    async def run() -> None:
        async with queue(tmp_path, work=failing(KeyError("passkey=hunter2"))) as (jobs, _):
            job = await jobs.enqueue("work")
            with structlog.testing.capture_logs() as lines:
                await jobs.start()
                await jobs.idle()
            assert [line["event"] for line in lines] == ["job.failed", "job.again"]
            waiting = await jobs.get(job.id)
            assert waiting.state is JobState.QUEUED
            assert "hunter2" not in waiting.problem
            assert "log" in waiting.problem

    asyncio.run(run())


def test_a_job_that_cancels_itself_is_a_failed_one(tmp_path: Path) -> None:
    async def run() -> None:
        async with queue(tmp_path, work=failing(asyncio.CancelledError())) as (jobs, _):  # type: ignore[arg-type]
            job = await jobs.enqueue("work", max_attempts=1)
            with structlog.testing.capture_logs():
                await jobs.start()
                await jobs.idle()
            assert (await jobs.get(job.id)).state is JobState.DEAD

    asyncio.run(run())


def test_a_job_of_another_version_is_given_up(tmp_path: Path) -> None:
    async def run() -> None:
        async with queue(tmp_path, ancient=nothing) as (jobs, db):
            job = await jobs.enqueue("ancient")
            now = Jobs(db)
            await now.start()
            await now.idle()
            assert (await now.get(job.id)).state is JobState.DEAD
            await now.stop()

    asyncio.run(run())


def test_the_queue_outlives_a_full_disk(tmp_path: Path) -> None:
    async def run() -> None:
        async with queue(tmp_path, work=nothing) as (jobs, db):
            sqlite = JobRow._meta.database

            job = await jobs.enqueue("work", {"number": 1})
            await db.run(
                lambda: sqlite.execute_sql(
                    "CREATE TRIGGER full BEFORE UPDATE ON job BEGIN SELECT raise(FAIL, 'database or disk is full'); END"
                )
            )
            with structlog.testing.capture_logs() as lines:
                await jobs.start()
                await until(lambda: any(line["event"] == "jobs.queue_unreadable" for line in lines), "the fault")
            await db.run(lambda: sqlite.execute_sql("DROP TRIGGER full"))
            jobs.wake()
            await jobs.idle()
            assert (await jobs.get(job.id)).state is JobState.DONE

    asyncio.run(run())


def test_one_correlation_id_runs_through_jobs_and_their_log_lines(tmp_path: Path) -> None:
    async def run() -> None:
        seen: dict[str, str] = {}

        async with queue(tmp_path) as (jobs, _):

            async def parent(payload: Mapping[str, Any]) -> None:
                seen["parent"] = correlation.current()
                await jobs.enqueue("child")

            async def child(payload: Mapping[str, Any]) -> None:
                seen["child"] = structlog.contextvars.get_contextvars()["correlation"]

            jobs.handle("parent", parent)
            jobs.handle("child", child)
            with correlation.correlated("c1"):
                await jobs.enqueue("parent")
            await jobs.start()
            await jobs.idle()
            assert seen == {"parent": "c1", "child": "c1"}
            assert correlation.current() == ""

    asyncio.run(run())


def test_old_records_are_forgotten_but_not_what_gave_up(tmp_path: Path) -> None:
    async def run() -> None:
        async with queue(tmp_path, good=nothing, bad=failing(LoginFailed("No."))) as (jobs, db):
            await jobs.enqueue("good")
            dead = await jobs.enqueue("bad")
            await jobs.start()
            await jobs.idle()
            await jobs.forget()
            assert len(await jobs.all()) == 2
            long_ago = datetime.now(UTC) - timedelta(days=8)
            await db.run(lambda: JobRow.update(finished=long_ago).execute())
            await jobs.forget()
            assert [job.id for job in await jobs.all()] == [dead.id]

    asyncio.run(run())


def test_a_clock_set_back_does_not_put_a_waiting_job_off(tmp_path: Path) -> None:
    async def run() -> None:
        gate = Gate()
        gate.open.set()
        async with queue(tmp_path, work=gate) as (jobs, _):
            await jobs.start()
            await jobs.enqueue("work", {"number": 1}, delay=7200.0)  # it was to be done now, two hours ahead
            await jobs.enqueue("work", {"number": 2}, delay=14_400.0)
            await jobs.clock_went_back(7200.0)
            await until(lambda: gate.begun == [1], "the first job")
            await jobs.idle()
            assert gate.begun == [1]
            assert timedelta(hours=1) < (await jobs.get(2)).next_run - datetime.now(UTC) <= timedelta(hours=2)

    asyncio.run(run())


def test_what_was_queued_by_a_clock_that_was_ahead_is_done_at_the_next_start(tmp_path: Path) -> None:
    async def run() -> None:
        gate, ahead = Gate(), datetime.now(UTC) + timedelta(days=400)
        gate.open.set()
        async with queue(tmp_path, work=gate) as (jobs, db):
            await jobs.enqueue("work", {"number": 1})
            await jobs.enqueue("work", {"number": 2}, delay=3600.0)
            await db.run(lambda: JobRow.update(created=ahead, next_run=ahead).where(JobRow.id == 1).execute())
            await jobs.start()
            await until(lambda: gate.begun == [1], "the job")
            await jobs.idle()
            assert gate.begun == [1]

    asyncio.run(run())


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    async def run() -> None:
        async with queue(tmp_path, work=nothing) as (jobs, _):
            with pytest.raises(Problem, match=r"no job “nap”.*Known are: work"):
                await jobs.enqueue("nap")

    asyncio.run(run())


def test_pauses_double_up_to_an_hour_and_differ() -> None:
    assert [pause_after(AWAY, attempt, lambda: 0.5) for attempt in (1, 2, 3)] == [5.0, 10.0, 20.0]
    assert pause_after(AWAY, 1000, lambda: 0.5) == 3600.0
    assert pause_after(AWAY, 1, lambda: 0.0) == pytest.approx(4.0)
    assert pause_after(AWAY, 1, lambda: 1.0) == pytest.approx(6.0)
    assert len({pause_after(AWAY, 3) for _ in range(20)}) > 10


@pytest.mark.parametrize(
    ("asked", "granted"),
    [(60.0, 60.0), (None, None), (0.0, None), (-5.0, 0.0), (float("inf"), LONGEST_ASKED), (float("nan"), None)],
)
def test_no_service_can_ask_for_a_pause_that_is_none(asked: float | None, granted: float | None) -> None:
    assert asked_pause(RateLimited("x", asked)) == granted


def test_a_fault_that_is_its_own_cause_has_a_pause_too() -> None:
    fault = Problem(Kind.DISK_FULL, "There is no room.")
    fault.__cause__ = fault
    assert asked_pause(fault) is None
    assert pause_after(fault, 1) > 0
