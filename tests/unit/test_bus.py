"""Facts reach whoever asked for them, and nobody suffers from another's handler."""

from __future__ import annotations

import asyncio

import structlog

from radarr_desktop.domain.events import Event, MovieAdded, MovieChanged
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus

ADDED = MovieAdded(movie_id=1, title="A")


def test_a_handler_gets_its_type_and_subtypes_until_it_ends_that() -> None:
    async def run() -> None:
        bus = Bus()
        every: list[Event] = []
        added: list[MovieAdded] = []
        end = bus.subscribe(Event, every.append)
        bus.subscribe(MovieAdded, added.append)
        bus.publish(ADDED)
        bus.publish(MovieChanged(movie_id=1))
        end()
        end()
        bus.publish(ADDED)
        assert len(every) == 2
        assert added == [ADDED, ADDED]

    asyncio.run(run())


def test_a_failing_handler_is_logged_and_the_others_still_hear() -> None:
    async def run() -> None:
        bus = Bus()
        heard: list[str] = []

        def fails(event: Event) -> None:
            raise ValueError("sync")

        async def fails_later(event: Event) -> None:
            await asyncio.sleep(0)
            raise ValueError("async")

        async def hears(event: Event) -> None:
            await asyncio.sleep(0)
            heard.append(correlation.current())

        for handler in (fails, fails_later, hears):
            bus.subscribe(Event, handler)
        with structlog.testing.capture_logs() as lines, correlation.correlated("c1"):
            bus.publish(ADDED)
            await bus.drain()
        assert heard == ["c1"]
        assert [line["event"] for line in lines] == ["bus.handler_failed"] * 2

    asyncio.run(run())


def test_draining_waits_for_what_handlers_publish_and_stops_what_hangs() -> None:
    async def run() -> None:
        bus = Bus()
        heard: list[Event] = []

        async def tells_more(event: MovieAdded) -> None:
            await asyncio.sleep(0)
            bus.publish(MovieChanged(movie_id=event.movie_id))

        async def hears(event: MovieChanged) -> None:
            await asyncio.sleep(0)
            heard.append(event)

        bus.subscribe(MovieAdded, tells_more)
        bus.subscribe(MovieChanged, hears)
        bus.publish(ADDED)
        await bus.drain()
        assert len(heard) == 1

        async def hangs(event: Event) -> None:
            await asyncio.Event().wait()

        bus.subscribe(MovieAdded, hangs)
        bus.publish(ADDED)
        with structlog.testing.capture_logs() as lines:
            await bus.drain(limit=0.05)
        assert [line["event"] for line in lines] == ["bus.handler_stopped"]

    asyncio.run(run())
