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

from radarr_desktop.domain.records import JobState
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

    def __init__(self, db: Database) -> None:
        self.runs = 0
        self.jobs = Jobs(db)
        self.jobs.handle("work", self)

    async def __call__(self, payload: Mapping[str, Any]) -> None:
        self.runs += 1


def test_timed_work_becomes_jobs_and_a_stalled_loop_catches_up_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            work = Work(db)
            schedule = Schedule(db, work.jobs, [Timed("work", timedelta(seconds=0.2), first=timedelta(0))])
            await work.jobs.start()
            await schedule.start()
            await until(lambda: work.runs >= 2, "two runs")
            before, begun = work.runs, time.monotonic()
            time.sleep(2)  # noqa: ASYNC251  the machine sleeps, ten runs are due
            woken = time.monotonic()
            await until(lambda: work.runs > before, "another run")
            schedule.stop()
            awake = time.monotonic() - woken  # on a busy machine more comes due before it is stopped
            await work.jobs.idle()
            assert work.runs <= before + 2 + awake / 0.2, f"{awake} s awake, {woken - begun} s asleep"
            assert {job.state for job in await work.jobs.all()} == {JobState.DONE}
            await work.jobs.stop()
            assert datetime.now(UTC) - (await db.read(settings.last_runs))["work"] < timedelta(minutes=1)

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
            schedule.stop()
            schedule.stop()

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
            schedule.stop()

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
            schedule.stop()
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
            schedule.stop()
            await work.jobs.idle()
            await work.jobs.stop()

    asyncio.run(run())
