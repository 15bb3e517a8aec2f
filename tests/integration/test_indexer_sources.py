"""Indexers that Prowlarr keeps are taken over, and its changes followed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.plugins.host import Draft, Instance
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.search.sources import Synced
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.prowlarr import Fault, LoopbackProwlarr
from radarr_desktop.loopback.torrents import claiming
from radarr_desktop.loopback.torznab import Listing
from radarr_desktop.plugin_api import Query, RateLimited
from tests.fixtures_engine import RunningEngine, running_engine
from tests.integration.test_searching_together import wanted

KEY = made_up("prowlarr")


class Stage:
    """A program with Prowlarr as a source."""

    def __init__(self, running: RunningEngine, prowlarr: LoopbackProwlarr) -> None:
        self.running, self.prowlarr = running, prowlarr
        self.engine = running.engine

    def sync(self) -> Synced:
        (synced,) = self.running.do(self.engine.sources.sync())
        return synced

    def indexers(self) -> dict[str, Instance]:
        return {one.name: one for one in self.running.do(self.engine.plugins.instances(PluginKind.INDEXER))}

    def save(self, draft: Draft) -> Instance:
        return self.running.do(self.engine.plugins.save(draft, force=True))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEngine]:
    """Return a program that looks at its end for keys where none may be."""
    with running_engine(tmp_path) as made:
        yield made
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or KEY.encode() not in path.read_bytes(), path


@pytest.fixture
def stage(running: RunningEngine) -> Iterator[Stage]:
    """Return a stage on which the two indexers that Prowlarr keeps were just taken over."""
    prowlarr, stack = LoopbackProwlarr(KEY), AsyncExitStack()
    prowlarr.keep(1, "One site", priority=10)
    prowlarr.keep(2, "Another site")
    running.do(stack.enter_async_context(prowlarr))
    stage = Stage(running, prowlarr)
    source = {"base_url": prowlarr.url, "api_key": prowlarr.key}
    stage.save(Draft(PluginKind.INDEXER_SOURCE, "prowlarr", "Prowlarr", source))
    running.wait_for(lambda: {"One site", "Another site"} <= set(stage.indexers()), "the first sync")
    yield stage
    running.do(stack.aclose())


def test_they_are_taken_over_once_and_can_be_searched(stage: Stage) -> None:
    data = claiming({"a.mkv": 1000}, "http://127.0.0.1:1/announce").data
    stage.prowlarr.kept[1].feed.add(Listing("The.Film.2020.1080p", data, imdb=133093))
    stage.prowlarr.keep(3, "A third site")
    assert stage.sync() == Synced("Prowlarr", added=("A third site",), same=("One site", "Another site"))
    del stage.prowlarr.kept[3]
    stage.sync()
    assert stage.sync() == Synced("Prowlarr", same=("One site", "Another site"))
    one = stage.indexers()["One site"]
    assert (one.implementation, one.priority, one.enabled) == ("Torznab", 10, True)
    assert one.settings["api_key"] == "********"
    hasty = {**one.settings, "pause": 0}
    stage.save(Draft(PluginKind.INDEXER, "torznab", one.name, hasty, id=one.id, priority=one.priority))
    live = stage.engine.plugins.indexers()[0]

    async def fetch() -> Any:
        (found,) = await stage.engine.plugins.call(live, lambda plugin: plugin.search(Query("The Film", 2020)))
        return await stage.engine.plugins.call(live, lambda plugin: plugin.torrent(found))

    assert stage.running.do(fetch()) == data


def test_its_changes_are_followed_and_what_users_set_stays(stage: Stage) -> None:
    before = stage.indexers()["One site"]
    mine = dict(before.settings) | {"minimum_seeders": 7}
    stage.save(Draft(PluginKind.INDEXER, "torznab", "One site", mine, id=before.id, priority=10))
    kept = stage.prowlarr.kept[1]
    kept.name, kept.priority, kept.categories = "The site", 3, (2000, 2045)
    stage.prowlarr.kept[2].enable = False
    assert stage.sync() == Synced("Prowlarr", changed=("The site", "Another site"))
    after = stage.indexers()["The site"]
    assert (after.id, after.priority, after.settings["categories"]) == (before.id, 3, [2000, 2045])
    assert after.settings["minimum_seeders"] == 7
    assert not stage.indexers()["Another site"].enabled
    assert stage.sync().same == ("The site", "Another site")


def test_what_users_set_here_stays_until_it_changes_at_prowlarr(stage: Stage) -> None:
    one = stage.indexers()["One site"]
    mine = {**one.settings, "categories": [2000], "weight": 5}
    stage.save(Draft(PluginKind.INDEXER, "torznab", "Mine", mine, id=one.id, enabled=False, priority=3, tags=(1,)))
    assert stage.sync().same == ("One site", "Another site")
    stage.prowlarr.kept[1].priority = 40
    assert stage.sync().changed == ("One site",)
    kept = stage.indexers()["Mine"]
    assert (kept.enabled, kept.priority, kept.tags) == (False, 40, (1,))
    assert (kept.settings["categories"], kept.settings["weight"]) == ([2000], 5)
    stage.prowlarr.kept[1].enable = False
    stage.sync()
    stage.prowlarr.kept[1].enable = True
    stage.prowlarr.kept[1].name = "The site"
    assert stage.sync().changed == ("The site",)
    after = stage.indexers()["The site"]
    assert (after.enabled, after.settings["categories"]) == (True, [2000])


def test_the_key_of_prowlarr_is_always_its_newest(stage: Stage) -> None:
    (source,) = stage.running.do(stage.engine.plugins.instances(PluginKind.INDEXER_SOURCE))
    stage.prowlarr.change_key("1b2c" * 8)
    anew = {"base_url": stage.prowlarr.url, "api_key": stage.prowlarr.key}
    stage.save(Draft(PluginKind.INDEXER_SOURCE, "prowlarr", "Prowlarr", anew, id=source.id))
    stage.sync()
    live = stage.engine.plugins.indexers()[0]
    stage.running.do(stage.engine.plugins.call(live, lambda plugin: plugin.recent(), insist=True))


def test_what_was_here_before_the_source_is_taken_as_it_is_and_then_followed(running: RunningEngine) -> None:
    prowlarr, stack = LoopbackProwlarr(KEY), AsyncExitStack()
    kept = prowlarr.keep(1, "One site")
    running.do(stack.enter_async_context(prowlarr))
    stage = Stage(running, prowlarr)
    by_hand = {"base_url": f"{prowlarr.url}/1", "api_key": KEY}
    before = stage.save(Draft(PluginKind.INDEXER, "torznab", "By hand", by_hand, enabled=False, priority=7))
    source = {"base_url": prowlarr.url, "api_key": prowlarr.key}
    stage.save(Draft(PluginKind.INDEXER_SOURCE, "prowlarr", "Prowlarr", source))
    stage.sync()
    (after,) = stage.indexers().values()
    assert (after.id, after.name, after.enabled, after.priority) == (before.id, "By hand", False, 7)
    kept.enable = False
    stage.sync()
    kept.enable = True
    stage.sync()
    assert stage.indexers()["By hand"].enabled
    running.do(stack.aclose())


def test_only_what_came_from_it_is_removed(stage: Stage) -> None:
    other = {"base_url": "http://127.0.0.1:1/1/", "api_key": "a-key-of-mine"}
    stage.save(Draft(PluginKind.INDEXER, "torznab", "By hand", other))
    del stage.prowlarr.kept[2]
    assert stage.sync() == Synced("Prowlarr", removed=("Another site",), same=("One site",))
    assert set(stage.indexers()) == {"By hand", "One site"}


def test_a_list_that_is_suddenly_empty_removes_nothing(stage: Stage) -> None:
    stage.prowlarr.fail(Fault.EMPTY, times=1)
    synced = stage.sync()
    assert synced.removed == ()
    assert "none is removed here" in synced.problems[0]
    assert set(stage.indexers()) == {"One site", "Another site"}


@pytest.mark.parametrize("fault", [Fault.HTML, Fault.TRUNCATED, Fault.SERVER_ERROR, Fault.WRONG_KEY, Fault.DRIFT])
def test_a_source_that_fails_changes_nothing(stage: Stage, fault: Fault) -> None:
    stage.prowlarr.fail(fault, times=1)
    synced = stage.sync()
    assert len(synced.problems) == 1
    assert stage.prowlarr.key not in str(synced)
    assert set(stage.indexers()) == {"One site", "Another site"}


def test_names_that_are_taken_give_way(stage: Stage) -> None:
    stage.prowlarr.keep(3, "one SITE")
    assert stage.sync().added == ("one SITE",)
    assert set(stage.indexers()) == {"One site", "Another site", "one SITE (Prowlarr)"}
    assert stage.sync().same == ("One site", "Another site", "one SITE")


def test_what_prowlarr_leaves_alone_is_left_alone_here(stage: Stage) -> None:
    stage.prowlarr.kept[1].disabled_till = datetime.now(UTC) + timedelta(hours=2)
    synced = stage.sync()
    assert "One site" in synced.problems[0]
    one = stage.indexers()["One site"]
    assert (one.state, one.problem) == ("failing", "Prowlarr leaves One site alone after failures.")
    (told,) = [item for item in stage.running.do(stage.engine.health()) if item.source == "One site"]
    assert "Prowlarr leaves One site alone after failures." in told.message
    (state,) = [each for each in stage.running.do(stage.engine.indexers.all()) if each.name == "One site"]
    assert (state.state, state.left_alone_until) == ("failing", one.disabled_until)
    live = next(each for each in stage.engine.plugins.indexers() if each.name == "One site")
    with pytest.raises(RateLimited, match="left alone until"):
        stage.running.do(stage.engine.plugins.call(live, lambda plugin: plugin.recent()))
    assert stage.prowlarr.kept[1].feed.requests == []


def test_without_a_source_there_is_nothing_to_follow(running: RunningEngine) -> None:
    with pytest.raises(Problem, match="No source of indexers"):
        running.do(running.engine.sources.sync())


def as_one(stage: Stage, *, together: bool) -> Synced:
    (source,) = stage.running.do(stage.engine.plugins.instances(PluginKind.INDEXER_SOURCE))
    settings = {**source.settings, "together": together}
    stage.save(Draft(PluginKind.INDEXER_SOURCE, "prowlarr", "Prowlarr", settings, id=source.id))
    return stage.sync()


def test_all_of_them_are_one_indexer_where_the_user_wants_no_more(stage: Stage) -> None:
    as_one(stage, together=True)
    assert set(stage.indexers()) == {"Prowlarr, all"}
    assert stage.sync().same == ("Prowlarr, all",)
    stage.prowlarr.kept[2].disabled_till = datetime.now(UTC) + timedelta(hours=2)
    assert stage.sync().problems == ("Prowlarr leaves Another site alone after failures.",)
    as_one(stage, together=False)
    assert set(stage.indexers()) == {"One site", "Another site"}


def test_one_for_all_that_was_set_up_by_hand_stays_beside_the_others(stage: Stage) -> None:
    by_hand = {"base_url": stage.prowlarr.url, "api_key": KEY}
    stage.save(Draft(PluginKind.INDEXER, "ProwlarrSearch", "All", by_hand))
    assert stage.sync() == Synced("Prowlarr", same=("One site", "Another site"))
    assert set(stage.indexers()) == {"All", "One site", "Another site"}


def test_what_one_for_all_finds_is_told_by_its_own_indexer_and_merged_with_it(stage: Stage) -> None:
    movie = wanted(stage.running)
    data = claiming({"a.mkv": 1000}, "http://127.0.0.1:1/announce").data
    for id, group in ((1, "KITE"), (2, "SALT")):
        listing = Listing(f"Iron.Petal.2020.1080p.BluRay.x264-{group}", data, size=8 * 10**9, imdb=7)
        stage.prowlarr.kept[id].feed.add(replace(listing, info_hash=f"{id}" * 40, seeders=id))
    listing = Listing("Iron.Petal.2020.720p.WEB-DL.H264-SALT", data, size=4 * 10**9, imdb=7)
    for id in (1, 2):
        stage.prowlarr.kept[id].feed.add(listing)  # they tell no hash: by name and size it is one
    by_hand = {"base_url": stage.prowlarr.url, "api_key": KEY}
    stage.save(Draft(PluginKind.INDEXER, "ProwlarrSearch", "All", by_hand, priority=1))
    found = stage.running.do(stage.engine.search.releases(movie.id))
    names = [(one.indexer, one.release.title.rpartition("-")[2], one.parsed.resolution) for one in found]
    assert sorted(names) == [("Another site", "SALT", 1080), ("One site", "KITE", 1080), ("One site", "SALT", 720)]
    all_of_them = stage.indexers()["All"].id
    assert {one.indexer_id for one in found} == {all_of_them}
    why = stage.running.do(stage.engine.decisions.why(movie.id))
    assert {one.indexer for one in why.releases} == {"One site", "Another site"}
