"""Durable jobs on a real database, and in a real process that is killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Job, JobState
from radarr_desktop.engine import correlation
from radarr_desktop.engine.attempts import FIRST_PAUSE, LONGEST_ASKED, LONGEST_PAUSE, asked_pause, back_off
from radarr_desktop.engine.jobs import AT_ONCE, Jobs
from radarr_desktop.plugin_api import LoginFailed, RateLimited, Unreachable
from radarr_desktop.store.database import Database
from radarr_desktop.store.models import JobRow
from tests.fakes.rooms import database, until

ROOT = Path(__file__).parents[2]
WORKER = """
import asyncio, sys
from pathlib import Path
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.store.database import Database

async def run():
    db = Database(Path(sys.argv[1]))
    await db.open()
    jobs = Jobs(db)

    async def work(payload):
        print("begun", payload["number"], flush=True)
        if sys.argv[2] == "hang":
            await asyncio.Event().wait()

    jobs.handle("work", work)
    if sys.argv[2] == "hang":
        await jobs.enqueue("work", {"number": 7}, correlation_id="c7")
    await jobs.start()
    await jobs.idle()
    await jobs.stop()
    await db.close()

asyncio.run(run())
"""


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
            apart = await jobs.enqueue("work", {"a": 2}, unique=False)
            assert again.id == first.id
            assert again.priority == 3
            assert again.next_run < first.next_run
            assert len({first.id, other.id, apart.id}) == 3

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


def test_stopping_puts_a_running_job_back_uncounted(tmp_path: Path) -> None:
    async def run() -> None:
        gate = Gate()
        async with queue(tmp_path, work=gate) as (jobs, _):
            job = await jobs.enqueue("work", {"number": 1}, max_attempts=1)
            for times in (1, 2):
                await jobs.start()
                await until(lambda times=times: len(gate.begun) == times, "the job")  # type: ignore[misc]
                await jobs.stop()
                waiting = await jobs.get(job.id)
                assert (waiting.state, waiting.attempts) == (JobState.QUEUED, 0)
            gate.open.set()
            await jobs.start()
            await jobs.idle()
            assert (await jobs.get(job.id)).state is JobState.DONE

    asyncio.run(run())


def test_stopping_at_any_moment_loses_no_job(tmp_path: Path) -> None:
    """Stop after so many steps of the loop, each time from another point of claiming and beginning."""

    async def run() -> None:
        done: list[int] = []

        async def work(payload: Mapping[str, Any]) -> None:
            await asyncio.sleep(0)
            done.append(payload["number"])

        async with queue(tmp_path, work=work) as (jobs, _):
            for number in range(40):
                await jobs.enqueue("work", {"number": number})
            for steps in range(30):
                await jobs.start()
                for step in range(steps):
                    await (jobs.all() if step % 3 else asyncio.sleep(0))
                await jobs.stop()
                assert {job.state for job in await jobs.all()} <= {JobState.QUEUED, JobState.DONE}
            await jobs.start()
            await jobs.idle()
            assert {job.state for job in await jobs.all()} == {JobState.DONE}
            assert set(done) == set(range(40))
            assert {job.attempts for job in await jobs.all()} == {1}

    asyncio.run(run())


def test_a_job_that_does_not_stop_is_left_behind(tmp_path: Path) -> None:
    async def run() -> None:
        begun, end = asyncio.Event(), asyncio.Event()

        async def deaf(payload: Mapping[str, Any]) -> None:
            begun.set()
            while not end.is_set():
                try:
                    await end.wait()
                except asyncio.CancelledError:
                    continue

        async with queue(tmp_path, work=deaf) as (jobs, _):
            job = await jobs.enqueue("work")
            await jobs.start()
            await begun.wait()
            with structlog.testing.capture_logs() as lines:
                await jobs.stop()
            assert [line["event"] for line in lines] == ["job.does_not_stop"]
            end.set()
            await asyncio.sleep(0.05)
            assert (await jobs.get(job.id)).state is JobState.QUEUED

    asyncio.run(run())


def test_cancelling_stops_a_running_job_and_drops_a_waiting_one(tmp_path: Path) -> None:
    async def run() -> None:
        gate = Gate()
        async with queue(tmp_path, work=gate) as (jobs, _):
            running = await jobs.enqueue("work", {"number": 1})
            waiting = await jobs.enqueue("work", {"number": 2}, delay=3600)
            await jobs.start()
            await until(lambda: gate.begun == [1], "the job")
            await jobs.cancel(running.id)
            await jobs.cancel(waiting.id)
            await jobs.idle()
            assert gate.stopped == [1]
            assert [job.state for job in await jobs.all()] == [JobState.CANCELLED] * 2
            with pytest.raises(Problem, match="has ended already"):
                await jobs.cancel(running.id)
            with pytest.raises(Problem, match="no job 99"):
                await jobs.cancel(99)
            with pytest.raises(Problem, match="has not given up"):
                await jobs.retry(running.id)

    asyncio.run(run())


def test_a_job_cancelled_at_any_moment_stays_cancelled_or_was_done(tmp_path: Path) -> None:
    async def run() -> None:
        done: set[int] = set()

        async def work(payload: Mapping[str, Any]) -> None:
            await asyncio.sleep(0)
            done.add(payload["number"])

        async def ends(jobs: Jobs, job: Job, steps: int) -> None:
            for _ in range(steps):
                await asyncio.sleep(0)
            with contextlib.suppress(Problem):  # it has ended already
                await jobs.cancel(job.id)
            await jobs.idle()
            state = (await jobs.get(job.id)).state
            assert state is JobState.CANCELLED or steps in done

        async with queue(tmp_path, work=work) as (jobs, _):
            await jobs.start()
            for steps in range(60):
                await ends(jobs, await jobs.enqueue("work", {"number": steps}), steps)

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


def test_a_killed_process_takes_up_its_job_again(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WORKER, str(tmp_path / "test.db")]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([*command, "hang"], env=env, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout
        while "begun 7" not in worker.stdout.readline():
            assert worker.poll() is None
        worker.send_signal(signal.SIGKILL)
    outcome = subprocess.run([*command, "work"], env=env, capture_output=True, text=True, check=True, timeout=60)
    assert "begun 7" in outcome.stdout
    assert "jobs.resumed" in outcome.stdout

    async def run() -> None:
        async with queue(tmp_path) as (jobs, _):
            (job,) = await jobs.all()
            assert (job.state, job.attempts, job.correlation) == (JobState.DONE, 1, "c7")

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


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    async def run() -> None:
        async with queue(tmp_path, work=nothing) as (jobs, _):
            with pytest.raises(Problem, match=r"no job “nap”.*Known are: work"):
                await jobs.enqueue("nap")

    asyncio.run(run())


def test_pauses_double_up_to_an_hour_and_differ() -> None:
    assert [back_off(attempt, lambda: 0.5) for attempt in (1, 2, 3)] == [5.0, 10.0, 20.0]
    assert back_off(1000, lambda: 0.5) == LONGEST_PAUSE
    assert back_off(1, lambda: 0.0) == pytest.approx(4.0)
    assert back_off(1, lambda: 1.0) == pytest.approx(6.0)
    assert len({back_off(3) for _ in range(20)}) > 10


@pytest.mark.parametrize(
    ("asked", "granted"),
    [(60.0, 60.0), (None, None), (0.0, None), (-5.0, 0.0), (float("inf"), LONGEST_ASKED), (float("nan"), None)],
)
def test_no_service_can_ask_for_a_pause_that_is_none(asked: float | None, granted: float | None) -> None:
    assert asked_pause(RateLimited("x", asked)) == granted
