"""Plain RSS feeds: the contract, and the many ways in which feeds tell of torrents."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from radarr_desktop.plugin_api import NotFound, Query, Rejected, Release
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer, Asked, IndexerContract, XmlContract, running
from radarr_desktop_plugins.rss import Rss, RssSettings

SECRET = IndexerContract.secret
HASH = "31d6e90726b20b75701475c8f648c5b2f686505b"
PLAIN = f"""<item><title>Known.Film.2020.1080p.BluRay.x264-KITE</title><guid>https://site.example/details/5</guid>
<link>HERE/get/5?passkey={SECRET}</link><pubDate>Sat, 09 Aug 2025 09:34:25 +0000</pubDate>
<description>Category: Movies, Size: 8.5 GB, 12 seeders</description></item>"""
EZRSS = f"""<item xmlns:torrent="http://xmlns.ezrss.it/0.1/"><title>Other Film 2019 720p WEB-DL H264-ORM</title>
<enclosure url="HERE/get/6" length="1000" type="application/x-bittorrent"/>
<torrent:infoHash>{HASH.upper()}</torrent:infoHash><torrent:contentLength>4200000000</torrent:contentLength></item>"""
MAGNET = f"""<item><title>Third Film 2018 2160p</title><link>magnet:?xt=urn:btih:{HASH}&amp;dn=Third</link></item>"""


def feed(*items: str, here: str = "http://127.0.0.1:1") -> bytes:
    body = "".join(items).replace("HERE", here)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>{body}</channel></rss>'.encode()


@asynccontextmanager
async def serving(*items: str) -> AsyncIterator[AnsweringServer]:
    """A site with this feed and its torrents."""

    def answer(asked: Asked) -> Answer:
        if "/get/5" in asked.target:
            return Answer(body=b"d8:announce0:e", content_type="application/x-bittorrent")
        if "/get/6" in asked.target:
            return Answer(302, headers={"Location": f"magnet:?xt=urn:btih:{HASH}"})
        return Answer(body=feed(*items, here=server.url), content_type="application/rss+xml")

    async with AnsweringServer(answer) as server:
        yield server


@asynccontextmanager
async def service() -> AsyncIterator[str]:
    async with serving(PLAIN, EZRSS) as server:
        yield server.url


class TestRssContract(XmlContract, IndexerContract):
    plugin = Rss
    refusals = (Answer(401), Answer(403, b"<html>no</html>", "text/html"))
    known = Query("Known Film", 2020, "tt1234567")
    unknown = Query("Nobody Made This", 1999, "tt7654321")
    gone_guid = "torznab-1"
    torrents_at = "http://127.0.0.1:1"
    samples = (feed(PLAIN, EZRSS, MAGNET),)

    def settings(self, base_url: str) -> RssSettings:
        return RssSettings.model_validate({"url": f"{base_url}/rss?passkey={SECRET}"})

    def service(self) -> Any:
        return service()


def read(*items: str) -> list[Release]:
    async def run() -> list[Release]:
        async with serving(*items) as server, running(Rss, RssSettings.model_validate({"url": server.url})) as plugin:
            return list(await plugin.recent())

    return asyncio.run(run())


def test_what_plain_feeds_tell_in_many_places_is_found() -> None:
    plain, other, magnet = read(PLAIN, EZRSS, MAGNET)
    assert (plain.size, plain.published) == (int(8.5 * 1024**3), datetime(2025, 8, 9, 9, 34, 25, tzinfo=UTC))
    assert (other.size, other.info_hash) == (4_200_000_000, HASH)
    assert (magnet.info_hash, magnet.size) == (HASH, 0)
    assert magnet.magnet.startswith("magnet:?xt=urn:btih:")


def test_torrents_come_as_files_and_as_magnets_that_are_redirected_to() -> None:
    async def run() -> None:
        async with (
            serving(PLAIN, EZRSS) as server,
            running(Rss, RssSettings.model_validate({"url": server.url})) as plugin,
        ):
            first, second = await plugin.recent()
            assert await plugin.torrent(first) == b"d8:announce0:e"
            assert await plugin.torrent(second) == f"magnet:?xt=urn:btih:{HASH}"

    asyncio.run(run())


def test_a_feed_without_torrents_is_told_at_the_test() -> None:
    async def run() -> None:
        async with serving() as server, running(Rss, RssSettings.model_validate({"url": server.url})) as plugin:
            with pytest.raises(Rejected, match="lists no torrents"):
                await plugin.test()
            with pytest.raises(NotFound):
                await plugin.torrent(Release("torznab-x", "Gone"))

    asyncio.run(run())


def test_it_is_followed_and_not_searched_unless_its_user_wants_that() -> None:
    assert RssSettings.model_validate({"url": "http://x"}).automatic_search is False
    assert RssSettings.model_validate({"url": "http://x"}).feed is True
