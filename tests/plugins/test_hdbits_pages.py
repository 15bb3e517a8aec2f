"""HDBits' pages for people: rows and details in the layouts that are known, and a clear word for all others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from pydantic import ValidationError

from radarr_desktop.loopback.hdbits import Fault, Listing, LoopbackHDBits
from radarr_desktop.plugin_api import IndexerFlag, PluginError, RateLimited, Rejected, Release, ServerFault
from radarr_desktop.plugin_api.testing import Answer
from radarr_desktop_plugins.hdbits import HDBits
from tests.fakes.hdbits import settings, with_answer, with_world

T = TypeVar("T")
COOKIE = "session=5e55107; uid=42"
GB = 1024**3
REPORT = """General
Complete name                            : Film.2020.2160p.mkv
Format                                   : Matroska
Duration                                 : 1 h 40 min

Video
Format                                   : HEVC
HDR format                               : Dolby Vision, Version 1.0

Audio #1
Format                                   : MLP FBA 16-ch
Commercial name                          : Dolby TrueHD with Dolby Atmos

Menu
00:00:00.000                             : en:Chapter 1"""


def reading(work: Callable[[LoopbackHDBits, HDBits], Awaitable[T]]) -> T:
    async def with_session(hdbits: LoopbackHDBits, plugin: HDBits) -> T:
        hdbits.session = COOKIE
        return await work(hdbits, plugin)

    return with_world(with_session, cookie=COOKIE)


@pytest.mark.parametrize("discounts", [False, True])
def test_a_row_says_all_that_it_shows_in_both_layouts(*, discounts: bool) -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        hdbits.discounts = discounts
        listed = hdbits.add(
            Listing(
                "Film & Co 2020 2160p <UHD> Blu-ray HEVC-GRP",
                size=25 * GB,
                seeders=1_234,
                leechers=5,
                imdb=816692,
                origin=1,
                exclusive=1,
                freeleech=True,
            )
        )
        (found,) = await plugin.listing("movies", 0)
        assert found == Release(
            guid=f"hdbits-{listed.id}",
            title="Film & Co 2020 2160p <UHD> Blu-ray HEVC-GRP",
            size=25 * GB,
            seeders=1_234,
            leechers=5,
            imdb_id="tt0816692",
            info_url=f"{hdbits.url}/details.php?id={listed.id}",
            flags=frozenset({IndexerFlag.FREELEECH, IndexerFlag.EXCLUSIVE, IndexerFlag.INTERNAL}),
            grabs=3_702,
        )

    reading(work)


def test_pages_come_one_after_the_other_in_each_category_until_nothing_is_there() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        for number in range(60):
            hdbits.add(Listing(f"Film.{number}.2020.1080p", size=GB, category=1 if number else 3))
        assert plugin.segments == ("movies", "documentaries")
        pages = [await plugin.listing("movies", page) for page in range(3)]
        assert [len(page) for page in pages] == [50, 9, 0]
        assert [one.title for one in await plugin.listing("documentaries", 0)] == ["Film.0.2020.1080p"]

    reading(work)


def test_what_a_torrent_is_made_of_is_found_on_its_page() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        told = hdbits.add(Listing("Film.2020.2160p", size=GB, media_info=REPORT))
        silent = hdbits.add(Listing("Film.2020.1080p", size=GB))
        assert (await plugin.details(Release(f"hdbits-{told.id}", "Film"))).media_info == REPORT
        assert (await plugin.details(Release(f"hdbits-{silent.id}", "Film"))).media_info == ""

    reading(work)


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault.CHALLENGE, Rejected, "wants to see a browser"),
        (Fault.LAYOUT, Rejected, "another layout than this version knows"),
        (Fault.HTML, Rejected, "does not know the session any more"),
        (Fault.RATE_LIMIT, RateLimited, "15 minutes"),
        (Fault.TOO_MANY, RateLimited, "429"),
        (Fault.SERVER_ERROR, ServerFault, "500"),
    ],
)
def test_a_page_that_is_none_is_named(fault: Fault, error: type[PluginError], words: str) -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        hdbits.add(Listing("Film.2020.1080p", size=GB))
        hdbits.fail(fault, times=1)
        with pytest.raises(error, match=words) as raised:
            await plugin.listing("movies", 0)
        assert type(raised.value) is error
        assert "5e55107" not in str(raised.value)
        assert len(await plugin.listing("movies", 0)) == 1

    reading(work)


def test_an_ended_session_is_no_refused_login() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        hdbits.session = "another"
        with pytest.raises(Rejected, match="Log in to HDBits in your browser"):
            await plugin.listing("movies", 0)
        await plugin.test()

    reading(work)


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"<",
        b"<table id=torrent-list>" * 5_000,
        b"<a " * 300_000,
        b"<a href='" * 100_000,
        b"<!--" * 200_000,
        b'<a href="/logout.php"><table id="torrent-list"><tr id="t1"><td>1',
        b'<a href="/logout.php"><table id="torrent-list"><tr id="t1"><td><a href="/details.php?id=x">Film</a>',
        b'<a href="/logout.php"><table id="torrent-list">' + b'<tr id="t1"><td>' * 200_000,
        "<a href='/logout.php'>\u202e\x00<table id='torrent-list'>".encode() + b"\xff\xfe" * 1_000,
    ],
)
def test_hostile_pages_end_in_a_named_error(page: bytes) -> None:
    async def listing(plugin: HDBits) -> None:
        with pytest.raises(PluginError):
            await plugin.listing("movies", 0)
        with pytest.raises(PluginError):
            await plugin.details(Release("hdbits-1/../../my.php", "Film"))

    with_answer(Answer(body=page, content_type="text/html"), listing, cookie=COOKIE)


def test_without_a_session_there_is_nothing_to_read() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        assert plugin.segments == ()
        with pytest.raises(Rejected, match="session cookie"):
            await plugin.listing("movies", 0)
        assert hdbits.requests == []

    with_world(work)


FILE = """# Netscape HTTP Cookie File
#HttpOnly_.hdbits.org\tTRUE\t/\tTRUE\t1999999999\tsession\t5e55107
hdbits.org\tFALSE\t/\tTRUE\t0\tuid\t42
.example.org\tTRUE\t/\tTRUE\t1999999999\tbank\tsecret
nothdbits.org\tFALSE\t/\tTRUE\t0\tother\t1
broken line
"""


def test_a_cookie_is_taken_as_typed_or_from_a_file_and_only_what_is_for_the_site() -> None:
    def kept(text: str) -> str:
        return settings("https://hdbits.org", cookie=text).cookie.get_secret_value()

    assert kept(FILE) == COOKIE
    assert kept(f" Cookie: {COOKIE} ") == COOKIE
    assert kept("") == ""
    assert "5e55107" not in repr(settings("https://hdbits.org", cookie=FILE))
    for bad in ("no cookie", "a=b\r\nHost: x", FILE.replace("hdbits", "elsewhere"), "a=b;" * 50_000):
        with pytest.raises(ValidationError) as raised:
            kept(bad)
        assert bad[:40] not in str(raised.value)
