"""Feeds are read back to where they were left; what is out of reach is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from radarr_desktop.domain.events import FeedMissed
from radarr_desktop.engine.search.feeds import MOST_PAGES
from radarr_desktop.store import sql
from tests.fakes.told import Telling, named, telling
from tests.fixtures_engine import RunningEngine

NOW = datetime.now(UTC)


@pytest.fixture
def one(tmp_path: Path) -> Iterator[tuple[RunningEngine, Telling]]:
    """A program with one indexer."""
    with telling(tmp_path, "Anchor") as (running, (anchor,)):
        yield running, anchor


def feed(running: RunningEngine) -> int:
    """A look at all feeds: how many releases it found."""
    return running.do(running.engine.search.feed()).found


def missed(running: RunningEngine) -> list[str]:
    return [event.problem for event in running.events if isinstance(event, FeedMissed)]


def test_pages_are_read_back_to_what_was_seen_last(one: tuple[RunningEngine, Telling]) -> None:
    running, anchor = one
    anchor.tell([named(1), named(0)])
    assert feed(running) == 2
    anchor.tell([named(6), named(5)], [named(4), named(3)], [named(2), named(1)], [named(0)])
    assert feed(running) == 6
    assert anchor.asked == ["recent", "recent", "older 1", "older 2"]
    assert feed(running) == 2
    assert anchor.asked[4:] == ["recent"]
    assert missed(running) == []


def test_a_known_age_is_enough_where_the_last_release_is_gone(one: tuple[RunningEngine, Telling]) -> None:
    running, anchor = one
    anchor.tell([named(1, NOW - timedelta(hours=2))])
    feed(running)
    anchor.tell([named(3, NOW)], [named(2, NOW - timedelta(hours=1)), named(0, NOW - timedelta(hours=3))])
    assert feed(running) == 3
    assert anchor.asked == ["recent", "recent", "older 1"]
    assert missed(running) == []


def test_a_feed_that_ends_too_early_is_told_once(one: tuple[RunningEngine, Telling]) -> None:
    running, anchor = one
    anchor.tell([named(1, NOW - timedelta(hours=9))])
    feed(running)
    anchor.tell([named(5, NOW)], [named(4, NOW - timedelta(hours=1))])
    assert feed(running) == 2
    (told,) = missed(running)
    assert told.startswith("Releases of Anchor may have been missed between ")
    assert told.endswith("they are no longer in reach (1 page back).")
    assert feed(running) == 1
    assert len(missed(running)) == 1
    (place,) = running.do(running.engine.search.feeds.places()).values()
    assert place.missed == told
    assert [one.message for one in running.do(running.engine.health()) if one.source == "indexer"] == [told]


def test_no_more_pages_are_asked_for_than_is_polite(one: tuple[RunningEngine, Telling]) -> None:
    running, anchor = one
    anchor.tell([named(0)])
    feed(running)
    anchor.tell(*([named(number)] for number in range(100, 200)))
    assert feed(running) == MOST_PAGES + 1
    assert anchor.asked[2:] == [f"older {page}" for page in range(1, MOST_PAGES + 1)]
    assert len(missed(running)) == 1


def test_a_page_that_does_not_come_is_asked_for_at_the_next_look(one: tuple[RunningEngine, Telling]) -> None:
    running, anchor = one
    anchor.tell([named(1)])
    feed(running)
    anchor.tell([named(4)], [named(3)], [named(2), named(1)], refused=["older 2"])
    assert feed(running) == 2
    assert missed(running) == []
    for live in running.engine.plugins.indexers():
        live.guard.reset()
    anchor.tell([named(5), named(4)], [named(3)], [named(2), named(1)])
    assert feed(running) == 5
    assert missed(running) == []


def test_each_indexer_is_looked_at_in_its_own_time(tmp_path: Path) -> None:
    settings = {"Slow": {"feed_minutes": 60}}
    with telling(tmp_path, "Quick", "Slow", settings=settings) as (running, (quick, slow)):
        search = running.engine.search
        quick.tell([named(1)])
        slow.tell([named(2)])
        running.do(search.feed(due=True))
        assert (quick.asked, slow.asked) == (["recent"], ["recent"])
        running.do(search.feed(due=True))
        assert (quick.asked, slow.asked) == (["recent"], ["recent"])
        half_an_hour_ago(running)
        running.do(search.feed(due=True))
        assert (quick.asked, slow.asked) == (["recent", "recent"], ["recent"])


def half_an_hour_ago(running: RunningEngine) -> None:
    """As if the last looks were so long ago."""
    past = timedelta(minutes=30) // timedelta(microseconds=1)
    running.do(running.engine.db.run(lambda: sql.change("UPDATE feed_place SET at = at - ?", past)))
