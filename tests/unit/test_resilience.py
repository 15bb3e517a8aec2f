"""The guard between the engine and a service."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog

from radarr_desktop.engine.budget import Pace
from radarr_desktop.engine.resilience import LONGEST_MESSAGE, Guard
from radarr_desktop.plugin_api import (
    BadAnswer,
    LoginFailed,
    NotFound,
    PluginError,
    RateLimited,
    Rejected,
    Unreachable,
)
from tests.fakes.clock import FakeClock

SECRET = "s3cret-passkey"


def raising(fault: BaseException) -> Callable[[], Awaitable[Any]]:
    async def work() -> None:
        raise fault

    return work


async def fine() -> str:
    return "fine"


async def ask(guard: Guard, work: Callable[[], Awaitable[Any]], *, insist: bool = False, limit: float = 5.0) -> Any:
    return await guard.call(work, pace=Pace(), limit=limit, insist=insist)


def test_the_circuit_opens_after_a_fault_and_closes_with_success() -> None:
    async def run() -> None:
        guard = Guard("X")
        with pytest.raises(Unreachable):
            await ask(guard, raising(Unreachable("It is down.")))
        assert (guard.state, guard.problem, guard.is_open()) == ("failing", "It is down.", True)
        with pytest.raises(RateLimited, match=r"left alone until \d\d:\d\d\. It is down") as caught:
            await ask(guard, fine)
        assert caught.value.retry_after
        assert 50 < caught.value.retry_after <= 60
        assert await ask(guard, fine, insist=True) == "fine"
        assert (guard.state, guard.is_open(), await ask(guard, fine)) == ("ok", False, "fine")
        assert (guard.calls, guard.failures) == (3, 1)

    asyncio.run(run())


def test_each_fault_in_a_row_is_left_alone_for_longer() -> None:
    async def run() -> None:
        guard = Guard("X", (0.0, 10.0, 100.0), jitter=lambda: 0.0, clock=FakeClock())
        for pause in (10, 100, 100):
            with pytest.raises(BadAnswer):
                await ask(guard, raising(BadAnswer("HTML.")), insist=True)
            assert guard.pause_left == pause

    asyncio.run(run())


def test_calls_that_fail_together_are_one_failure_in_a_row() -> None:
    async def run() -> None:
        guard = Guard("X", (0.0, 10.0, 100.0, 1000.0))
        calls = [ask(guard, raising(Unreachable("It is down."))) for _ in range(8)]
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {Unreachable}
        assert guard.failures == 8
        assert guard.disabled_until
        assert guard.disabled_until - datetime.now(UTC) <= timedelta(seconds=10)

    asyncio.run(run())


def test_half_open_one_call_is_tried_and_the_others_wait_for_what_comes_of_it() -> None:
    async def run() -> None:
        clock, tried, down = FakeClock(), 0, True
        guard = Guard("X", (0.0, 10.0, 20.0, 40.0), clock=clock)

        async def work() -> str:
            nonlocal tried
            tried += 1
            await asyncio.sleep(0)
            if down:
                raise Unreachable("It is down.")
            return "fine"

        async def ten() -> list[type]:
            outcomes = await asyncio.gather(*(ask(guard, work) for _ in range(10)), return_exceptions=True)
            return [type(outcome) for outcome in outcomes]

        async def half_open() -> None:
            await clock.advance(guard.pause_left + 1)
            assert not guard.is_open()

        with pytest.raises(Unreachable):
            await ask(guard, work)
        for _ in range(2):
            await half_open()
            tried = 0
            assert await ten() == [Unreachable, *[RateLimited] * 9]
            assert tried == 1
        down = False
        await half_open()
        assert guard.state == "failing"
        assert await ten() == [str] * 10
        assert (guard.state, guard.is_open()) == ("ok", False)

    asyncio.run(run())


def test_a_pause_that_was_asked_for_is_not_cut_short_by_another_fault() -> None:
    async def run() -> None:
        guard = Guard("X")
        with pytest.raises(RateLimited):
            await ask(guard, raising(RateLimited("Slow down.", 500.0)))
        with pytest.raises(Unreachable):
            await ask(guard, raising(Unreachable("It is down.")), insist=True)
        assert guard.disabled_until
        assert guard.disabled_until - datetime.now(UTC) > timedelta(seconds=490)

    asyncio.run(run())


@pytest.mark.parametrize(("asked", "granted"), [(90.0, 90.0), (None, 3600.0), (float("inf"), 86_400.0)])
def test_a_service_that_asks_for_a_pause_gets_it(asked: float | None, granted: float) -> None:
    async def run() -> None:
        guard = Guard("X")
        with pytest.raises(RateLimited):
            await ask(guard, raising(RateLimited("Slow down.", asked)))
        assert guard.disabled_until
        left = (guard.disabled_until - datetime.now(UTC)).total_seconds()
        assert granted - 2 < left <= granted

    asyncio.run(run())


def test_a_refused_login_stops_everything_until_the_user_acts() -> None:
    async def run() -> None:
        guard = Guard("X")
        with pytest.raises(LoginFailed):
            await ask(guard, raising(LoginFailed("Wrong key.")))
        with pytest.raises(LoginFailed, match="Wrong key"):
            await ask(guard, fine)
        assert guard.state == "broken"
        guard.reset()
        assert await ask(guard, fine) == "fine"

    asyncio.run(run())


@pytest.mark.parametrize("error", [NotFound("Gone."), Rejected("No.")])
def test_an_answer_we_do_not_like_is_no_fault_of_the_service(error: PluginError) -> None:
    async def run() -> None:
        guard = Guard("X")
        with pytest.raises(type(error)):
            await ask(guard, raising(error))
        assert guard.state == "ok"

    asyncio.run(run())


@pytest.mark.parametrize(
    "fault",
    [ValueError("x"), TimeoutError("its own"), SystemExit(3), KeyboardInterrupt(), asyncio.CancelledError(), Exception],
    ids=lambda fault: getattr(type(fault), "__name__", str(fault)),
)
def test_whatever_a_plugin_raises_the_engine_lives_and_it_is_marked(fault: Any) -> None:
    async def run() -> None:
        guard = Guard("X")
        with structlog.testing.capture_logs() as lines:
            for _ in range(3):
                with pytest.raises(Unreachable, match="a fault of its own"):
                    await ask(guard, raising(fault), insist=True)
        assert guard.state == "failing"
        assert [line["event"] for line in lines] == ["plugin.bug", "plugin.bug_again", "plugin.bug_again"]
        assert lines[0]["exc_info"]
        assert await ask(guard, fine, insist=True) == "fine"

    asyncio.run(run())


def test_a_plugin_that_exits_does_not_end_the_program() -> None:
    async def leaves() -> None:
        sys.exit(1)

    async def run() -> None:
        with structlog.testing.capture_logs(), pytest.raises(Unreachable):
            await ask(Guard("X"), leaves)

    asyncio.run(run())


def test_a_call_that_hangs_ends_in_time_even_if_it_does_not_listen() -> None:
    async def run() -> None:
        end = asyncio.Event()

        async def hangs() -> None:
            await asyncio.Event().wait()

        async def deaf() -> None:
            while not end.is_set():
                try:
                    await end.wait()
                except asyncio.CancelledError:
                    continue

        guard = Guard("X")
        with pytest.raises(Unreachable, match=r"X did not answer within 0\.05 s"):
            await ask(guard, hangs, limit=0.05)
        with structlog.testing.capture_logs() as lines, pytest.raises(Unreachable, match="did not answer"):
            await ask(guard, deaf, limit=0.05, insist=True)
        assert [line["event"] for line in lines] == ["containment.abandoned"]
        end.set()

    asyncio.run(run())


def test_a_cancelled_caller_cancels_the_call_and_blames_nobody() -> None:
    async def run() -> None:
        begun, ended = asyncio.Event(), asyncio.Event()

        async def work() -> None:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        guard = Guard("X")
        calling = asyncio.create_task(ask(guard, work))
        await begun.wait()
        calling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await calling
        assert ended.is_set()
        assert guard.state == "ok"

    asyncio.run(run())


def test_calls_keep_their_distance_and_those_in_the_line_learn_of_a_fault() -> None:
    async def run() -> None:
        guard = Guard("X")
        loop = asyncio.get_running_loop()
        times: list[float] = []

        async def work() -> None:
            times.append(loop.time())
            if len(times) == 2:
                raise Unreachable("It is down.")

        calls = [guard.call(work, pace=Pace(0.05), limit=5.0) for _ in range(4)]
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [type(None), Unreachable, RateLimited, RateLimited]
        assert times[1] - times[0] >= 0.049

    asyncio.run(run())


def test_secrets_and_floods_do_not_get_out_in_messages() -> None:
    async def run() -> None:
        guard = Guard("X", secrets=[SECRET, "", "ab"])
        with pytest.raises(Rejected) as caught:
            await ask(guard, raising(Rejected(f"http://x/?passkey={SECRET} is not welcome, ab")))
        assert str(caught.value) == "http://x/?passkey=******** is not welcome, ab"
        with pytest.raises(Unreachable) as flood:
            await ask(guard, raising(Unreachable("x" * 10_000)))
        assert len(str(flood.value)) == LONGEST_MESSAGE + 1
        with pytest.raises(LoginFailed, match="X did not say what is wrong"):
            await ask(guard, raising(LoginFailed("")), insist=True)

    asyncio.run(run())
