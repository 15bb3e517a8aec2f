"""What an indexer bears: pauses, an hour's requests, who comes first; by a clock of the test's own."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable

import pytest

from radarr_desktop.engine.budget import HOUR, Budget, OverBudget, Pace, Urgency, current_urgency, urgency
from radarr_desktop.engine.resilience import JITTER, LADDER, Guard, Standing
from radarr_desktop.plugin_api import RateLimited, Unreachable
from tests.fakes.clock import BEGIN, FakeClock, settle


def budget(clock: FakeClock, pause: float = 2.0, hourly: int = 0, spent: tuple[float, ...] = ()) -> Budget:
    made = Budget("X", clock, spent)
    made.pace = Pace(pause, hourly)
    return made


def test_requests_keep_their_distance() -> None:
    async def run() -> None:
        clock = FakeClock()
        line, sent = budget(clock), list[float]()

        async def ask() -> None:
            await line.turn(Urgency.USER)
            sent.append(clock.now() - BEGIN)

        await clock.play(asyncio.gather(*(ask() for _ in range(5))))
        assert sent == [0, 2, 4, 6, 8]
        assert line.last_hour == 5

    asyncio.run(run())


def test_the_user_comes_first_then_the_feed_then_the_backlog() -> None:
    async def run() -> None:
        clock = FakeClock()
        line, sent = budget(clock), list[Urgency]()

        async def ask(how: Urgency) -> None:
            await line.turn(how)
            sent.append(how)

        first = [asyncio.create_task(ask(how)) for how in (Urgency.BACKLOG, Urgency.BACKLOG, Urgency.BACKLOG)]
        await settle()
        late = [asyncio.create_task(ask(how)) for how in (Urgency.FEED, Urgency.USER, Urgency.GOING_ON)]
        await clock.play(asyncio.gather(*first, *late))
        usual = [Urgency.GOING_ON, Urgency.USER, Urgency.FEED, Urgency.BACKLOG, Urgency.BACKLOG]
        assert sent == [Urgency.BACKLOG, *usual]

    asyncio.run(run())


def test_who_leaves_the_line_does_not_hold_it_up() -> None:
    async def run() -> None:
        clock = FakeClock()
        line = budget(clock)
        await line.turn(Urgency.USER)
        gone, stays = (asyncio.create_task(line.turn(Urgency.USER)) for _ in range(2))
        await settle()
        gone.cancel()
        await clock.play(stays)
        assert (clock.now() - BEGIN, line.last_hour) == (2, 2)

    asyncio.run(run())


def test_an_hour_has_room_for_so_many_and_the_user_is_kept_some() -> None:
    async def run() -> None:
        clock = FakeClock()
        line = budget(clock, pause=0, hourly=20)
        for how, many in ((Urgency.BACKLOG, 15), (Urgency.FEED, 3), (Urgency.USER, 2)):
            for _ in range(many):
                await line.turn(how)
            with pytest.raises(
                OverBudget, match=r"X has had .* of this hour\. It is asked again at \d\d:\d\d"
            ) as caught:
                await line.turn(how)
            assert caught.value.retry_after == HOUR
        await line.turn(Urgency.USER, refuse=False)  # the user insists, and it counts
        assert line.last_hour == 21
        clock.set(BEGIN + HOUR + 1)
        assert (line.last_hour, line.wait(Urgency.BACKLOG)) == (0, 0)

    asyncio.run(run())


def test_no_hour_ever_has_more_whoever_asks() -> None:
    async def run() -> None:
        clock = FakeClock()
        line, sent = budget(clock, hourly=60), list[float]()
        while clock.now() < BEGIN + 5 * HOUR:
            try:
                await clock.play(line.turn(Urgency(len(sent) % 3 + 1)))
            except OverBudget as over:
                await clock.advance(over.retry_after or 0)
            else:
                sent.append(clock.now())
        assert len(sent) > 4 * 45
        assert max(sum(begin <= at < begin + HOUR for at in sent) for begin in sent) <= 60
        assert min(after - before for before, after in itertools.pairwise(sent)) >= 2

    asyncio.run(run())


def test_a_moment_before_the_hour_is_over_is_waited_for_and_not_used() -> None:
    async def run() -> None:
        clock = FakeClock()
        line = budget(clock, pause=0, hourly=1)
        await line.turn(Urgency.USER)
        await clock.advance(HOUR - 0.5)
        await clock.play(line.turn(Urgency.USER))
        assert clock.now() == BEGIN + HOUR

    asyncio.run(run())


def test_a_budget_goes_on_where_the_program_ended_and_bears_a_wrong_clock() -> None:
    clock = FakeClock()
    line = budget(clock, pause=0, hourly=4, spent=(BEGIN - 2 * HOUR, BEGIN - 100, BEGIN - 50, BEGIN + 9 * HOUR))
    assert line.last_hour == 3
    assert line.wait(Urgency.USER) == 0
    assert line.wait(Urgency.BACKLOG) == HOUR - 100
    clock.set(BEGIN + HOUR)
    assert line.last_hour == 0


def test_booked_places_come_one_after_the_other() -> None:
    clock = FakeClock()
    line = budget(clock, pause=0, hourly=4, spent=(BEGIN - 300, BEGIN - 200, BEGIN - 100))
    assert [line.book(Urgency.BACKLOG) for _ in range(4)] == [HOUR - 300, HOUR - 200, HOUR - 100, 2 * HOUR - 300]
    assert budget(clock).book(Urgency.BACKLOG) == 0


def test_a_forecast_counts_pauses_hours_and_what_was_asked_already() -> None:
    clock = FakeClock()
    assert budget(clock).forecast(312, Urgency.BACKLOG) == 311 * 2
    assert budget(clock, hourly=80).forecast(61, Urgency.BACKLOG) == HOUR
    assert budget(clock, hourly=80).forecast(312, Urgency.BACKLOG) == 5 * HOUR + 11 * 2
    assert budget(clock, hourly=80).forecast(0, Urgency.BACKLOG) == 0
    spent = (BEGIN - 3000, BEGIN - 600, BEGIN - 20)
    for pause, share in ((2, 15), (300, 15), (0, 3)):  # 15 requests 300 s apart take more than an hour
        line = budget(clock, pause=pause, hourly=share * 4 // 3, spent=spent)
        near, far = (line.forecast(rounds * share + 2, Urgency.BACKLOG) for rounds in (2, 100))
        assert far - near == 98 * max(HOUR, share * pause)
    assert budget(clock, pause=0, hourly=4, spent=(BEGIN - 600,) * 3).forecast(1, Urgency.BACKLOG) == HOUR - 600


def test_urgency_is_the_users_unless_said() -> None:
    with urgency(Urgency.FEED):
        with urgency(Urgency.BACKLOG):
            assert current_urgency() is Urgency.BACKLOG
        assert current_urgency() is Urgency.FEED
    assert current_urgency() is Urgency.USER


def raising(fault: Exception) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        raise fault

    return work


async def fine() -> None:
    pass


def test_each_request_of_a_call_counts_and_waiting_is_not_held_against_it() -> None:
    async def run() -> None:
        clock = FakeClock()
        guard, sent = Guard("X", clock=clock), list[float]()

        async def three_pages() -> None:
            for _ in range(3):
                await guard.request()
                sent.append(clock.now() - BEGIN)

        await clock.play(guard.call(three_pages, pace=Pace(30.0, 100), limit=0.5))
        assert sent == [0, 30, 60]
        assert guard.budget.last_hour == 3
        assert guard.state == "ok"

    asyncio.run(run())


def test_a_spent_hour_is_no_fault_of_the_service() -> None:
    async def run() -> None:
        clock = FakeClock()
        guard, pace = Guard("X", clock=clock), Pace(0.0, 2)

        async def three_pages() -> None:
            for _ in range(3):
                await guard.request()

        with pytest.raises(OverBudget, match="all 2 requests"):
            await guard.call(three_pages, pace=pace, limit=5)
        with pytest.raises(OverBudget):
            await guard.call(fine, pace=pace, limit=5)
        assert (guard.state, guard.is_open(), guard.failures) == ("ok", False, 0)
        await guard.call(fine, pace=pace, limit=5, insist=True)

    asyncio.run(run())


def test_after_a_429_nothing_is_sent_before_its_time() -> None:
    async def run() -> None:
        clock = FakeClock()
        guard, sent = Guard("X", clock=clock), list[float]()

        async def limited() -> None:
            sent.append(clock.now() - BEGIN)
            raise RateLimited("Slow down.", 900)

        calls = (guard.call(limited, pace=Pace(2.0), limit=5) for _ in range(10))
        outcomes = await clock.play(asyncio.gather(*calls, return_exceptions=True))
        assert {type(each) for each in outcomes} == {RateLimited}
        assert sent == [0]
        await clock.advance(890 - (clock.now() - BEGIN))
        with pytest.raises(RateLimited, match="left alone"):
            await guard.call(limited, pace=Pace(2.0), limit=5)
        await clock.advance(11)
        await guard.call(fine, pace=Pace(2.0), limit=5)
        assert guard.state == "ok"

    asyncio.run(run())


@pytest.mark.parametrize("jitter", [0.0, 0.5, 1.0])
def test_faults_in_a_row_are_left_alone_for_longer_and_never_all_for_the_same_time(jitter: float) -> None:
    async def run() -> list[float]:
        clock = FakeClock()
        guard, pauses = Guard("X", clock=clock, jitter=lambda: jitter), []
        for _ in LADDER[1:]:
            with pytest.raises(Unreachable):
                await guard.call(raising(Unreachable("Down.")), pace=Pace(), limit=5)
            pauses.append(guard.pause_left)
            await clock.advance(guard.pause_left)
        return pauses

    assert asyncio.run(run()) == pytest.approx([seconds * (1 - JITTER * jitter) for seconds in LADDER[1:]])


def test_a_pause_goes_on_after_a_restart() -> None:
    async def run() -> None:
        clock = FakeClock()
        guard = Guard("X", clock=clock)
        with pytest.raises(RateLimited):
            await guard.call(raising(RateLimited("Slow down.", 900)), pace=Pace(), limit=5)
        await clock.advance(300)
        again = Guard("X", clock=clock, standing=guard.standing)
        assert (again.pause_left, again.problem, again.state) == (600, "Slow down.", "failing")
        assert again.standing == guard.standing
        clock.set(BEGIN - 10 * 86_400)  # what was written by a clock that was ahead does not hold for ever
        assert Guard("X", clock=clock, standing=guard.standing).pause_left == 86_400
        assert Guard("X", clock=clock, standing=Standing()).state == "ok"

    asyncio.run(run())
