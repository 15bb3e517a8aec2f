"""The loopback indexer, film database and tracker answer as the real ones do."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import urllib.parse
import zlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import pytest

from radarr_desktop.loopback.hdbits import Listing, LoopbackHDBits
from radarr_desktop.loopback.pictures import BACKDROP, POSTER, gradient
from radarr_desktop.loopback.releases import THE_SALT_MERIDIAN
from radarr_desktop.loopback.tmdb import LoopbackTMDb
from radarr_desktop.loopback.torrents import bencode
from radarr_desktop.loopback.tracker import Tracker

T = TypeVar("T")
HASH = bytes(range(20))


def with_hdbits(work: Callable[[LoopbackHDBits, httpx.AsyncClient], Awaitable[T]]) -> T:
    async def run() -> T:
        async with LoopbackHDBits("ann", "key") as hdbits, httpx.AsyncClient(base_url=hdbits.url, timeout=60) as client:
            return await work(hdbits, client)

    return asyncio.run(run())


def listed() -> list[Listing]:
    return [
        Listing(f"Film.{number}.2020", id=number, hash=f"{number:040X}", imdb=number % 3, category=1 + number % 3)
        for number in range(1, 151)
    ]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"id": 7}, [7]),
        ({"id": "7"}, [7]),
        ({"hash": f"{9:040x}"}, [9]),
        ({"search": "film 12"}, [12]),
        ({"search": "nothing like it"}, []),
        ({"imdb": {"id": 2}, "limit": 2}, [149, 146]),
        ({"imdb": {"id": "0000002"}, "limit": 2}, [149, 146]),
        ({"category": 3, "limit": 2}, [149, 146]),
        ({"category": [3, 2], "limit": 2}, [149, 148]),
        ({"category": [], "limit": 1}, [150]),
        ({"limit": 2, "page": 1}, [148, 147]),
        ({}, list(range(150, 120, -1))),
        ({"limit": 500}, list(range(150, 50, -1))),
    ],
)
def test_hdbits_searches_by_everything_its_clients_use(wanted: dict[str, Any], ids: list[int]) -> None:
    async def work(hdbits: LoopbackHDBits, client: httpx.AsyncClient) -> list[int]:
        for one in listed():
            hdbits.add(one)
        answer = await client.post("/api/torrents", json={"username": "ann", "passkey": "key"} | wanted)
        assert answer.status_code == 200
        assert "key" not in repr(hdbits.requests)
        return [row["id"] for row in answer.json()["data"]]

    assert with_hdbits(work) == ids


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 3),
        (b"{", 3),
        (b"[1]", 3),
        (b'{"username":"ann"}', 4),
        (b'{"username":"ann","passkey":"wrong"}', 5),
        (b'{"username":"bob","passkey":"key"}', 5),
        (b'{"username":"ann","passkey":"key"}', 0),
    ],
)
def test_hdbits_says_who_may_in_its_own_status(body: bytes, status: int) -> None:
    async def work(hdbits: LoopbackHDBits, client: httpx.AsyncClient) -> object:
        answer = await client.post("/api/test", content=body)
        assert answer.status_code == 200
        return answer.json()["status"]

    assert with_hdbits(work) == status


def test_hdbits_hands_out_torrents_to_passkeys_only() -> None:
    async def work(hdbits: LoopbackHDBits, client: httpx.AsyncClient) -> None:
        one = hdbits.add(Listing("Film", b"d4:infodee"))
        right = await client.get("/download.php", params={"id": one.id, "passkey": "key"})
        named = await client.get("/download.php/Film.torrent", params={"id": one.id, "passkey": "key"})
        wrong = await client.get("/download.php", params={"id": one.id, "passkey": "other"})
        assert (right.content, named.content) == (b"d4:infodee", b"d4:infodee")
        assert right.headers["content-type"] == "application/x-bittorrent"
        assert wrong.headers["content-type"].startswith("text/html")
        assert (await client.get("/download.php", params={"id": 1, "passkey": "key"})).status_code == 404
        assert (await client.get("/api/torrents")).status_code == 404

    with_hdbits(work)


def test_a_server_leaves_signals_alone_and_stops_while_clients_wait() -> None:
    async def run() -> None:
        before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
        async with LoopbackHDBits("ann", "key") as hdbits, httpx.AsyncClient(timeout=60) as client:
            assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
            reader, writer = await asyncio.open_connection("127.0.0.1", urllib.parse.urlsplit(hdbits.url).port)
            writer.write(b"POST /api/test HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n")
            await writer.drain()
            await client.post(f"{hdbits.url}/api/test", content=b"{}")
        with contextlib.suppress(ConnectionError):
            assert await reader.read() == b""
        writer.close()

    asyncio.run(run())


def test_tmdb_answers_its_documented_errors() -> None:
    async def run() -> None:
        async with LoopbackTMDb("key") as tmdb, httpx.AsyncClient(base_url=tmdb.url, timeout=60) as client:
            tmdb.add(THE_SALT_MERIDIAN)
            refused = await client.get("/3/movie/900001", params={"api_key": "other"})
            assert (refused.status_code, refused.json()["status_code"]) == (401, 7)
            client.headers["Authorization"] = "Bearer key"
            missing = await client.get("/3/movie/1")
            assert (missing.status_code, missing.json()["status_code"]) == (404, 34)
            page = await client.get("/3/search/movie", params={"query": "salt", "page": "501"})
            assert (page.status_code, page.json()["status_code"]) == (400, 22)
            found = await client.get("/3/search/movie", params={"query": "meridiano sal", "year": "2025"})
            assert [row["id"] for row in found.json()["results"]] == [900001]
            bare = await client.get("/3/movie/900001")
            assert "release_dates" not in bare.json()
            tmdb.status = 503
            assert (await client.get("/3/movie/900001")).status_code == 503

    asyncio.run(run())


@pytest.mark.parametrize("size", [POSTER, BACKDROP])
def test_pictures_are_whole_and_always_the_same(size: tuple[int, int]) -> None:
    picture = gradient("900001", size)
    gradient.cache_clear()
    assert gradient("900001", size) == picture
    assert gradient("900002", size) != picture
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    place, chunks = 8, {}
    while place < len(picture):
        length = int.from_bytes(picture[place : place + 4], "big")
        kind, data = picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]
        assert zlib.crc32(kind + data) == int.from_bytes(picture[place + 8 + length : place + 12 + length], "big")
        chunks[kind] = data
        place += 12 + length
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    assert len(zlib.decompress(chunks[b"IDAT"])) == size[1] * (1 + 3 * size[0])


def test_the_tracker_brings_peers_together_and_forgets_who_leaves() -> None:
    async def run() -> None:
        async with Tracker() as tracker, httpx.AsyncClient(timeout=60) as client:

            async def announce(port: int, left: int, event: str = "started") -> bytes:
                info_hash = urllib.parse.quote(HASH)
                query = f"info_hash={info_hash}&port={port}&left={left}&event={event}&compact=1"
                return (await client.get(f"{tracker.url}&{query}")).content

            async with asyncio.TaskGroup() as group:
                waiting = group.create_task(tracker.seeded(HASH.hex(), timeout=30))
                await announce(7001, left=0)
                await waiting
            seen = await announce(7002, left=9)
            assert bencode(b"\x7f\x00\x00\x01" + (7001).to_bytes(2, "big")) in seen
            assert b"8:completei1e" in seen
            assert b"10:incompletei1e" in seen
            scraped = tracker.url.replace("announce", "scrape") + f"&info_hash={urllib.parse.quote(HASH)}"
            scrape = await client.get(scraped)
            assert scrape.content.startswith(b"d5:filesd")
            await announce(7001, left=0, event="stopped")
            assert tracker.seeds(HASH.hex()) == 0
            assert [one["event"] for one in tracker.announces] == ["started", "started", "stopped"]
            tracker.failures[HASH.hex()] = "unregistered torrent"
            assert b"14:failure reason20:unregistered torrent" in await announce(7002, left=9)
            assert b"failure reason" in (await client.get(tracker.url)).content
            assert b"unknown passkey" in (await client.get(tracker.url.partition("?")[0])).content

    asyncio.run(run())


def test_a_seed_that_never_comes_is_not_waited_for() -> None:
    async def run() -> None:
        async with Tracker() as tracker:
            with pytest.raises(TimeoutError):
                await tracker.seeded(HASH.hex(), timeout=0.01)

    asyncio.run(run())


def test_bencode_refuses_what_it_does_not_know() -> None:
    assert bencode({"b": [1, "é"], "a": b"\xff"}) == b"d1:a1:\xff1:bli1e2:\xc3\xa9ee"
    with pytest.raises(TypeError, match="float"):
        bencode(1.5)


@pytest.mark.parametrize("turns", range(6))
def test_a_connection_that_is_accepted_while_a_server_ends_is_closed_too(turns: int) -> None:
    clients: list[socket.socket] = []

    async def scene() -> None:
        async with Tracker() as tracker:
            port = urlsplit(tracker.url).port
            # the loop accepts them in one of its next turns, and knows them some turns later
            clients.extend(socket.create_connection(("127.0.0.1", port or 0), timeout=30) for _ in range(3))
            for _ in range(turns):
                await asyncio.sleep(0)

    asyncio.run(scene())
    for client in clients:
        with client:
            assert _is_cut_off(client)


def _is_cut_off(client: socket.socket) -> bool:
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True
