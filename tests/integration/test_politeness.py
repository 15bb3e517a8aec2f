"""What indexers were asked and how long they are left alone, over restarts and changes of settings."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from radarr_desktop.engine.budget import HOUR, OverBudget, Urgency, urgency
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.plugin_api import Query, RateLimited, Unreachable
from radarr_desktop.store import limits
from tests.fakes.clock import BEGIN, FakeClock
from tests.fakes.moody_host import MoodyHost, recent
from tests.fakes.rooms import database


def test_the_hours_requests_outlive_the_program_and_a_change_of_settings(world: MoodyHost) -> None:
    async def run() -> None:
        clock = FakeClock()
        async with world.host(clock=clock) as host:
            saved = await host.save(world.draft())
            await recent(host)
            await recent(host)
        async with world.host(clock=clock) as host:
            assert [(one.name, one.last_hour, one.left, one.free_at) for one in host.limits()] == [
                ("Mine", 2, 98, None)
            ]
            await host.save(world.draft("Renamed", id=saved.id, settings={"note": "other"}))
            assert [(one.name, one.last_hour) for one in host.limits()] == [("Renamed", 3)]  # the test of it counts
            clock.set(BEGIN + HOUR)
            assert [one.left for one in host.limits()] == [100]

    asyncio.run(run())


def test_when_the_hour_is_spent_nobody_is_asked_and_nothing_is_wrong(world: MoodyHost) -> None:
    async def run() -> None:
        clock = FakeClock()
        async with world.host(clock=clock) as host:
            await host.save(world.draft())
            for _ in range(75):
                await recent(host)
            (live,) = host.indexers()
            assert (live.wait(Urgency.USER), live.wait(Urgency.BACKLOG)) == (0, HOUR)
            with urgency(Urgency.BACKLOG), pytest.raises(OverBudget, match="its share of the 100 requests"):
                await recent(host)
            for _ in range(25):
                await recent(host)
            with pytest.raises(OverBudget, match="all 100 requests"):
                await recent(host)
            (limit,) = host.limits()
            assert [one.limits for one in await host.instances()] == [limit]
            assert (limit.left, limit.free_at) == (0, datetime.fromtimestamp(BEGIN + HOUR, UTC))
            assert (limit.paused_until, limit.why) == (None, "")
            assert (await host.instances())[0].state == "ok"

    asyncio.run(run())


@pytest.mark.expected_errors("plugin.bug")
def test_a_pause_outlives_the_program_and_ends_when_the_user_changes_something(world: MoodyHost) -> None:
    async def run() -> None:
        clock = FakeClock()
        async with world.host(clock=clock) as host:
            saved = await host.save(world.draft(settings={"passkey": "none"}))  # its fault tells it
            world.mood("bug")
            with pytest.raises(Unreachable):
                await recent(host)
        async with world.host(clock=clock) as host:
            (limit,) = host.limits()
            assert limit.paused_until is not None
            until = limit.paused_until - datetime.fromtimestamp(BEGIN, UTC)
            assert timedelta(seconds=53) < until <= timedelta(seconds=60)
            assert "a fault of its own" in limit.why
            with pytest.raises(RateLimited, match="left alone"):
                await recent(host)
            world.mood("fine")
            await host.save(world.draft(id=saved.id, settings={"passkey": "none", "note": "changed"}))
            assert await recent(host)
        async with world.host(clock=clock) as host:
            assert [one.paused_until for one in host.limits()] == [None]
            await host.remove(saved.id)
        async with database(world.paths.data) as db:
            assert await db.read(lambda: limits.left_alone(saved.id)) == (0, None, "")

    asyncio.run(run())


def test_a_new_instance_starts_with_its_own_hour(world: MoodyHost) -> None:
    async def run() -> None:
        async with world.host() as host:
            await host.save(world.draft())
            await recent(host)
            await host.save(Draft(PluginKind.INDEXER, "moody", "Other", world.draft().settings))
            assert {one.name: one.last_hour for one in host.limits()} == {"Mine": 1, "Other": 0}
            other = next(live for live in host.indexers() if live.name == "Other")
            await host.call(other, lambda plugin: plugin.search(Query("x")))
            assert {one.name: one.last_hour for one in host.limits()} == {"Mine": 1, "Other": 1}

    asyncio.run(run())
