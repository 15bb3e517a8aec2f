"""UNIT3D: the contract, and what its own protocol asks for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from radarr_desktop.loopback.torrents import claiming
from radarr_desktop.loopback.unit3d import Fault, Listing, LoopbackUnit3D
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
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer, IndexerContract, running
from radarr_desktop_plugins.unit3d import Unit3D, Unit3DSettings

T = TypeVar("T")
SECRET = IndexerContract.secret
FACTS = {
    "name": "Some.Film.2014.1080p.BluRay-GRP",
    "category_id": 1,
    "size": 26956719691,
    "seeders": 6,
    "leechers": 2,
    "created_at": "2025-08-09T09:34:25.000000Z",
    "download_link": f"https://tracker.example/torrent/download/4711.{SECRET}",
    "details_link": f"https://tracker.example/torrents/4711?rsskey={SECRET}",
    "imdb_id": 816692,
    "tmdb_id": 157336,
    "info_hash": "31d6e90726b20b75701475c8f648c5b2f686505b",
    "freeleech": "50%",
    "double_upload": 1,
    "internal": True,
}
ROW = {"type": "torrent", "id": "4711", "attributes": FACTS}


def answer(*rows: object) -> bytes:
    return json.dumps({"data": rows, "links": {"next": None}, "meta": {}}).encode()


def settings(url: str, **more: Any) -> Unit3DSettings:
    return Unit3DSettings.model_validate({"base_url": url, "token": SECRET} | more)


@asynccontextmanager
async def service() -> AsyncIterator[str]:
    async with LoopbackUnit3D(SECRET) as tracker:
        data = claiming({"a.mkv": 1000}, "http://127.0.0.1:1/announce").data
        for age, name in enumerate(("Known.Film.2020.1080p.BluRay-A", "Known.Film.2020.720p.BluRay-B", "Other.2001-C")):
            added = datetime(2025, 1, 1, tzinfo=UTC) - timedelta(days=age)
            tracker.add(Listing(name, data, size=1000, imdb=0 if "Other" in name else 1234567, added=added))
        yield tracker.url


class TestUnit3DContract(IndexerContract):
    plugin = Unit3D
    refusals = (
        Answer(302, headers={"Location": "https://tracker.example/login"}),
        Answer(302, headers={"Location": "/login"}),
        Answer(401, b'{"message":"Unauthenticated."}'),
    )
    known = Query("Known Film", 2020, "tt1234567")
    unknown = Query("Nobody Made This", 1999, "tt7654321")
    gone_guid = "unit3d-1"
    torrents_at = "https://tracker.example"
    samples = (answer(ROW),)

    def settings(self, base_url: str) -> Unit3DSettings:
        return settings(base_url)

    def service(self) -> Any:
        return service()


def with_world(work: Callable[[LoopbackUnit3D, Unit3D], Awaitable[T]], patience: float = 30.0, **more: Any) -> T:
    async def run() -> T:
        async with (
            LoopbackUnit3D(SECRET) as tracker,
            running(Unit3D, settings(f"{tracker.url}/", **more), timeout=patience) as plugin,
        ):
            return await work(tracker, plugin)

    return asyncio.run(run())


def releases(*rows: object) -> list[Release]:
    async def run() -> list[Release]:
        async with (
            AnsweringServer(Answer(body=answer(*rows))) as server,
            running(Unit3D, settings(server.url)) as plugin,
        ):
            return list(await plugin.search(Query("Some Film")))

    return asyncio.run(run())


def bent(**changes: object) -> dict[str, object]:
    return {**ROW, "attributes": FACTS | changes}


def test_a_release_says_all_that_the_row_does() -> None:
    (found,) = releases(ROW)
    assert found == Release(
        guid="unit3d-4711",
        title="Some.Film.2014.1080p.BluRay-GRP",
        size=26956719691,
        published=datetime(2025, 8, 9, 9, 34, 25, tzinfo=UTC),
        seeders=6,
        leechers=2,
        info_hash="31d6e90726b20b75701475c8f648c5b2f686505b",
        imdb_id="tt0816692",
        tmdb_id=157336,
        info_url=found.info_url,
        flags=frozenset({IndexerFlag.HALFLEECH, IndexerFlag.DOUBLE_UPLOAD, IndexerFlag.INTERNAL}),
    )
    assert found.info_url.endswith("/torrents/4711")
    assert SECRET not in repr(found)


@pytest.mark.parametrize(
    ("freeleech", "flags"),
    [
        ("100%", {IndexerFlag.FREELEECH}),
        ("75%", {IndexerFlag.FREELEECH_75}),
        (50, {IndexerFlag.HALFLEECH}),
        ("25 %", {IndexerFlag.FREELEECH_25}),
        (True, {IndexerFlag.FREELEECH}),
        ("0%", set()),
        ("33%", set()),
        (None, set()),
        ([100], set()),
    ],
)
def test_freeleech_is_told_in_percent(freeleech: object, flags: set[IndexerFlag]) -> None:
    assert [one.flags for one in releases(bent(freeleech=freeleech, internal="0", double_upload=0))] == [flags]


def test_dates_and_missing_parts_come_in_many_forms() -> None:
    found = releases(
        bent(created_at="2025-08-09 09:34:25", imdb_id="tt0816692"),
        ROW | {"id": 8} | {"attributes": {"name": "Bare\x07Name", "created_at": "soon"}},
        {"id": 9},
        {"id": "x", "attributes": ROW["attributes"]},
        None,
    )
    assert [(one.guid, one.imdb_id) for one in found] == [("unit3d-4711", "tt0816692"), ("unit3d-8", "")]
    assert [one.published for one in found] == [datetime(2025, 8, 9, 9, 34, 25, tzinfo=UTC), None]
    assert found[1].title == "Bare Name"


def test_ids_are_asked_first_and_the_text_only_when_they_found_nothing() -> None:
    async def work(tracker: LoopbackUnit3D, plugin: Unit3D) -> None:
        tracker.add(Listing("The.Film.2020.1080p", imdb=133093, tmdb=603))
        tracker.add(Listing("Nameless.Film.2021.1080p"))
        assert len(await plugin.search(Query("The Film", 2020, "tt0133093", 603))) == 1
        assert len(await plugin.search(Query("The Film", 2020, "tt0133093"))) == 1
        assert [seen.query.get("tmdbId") or seen.query.get("imdbId") for seen in tracker.requests] == ["603", "0133093"]
        assert tracker.requests[0].query["categories[]"] == "1"
        tracker.requests.clear()
        assert len(await plugin.search(Query("Nameless: Film!", 2021, "tt0000042"))) == 1
        assert [seen.query.get("name") for seen in tracker.requests] == [None, "Nameless Film 2021"]
        assert await plugin.search(Query("?!", 2021)) == []

    with_world(work)


def test_pages_are_followed_on_this_tracker_only() -> None:
    async def work(tracker: LoopbackUnit3D, plugin: Unit3D) -> None:
        tracker.page = 10
        for number in range(45):
            tracker.add(Listing(f"The.Film.2020.{number}", tmdb=603))
        assert len(await plugin.search(Query("The Film", 2020, "", 603))) == 30
        pages = [await plugin.recent(), *[await plugin.older(page) for page in range(1, 7)]]
        assert [len(page) for page in pages] == [10, 10, 10, 10, 5, 0, 0]

    with_world(work)

    async def run() -> int:
        async with AnsweringServer(Answer()) as stranger:
            away = {"data": [ROW], "links": {"next": f"{stranger.url}/api/torrents/filter?page=2"}}
            reply = Answer(body=json.dumps(away).encode())
            async with AnsweringServer(reply) as server, running(Unit3D, settings(server.url)) as plugin:
                await plugin.search(Query("Some Film"))
            return len(stranger.requests)

    assert asyncio.run(run()) == 0


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault.LOGIN, LoginFailed, "Copy it again from your profile"),
        (Fault.UNAUTHENTICATED, LoginFailed, "refused the API token"),
        (Fault.HTML, BadAnswer, "HTML page"),
        (Fault.TRUNCATED, BadAnswer, "cut off"),
        (Fault.DRIFT, BadAnswer, "without a list of torrents"),
        (Fault.TOO_MANY, RateLimited, "slow down"),
        (Fault.FORBIDDEN, Unreachable, "turned this program away"),
        (Fault.SERVER_ERROR, ServerFault, "answered 500"),
        (Fault.SLOW, TimedOut, "did not answer"),
        (Fault.CLOSED, Unreachable, "broke off"),
    ],
)
def test_the_loopback_tracker_misbehaves_once_and_recovers(fault: Fault, error: type[PluginError], words: str) -> None:
    async def work(tracker: LoopbackUnit3D, plugin: Unit3D) -> None:
        tracker.add(Listing("Film.2020.1080p"))
        tracker.fail(fault, times=1)
        with pytest.raises(error, match=words) as raised:
            await plugin.recent()
        assert type(raised.value) is error
        assert SECRET not in str(raised.value)
        assert len(await plugin.recent()) == 1

    with_world(work, patience=3 if fault is Fault.SLOW else 30)


def test_a_wrong_token_is_told_and_an_empty_choice_too() -> None:
    async def wrong(tracker: LoopbackUnit3D, plugin: Unit3D) -> None:
        tracker.token = "another"
        with pytest.raises(LoginFailed):
            await plugin.test()
        tracker.token = SECRET
        with pytest.raises(Rejected, match="Check their numbers"):
            await plugin.test()

    with_world(wrong, categories=[9])


def test_a_torrent_arrives_whole_also_when_its_link_was_forgotten() -> None:
    async def work(tracker: LoopbackUnit3D, plugin: Unit3D) -> None:
        tracker.add(Listing("Film.2020.1080p", b"d4:infodee"))
        (found,) = await plugin.recent()
        assert tracker.key not in repr(found)
        assert await plugin.torrent(found) == b"d4:infodee"
        assert len(tracker.requests) == 2
        async with running(Unit3D, plugin.settings) as restarted:
            assert await restarted.torrent(Release(found.guid, found.title)) == b"d4:infodee"
        for guid in ("unit3d-5", "hdbits-5", "unit3d-1/../../login"):
            with pytest.raises(NotFound):
                await plugin.torrent(replace(found, guid=guid))

    with_world(work)


def test_a_login_in_place_of_a_torrent_is_a_refused_token() -> None:
    async def work(tracker: LoopbackUnit3D, plugin: Unit3D) -> None:
        tracker.add(Listing("Film.2020.1080p", b"d4:infodee"))
        (found,) = await plugin.recent()
        tracker.fail(Fault.LOGIN, times=1)
        with pytest.raises(LoginFailed, match="API token") as raised:
            await plugin.torrent(found)
        assert tracker.key not in str(raised.value)
        assert await plugin.torrent(found) == b"d4:infodee"

    with_world(work)
