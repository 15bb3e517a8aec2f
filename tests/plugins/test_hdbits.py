"""HDBits: the contract, and what its own protocol asks for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from radarr_desktop.loopback.hdbits import Fault, Listing, LoopbackHDBits
from radarr_desktop.loopback.torrents import claiming
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
from radarr_desktop_plugins.hdbits import HDBits, HDBitsSettings
from tests.fakes.hdbits import ROW, SECRET, answer, releases, settings, with_answer, with_world


@asynccontextmanager
async def service() -> AsyncIterator[str]:
    async with LoopbackHDBits("ann", SECRET) as hdbits:
        data = claiming({"a.mkv": 1000}, "http://127.0.0.1:1/announce").data
        for age, name in enumerate(("Known.Film.2020.1080p.BluRay-A", "Known.Film.2020.720p.BluRay-B", "Other.2001-C")):
            added = datetime(2025, 1, 1, tzinfo=UTC) - timedelta(days=age)
            hdbits.add(Listing(name, data, size=1000, imdb=0 if "Other" in name else 1234567, added=added))
        yield hdbits.url


class TestHDBitsContract(IndexerContract):
    plugin = HDBits
    refusals = (
        Answer(body=b'{"status":5,"message":"Invalid authentication credentials"}'),
        Answer(body=b'{"status":"4","message":"Auth data missing"}'),
        Answer(401, b"{}"),
    )
    known = Query("Known Film", 2020, "tt1234567")
    unknown = Query("Nobody Made This", 1999, "tt7654321")
    gone_guid = "hdbits-1"
    samples = (answer(ROW, ROW | {"id": "2", "imdb": [], "type_medium": 1}),)

    def settings(self, base_url: str) -> HDBitsSettings:
        return settings(base_url)

    def service(self) -> Any:
        return service()


def test_a_release_says_all_that_the_row_does() -> None:
    (found,) = releases(ROW | {"freeleech": "yes", "type_origin": 1, "type_exclusive": "1"})
    assert found == Release(
        guid="hdbits-789988",
        title="Some.Film.2014.1080p.BluRay-GRP",
        size=26956719691,
        published=datetime.fromtimestamp(1754732065, UTC),
        seeders=6,
        leechers=0,
        info_hash="31d6e90726b20b75701475c8f648c5b2f686505b",
        imdb_id="tt0816692",
        info_url=found.info_url,
        flags=frozenset({IndexerFlag.FREELEECH, IndexerFlag.INTERNAL, IndexerFlag.EXCLUSIVE}),
        grabs=22,
    )
    assert [one.grabs for one in releases({**ROW, "times_completed": None}, {**ROW, "id": 5, "hash": ""})] == [None, 22]
    assert found.info_url.endswith("/details.php?id=789988")


@pytest.mark.parametrize(
    ("bend", "title"),
    [
        ({}, "Some.Film.2014.1080p.BluRay-GRP"),
        ({"type_medium": 1}, "Some Film 2014 1080p Blu-ray DTS 5.1-GRP"),
        ({"type_category": 7}, "Some Film 2014 1080p Blu-ray DTS 5.1-GRP"),
        ({"filename": None}, "Some Film 2014 1080p Blu-ray DTS 5.1-GRP"),
        ({"type_medium": 1, "name": ""}, "Some.Film.2014.1080p.BluRay-GRP"),
    ],
)
def test_the_title_is_the_file_name_except_of_discs_and_demos(bend: dict[str, object], title: str) -> None:
    assert [found.title for found in releases(ROW | bend)] == [title]


@pytest.mark.parametrize(
    ("bend", "flags"),
    [
        ({}, set()),
        ({"type_medium": 5}, {IndexerFlag.HALFLEECH}),
        ({"type_category": 3}, {IndexerFlag.HALFLEECH}),
        ({"type_category": 7}, {IndexerFlag.NEUTRAL}),
        ({"type_origin": 1}, {IndexerFlag.HALFLEECH, IndexerFlag.INTERNAL}),
        ({"type_medium": 1, "freeleech": "yes"}, {IndexerFlag.FREELEECH}),
        ({"freeleech": ["yes"]}, set()),
    ],
)
def test_what_a_download_costs_shows_in_the_flags(bend: dict[str, object], flags: set[IndexerFlag]) -> None:
    assert [found.flags for found in releases(ROW | bend)] == [flags]


def test_dates_ids_and_missing_parts_come_in_many_forms() -> None:
    bare = {"id": "17", "name": "Bare\x07Name"}
    dated = ROW | {"id": 18, "utadded": None}
    undated = ROW | {"id": 19, "hash": None, "utadded": None, "added": "0000-00-00T00:00:00+0000"}
    dated["hash"] = "not a hash"
    found = releases(bare, dated, undated, {"id": 20}, {"name": "no id"}, None, "row", ROW, ROW)
    assert [one.guid for one in found] == ["hdbits-17", "hdbits-18", "hdbits-19", "hdbits-789988"]
    assert found[0].title == "Bare Name"
    assert [one.published for one in found[:3]] == [None, datetime(2025, 8, 9, 9, 34, 25, tzinfo=UTC), None]


def test_raw_control_characters_in_a_description_do_no_harm() -> None:
    body = answer(ROW).replace(b"[quote]", b"[quote]\n\t\x01")

    async def search(plugin: HDBits) -> int:
        return len(await plugin.search(Query("Some Film")))

    assert with_answer(Answer(body=body), search) == 1


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (1, Unreachable, "later"),
        (2, Rejected, "https://"),
        (3, Rejected, "report"),
        (4, LoginFailed, "Enter both"),
        (5, LoginFailed, "not the password"),
        (6, Rejected, "report"),
        (7, Rejected, "report"),
        (8, Rejected, "IMDb id"),
        (9, Rejected, "series"),
        (77, BadAnswer, "does not document"),
        ("broken", BadAnswer, "does not document"),
    ],
)
def test_each_status_has_its_own_error(status: object, error: type[PluginError], words: str) -> None:
    body = json.dumps({"status": status, "message": f"No <b>good</b>\x1b[31m {SECRET}"}).encode()
    with pytest.raises(error, match=words) as raised:
        with_answer(Answer(body=body), lambda plugin: plugin.test())
    assert type(raised.value) is error
    assert SECRET not in str(raised.value)
    assert str(raised.value).isprintable()


def test_a_passkey_of_the_wrong_length_is_told_so() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        with pytest.raises(LoginFailed, match="It has 12 characters, a passkey has 32"):
            await plugin.test()

    with_world(work, passkey=SecretStr("abcdefghijkl"))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.WRONG_PASSKEY, LoginFailed),
        (Fault.HTML, BadAnswer),
        (Fault.TRUNCATED, BadAnswer),
        (Fault.RATE_LIMIT, RateLimited),
        (Fault.TOO_MANY, RateLimited),
        (Fault.CHALLENGE, Unreachable),
        (Fault.RENAMED_FIELDS, BadAnswer),
        (Fault.SERVER_ERROR, ServerFault),
        (Fault.SLOW, TimedOut),
        (Fault.CLOSED, Unreachable),
    ],
)
def test_the_loopback_indexer_misbehaves_once_and_recovers(fault: Fault, error: type[PluginError]) -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        hdbits.add(Listing("Film.2020.1080p"))
        hdbits.fail(fault, times=1)
        with pytest.raises(error) as raised:
            await plugin.recent()
        assert type(raised.value) is error
        assert len(await plugin.recent()) == 1

    with_world(work, patience=3 if fault is Fault.SLOW else 30)


def test_the_rate_limit_page_says_how_long() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        hdbits.fail(Fault.RATE_LIMIT, times=1)
        with pytest.raises(RateLimited) as page:
            await plugin.recent()
        hdbits.fail(Fault.TOO_MANY, times=1)
        with pytest.raises(RateLimited) as header:
            await plugin.recent()
        assert (page.value.retry_after, header.value.retry_after) == (900, 30)

    with_world(work)


def test_a_block_page_is_no_rate_limit() -> None:
    with pytest.raises(Unreachable, match="without naming a limit"):
        with_answer(Answer(403, b"<html>Just a moment...</html>", "text/html"), lambda plugin: plugin.recent())


def test_a_torrent_arrives_whole_and_the_passkey_stays_in_the_request() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        data = claiming({"../../evil.mkv": 5}, "http://127.0.0.1:1/announce").data
        listed = hdbits.add(Listing("Film.2020.1080p", data))
        (found,) = await plugin.recent()
        assert SECRET not in repr(found)
        assert await plugin.torrent(found) == data
        assert hdbits.requests[-1].query == {"id": str(listed.id)}
        with pytest.raises(NotFound):
            await plugin.torrent(replace(found, guid="hdbits-5"))
        with pytest.raises(NotFound):
            await plugin.torrent(replace(found, guid="hdbits-1/../../my.php"))

    with_world(work)


def test_the_limit_of_downloads_is_told_and_the_torrent_fetched_later() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        hdbits.add(Listing("Film.2020.1080p", b"d4:infodee"))
        (found,) = await plugin.recent()
        hdbits.fail(Fault.RATE_LIMIT, times=1)
        with pytest.raises(RateLimited, match="15 minutes"):
            await plugin.torrent(found)
        assert await plugin.torrent(found) == b"d4:infodee"

    with_world(work)


def test_a_torrent_of_the_wrong_kind_is_refused() -> None:
    reply = Answer(body=b"d4:infodee", content_type="text/html")
    with pytest.raises(BadAnswer, match="no torrent"):
        with_answer(reply, lambda plugin: plugin.torrent(Release("hdbits-1", "Film")))


def test_a_path_before_the_api_is_kept() -> None:
    async def run() -> list[str]:
        async with AnsweringServer(Answer(body=answer(ROW))) as server:
            async with running(HDBits, settings(f"{server.url}/proxy/hd/")) as plugin:
                await plugin.recent()
            return [asked.target for asked in server.requests]

    assert asyncio.run(run()) == ["/proxy/hd/api/torrents"]


def test_requests_are_spaced_as_the_user_set_it() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> float:
        return plugin.spacing

    assert with_world(work) == 2.0
    assert with_world(work, pause=0) == 0.0
