"""What is asked of where a release comes from, and of what is known of it already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from radarr_desktop.domain.blocklist import Blocks
from radarr_desktop.domain.decision import (
    DelayProfile,
    IndexerTerms,
    Outcome,
    Policy,
    Propers,
    Standing,
)
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.plugin_api import IndexerFlag
from tests.unit.decision_case import NAME, NBSP, NOW, ask, candidate, having, passes


def test_torrents_can_be_switched_off_for_a_movie() -> None:
    off = ask("protocol", delay=DelayProfile(2, 1, torrents=False))
    assert off.sentence == "The movie's delay profile allows no torrents."
    assert passes(ask("protocol", delay=DelayProfile(2, 1)))


def test_an_indexer_that_is_away_is_waited_for() -> None:
    away = ask("indexer", terms=IndexerTerms(3, away_until=NOW + timedelta(minutes=20)))
    assert away.outcome is Outcome.DELAYED
    assert away.sentence == f"Pier does not answer and is left alone for 20{NBSP}min."
    assert passes(ask("indexer", terms=IndexerTerms(3, away_until=NOW)))


def test_an_indexer_with_tags_is_for_its_movies() -> None:
    assert passes(ask("tags", terms=IndexerTerms(3, tags=(7, 8))))
    sentence = "Pier is only for movies with one of its tags; The Salt Meridian has none."
    assert ask("tags", terms=IndexerTerms(3, tags=(8,))).sentence == sentence


def test_flags_an_indexer_must_give() -> None:
    wanted = IndexerTerms(3, required_flags=frozenset({IndexerFlag.FREELEECH, IndexerFlag.INTERNAL}))
    assert ask("flags", terms=wanted).sentence == "Pier does not list it as freeleech or internal."
    assert passes(ask("flags", candidate(flags=frozenset({IndexerFlag.INTERNAL})), terms=wanted))


def test_seeders_are_a_matter_of_the_indexer() -> None:
    few = candidate(seeders=2)
    assert (
        ask("seeders", few, terms=IndexerTerms(3, minimum_seeders=3)).sentence
        == "Not enough seeders: 2, at least 3 needed."
    )
    assert passes(ask("seeders", few, terms=IndexerTerms(3, minimum_seeders=2)))
    assert passes(ask("seeders", replace(candidate(seeders=0), indexer_id=0)))


def test_too_new_waits_and_too_old_does_not_come() -> None:
    new = candidate(published=NOW - timedelta(minutes=10))
    young = ask("age", new, policy=Policy(minimum_age=45))
    assert young.outcome is Outcome.DELAYED
    assert young.sentence == f"It came 10{NBSP}min ago; the settings wait for 45{NBSP}min."
    assert passes(ask("age", new, policy=Policy(minimum_age=10)))
    old = ask("retention", candidate(published=NOW - timedelta(days=40)), policy=Policy(retention=30))
    assert old.sentence == f"It is 40{NBSP}days old, the settings want at most 30{NBSP}days."
    assert passes(ask("retention", new, policy=Policy(retention=30)))
    assert passes(ask("age", policy=Policy(minimum_age=45)))


def test_the_blocklist_knows_names_by_indexer() -> None:
    assert not passes(ask("blocklist", blocked=Blocks(titles=frozenset({(NAME.casefold(), "Pier")}))))
    assert not passes(ask("blocklist", blocked=Blocks(titles=frozenset({(NAME.casefold(), "")}))))
    assert passes(ask("blocklist", blocked=Blocks(titles=frozenset({(NAME.casefold(), "Other")}))))


def test_what_the_file_came_from_is_not_taken_again() -> None:
    same: dict[str, Any] = {"imported_hashes": frozenset({"a" * 40}), "imported_titles": frozenset({NAME.casefold()})}
    sentence = "This release has been imported before."
    assert ask("imported", candidate(info_hash="a" * 40), having(), **same).sentence == sentence
    assert ask("imported", candidate(), having(), **same).sentence == sentence
    assert passes(ask("imported", candidate(info_hash="b" * 40), having(), **same))
    assert passes(ask("imported", candidate(info_hash="a" * 40), **same))


def test_what_was_just_taken_is_not_taken_again_by_another_name() -> None:
    last = Standing("Another name", BY_NAME["webdl-1080p"])
    recent = ask("history", last_grab=last, last_grab_at=NOW - timedelta(hours=3))
    assert recent.sentence == f"Taken 3{NBSP}h ago: Another name."
    assert passes(ask("history", last_grab=last, last_grab_at=NOW - timedelta(hours=13)))
    worse = replace(last, quality=BY_NAME["hdtv-1080p"])
    assert passes(ask("history", last_grab=worse, last_grab_at=NOW - timedelta(hours=3)))


@pytest.mark.parametrize(
    ("propers", "sentence"),
    [
        (Propers.PREFER, ""),
        (Propers.NO_UPGRADE, "It is a proper of Another name, which is in the queue, and the settings want none."),
        (Propers.IGNORE, "Already in the queue: Another name."),
    ],
)
def test_a_proper_of_what_is_in_the_queue(propers: Propers, sentence: str) -> None:
    queued = Standing("Another name", BY_NAME["webdl-1080p"])
    proper = candidate(NAME.replace("1080p", "PROPER.1080p"))
    assert ask("queue", proper, queued=(queued,), policy=Policy(propers)).sentence == sentence
    webrip = replace(queued, quality=BY_NAME["webrip-1080p"])
    assert passes(ask("queue", proper, queued=(webrip,), policy=Policy(Propers.NO_UPGRADE)))
