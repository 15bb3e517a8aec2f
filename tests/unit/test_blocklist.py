"""What the blocklist blocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from radarr_desktop.domain.blocklist import Blocked, Blocks, Scope, blocks_of

NOW = datetime(2026, 11, 28, tzinfo=UTC)
NAME = "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE"


def entry(scope: Scope, **facts: Any) -> Blocked:
    return Blocked(0, 0, NAME, "It stalled.", NOW, scope, **facts)


def hit(blocks: Blocks, name: str = NAME, info_hash: str = "", group: str = "KITE", indexer: str = "Pier") -> str:
    return blocks.hit(name, info_hash, group, indexer)


def test_a_release_is_known_by_its_hash_or_else_by_its_name() -> None:
    by_hash = blocks_of([entry(Scope.RELEASE, info_hash="a" * 40, indexer="Pier")], NOW)
    assert hit(by_hash, info_hash="a" * 40) == "The release is on the blocklist."
    assert hit(by_hash, name="Another name", info_hash="a" * 40)
    assert not hit(by_hash, info_hash="b" * 40)
    assert hit(by_hash)
    assert not hit(by_hash, indexer="Elsewhere")
    by_name = blocks_of([entry(Scope.RELEASE)], NOW)
    assert hit(by_name)
    assert hit(by_name, info_hash="b" * 40)


def test_a_hash_is_blocked_under_any_name_but_not_a_name() -> None:
    blocks = blocks_of([entry(Scope.HASH, info_hash="a" * 40)], NOW)
    assert hit(blocks, name="Whatever", info_hash="a" * 40)
    assert not hit(blocks)


def test_a_group_is_blocked_whatever_its_case() -> None:
    blocks = blocks_of([entry(Scope.GROUP, group="kite")], NOW)
    assert hit(blocks, info_hash="c" * 40) == "The group KITE is on the blocklist."
    assert not hit(blocks, group="KITES")
    assert not hit(blocks, group="")


def test_a_word_or_a_pattern_in_the_name_is_blocked() -> None:
    words = blocks_of([entry(Scope.PATTERN, pattern="salt.mer")], NOW)
    assert hit(words) == "Its name has salt.mer in it, which is on the blocklist."
    pattern = blocks_of([entry(Scope.PATTERN, pattern=r"/\bx264-(KITE|EBB)$/")], NOW)
    assert hit(pattern, info_hash="c" * 40)
    assert not hit(pattern, name=NAME.replace("KITE", "BRINE"))


def test_a_pattern_that_would_never_end_blocks_nothing_and_ends() -> None:
    blocks = blocks_of([entry(Scope.PATTERN, pattern=r"/(a+)+$/")], NOW)
    assert not hit(blocks, name="a" * 300 + "!")


def test_an_entry_ends_at_its_time() -> None:
    for_a_day = Blocked(0, 0, NAME, "It stalled.", NOW, indexer="Pier", expires=NOW + timedelta(days=1))
    assert hit(blocks_of([for_a_day], NOW))
    assert not hit(blocks_of([for_a_day], NOW + timedelta(days=1)))
