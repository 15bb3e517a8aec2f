"""Prowlarr sends its indexers here, as it does to Radarr."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AsyncExitStack

import httpx
import pytest

from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.torznab import Fault, Feed, Listing, LoopbackTorznab
from tests.api.served import Served
from tests.fakes.prowlarr_client import CATEGORIES, ProwlarrClient, Source

KEY = made_up("prowlarr")


@pytest.fixture
def feed(bare: Served) -> Iterator[Feed]:
    """Return a feed for every path: Prowlarr serves each indexer under its number."""
    torznab, stack = LoopbackTorznab(KEY), AsyncExitStack()
    torznab.feed.add(Listing("The.Film.2020.1080p"))
    bare.call(stack.enter_async_context(torznab))
    yield torznab.feed
    bare.call(stack.aclose())


@pytest.fixture
def prowlarr(bare: Served, feed: Feed) -> ProwlarrClient:
    """Return what Prowlarr does, not yet having done anything."""
    return ProwlarrClient(bare.client, feed.base, KEY)


def test_its_test_asks_back_for_what_prowlarr_can_do(prowlarr: ProwlarrClient, feed: Feed) -> None:
    assert prowlarr.test().status_code == 200
    assert prowlarr.calls == ["GET /api/v3/indexer/schema 200", "POST /api/v3/indexer/test 200"]
    assert [(seen.path, seen.query) for seen in feed.requests] == [("/0/api", {"t": "caps"})]


def test_its_test_tells_what_is_wrong(prowlarr: ProwlarrClient, feed: Feed) -> None:
    prowlarr.url = "http://127.0.0.1:1"
    assert prowlarr.test().status_code == 400
    prowlarr.url = feed.base
    feed.fail(Fault.HTML, times=1)
    answer = prowlarr.test()
    assert answer.status_code == 400
    assert "HTML page" in answer.json()[0]["errorMessage"]
    prowlarr.api_key = "wrong" * 6
    assert prowlarr.test().status_code == 400
    prowlarr.application = httpx.Client(base_url=prowlarr.application.base_url, headers={"X-Api-Key": "no"}, timeout=60)
    with prowlarr.application:
        assert prowlarr.test().status_code == 401


def test_indexers_come_change_and_go_by_its_sync(bare: Served, prowlarr: ProwlarrClient) -> None:
    source = Source(7, "A site", priority=12, rss=False, minimum_seeders=3, ratio=1.5)
    assert prowlarr.add(source).status_code == 201
    assert not prowlarr.update(source), "what is the same must not be sent again"
    (known,) = prowlarr.mine().values()
    values = {each["name"]: each.get("value") for each in known["fields"]}
    assert (values["categories"], values["apiKey"]) == (CATEGORIES, "********")
    assert (known["enableRss"], known["enableInteractiveSearch"], known["priority"]) == (False, True, 12)

    changed = Source(7, "The site", priority=1, ratio=None, minutes=90)
    assert prowlarr.update(changed)
    assert not prowlarr.update(changed)
    (known,) = prowlarr.mine().values()
    values = {each["name"]: each.get("value") for each in known["fields"]}
    assert (known["name"], values.get("seedCriteria.seedRatio")) == ("The site (Prowlarr)", None)
    assert values["seedCriteria.seedTime"] == 90

    other = {one["id"] for one in bare.client.get("/api/v3/indexer").json()}
    prowlarr.remove(7)
    assert other == {known["id"]}
    assert prowlarr.mine() == {}
    assert bare.client.get(f"/api/v3/indexer/{known['id']}").status_code == 404


def test_what_fails_its_test_is_added_by_force(prowlarr: ProwlarrClient, feed: Feed) -> None:
    feed.fail(Fault.DISABLED)
    assert prowlarr.add(Source(3, "Down")).status_code == 201
    assert prowlarr.calls[-2:] == ["POST /api/v3/indexer 400", "POST /api/v3/indexer?forceSave=true 201"]
    assert list(prowlarr.mine()) == [3]


def test_usenet_indexers_are_refused_even_by_force(prowlarr: ProwlarrClient) -> None:
    answer = prowlarr.add(Source(4, "Usenet", usenet=True))
    assert answer.status_code == 400
    assert "torrents" in answer.json()[0]["errorMessage"]
    assert prowlarr.mine() == {}


def test_the_schema_has_every_field_that_prowlarr_sets(bare: Served) -> None:
    schema = {one["implementation"]: one for one in bare.client.get("/api/v3/indexer/schema").json()}
    names = {name: {field["name"] for field in one["fields"]} for name, one in schema.items()}
    both = {"baseUrl", "apiPath", "apiKey", "categories"}
    assert both <= names["Newznab"]
    assert both | {"minimumSeeders", "seedCriteria.seedRatio", "seedCriteria.seedTime"} <= names["Torznab"]
    assert (schema["Newznab"]["configContract"], schema["Newznab"]["protocol"]) == ("NewznabSettings", "usenet")
    assert schema["Torznab"]["configContract"] == "TorznabSettings"
    for field in schema["Torznab"]["fields"]:
        assert {"order", "name", "label", "type", "advanced", "privacy", "isFloat"} <= set(field)


def test_an_indexer_that_is_only_searched_has_no_feed(bare: Served, prowlarr: ProwlarrClient, feed: Feed) -> None:
    prowlarr.add(Source(7, "A site", rss=False))
    prowlarr.add(Source(8, "Another site"))
    feed.requests.clear()
    bare.call(bare.engine.search.feeds.look())
    assert {seen.path for seen in feed.requests} == {"/8/api"}
