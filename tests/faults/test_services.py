"""Services that stall, break off, are busy or away: a clear reason, a time for the next try, and it goes on by itself.

The real qBittorrent and the loopback services stand behind a proxy that spoils their answers.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import GrabState, HistoryKind
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.plugins.host import Instance
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.resilience import LOCAL_LADDER
from radarr_desktop.plugin_api import RateLimited, Unreachable
from tests.fakes.proxy import Canned, Proxy, Trouble
from tests.fakes.swarm import qbittorrent
from tests.fixtures_engine import WorldThread, config_for, running_engine
from tests.integration.stage import Stage, with_qbittorrent

JSON_CUT = Canned(200, b'{"status": 0, "data": [', "application/json")
PAGE = Canned(200, b"<!DOCTYPE html><html><body>Log in</body></html>")
TROUBLES: dict[str, tuple[Trouble | Canned, str, float]] = {
    "reset": (Trouble.RESET, "broke off", 60),
    "cut off": (Trouble.TRUNCATE, "broke off", 60),
    "half a JSON": (JSON_CUT, "JSON that is cut off or damaged", 60),
    "a web page": (PAGE, "an HTML page instead of JSON", 60),
    "500": (Canned(500), "500", 60),
    "503": (Canned(503), "answered 503: it cannot work right now", 60),
    "429 in seconds": (Canned(429, again_in=400), "asked to slow down (429)", 400),
    "429 by date": (Canned(429, again_in=700, as_date=True), "asked to slow down (429)", 700),
}
"""What happens, what is said of it, and in how many seconds it is tried again."""


@dataclass
class Troubled(Stage):
    """A program whose services are all behind proxies."""

    indexer: Proxy
    client: Proxy
    metadata: Proxy

    def instance(self, kind: PluginKind) -> Instance:
        """The one service of a kind, as people see it."""
        (found,) = self.running.do(self.running.engine.plugins.instances(kind))
        return found

    def spoil(self, proxy: Proxy, trouble: Trouble | Canned) -> None:
        """Answers are spoiled from now on."""
        self.world.do(proxy.answer_with(trouble))

    def reason(self, name: str) -> str:
        """What health says of a service; nothing when it is well."""
        items = self.running.do(self.running.engine.health())
        return next((f"{one.message} {one.todo}" for one in items if one.source == name), "")

    def complains(self, words: str) -> None:
        """Wait until this is said of the download client."""
        self.running.wait_for(lambda: words in self.reason("qBittorrent"), words)

    def assert_left_alone(self, kind: PluginKind, seconds: float) -> None:
        """A reason is told, and when it is tried again."""
        instance = self.instance(kind)
        assert instance.state == "failing"
        assert instance.disabled_until is not None
        left = (instance.disabled_until - datetime.now(UTC)).total_seconds()
        assert seconds - 10 < left <= seconds
        assert self.reason(instance.name).endswith("It is tried again by itself.")


@contextlib.contextmanager
def proxied(world: WorldThread, url: str) -> Iterator[Proxy]:
    """A proxy in front of this address."""
    proxy = Proxy(url)
    world.do(proxy.__aenter__())
    try:
        yield proxy
    finally:
        world.do(proxy.go_down())


@pytest.fixture
def troubled(tmp_path: Path) -> Iterator[Troubled]:
    with contextlib.ExitStack() as stack:
        world = WorldThread(tmp_path)
        stack.callback(world.close)
        program = stack.enter_context(qbittorrent(tmp_path / "qbittorrent"))
        config = with_qbittorrent(config_for(world, tmp_path, with_movie=False), program)
        proxies = []
        for url in (world.world.hdbits.url, program.url, world.world.tmdb.url):
            proxies.append(stack.enter_context(proxied(world, url)))
            config = config.replace(f'"{url}"', f'"{proxies[-1].url}"')
        yield Troubled(world, stack.enter_context(running_engine(tmp_path, config)), program, *proxies)


def test_an_indexer_in_trouble_is_told_left_alone_and_asked_again(troubled: Troubled) -> None:
    movie, engine = troubled.add(search=False), troubled.running.engine
    for trouble, words, pause in TROUBLES.values():
        troubled.spoil(troubled.indexer, trouble)
        with pytest.raises(Problem, match="could not be searched"):
            troubled.running.do(engine.search.run(movie.id))
        assert words in troubled.reason("HDBits")
        troubled.assert_left_alone(PluginKind.INDEXER, pause)
        asked = troubled.indexer.requests
        with pytest.raises(Problem, match="left alone until") as refused:
            troubled.running.do(engine.search.run(movie.id))
        assert words in str(refused.value)
        assert troubled.indexer.requests == asked, "an open circuit sends nothing"
        troubled.spoil(troubled.indexer, Trouble.NONE)
        assert troubled.running.do(engine.plugins.test_all(PluginKind.INDEXER))[0][1] == ""
        assert troubled.reason("HDBits") == ""
    troubled.running.do(engine.search.run(movie.id))
    troubled.imported()


def test_a_metadata_source_in_trouble_is_told_and_nothing_half_known_is_added(troubled: Troubled) -> None:
    engine, tmdb = troubled.running.engine, troubled.world.world.movie.tmdb_id
    for trouble, words, pause in TROUBLES.values():
        troubled.spoil(troubled.metadata, trouble)
        with pytest.raises(Problem) as refused:
            troubled.running.do(engine.movies.add(NewMovie(tmdb)))
        assert words in str(refused.value)
        assert refused.value.kind in (Kind.UNREACHABLE, Kind.RATE_LIMITED)
        troubled.assert_left_alone(PluginKind.METADATA, pause)
        troubled.spoil(troubled.metadata, Trouble.NONE)
        assert troubled.running.do(engine.plugins.test_all(PluginKind.METADATA))[0][1] == ""
    assert troubled.running.do(engine.movies.all()) == []
    assert troubled.running.do(engine.movies.add(NewMovie(tmdb))).info.year == 2025


def test_a_download_goes_on_through_every_trouble_of_its_client(troubled: Troubled) -> None:
    world, engine = troubled.world, troubled.running.engine
    world.do(world.world.seeder.limit(troubled.good, 20_000))
    movie = troubled.add(search=True)
    troubled.running.wait_for_event(events.DownloadProgressed)
    for trouble, words in (
        (Trouble.RESET, "broke off"),
        (Trouble.TRUNCATE, "broke off"),
        (PAGE, "an HTML page instead of JSON"),
        (Canned(502), "answered 502: it cannot work right now"),
        (Canned(429, again_in=1), "asked to slow down (429)"),
    ):
        troubled.spoil(troubled.client, trouble)
        troubled.complains(words)
        instance = troubled.instance(PluginKind.DOWNLOAD_CLIENT)
        assert instance.state == "failing"
        assert instance.disabled_until is not None
        (item,) = troubled.running.do(engine.downloads.queue())
        assert item.grab.state is GrabState.DOWNLOADING, "a client that is away is no reason to give a download up"
        troubled.spoil(troubled.client, Trouble.NONE)
        troubled.running.wait_for(lambda: not troubled.reason("qBittorrent"), f"the end of {words}")
    world.do(troubled.client.go_down())
    troubled.complains("cannot be reached")
    world.do(troubled.client.come_up())
    assert troubled.qbittorrent is not None
    world.do(world.world.seeder.limit(troubled.good, 0))
    world.do(world.world.seeder.connect(troubled.good, troubled.qbittorrent.peer_port))
    assert Path(troubled.imported().path).read_bytes() == world.world.seeded_file.read_bytes()
    kinds = [entry.kind for entry in troubled.running.do(engine.decisions.why(movie.id)).history]
    assert (kinds.count(HistoryKind.GRABBED), kinds.count(HistoryKind.IMPORTED)) == (1, 1)


def test_a_grab_that_the_client_took_without_saying_so_is_not_sent_twice(troubled: Troubled) -> None:
    engine = troubled.running.engine
    movie = troubled.add(search=False)
    (client,) = engine.plugins.clients()
    assert troubled.running.do(engine.plugins.call(client, lambda plugin: plugin.downloads())) == ()
    troubled.spoil(troubled.client, Trouble.TRUNCATE)  # it takes the torrent, and its yes is lost
    troubled.running.do(engine.search.run(movie.id))
    (item,) = troubled.running.do(engine.downloads.queue())
    assert item.grab.state is GrabState.SENDING
    assert "broke off" in item.grab.problem
    assert [job.state.value for job in troubled.running.do(engine.jobs.all()) if job.kind == "send_grab"] == ["queued"]
    troubled.spoil(troubled.client, Trouble.NONE)
    troubled.imported()
    found = troubled.running.do(engine.plugins.call(client, lambda plugin: plugin.downloads()))
    assert len(found) == 1
    kinds = [entry.kind for entry in troubled.running.do(engine.decisions.why(movie.id)).history]
    assert (kinds.count(HistoryKind.GRABBED), kinds.count(HistoryKind.IMPORTED)) == (1, 1)
    assert [job.problem for job in troubled.running.do(engine.jobs.all()) if job.state.value == "dead"] == []


def test_services_that_never_answer_end_in_time_and_hold_nobody_else_up(troubled: Troubled) -> None:
    engine = troubled.running.engine
    movie = troubled.add(search=False)
    for proxy in (troubled.indexer, troubled.client):
        troubled.spoil(proxy, Trouble.STALL)
    (indexer,), (client,) = engine.plugins.indexers(), engine.plugins.clients()

    def asked() -> None:
        troubled.running.do(engine.plugins.call(indexer, lambda plugin: plugin.test(), limit=0.5))

    def polled() -> None:
        troubled.running.do(engine.plugins.call(client, lambda plugin: plugin.downloads(), limit=0.5))

    for ask in (asked, polled):
        with pytest.raises(Unreachable, match=r"did not answer within 0\.5 s"):
            ask()
        with pytest.raises(RateLimited, match=r"left alone until .*did not answer within 0\.5 s"):
            ask()
    assert troubled.running.do(engine.movies.get(movie.id)).file is None
    troubled.spoil(troubled.client, Trouble.DRIP)
    with pytest.raises(Unreachable, match=r"did not answer within 0\.5 s"):
        troubled.running.do(engine.plugins.call(client, lambda plugin: plugin.files("0" * 40), limit=0.5, insist=True))
    for proxy in (troubled.indexer, troubled.client):
        troubled.spoil(proxy, Trouble.NONE)
    troubled.running.wait_for(lambda: not client.guard.is_open(), "the end of the pause")
    assert troubled.running.do(engine.plugins.call(client, lambda plugin: plugin.downloads())) == ()
    assert troubled.reason("qBittorrent") == ""


def test_the_circuit_of_a_service_opens_is_tried_by_one_call_and_closes(troubled: Troubled) -> None:
    engine = troubled.running.engine
    (client,) = engine.plugins.clients()

    async def six() -> list[Any]:
        calls = [engine.plugins.call(client, lambda plugin: plugin.downloads()) for _ in range(6)]
        return await asyncio.gather(*calls, return_exceptions=True)

    def ask() -> list[str]:
        return sorted(type(outcome).__name__ for outcome in troubled.running.do(six()))

    def half_open() -> None:
        troubled.running.wait_for(lambda: not client.guard.is_open(), "the end of the pause")

    assert ask() == ["tuple"] * 6
    troubled.world.do(troubled.client.go_down())
    assert ask() == ["Unreachable"] * 6
    assert client.guard.disabled_until is not None
    first = timedelta(seconds=LOCAL_LADDER[1])
    assert client.guard.disabled_until - datetime.now(UTC) <= first, "six calls that failed together are one failure"
    assert ask() == ["RateLimited"] * 6
    half_open()
    assert ask() == ["RateLimited"] * 5 + ["Unreachable"]
    troubled.world.do(troubled.client.come_up())
    assert ask() == ["RateLimited"] * 6
    half_open()
    assert client.guard.state == "failing"
    assert ask() == ["tuple"] * 6
    assert client.guard.state == "ok"
