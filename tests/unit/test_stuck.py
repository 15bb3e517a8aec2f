"""When a download is stuck: by time that somebody observed, and by bytes that matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from radarr_desktop.domain.failures import STRATEGIES, Reason
from radarr_desktop.domain.stuck import (
    RULES,
    DownloadSettings,
    Rule,
    SettingsError,
    Strike,
    check_settings,
    error_of,
    observe,
    trouble_of,
)
from radarr_desktop.plugin_api import Download, DownloadState

NOW = datetime(2026, 11, 28, tzinfo=UTC)
USUAL = DownloadSettings()
SIZE = 10_000_000_000
LOOK = 30.0
HOUR = 3600.0
BY_REASON = {rule.reason: rule for rule in RULES}
STALLED, SLOW = BY_REASON[Reason.DOWNLOAD_STALLED], BY_REASON[Reason.DOWNLOAD_SLOW]
DOWNLOAD = Download("a" * 40, frozenset({"a" * 40}), "Salt", DownloadState.STALLED, 0.5, SIZE, SIZE // 2)


def watched(
    rule: Rule,
    hours: float,
    *,
    speed: float = 0.0,
    settings: DownloadSettings = USUAL,
    download: Download = DOWNLOAD,
    strike: Strike | None = None,
    complaint: str = "",
) -> tuple[Strike | None, Download]:
    """Looked at each half minute for so long, while bytes come at this speed."""
    for _ in range(int(hours * HOUR / LOOK)):
        download = replace(download, left=max(0, download.left - int(speed * LOOK)))
        strike = observe(rule, strike, download, complaint, settings, LOOK, NOW)
    return strike, download


def count(rule: Rule, hours: float, **facts: Any) -> int:
    strike, _ = watched(rule, hours, **facts)
    return strike.count if strike else 0


def test_a_day_without_a_byte_is_three_strikes() -> None:
    assert [count(STALLED, hours) for hours in (7.9, 8.1, 16.1, 23.9, 24.1)] == [0, 1, 2, 2, 3]


def test_a_trickle_is_no_progress_but_a_thousandth_is() -> None:
    day = 24 * HOUR
    assert count(STALLED, 24.1, speed=0.9 * SIZE / 1000 / day) == 3
    assert count(STALLED, 24.1, speed=1.2 * SIZE / 1000 / (8 * HOUR)) == 0
    strike, download = watched(STALLED, 20)
    moved = replace(download, left=download.left - SIZE // 900)
    assert observe(STALLED, strike, moved, "", USUAL, LOOK, NOW) == Strike(0, 0.0, NOW, moved.left)


def test_what_nobody_saw_does_not_count() -> None:
    strike, download = watched(STALLED, 20)
    for _ in range(10_000):
        strike = observe(STALLED, strike, download, "", USUAL, 0.0, NOW)
    assert strike is not None
    assert strike.count == 2


@pytest.mark.parametrize("state", ["QUEUED", "PAUSED", "CHECKING", "MOVING"])
def test_what_rests_counts_neither_for_nor_against(state: str) -> None:
    strike, download = watched(STALLED, 20)
    resting = replace(download, state=DownloadState[state])
    assert watched(STALLED, 50, download=resting, strike=strike)[0] == strike
    assert count(STALLED, 4.1, download=download, strike=strike) == 3


def test_a_recheck_that_finds_less_is_where_it_starts_from() -> None:
    strike, download = watched(STALLED, 20)
    strike, lost = watched(STALLED, 1, download=replace(download, left=SIZE), strike=strike)
    assert strike is not None
    assert strike.mark == SIZE
    assert observe(STALLED, strike, replace(lost, left=SIZE - SIZE // 500), "", USUAL, LOOK, NOW) is not None


def test_what_is_slow_for_a_day_is_told_by_parts_of_it() -> None:
    settings = replace(USUAL, slow_kb=200)
    assert count(SLOW, 24.1, speed=100 * 1024, settings=settings, download=replace(DOWNLOAD, left=SIZE * 10)) == 3
    assert count(SLOW, 24.1, speed=300 * 1024, settings=settings, download=replace(DOWNLOAD, left=SIZE * 10)) == 0
    assert count(SLOW, 24.1, speed=10, settings=USUAL) == 0
    strike, download = watched(SLOW, 16.1, speed=10, settings=settings, download=replace(DOWNLOAD, left=SIZE))
    assert strike is not None
    assert strike.count == 2
    strike, _ = watched(SLOW, 8, speed=250 * 1024, settings=settings, download=download, strike=strike)
    assert strike is not None
    assert strike.count == 0


def test_a_magnet_link_waits_for_its_metadata_half_a_day() -> None:
    rule, magnet = BY_REASON[Reason.METADATA_MISSING], replace(DOWNLOAD, state=DownloadState.METADATA)
    assert [count(rule, hours, download=magnet) for hours in (11.9, 12.1)] == [2, 3]
    strike, _ = watched(rule, 11, download=magnet)
    assert observe(rule, strike, DOWNLOAD, "", USUAL, LOOK, NOW) is None


def test_what_nobody_has_whole_is_incomplete_though_bytes_come() -> None:
    rule, partial = BY_REASON[Reason.INCOMPLETE], replace(DOWNLOAD, availability=0.98)
    assert [count(rule, hours, download=partial, speed=1000) for hours in (71.9, 72.1)] == [2, 3]
    assert count(rule, 99, download=replace(partial, seeds=1)) == 0
    assert count(rule, 99, download=replace(partial, availability=1.0)) == 0
    assert count(rule, 99, download=DOWNLOAD) == 0


def test_only_what_its_tracker_does_not_know_is_unregistered() -> None:
    rule = BY_REASON[Reason.UNREGISTERED_TORRENT]
    assert count(rule, 1.1, complaint="Unregistered torrent") == 3
    assert count(rule, 1.1, complaint="Connection timed out") == 0
    assert count(rule, 1.1) == 0


def test_an_error_of_the_disk_is_not_the_download_s() -> None:
    rule, broken = BY_REASON[Reason.DOWNLOAD_CLIENT_ERROR], replace(DOWNLOAD, state=DownloadState.ERROR)
    assert count(rule, 6.1, download=replace(broken, message="It stopped.")) == 3
    full = replace(broken, message="file_write: No space left on device")
    assert error_of(full) is Reason.DISK_FULL
    assert count(rule, 99, download=full) == 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.reason.value)
def test_each_rule_can_be_switched_off_and_says_what_is_wrong(rule: Rule) -> None:
    off = DownloadSettings(0, 0, 0, 0, 0, 0, 0)
    assert observe(rule, Strike(2, 9.0, NOW, 1), DOWNLOAD, "Unregistered torrent", off, LOOK, NOW) is None
    on = replace(USUAL, slow_kb=50)
    strike = Strike(2, 60.0, NOW - timedelta(days=1), SIZE)
    told = trouble_of(rule, strike, replace(DOWNLOAD, availability=0.98), "Unregistered torrent", on, acts=True)
    assert told.reason in STRATEGIES
    assert told.sentence.endswith(".")
    assert (told.strikes, told.most, told.since) == (2, 3, strike.since)
    assert told.left is not None
    assert told.lasts + told.left == timedelta(hours=rule.hours(on))
    assert trouble_of(rule, strike, DOWNLOAD, "", on, acts=False).left is None


def test_trouble_is_told_with_its_figures() -> None:
    strike = Strike(3, 2 * HOUR, NOW, SIZE)
    told = trouble_of(STALLED, strike, replace(DOWNLOAD, availability=0.98), "", USUAL, acts=True)
    assert told.sentence.replace("\N{NO-BREAK SPACE}", " ") == (
        "It has not moved for 26 h. Availability is 0.98 and no seed is connected."
    )
    assert told.left == timedelta()


@pytest.mark.parametrize(
    ("field", "value"),
    [("stalled_hours", -1), ("slow_hours", 9000), ("strikes", 0), ("slow_kb", -1), ("private_ratio", 1001)],
)
def test_settings_that_cannot_be_meant_are_named(field: str, value: Any) -> None:
    with pytest.raises(SettingsError) as refused:
        check_settings(replace(USUAL, **{field: value}))
    assert refused.value.field == field
    check_settings(USUAL)


@pytest.mark.parametrize(
    ("settings", "picked", "found"),
    [
        (USUAL, True, True),
        (replace(USUAL, redownload_by_user=False), False, True),
        (replace(USUAL, redownload=False), False, False),  # as Radarr: the other one only narrows this
    ],
)
def test_the_next_best_is_taken_as_the_settings_say(settings: DownloadSettings, picked: bool, found: bool) -> None:
    assert (settings.follows(by_user=True), settings.follows(by_user=False)) == (picked, found)
