"""The HDBits plugin in front of the loopback indexer, or of one answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from radarr_desktop.loopback.hdbits import LoopbackHDBits
from radarr_desktop.plugin_api import Query, Release
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer, Asked, IndexerContract, running
from radarr_desktop_plugins.hdbits import HDBits, HDBitsSettings

T = TypeVar("T")
SECRET = IndexerContract.secret
ROW = {
    "id": 789988,
    "hash": "31D6E90726B20B75701475C8F648C5B2F686505B",
    "leechers": 0,
    "seeders": 6,
    "name": "Some Film 2014 1080p Blu-ray DTS 5.1-GRP",
    "descr": "[quote]bbcode[/quote]",
    "times_completed": 22,
    "size": 26956719691,
    "utadded": 1754732065,
    "added": "2025-08-09T09:34:25+0000",
    "filename": "Some.Film.2014.1080p.BluRay-GRP.torrent",
    "freeleech": "no",
    "type_category": 1,
    "type_codec": 1,
    "type_medium": 3,
    "type_origin": 0,
    "type_exclusive": 0,
    "tags": [""],
    "owner": 12345,
    "imdb": {"id": 816692, "englishtitle": "Some Film", "year": 2014, "genres": ["Drama"], "rating": 8.3},
}


def answer(*rows: object) -> bytes:
    return json.dumps({"status": 0, "data": rows}).encode()


def settings(url: str, **more: Any) -> HDBitsSettings:
    return HDBitsSettings.model_validate({"base_url": url, "username": "ann", "passkey": SECRET} | more)


def with_world(work: Callable[[LoopbackHDBits, HDBits], Awaitable[T]], patience: float = 30.0, **more: Any) -> T:
    async def run() -> T:
        async with (
            LoopbackHDBits("ann", SECRET) as hdbits,
            running(HDBits, settings(f"{hdbits.url}/", **more), timeout=patience) as plugin,
        ):
            return await work(hdbits, plugin)

    return asyncio.run(run())


def with_answer(reply: Answer | Callable[[Asked], Answer], work: Callable[[HDBits], Awaitable[T]], **more: Any) -> T:
    async def run() -> T:
        async with AnsweringServer(reply) as server, running(HDBits, settings(server.url, **more)) as plugin:
            return await work(plugin)

    return asyncio.run(run())


def releases(*rows: object) -> list[Release]:
    async def search(plugin: HDBits) -> list[Release]:
        return list(await plugin.search(Query("Some Film")))

    return with_answer(Answer(body=answer(*rows)), search)
