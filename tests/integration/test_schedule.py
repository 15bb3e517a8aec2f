"""Timed work: when it runs first, that it is remembered, and what a jump of the clock does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from radarr_desktop.domain.records import Job, JobState
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.schedule import SETTLING, Schedule, Timed, first_run
from radarr_desktop.store import settings
from radarr_desktop.store.database import Database
from radarr_desktop.store.models import SettingRow
from tests.fakes.rooms import database, until

HOURLY = Timed("work", timedelta(hours=1), first=timedelta(minutes=10))
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (None, NOW + timedelta(minutes=10)),
        (NOW - timedelta(minutes=20), NOW + timedelta(minutes=40)),
        (NOW - timedelta(days=30), NOW + SETTLING),
        (NOW + timedelta(days=900), NOW + timedelta(hours=1)),
    ],
    ids=["never", "on time", "overdue", "written by a wrong clock"],
)
def test_the_first_run_after_a_start(last: datetime | None, first: datetime) -> None:
    assert first_run(HOURLY, last, NOW) == first


class Work:
    """Counts its runs."""

    def __init__(self, db: Database, jobs: Jobs | None = None) -> None:
        self.runs = 0
        self.jobs = jobs or Jobs(db)
        self.jobs.handle("work", self)

    async def __call__(self, payload: Mapping[str, Any]) -> None:
        self.runs += 1


class Asked(Jobs):
    """A queue that remembers when each job was asked for."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.at: list[float] = []
        self.asked = asyncio.Event()

    async def enqueue(self, kind: str, *args: Any, **more: Any) -> Job:
        self.at.append(time.monotonic())
        self.asked.set()
        return await super().enqueue(kind, *args, **more)


def test_timed_work_becomes_jobs_and_a_stalled_loop_catches_up_once(tmp_path: Path) -> None:
    every, missed = 0.2, 20

    async def run() -> None:
        async with database(tmp_path) as db:
            work = Work(db, jobs := Asked(db))
            schedule = Schedule(db, jobs, [Timed("work", timedelta(seconds=every), first=timedelta(0))])
            await jobs.start()
            await schedule.start()
            await until(lambda: work.runs >= 2, "two runs")
            time.sleep(every * missed)  # noqa: ASYNC251  the machine sleeps
            woken = time.monotonic()
            await until(lambda: sum(at >= woken for at in jobs.at) >= 8, "more runs")
            came_due = (time.monotonic() - woken) / every + 1  # while it was awake again
            asked = sum(at >= woken for at in jobs.at)
            assert asked <= 2 + came_due, f"{missed} were missed"  # one for all that was missed, one begun before
            await schedule.stop()
            await jobs.idle()
            assert {job.state for job in await jobs.all()} == {JobState.DONE}
            await jobs.stop()
            assert datetime.now(UTC) - (await db.read(settings.last_runs))["work"] < timedelta(minutes=1)

    asyncio.run(run())


@pytest.mark.parametrize("turns", range(12))
def test_what_is_being_enqueued_as_it_stops_is_seen_through(turns: int, tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            jobs = Asked(db)
            work = Work(db, jobs)
            schedule = Schedule(db, jobs, [Timed("work", timedelta(hours=1), first=timedelta(0))])
            await schedule.start()
            await jobs.asked.wait()
            for _ in range(turns):
                await asyncio.sleep(0)
            await schedule.stop()
            assert [job.kind for job in await work.jobs.all()] == ["work"]
            assert "work" in await db.read(settings.last_runs)

    asyncio.run(run())


def test_the_last_run_is_remembered_over_a_restart(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            ran = datetime.now(UTC) - timedelta(minutes=20)
            await db.run(lambda: settings.ran("work", ran))
            schedule = Schedule(db, Work(db).jobs, [HOURLY])
            await schedule.start()
            assert schedule.next_run("work") == ran + HOURLY.every
            assert schedule.next_run("other") is None
            await schedule.stop()
            await schedule.stop()

    asyncio.run(run())


def test_a_clock_set_back_does_not_put_work_off_for_years(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            # planned when the clock was ten years ahead, which is now set right
            timed = [Timed("work", timedelta(hours=1), first=timedelta(days=3650))]
            schedule = Schedule(db, Work(db).jobs, timed)
            await schedule.start()
            planned = schedule.next_run("work")
            assert planned is not None
            assert planned > datetime.now(UTC) + timedelta(days=3000)
            timed[0] = HOURLY
            schedule.catch_up()
            planned = schedule.next_run("work")
            assert planned is not None
            assert planned <= datetime.now(UTC) + HOURLY.every
            await schedule.stop()

    asyncio.run(run())


def test_a_clock_set_back_while_it_runs_is_noticed_and_waiting_work_done(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            work, ahead = Work(db), 7200.0
            schedule = Schedule(db, work.jobs, [HOURLY], heartbeat=0.05, clock=lambda: time.time() + ahead)
            await work.jobs.start()
            await schedule.start()
            await work.jobs.enqueue("work", {"before": "the jump"}, delay=ahead)
            ahead = 0.0
            await until(lambda: work.runs == 1, "what was due two hours ahead")
            await schedule.stop()
            await work.jobs.stop()

    asyncio.run(run())


def test_a_database_in_trouble_does_not_stop_the_schedule(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            work = Work(db)
            sqlite = SettingRow._meta.database
            stop = "CREATE TRIGGER full BEFORE INSERT ON job BEGIN SELECT raise(FAIL, 'database or disk is full'); END"
            await db.run(lambda: sqlite.execute_sql(stop))
            schedule = Schedule(db, work.jobs, [Timed("work", timedelta(seconds=0.1), first=timedelta(0))])
            await work.jobs.start()
            with structlog.testing.capture_logs() as lines:
                await schedule.start()
                await until(lambda: len(lines) >= 2, "two failures")
            await db.run(lambda: sqlite.execute_sql("DROP TRIGGER full"))
            await until(lambda: work.runs > 0, "a run")
            assert {line["event"] for line in lines} == {"schedule.not_enqueued"}
            await schedule.stop()
            await work.jobs.idle()
            await work.jobs.stop()

    asyncio.run(run())
