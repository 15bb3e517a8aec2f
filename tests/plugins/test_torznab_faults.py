"""Torznab when all does not go well: each fault has its named error, and nothing secret gets out."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace

import pytest

from radarr_desktop.loopback.torznab import Fault, Listing, LoopbackTorznab
from radarr_desktop.plugin_api import (
    BadAnswer,
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
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer, running
from radarr_desktop.plugin_api.testing.hostile import bent_xml
from radarr_desktop_plugins.torznab import Torznab
from tests.fakes.torznab import CAPS, SECRET, feed, films, item, settings, with_feed, with_world

MAGNET = f"magnet:?xt=urn:btih:{'ab' * 20}&dn=Film"


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault.WRONG_KEY, LoginFailed, "Copy the API key again"),
        (Fault.SUSPENDED, LoginFailed, "Account suspended"),
        (Fault.REQUEST_LIMIT, RateLimited, "100/100"),
        (Fault.TOO_MANY, RateLimited, "slow down"),
        (Fault.DISABLED, Unreachable, "switched off where its feed comes from"),
        (Fault.BROKEN, ServerFault, "later"),
        (Fault.HTML, BadAnswer, "HTML page instead of XML"),
        (Fault.JSON, BadAnswer, "cut off or damaged"),
        (Fault.TRUNCATED, BadAnswer, "cut off or damaged"),
        (Fault.ENTITIES, BadAnswer, "document type"),
        (Fault.SERVER_ERROR, ServerFault, "answered 500"),
        (Fault.SLOW, TimedOut, "did not answer"),
        (Fault.CLOSED, Unreachable, "broke off"),
    ],
)
def test_the_loopback_feed_misbehaves_once_and_recovers(fault: Fault, error: type[PluginError], words: str) -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        torznab.feed.add(Listing("Film.2020.1080p"))
        await plugin.capabilities()
        torznab.feed.fail(fault, times=1)
        with pytest.raises(error, match=words) as raised:
            await plugin.recent()
        assert type(raised.value) is error
        assert len(await plugin.recent()) == 1

    with_world(work, patience=3 if fault is Fault.SLOW else 30)


def test_waits_are_told_and_kept() -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        await plugin.capabilities()
        for fault, wait in ((Fault.TOO_MANY, 30), (Fault.REQUEST_LIMIT, 3600)):
            torznab.feed.fail(fault, times=1)
            with pytest.raises(RateLimited) as raised:
                await plugin.recent()
            assert raised.value.retry_after == wait
        torznab.feed.limits = (99, 100)
        await plugin.recent()
        torznab.feed.limits = (100, 100)
        await plugin.recent()
        asked = len(torznab.feed.requests)
        with pytest.raises(RateLimited, match="used up") as spent:
            await plugin.recent()
        assert spent.value.retry_after == pytest.approx(3600, abs=60)
        assert len(torznab.feed.requests) == asked

    with_world(work)


def test_downloads_that_are_used_up_are_not_asked_for_but_searches_are() -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        films(torznab)
        torznab.feed.add(Listing("Linked.2020", attributes={"magneturl": MAGNET}))
        (found, *_) = await plugin.recent()
        torznab.feed.grab_limits = (5, 5)
        assert len(await plugin.recent()) == 4
        asked = len(torznab.feed.requests)
        with pytest.raises(RateLimited, match="downloads are used up") as spent:
            await plugin.torrent(found)
        assert spent.value.retry_after == pytest.approx(3600, abs=60)
        assert len(torznab.feed.requests) == asked
        torznab.feed.grab_limits = (1, 5)
        assert len(await plugin.recent()) == 4

    with_world(work)


def test_limits_are_read_wherever_a_feed_tells_them() -> None:
    spent = b'<newznab:apilimits xmlns:newznab="x" apiCurrent="9" apiMax="9"/></rss>'

    async def ask(plugin: Torznab) -> None:
        await plugin.recent()
        with pytest.raises(RateLimited, match="used up"):
            await plugin.recent()

    with_feed(feed(item()).replace(b"</rss>", spent), ask)


def test_control_characters_and_bare_ampersands_do_no_harm() -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        torznab.feed.add(Listing("Jerry.2020.1080p"))
        torznab.feed.fail(Fault.CONTROL)
        assert [found.title for found in await plugin.recent()] == ["Tom & Jerry.2020.1080p"]

    with_world(work)


def test_whatever_a_feed_tells_of_itself_is_taken_or_named() -> None:
    async def run() -> int:
        taken = 0
        async with AnsweringServer() as server, running(Torznab, settings(server.url)) as plugin:
            for _, caps in bent_xml(CAPS):
                server.answer = lambda asked, caps=caps: Answer(body=caps if "t=caps" in asked.target else feed(item()))
                with contextlib.suppress(PluginError):
                    await plugin.test()  # this asks anew what it can do
                    taken += len(await plugin.search(Query("Some Film", 2014, "tt0816692")))
        return taken

    assert asyncio.run(run()) > 100


def test_the_test_names_what_is_wrong_with_the_choice() -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        with pytest.raises(Rejected, match="lists nothing in the chosen categories"):
            await plugin.test()
        torznab.feed.add(Listing("Film.2020.1080p", usenet=True))
        with pytest.raises(Rejected, match="torrents only"):
            await plugin.test()
        torznab.feed.add(Listing("Film.2020.1080p"))
        await plugin.test()

    with_world(work)

    async def elsewhere(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        with pytest.raises(Rejected, match=r"none of the chosen categories\. It has 2000, 2040"):
            await plugin.test()

    with_world(elsewhere, categories=[5000])


def test_a_torrent_arrives_whole_also_when_its_address_was_forgotten() -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        films(torznab)
        data = torznab.feed.listings[0].data
        (found, *_) = await plugin.recent()
        assert SECRET not in repr(found)
        assert await plugin.torrent(found) == data
        async with running(Torznab, plugin.settings) as restarted:
            assert await restarted.torrent(Release(found.guid, found.title)) == data
            with pytest.raises(NotFound):
                await restarted.torrent(replace(found, guid="torznab-5"))
            with pytest.raises(NotFound):
                await restarted.torrent(replace(found, guid="hdbits-5"))

    with_world(work)


def test_a_download_may_lead_to_a_magnet_link() -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        torznab.feed.add(Listing("Film.2020.1080p", magnet=MAGNET))
        (found,) = await plugin.recent()
        assert await plugin.torrent(found) == MAGNET

    with_world(work)


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault.TORRENT_CIRCLE, BadAnswer, "in a circle"),
        (Fault.DISABLED, Unreachable, "switched off"),
        (Fault.WRONG_KEY, LoginFailed, "API key"),
    ],
)
def test_errors_of_a_feed_are_read_in_place_of_a_torrent_too(
    fault: Fault, error: type[PluginError], words: str
) -> None:
    async def work(torznab: LoopbackTorznab, plugin: Torznab) -> None:
        torznab.feed.add(Listing("Film.2020.1080p", b"d4:infodee"))
        (found,) = await plugin.recent()
        torznab.feed.fail(fault, times=6 if fault is Fault.TORRENT_CIRCLE else 1)
        with pytest.raises(error, match=words) as raised:
            await plugin.torrent(found)
        assert SECRET not in str(raised.value)
        assert await plugin.torrent(found) == b"d4:infodee"

    with_world(work)


def test_a_path_before_the_api_is_kept() -> None:
    async def run() -> list[str]:
        async with AnsweringServer(Answer(body=CAPS)) as server:
            async with running(Torznab, settings(f"{server.url}/prowlarr/7/")) as plugin:
                await plugin.capabilities()
            return [asked.target.partition("?")[0] for asked in server.requests]

    assert asyncio.run(run()) == ["/prowlarr/7/api"]
