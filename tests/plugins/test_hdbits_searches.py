"""HDBits: what is asked for, page by page, and an API that has changed."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from radarr_desktop.loopback.hdbits import Fault, Listing, LoopbackHDBits
from radarr_desktop.plugin_api import BadAnswer, Query
from radarr_desktop.plugin_api.testing import Answer
from radarr_desktop_plugins.hdbits import Category, HDBits
from tests.fakes.hdbits import ROW, answer, releases, settings, with_answer, with_world


def test_the_imdb_id_is_asked_first_and_the_text_only_when_it_found_nothing() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        hdbits.add(Listing("The.Film.2020.1080p", imdb=133093))
        hdbits.add(Listing("Nameless.Film.2021.1080p"))
        assert len(await plugin.search(Query("The Film", 2020, "tt0133093"))) == 1
        assert [seen.query.get("imdb") for seen in hdbits.requests] == [{"id": 133093}]
        hdbits.requests.clear()
        assert len(await plugin.search(Query("Nameless: Film!", 2021, "tt0000042"))) == 1
        assert [seen.query.get("search") for seen in hdbits.requests] == [None, "Nameless Film 2021"]
        hdbits.requests.clear()
        assert len(await plugin.search(Query("Nameless Film", imdb_id="../1"))) == 1
        assert await plugin.search(Query("?!", 2021)) == []
        assert [(seen.query["search"], seen.query["limit"]) for seen in hdbits.requests] == [("Nameless Film", 100)]

    with_world(work)


def test_recent_is_one_search_for_nothing_in_the_chosen_categories() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        for category in (1, 2, 3, 8):
            hdbits.add(Listing(f"Film.{category}.2020", category=category))
        assert [found.title for found in await plugin.recent()] == ["Film.3.2020"]
        (seen,) = hdbits.requests
        assert seen.query == {"username": "ann", "category": [3], "limit": 100}

    with_world(work, categories=["documentaries"])
    assert settings("http://x").categories == (Category.MOVIES, Category.DOCUMENTARIES)
    with pytest.raises(ValidationError):
        settings("http://x", categories=[])


def test_a_search_goes_through_pages_while_they_are_full_and_new() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        for number in range(250):
            hdbits.add(Listing(f"Film.2020.Cut{number}.1080p", hash=f"{number:040x}", imdb=42))
        query = Query("Film", 2020, "tt0000042")
        found = await plugin.search(query)
        assert len({one.info_hash for one in found}) == len(found) == 250
        assert [seen.query.get("page") for seen in hdbits.requests] == [None, 1, 2]
        hdbits.requests.clear()
        assert len(await plugin.recent()) == 100
        assert [len(await plugin.older(page)) for page in (1, 2, 3)] == [100, 50, 0]
        assert [seen.query.get("page") for seen in hdbits.requests] == [None, 1, 2, 3]

    with_world(work)


def test_a_search_asks_for_no_more_pages_than_the_user_allows() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        for number in range(250):
            hdbits.add(Listing(f"Film.2020.Cut{number}.1080p", hash=f"{number:040x}", imdb=42))
        assert len(await plugin.search(Query("Film", 2020, "tt0000042"))) == 100
        assert len(hdbits.requests) == 1

    with_world(work, most_pages=1)


def test_pages_that_overlap_show_each_torrent_once_and_the_same_page_again_ends_it() -> None:
    rows = [ROW | {"id": number, "hash": f"{number % 60:040x}"} for number in range(1, 101)]

    async def search(plugin: HDBits) -> list[str]:
        return [one.guid for one in await plugin.search(Query("Some Film"))]

    assert with_answer(Answer(body=answer(*rows)), search) == [f"hdbits-{number}" for number in range(1, 61)]


def test_codec_medium_and_origin_are_asked_for_only_where_they_are_chosen() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        hdbits.add(Listing("Film.2020.A", codec=5, medium=3, origin=1))
        hdbits.add(Listing("Film.2020.B", codec=1, medium=3, origin=1))
        hdbits.add(Listing("Film.2020.C", codec=5, medium=6, origin=1))
        hdbits.add(Listing("Film.2020.D", codec=5, medium=5, origin=0))
        assert [found.title for found in await plugin.recent()] == ["Film.2020.A"]
        (seen,) = hdbits.requests
        assert {key: seen.query[key] for key in ("category", "codec", "medium", "origin")} == {
            "category": [1, 3],
            "codec": [5],
            "medium": [3, 5],
            "origin": [1],
        }

    with_world(work, codecs=["HEVC"], media=["encode", "remux"], origins=["internal"])


def test_an_api_of_another_day_is_read_as_far_as_it_goes() -> None:
    async def work(hdbits: LoopbackHDBits, plugin: HDBits) -> None:
        hdbits.add(Listing("Film.2020.1080p", size=5, seeders=3, hash="a" * 40, imdb=42, freeleech=True))
        hdbits.fail(Fault.MISSING_FIELDS, times=1)
        (bare,) = await plugin.recent()
        assert (bare.title, bare.size, bare.info_hash, bare.flags) == ("Film.2020.1080p", 0, "", frozenset())
        hdbits.fail(Fault.OTHER_TYPES, times=1)
        (other,) = await plugin.recent()
        assert (other.title, other.size, other.seeders, other.imdb_id) == ("Film.2020.1080p", 5, 3, "")
        hdbits.fail(Fault.RENAMED_FIELDS, times=1)
        with pytest.raises(BadAnswer, match="a form that this version does not know"):
            await plugin.recent()

    with_world(work)


def test_an_imdb_id_comes_as_a_number_or_as_a_word() -> None:
    forms: list[object] = [816692, "816692", "0816692", "tt0816692"]
    rows = [ROW | {"id": 1 + place, "hash": "", "imdb": {"id": form}} for place, form in enumerate(forms)]
    assert [found.imdb_id for found in releases(*rows)] == ["tt0816692"] * 4
