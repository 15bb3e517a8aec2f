"""The circuit of every indexer plugin opens, is tried by one call and closes; a clock that jumps keeps none open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.engine.plugins.host import Draft, Live, PluginHost
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.resilience import JITTER, LADDER
from radarr_desktop.loopback.releases import THE_SALT_MERIDIAN
from radarr_desktop.plugin_api import Indexer, Query
from tests.fakes.clock import FakeClock
from tests.fakes.indexers import HASTE, KINDS
from tests.fakes.moody_host import MoodyHost
from tests.fakes.proxy import Canned, Proxy, Trouble

MOVIE = Query(THE_SALT_MERIDIAN.title, THE_SALT_MERIDIAN.year, THE_SALT_MERIDIAN.imdb_id, THE_SALT_MERIDIAN.tmdb_id)
YEAR = 365 * 86_400.0
ALL = 6


class SetClock(FakeClock):
    """Somebody sets the one on the wall; the other one goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead = 0.0

    def now(self) -> float:
        return super().now() + self.ahead

    def steady(self) -> float:
        return super().now()


@dataclass
class Bench:
    """One plugin, its service behind a proxy, and the clock."""

    host: PluginHost
    proxy: Proxy
    clock: SetClock

    @property
    def live(self) -> Live[Indexer[Any]]:
        return self.host.indexers()[0]

    async def ask(self) -> tuple[list[str], int]:
        """What became of some searches at the same time, and the requests they sent."""
        sent = self.proxy.requests
        calls = [self.host.call(self.live, lambda plugin: plugin.search(MOVIE)) for _ in range(ALL)]
        came = await asyncio.gather(*calls, return_exceptions=True)
        told = ["found" if isinstance(one, list) and one else type(one).__name__ for one in came]
        return sorted(told), self.proxy.requests - sent


@asynccontextmanager
async def bench(kind: str, folder: Path) -> AsyncIterator[Bench]:
    clock = SetClock()
    async with KINDS[kind].server() as server, Proxy(server.url) as proxy, MoodyHost(folder).host(clock=clock) as host:
        settings = {**KINDS[kind].settings(proxy.url), **HASTE}
        await host.save(Draft(PluginKind.INDEXER, KINDS[kind].module, kind, settings))
        made = Bench(host, proxy, clock)
        await made.host.call(made.live, lambda plugin: plugin.search(MOVIE))  # some ask first what they can be asked
        yield made


@pytest.mark.parametrize("kind", KINDS)
def test_a_circuit_opens_is_tried_by_one_call_and_closes(kind: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with bench(kind, tmp_path) as it:
            guard = it.live.guard
            assert await it.ask() == (["found"] * ALL, ALL)
            await it.proxy.answer_with(Trouble.RESET)
            told, sent = await it.ask()
            assert told.count("Unreachable") == sent >= 1, "those that came later were not sent any more"
            assert LADDER[1] * (1 - JITTER) <= guard.pause_left <= LADDER[1], "those under way together are one failure"
            assert await it.ask() == (["RateLimited"] * ALL, 0)
            await it.clock.advance(LADDER[1])
            assert await it.ask() == (["RateLimited"] * (ALL - 1) + ["Unreachable"], 1)
            assert LADDER[2] * (1 - JITTER) <= guard.pause_left <= LADDER[2]
            await it.proxy.answer_with(Trouble.NONE)
            assert await it.ask() == (["RateLimited"] * ALL, 0)
            await it.clock.advance(LADDER[2])
            assert guard.state == "failing"
            assert await it.ask() == (["found"] * ALL, ALL)
            assert (guard.state, guard.problem, guard.pause_left) == ("ok", "", 0)

    asyncio.run(run())


@pytest.mark.parametrize("jump", [-YEAR, YEAR])
@pytest.mark.parametrize("kind", KINDS)
def test_a_clock_that_jumps_makes_no_pause_longer(kind: str, jump: float, tmp_path: Path) -> None:
    async def run() -> None:
        async with bench(kind, tmp_path) as it:
            await it.proxy.answer_with(Canned(429, again_in=400))
            told, sent = await it.ask()
            assert told == ["RateLimited"] * ALL
            assert sent >= 1
            assert it.live.guard.pause_left == 400
            await it.proxy.answer_with(Trouble.NONE)
            it.clock.ahead = jump
            assert it.live.guard.pause_left == (400 if jump < 0 else 0)
            await it.clock.advance(400)
            assert await it.ask() == (["found"] * ALL, ALL)
            assert it.live.guard.state == "ok"

    asyncio.run(run())
