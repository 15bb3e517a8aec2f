"""Nine indexers on loopback and one that is dead, in a process of their own: what they take is not the program's."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import time
from contextlib import AsyncExitStack
from multiprocessing.connection import Connection

from starlette.types import Receive, Scope, Send

from radarr_desktop.loopback.hdbits import Listing, LoopbackHDBits
from radarr_desktop.plugin_api import MovieInfo

QUICK = 8
SLOW = 1.0
"""Seconds that the ninth takes to answer; the tenth is dead."""
RESULTS = 1_000
DEAD = "http://127.0.0.1:1"
_KINDS = (
    "1080p.BluRay.x264",
    "2160p.WEB-DL.DV.HDR.DDP5.1.H.265",
    "720p.HDTV.x264",
    "1080p.BluRay.REMUX.AVC.DTS-HD.MA.5.1",
)


class Indexers:
    """Asked from another process."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        self.urls: list[str] = [*self._pipe.recv(), DEAD]

    @property
    def pid(self) -> int:
        """Of that process."""
        return self._process.pid or 0

    def offer(self, number: int) -> MovieInfo:
        """Another movie, that nobody has searched yet: from now on they have 1,000 releases of it, and no others."""
        self._pipe.send(number)
        self._pipe.recv()
        return MovieInfo(number, f"Iron Petal {number}", 2020, f"tt{_imdb(number)}", runtime=110)

    def first_answer(self) -> float:
        """When the first of the quick ones had one: the clock is the same in all processes."""
        self._pipe.send(None)
        answered: float = self._pipe.recv()
        return answered


class _Timed(LoopbackHDBits):
    """Notes when it first has an answer."""

    def __init__(self, delay: float) -> None:
        super().__init__()
        self._delay = delay
        self.answered = 0.0

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Perhaps a little later."""
        await asyncio.sleep(self._delay)
        self.answered = self.answered or time.perf_counter()
        await super().answer(scope, receive, send)


def _serve(pipe: Connection) -> None:
    with contextlib.suppress(EOFError):  # nobody asks any more
        asyncio.run(_served(pipe))


async def _served(pipe: Connection) -> None:
    async with AsyncExitStack() as stack:
        delays = [*[0.0] * QUICK, SLOW]
        servers = [await stack.enter_async_context(_Timed(delay)) for delay in delays]
        pipe.send([server.url for server in servers])
        while True:
            wanted = await asyncio.to_thread(pipe.recv)
            if wanted is None:
                pipe.send(min(server.answered for server in servers[:QUICK]))
            else:
                _list(servers, wanted)
                pipe.send(wanted)


def _list(servers: list[_Timed], number: int) -> None:
    for server in servers:
        server.listings.clear()
        server.answered = 0.0
    for place in range(RESULTS):
        name = f"Iron.Petal.{number}.2020.{_KINDS[place // len(servers) % len(_KINDS)]}-G{place}"
        digest, size = f"{number * RESULTS + place:040x}", 9_000_000_000 + place
        listing = Listing(name, filename=name, hash=digest, size=size, seeders=5, imdb=_imdb(number))
        servers[place % len(servers)].add(listing)


def _imdb(number: int) -> int:
    return 7_000_000 + number
