"""All of Prowlarr's indexers as one: the contract, and what is asked of which of them."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from radarr_desktop.loopback.prowlarr import Fault, LoopbackProwlarr
from radarr_desktop.loopback.torrents import claiming
from radarr_desktop.loopback.torznab import Listing
from radarr_desktop.plugin_api import (
    BadAnswer,
    IndexerFlag,
    LoginFailed,
    NotFound,
    PluginError,
    Query,
    RateLimited,
    Rejected,
    Release,
    ServerFault,
    TimedOut,
    Unreachable,
)
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer, Asked, IndexerContract, running
from radarr_desktop_plugins.prowlarr_search import ProwlarrSearch
from radarr_desktop_plugins.prowlarr_search.settings import ProwlarrSearchSettings

T = TypeVar("T")
SECRET = IndexerContract.secret
HASH = "31d6e90726b20b75701475c8f648c5b2f686505b"
ROW = {
    "guid": "https://tracker.example/torrents/5",
    "indexerId": 3,
    "indexer": "A site",
    "title": "Some.Film.2014.1080p.BluRay-GRP",
    "size": 26956719691,
    "grabs": 12,
    "imdbId": 816692,
    "tmdbId": 157336,
    "publishDate": "2025-08-09T09:34:25Z",
    "infoUrl": f"https://tracker.example/torrents/5?apikey={SECRET}",
    "downloadUrl": f"http://127.0.0.1:9696/3/download?apikey={SECRET}&link=abc&file=Some.Film",
    "magnetUrl": None,
    "infoHash": HASH.upper(),
    "seeders": 6,
    "leechers": 2,
    "protocol": "torrent",
    "indexerFlags": ["freeleech", "internal", "a new one"],
}
MEMBERS = json.dumps(
    [
        {
            "id": 3,
            "name": "A site",
            "enable": True,
            "protocol": "torrent",
            "capabilities": {"categories": [{"id": 2000, "subCategories": []}], "movieSearchParams": ["q", "imdbId"]},
        }
    ]
).encode()
STATUS = b'{"appName": "Prowlarr", "version": "2.1.0.5000"}'


def settings(url: str, **more: Any) -> ProwlarrSearchSettings:
    return ProwlarrSearchSettings.model_validate({"base_url": url, "api_key": SECRET} | more)


def fill(prowlarr: LoopbackProwlarr) -> None:
    data = claiming({"a.mkv": 1000}, "http://127.0.0.1:1/announce").data
    for id, name in enumerate(("One site", "Another site"), start=1):
        feed = prowlarr.keep(id, name).feed
        for age, title in enumerate((f"Known.Film.2020.1080p.BluRay-A{id}", f"Other.2001.720p-C{id}")):
            added = datetime(2025, 1, 1, tzinfo=UTC) - timedelta(days=age, hours=id)
            imdb, tmdb = (0, 0) if "Other" in title else (1234567, 603)
            feed.add(Listing(title, data, size=1000, seeders=3, imdb=imdb, tmdb=tmdb, added=added))
    prowlarr.kept[2].feed.ids = ()


@asynccontextmanager
async def service() -> AsyncIterator[str]:
    async with LoopbackProwlarr(SECRET) as prowlarr:
        fill(prowlarr)
        yield prowlarr.url


def answering(body: bytes) -> Callable[[Asked], Answer]:
    """A Prowlarr with one indexer, whose search brings this."""

    def answer(asked: Asked) -> Answer:
        known = {"/api/v1/indexer": MEMBERS, "/api/v1/system/status": STATUS}
        return Answer(body=known.get(asked.target.partition("?")[0], body))

    return answer


class TestProwlarrSearchContract(IndexerContract):
    plugin = ProwlarrSearch
    refusals = (Answer(401, b'{"error":"Unauthorized"}'), Answer(403, b""))
    known = Query("Known Film", 2020, "tt1234567")
    unknown = Query("Nobody Made This", 1999, "tt7654321")
    gone_guid = "torznab-1"
    torrents_at = "http://127.0.0.1:9696/3"
    samples = (json.dumps([ROW, ROW | {"guid": "6", "infoHash": None, "imdbId": 0}]).encode(),)

    def settings(self, base_url: str) -> ProwlarrSearchSettings:
        return settings(base_url)

    def service(self) -> Any:
        return service()

    def reply(self, body: bytes) -> Callable[[Asked], Answer]:
        return answering(body)


def with_world(
    work: Callable[[LoopbackProwlarr, ProwlarrSearch], Awaitable[T]], patience: float = 30.0, **more: Any
) -> T:
    async def run() -> T:
        async with (
            LoopbackProwlarr(SECRET) as prowlarr,
            running(ProwlarrSearch, settings(f"{prowlarr.url}/", **more), timeout=patience) as plugin,
        ):
            return await work(prowlarr, plugin)

    return asyncio.run(run())


def releases(*rows: object) -> list[Release]:
    async def run() -> list[Release]:
        async with (
            AnsweringServer(answering(json.dumps(rows).encode())) as server,
            running(ProwlarrSearch, settings(server.url)) as plugin,
        ):
            return list(await plugin.search(Query("Some Film")))

    return asyncio.run(run())


def test_a_release_says_all_that_the_row_does_and_whose_it_is() -> None:
    (found,) = releases(ROW)
    assert found == Release(
        guid=found.guid,
        title="Some.Film.2014.1080p.BluRay-GRP",
        size=26956719691,
        published=datetime(2025, 8, 9, 9, 34, 25, tzinfo=UTC),
        seeders=6,
        leechers=2,
        info_hash=HASH,
        imdb_id="tt0816692",
        tmdb_id=157336,
        info_url="https://tracker.example/torrents/5",
        flags=frozenset({IndexerFlag.FREELEECH, IndexerFlag.INTERNAL}),
        grabs=12,
        indexer="A site",
    )
    assert SECRET not in repr(found)


def test_the_same_address_on_two_indexers_is_two_releases_and_a_magnet_tells_its_hash() -> None:
    magnet = f"magnet:?xt=urn:btih:{HASH}&tr=http%3A%2F%2Ftracker.example%2Fannounce"
    bare = {"title": "Bare\x07Name", "magnetUrl": magnet, "indexerId": 9, "indexer": "A new site"}
    usenet = ROW | {"protocol": "usenet"}
    one, other, linked = releases(ROW, ROW | {"indexerId": 4}, bare, usenet, {"title": "Nothing to fetch"}, None)
    assert one.guid != other.guid
    assert (linked.title, linked.info_hash, linked.magnet, linked.indexer) == ("Bare Name", HASH, magnet, "A new site")
    assert (linked.seeders, linked.published) == (None, None)


def test_each_indexer_is_asked_by_ids_where_it_takes_them_and_by_text_where_that_found_nothing() -> None:
    async def work(prowlarr: LoopbackProwlarr, plugin: ProwlarrSearch) -> None:
        fill(prowlarr)
        prowlarr.keep(3, "Empty site")
        prowlarr.keep(4, "Off", enable=False)
        prowlarr.keep(5, "Usenet", protocol="usenet")
        prowlarr.keep(6, "Only a feed", more={"supportsSearch": False})
        found = await plugin.search(Query("Known: Film!", 2020, "tt1234567", 603))
        assert {one.indexer for one in found} == {"One site", "Another site"}
        asked = [
            (dict(one)["type"], dict(one)["query"], [value for name, value in one if name == "indexerIds"])
            for one in prowlarr.searches
        ]
        assert asked == [
            ("movie", "{ImdbId:tt1234567}{TmdbId:603}", ["1", "3"]),
            ("search", "Known Film 2020", ["2", "3"]),
        ]
        assert [value for name, value in prowlarr.searches[0] if name == "categories"][:2] == ["2000", "2010"]
        prowlarr.searches.clear()
        assert await plugin.search(Query("?!")) == []
        assert prowlarr.searches == []
        assert prowlarr.requests.count("/api/v1/indexer") == 1, "its list is good for a while"

    with_world(work)


def test_the_newest_come_of_all_that_have_a_feed_and_older_ones_page_by_page() -> None:
    async def work(prowlarr: LoopbackProwlarr, plugin: ProwlarrSearch) -> None:
        fill(prowlarr)
        prowlarr.keep(3, "No feed", more={"supportsRss": False}).feed.add(Listing("Film.2020.1080p"))
        for number in range(120):
            prowlarr.kept[1].feed.add(Listing(f"Film.2019.{number}", added=datetime(2024, 1, 1, tzinfo=UTC)))
        newest, older, end = await plugin.recent(), await plugin.older(1), await plugin.older(2)
        assert (len(newest), len(older), len(end)) == (102, 22, 0)
        assert [one.title[-2:] for one in newest][:2] == ["A1", "A2"]
        assert {one.indexer for one in newest} == {"One site", "Another site"}

    with_world(work)


def test_indexers_whose_page_is_full_are_asked_for_the_next_one() -> None:
    async def work(prowlarr: LoopbackProwlarr, plugin: ProwlarrSearch) -> None:
        for id, name, count in ((1, "Large", 250), (2, "Small", 40), (3, "One page", 100), (4, "Endless", 400)):
            kept = prowlarr.keep(id, name, more={"supportsPagination": name != "One page"})
            kept.feed.ids = ()
            for number in range(count):
                kept.feed.add(Listing(f"Known.Film.2020.{number}-{name.replace(' ', '')}"))
        found = await plugin.search(Query("Known Film", 2020, "tt1234567"))
        counts = Counter(one.indexer for one in found)
        assert counts == {"Large": 250, "Small": 40, "One page": 100, "Endless": 300}

        def asked() -> list[tuple[str, list[str]]]:
            return [
                (dict(one)["offset"], [value for name, value in one if name == "indexerIds"])
                for one in prowlarr.searches
            ]

        assert asked() == [("0", ["1", "2", "3", "4"]), ("100", ["1", "4"]), ("200", ["1", "4"])]
        await plugin.older(1)
        assert asked()[-1] == ("100", ["1", "2", "4"]), "one without pages would show its newest again"

    with_world(work)


def test_what_had_come_before_a_page_failed_counts() -> None:
    rows = json.dumps([ROW | {"guid": str(number)} for number in range(100)]).encode()

    def answer(asked: Asked) -> Answer:
        return Answer(500) if "offset=100" in asked.target else answering(rows)(asked)

    async def run() -> int:
        async with AnsweringServer(answer) as server, running(ProwlarrSearch, settings(server.url)) as plugin:
            with pytest.raises(ServerFault) as raised:
                await plugin.search(Query("Some Film", 2014, "tt0816692"))
            return len(raised.value.found)

    assert asyncio.run(run()) == 100


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault.WRONG_KEY, LoginFailed, "Copy it again"),
        (Fault.HTML, BadAnswer, "HTML page"),
        (Fault.TRUNCATED, BadAnswer, "cut off"),
        (Fault.DRIFT, BadAnswer, "without a list"),
        (Fault.SERVER_ERROR, ServerFault, "answered 500"),
        (Fault.ALL_FAILED, ServerFault, "None of Prowlarr's indexers could be asked"),
        (Fault.TOO_MANY, RateLimited, "slow down"),
        (Fault.SLOW, TimedOut, "did not answer"),
        (Fault.CLOSED, Unreachable, "broke off"),
    ],
)
def test_the_loopback_prowlarr_misbehaves_once_and_recovers(fault: Fault, error: type[PluginError], words: str) -> None:
    async def work(prowlarr: LoopbackProwlarr, plugin: ProwlarrSearch) -> None:
        fill(prowlarr)
        await plugin.recent()
        prowlarr.fail(fault, times=1)
        with pytest.raises(error, match=words) as raised:
            await plugin.recent()
        assert type(raised.value) is error
        assert SECRET not in str(raised.value)
        assert len(await plugin.recent()) == 4

    with_world(work, patience=3 if fault is Fault.SLOW else 30)


def test_where_nothing_can_be_searched_that_is_told_and_not_kept() -> None:
    async def work(prowlarr: LoopbackProwlarr, plugin: ProwlarrSearch) -> None:
        prowlarr.keep(1, "Off", enable=False)
        prowlarr.keep(2, "Music", categories=(3000,))
        for ask in (plugin.test(), plugin.search(Query("Film"))):
            with pytest.raises(Rejected, match="no torrent indexer with movies that is on"):
                await ask
        prowlarr.kept[1].enable = True
        prowlarr.kept[1].feed.add(Listing("Film.2020.1080p"))
        assert len(await plugin.search(Query("Film"))) == 1
        assert prowlarr.kept[1].feed.requests == [], "its own feed is not asked besides"

    with_world(work)


def test_a_torrent_arrives_whole_also_when_its_address_was_forgotten() -> None:
    async def work(prowlarr: LoopbackProwlarr, plugin: ProwlarrSearch) -> None:
        fill(prowlarr)
        magnet = f"magnet:?xt=urn:btih:{HASH}"
        prowlarr.kept[2].feed.add(Listing("Third.Film.2018", magnet=magnet))
        data = prowlarr.kept[1].feed.listings[0].data
        (found,) = [one for one in await plugin.recent() if one.title.endswith("-A1")]
        assert await plugin.torrent(found) == data
        async with running(ProwlarrSearch, plugin.settings) as restarted:
            assert await restarted.torrent(Release(found.guid, found.title)) == data
            assert await restarted.torrent((await restarted.search(Query("Third Film")))[0]) == magnet
            for guid in ("torznab-5", "hdbits-5"):
                with pytest.raises(NotFound):
                    await restarted.torrent(replace(found, guid=guid))

    with_world(work)
