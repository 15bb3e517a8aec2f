"""Torznab: the contract, and what its own protocol asks for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from radarr_desktop.loopback.torznab import Fault, Listing, LoopbackTorznab
from radarr_desktop.plugin_api import BadAnswer, IndexerFlag, Query, Release
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer, Asked, IndexerContract, XmlContract, running
from radarr_desktop_plugins.torznab import Torznab
from radarr_desktop_plugins.torznab.settings import TorznabSettings
from tests.fakes.torznab import CAPS, SECRET, feed, films, item, settings, with_feed, with_world

MAGNET = f"magnet:?xt=urn:btih:{'ab' * 20}&dn=Film"


@asynccontextmanager
async def service() -> AsyncIterator[str]:
    async with LoopbackTorznab(SECRET) as torznab:
        films(torznab)
        yield torznab.url


class TestTorznabContract(XmlContract, IndexerContract):
    plugin = Torznab
    refusals = (
        Answer(body=b'<?xml version="1.0"?><error code="100" description="Invalid API Key"/>'),
        Answer(401, b'<error code="101" description="Account suspended"/>', "application/xml"),
        Answer(401, b"{}"),
        Answer(400, b'<error code="200" description="Missing parameter: apikey"/>', "application/xml"),
    )
    known = Query("Known Film", 2020, "tt1234567")
    unknown = Query("Nobody Made This", 1999, "tt7654321")
    gone_guid = "torznab-1"
    torrents_at = "http://127.0.0.1:9696/1"
    samples = (feed(item(), item({"seeders": "1"}, Some="Other", torrent="torrents")),)

    def settings(self, base_url: str) -> TorznabSettings:
        return settings(base_url)

    def service(self) -> Any:
        return service()

    def reply(self, body: bytes) -> Answer | Callable[[Asked], Answer]:
        return lambda asked: Answer(body=CAPS if "t=caps" in asked.target else body, content_type="application/xml")


@pytest.mark.parametrize("where", ["base_url", "api_path"])
def test_a_key_is_not_kept_in_the_address(where: str) -> None:
    with pytest.raises(ValidationError, match="Leave out what follows the question mark") as raised:
        TorznabSettings.model_validate({where: f"http://127.0.0.1:9117/torznab?apikey={SECRET}"})
    assert SECRET not in str(raised.value)


def releases(*items: str) -> list[Release]:
    async def search(plugin: Torznab) -> list[Release]:
        return list(await plugin.search(Query("Some Film")))

    return with_feed(feed(*items), search)


def test_a_release_says_all_that_the_item_does() -> None:
    (found,) = releases(item())
    assert found == Release(
        guid=found.guid,
        title="Some.Film.2014.1080p.BluRay-GRP",
        size=26956719691,
        published=datetime(2025, 8, 9, 9, 34, 25, tzinfo=UTC),
        seeders=6,
        leechers=2,
        info_hash="31d6e90726b20b75701475c8f648c5b2f686505b",
        imdb_id="tt0816692",
        tmdb_id=157336,
        info_url="https://site.example/torrent/5",
        flags=frozenset({IndexerFlag.FREELEECH, IndexerFlag.DOUBLE_UPLOAD, IndexerFlag.INTERNAL}),
        grabs=31,
    )
    assert found.guid.startswith("torznab-")


@pytest.mark.parametrize(
    ("attributes", "flags"),
    [
        ({}, set()),
        ({"downloadvolumefactor": "1", "uploadvolumefactor": "1"}, set()),
        ({"downloadvolumefactor": "0.25"}, {IndexerFlag.FREELEECH_75}),
        ({"downloadvolumefactor": "0.50"}, {IndexerFlag.HALFLEECH}),
        ({"downloadvolumefactor": "0.75"}, {IndexerFlag.FREELEECH_25}),
        ({"downloadvolumefactor": "0.0", "uploadvolumefactor": "0"}, {IndexerFlag.NEUTRAL}),
        ({"tag": "Scene"}, {IndexerFlag.SCENE}),
        ({"tag": "freeleech"}, {IndexerFlag.FREELEECH}),
        ({"downloadvolumefactor": "free"}, set()),
    ],
)
def test_what_a_download_costs_shows_in_the_flags(attributes: dict[str, str], flags: set[IndexerFlag]) -> None:
    assert [found.flags for found in releases(item(attributes))] == [flags]


def test_odd_and_missing_facts_leave_a_release_whole() -> None:
    odd = {"size": "-1", "seeders": "many", "leechers": "4", "peers": "9", "imdbid": "tt00816692", "infohash": "0" * 40}
    (found,) = releases(item(odd, **{"Sat, 09 Aug": "Someday, 09 Foo", "https://site.example/torrent/5": "5"}))
    assert (found.size, found.seeders, found.leechers, found.imdb_id) == (26956719691, None, 4, "tt0816692")
    assert (found.info_hash, found.published, found.info_url) == ("", None, "")


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/api/v2.0/indexers/all/results/torznab/", ["A site", "Another site"]),
        ("/api/v2.0/indexers/!status:failing,test:passed/results/torznab/", ["A site", "Another site"]),
        ("/api/v2.0/indexers/asite/results/torznab/", ["", ""]),
    ],
)
def test_where_jackett_answers_for_many_each_release_says_whose_it_is(path: str, names: list[str]) -> None:
    one, other = (item(torrent=f"torrent{n}") for n in (1, 2))
    rows = [
        row.replace("</item>", f'<jackettindexer id="x">{name}</jackettindexer></item>')
        for row, name in ((one, "A site"), (other, "Another\x07 site"))
    ]

    def reply(asked: Asked) -> Answer:
        return Answer(body=CAPS if "t=caps" in asked.target else feed(*rows), content_type="application/xml")

    async def run() -> list[str]:
        async with (
            AnsweringServer(reply) as server,
            running(Torznab, settings(server.url + path, api_path="")) as plugin,
        ):
            return [found.indexer for found in await plugin.recent()]

    assert asyncio.run(run()) == names


def test_items_without_a_name_or_a_torrent_are_left_out() -> None:
    nameless = item().replace("Some.Film.2014.1080p.BluRay-GRP", " ")
    usenet = item().replace("x-bittorrent", "x-nzb")
    bare = "<item><title>Nothing to fetch</title><guid>17</guid></item>"
    assert [one.title for one in releases(nameless, usenet, bare, item())] == ["Some.Film.2014.1080p.BluRay-GRP"]
    assert releases(usenet) == []
    with pytest.raises(BadAnswer, match="a form that this version does not know"):
        releases(nameless, bare)


@pytest.mark.parametrize(
    ("magnet", "info_hash"),
    [
        (f"magnet:?xt=urn:btih:{'ab' * 20}&amp;dn=x", "ab" * 20),
        (f"magnet:?dn=x&amp;xt.1=urn%3Abtih%3A{'AB' * 20}", "ab" * 20),
        ("MAGNET:?XT=URN:BTIH:VOV2XK5LVOV2XK5LVOV2XK5LVOV2XK5L", "ab" * 20),
        (f"magnet:?xt=urn:btih:{'ab' * 20}&amp;xt=urn:btmh:1220{'cd' * 32}", "ab" * 20),
        (f"magnet:?xt=urn:btmh:1220{'cd' * 32}", ""),
        (f"magnet:?xt=urn:btih:{'ab' * 20}&amp;xt=urn:btih:{'cd' * 20}", ""),
        (f"magnet:?xt=urn:btih:{'00' * 20}", ""),
        (f"magnet:?dn=urn:btih:{'ab' * 20}", ""),
    ],
)
def test_the_hash_is_read_of_magnet_links_of_all_writings(magnet: str, info_hash: str) -> None:
    (found,) = releases(item({"magneturl": magnet}))
    assert found.info_hash == info_hash


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("https://site.example/t/5?id=3", "https://site.example/t/5?id=3"),
        (f"https://site.example/t/5?apikey={SECRET}", "https://site.example/t/5"),
        ("https://site.example/t?id=3&amp;torrent_pass=abcdef", "https://site.example/t?id=3"),
        ("https://site.example/t/5.0123456789abcdef0123456789abcdef", ""),
        (f"https://site.example/{SECRET}/5", ""),
        ("https://ann:word@site.example/5", ""),
        ("https://[site/5", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_page_is_shown_only_without_its_keys(page: str, shown: str) -> None:
    (found,) = releases(item().replace("https://site.example/torrent/5", page))
    assert found.info_url == shown
    assert SECRET not in repr(found)


def test_a_magnet_link_is_shown_unless_a_tracker_in_it_may_know_the_user() -> None:
    def magnet(tracker: str) -> str:
        text = item({"magneturl": f"{MAGNET}&amp;tr={tracker}"})
        return text[: text.index("<enclosure")] + text[text.index("/>") + 2 :]

    async def work(plugin: Torznab) -> list[tuple[str, str, object]]:
        found = await plugin.search(Query("Some Film"))
        return [(one.magnet, one.info_hash, await plugin.torrent(one)) for one in found]

    for tracker, is_open in (("udp://open.example:80/announce", True), ("http://t.example/0a1b/announce", False)):
        link = f"{MAGNET}&tr={tracker}"
        found = with_feed(feed(magnet(tracker)), work)
        assert found == [(link if is_open else "", "ab" * 20, link)]


def test_ids_are_asked_first_and_the_text_only_when_they_found_nothing() -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        torznab.feed.add(Listing("The.Film.2020.1080p", imdb=133093, tmdb=603))
        torznab.feed.add(Listing("Nameless.Film.2021.1080p"))
        assert len(await plugin.search(Query("The Film", 2020, "tt0133093", 603))) == 1
        caps, asked = torznab.feed.requests
        assert caps.query == {"t": "caps"}
        assert (asked.query["t"], asked.query["imdbid"], asked.query["tmdbid"]) == ("movie", "0133093", "603")
        assert (asked.query["cat"], asked.query["limit"]) == ("2000,2010,2020,2030,2040,2045,2050,2060", "100")
        torznab.feed.requests.clear()
        assert len(await plugin.search(Query("Nameless: Film!", 2021, "tt0000042"))) == 1
        assert [seen.query.get("q") for seen in torznab.feed.requests] == [None, "Nameless Film 2021"]
        torznab.feed.requests.clear()
        assert await plugin.search(Query("?!", 2021)) == []
        assert torznab.feed.requests == []

    with_world(work)


@pytest.mark.parametrize(("ids", "asked"), [(("tmdbid",), {"tmdbid"}), (("imdbid",), {"imdbid"}), ((), set())])
def test_only_what_the_feed_takes_is_asked(ids: tuple[str, ...], asked: set[str]) -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        torznab.feed.ids = ids
        torznab.feed.add(Listing("The.Film.2020.1080p", imdb=133093, tmdb=603))
        assert len(await plugin.search(Query("The Film", 2020, "tt0133093", 603))) == 1
        assert set(torznab.feed.requests[-1].query) & {"imdbid", "tmdbid"} == asked
        assert (await plugin.capabilities()).ids == {name.removesuffix("id") for name in asked}

    with_world(work)


def test_a_feed_that_takes_no_ids_after_all_is_asked_by_text() -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        torznab.feed.add(Listing("The.Film.2020.1080p"))
        await plugin.capabilities()
        torznab.feed.fail(Fault.BAD_PARAMETER, times=1)
        assert len(await plugin.search(Query("The Film", 2020, "tt0133093"))) == 1

    with_world(work)


def test_pages_are_asked_until_one_is_not_full_and_no_more_than_three() -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        torznab.feed.page = 10
        for number in range(15):
            torznab.feed.add(Listing(f"The.Film.2020.{number}", imdb=133093))
        assert len(await plugin.search(Query("The Film", 2020, "tt0133093"))) == 15
        assert [seen.query.get("offset") for seen in torznab.feed.requests] == [None, "0", "10"]
        for number in range(50):
            torznab.feed.add(Listing(f"The.Film.2020.b{number}", imdb=133093))
        torznab.feed.requests.clear()
        assert len(await plugin.search(Query("The Film", 2020, "tt0133093"))) == 30
        assert len(await plugin.recent()) == 10
        assert len(torznab.feed.requests) == 4
        pages = [await plugin.recent(), await plugin.older(1), await plugin.older(6), await plugin.older(7)]
        assert [len(page) for page in pages] == [10, 10, 5, 0]

    with_world(work)


def test_a_feed_that_repeats_its_first_page_is_not_asked_on() -> None:
    async def work(plugin: Torznab) -> int:
        return len(await plugin.search(Query("Some Film")))

    items = [item({}, **{"torrent/5": f"torrent/{number}"}) for number in range(100)]
    assert with_feed(feed(*items), work) == 100
