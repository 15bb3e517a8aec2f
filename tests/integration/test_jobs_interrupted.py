"""Jobs that are stopped, cancelled or killed, at any moment."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import structlog

from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import Job, JobState
from radarr_desktop.engine.jobs import Jobs
from tests.fakes.queue import Gate, queue
from tests.fakes.rooms import until

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
            others = asyncio.all_tasks()
            job = await jobs.enqueue("work")
            await jobs.start()
            await begun.wait()
            with structlog.testing.capture_logs() as lines:
                await jobs.stop()
            assert [line["event"] for line in lines] == ["job.does_not_stop"]
            end.set()
            await until(lambda: asyncio.all_tasks() <= others, "the end of what was left behind")
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
