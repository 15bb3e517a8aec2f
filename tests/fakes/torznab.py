"""A Torznab feed's documents, and the plugin set up to read them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from radarr_desktop.loopback.torrents import claiming
from radarr_desktop.loopback.torznab import Listing, LoopbackTorznab
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer, Asked, IndexerContract, running
from radarr_desktop_plugins.torznab import Torznab
from radarr_desktop_plugins.torznab.settings import TorznabSettings

T = TypeVar("T")
SECRET = IndexerContract.secret
CAPS = b"""<?xml version="1.0" encoding="UTF-8"?><caps><server title="A site"/><limits default="50" max="100"/>
<searching><search available="yes" supportedParams="q"/>
<movie-search available="yes" supportedParams="q,imdbid,tmdbid"/></searching>
<categories><category id="2000" name="Movies"><subcat id="2040" name="Movies/HD"/></category></categories></caps>"""
ITEM = """<item><title>Some.Film.2014.1080p.BluRay-GRP</title><guid>https://site.example/torrent/5</guid>
<comments>https://site.example/torrent/5#comments</comments><pubDate>Sat, 09 Aug 2025 09:34:25 +0000</pubDate>
<link>http://127.0.0.1:9696/1/download?apikey=KEY&amp;link=abc</link>
<enclosure url="http://127.0.0.1:9696/1/download?apikey=KEY&amp;link=abc" length="26956719691"
 type="application/x-bittorrent"/>ATTRIBUTES</item>"""
ATTRIBUTES = {
    "size": "26956719691",
    "grabs": "31",
    "seeders": "6",
    "peers": "8",
    "imdb": "0816692",
    "tmdbid": "157336",
    "infohash": "31D6E90726B20B75701475C8F648C5B2F686505B",
    "downloadvolumefactor": "0",
    "uploadvolumefactor": "2",
    "tag": "internal",
}


def feed(*items: str) -> bytes:
    space = 'xmlns:torznab="http://torznab.com/schemas/2015/feed"'
    return f'<?xml version="1.0"?><rss {space}><channel><title>A</title>{"".join(items)}</channel></rss>'.encode()


def item(attributes: dict[str, str] | None = None, **swaps: str) -> str:
    """One item; ``swaps`` replaces texts of it."""
    told = ATTRIBUTES if attributes is None else attributes
    lines = "".join(f'<torznab:attr name="{name}" value="{value}"/>' for name, value in told.items())
    text = ITEM.replace("ATTRIBUTES", lines).replace("KEY", SECRET)
    for old, new in swaps.items():
        text = text.replace(old, new)
    return text


def settings(url: str, **more: Any) -> TorznabSettings:
    return TorznabSettings.model_validate({"base_url": url, "api_key": SECRET} | more)


def films(torznab: LoopbackTorznab) -> None:
    data = claiming({"a.mkv": 1000}, "http://127.0.0.1:1/announce").data
    for age, name in enumerate(("Known.Film.2020.1080p.BluRay-A", "Known.Film.2020.720p.BluRay-B", "Other.2001-C")):
        added = datetime(2025, 1, 1, tzinfo=UTC) - timedelta(days=age)
        imdb = 0 if "Other" in name else 1234567
        torznab.feed.add(Listing(name, data, size=1000, seeders=3, imdb=imdb, added=added))


def with_world(work: Callable[[LoopbackTorznab, Torznab], Awaitable[T]], patience: float = 30.0, **more: Any) -> T:
    async def run() -> T:
        async with (
            LoopbackTorznab(SECRET) as torznab,
            running(Torznab, settings(f"{torznab.url}/", **more), timeout=patience) as plugin,
        ):
            return await work(torznab, plugin)

    return asyncio.run(run())


def with_feed(body: bytes, work: Callable[[Torznab], Awaitable[T]], caps: bytes = CAPS) -> T:
    def reply(asked: Asked) -> Answer:
        return Answer(body=caps if "t=caps" in asked.target else body, content_type="application/xml")

    async def run() -> T:
        async with AnsweringServer(reply) as server, running(Torznab, settings(server.url)) as plugin:
            return await work(plugin)

    return asyncio.run(run())
