"""A group's reputation: nothing without events, bounded, forgetting, and better than any list at telling trouble."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.quality import BY_NAME, QUALITIES
from radarr_desktop.domain.reputation.evidence import LABELS, WEIGHTS, Evidence, Outcome, outcome_of_failure
from radarr_desktop.domain.reputation.groups import group_names
from radarr_desktop.domain.reputation.prior import USUAL, expected, shipped
from radarr_desktop.domain.reputation.standing import MOST, STEP, Reputation, course, reputation_of
from radarr_desktop.plugin_api import IndexerFlag
from tests.fakes import outcomes

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NONE: frozenset[IndexerFlag] = frozenset()
HD, UHD = BY_NAME["bluray-1080p"], BY_NAME["remux-2160p"]
RELEASE = parse_release("Iron.Petal.2024.1080p.BluRay.DD5.1.x264-KiTE")


def event(outcome: Outcome, days: float = 0, group: str = "KiTE", quality_id: int = HD.id) -> Evidence:
    return Evidence(0, NOW - timedelta(days=days), outcome, "", group, group_names(group), quality_id, 1)


def known(*events: Evidence) -> Reputation:
    return reputation_of(events, NOW)


def points(*events: Evidence) -> int:
    return known(*events).points(RELEASE, NONE)


def test_without_an_event_no_group_is_worth_a_point() -> None:
    told = known(event(Outcome.FAKE, group="OTHER"))
    for name in ("KiTE", "FraMeSToR", "EVO", "", "Salt-KITE"):
        for quality in QUALITIES:
            release = replace(RELEASE, group=name, quality=quality)
            for flags in (NONE, frozenset({IndexerFlag.INTERNAL})):
                assert told.points(release, flags) == 0
                assert Reputation().points(release, flags) == 0


def test_one_event_weighs_little_and_many_never_more_than_the_most() -> None:
    assert abs(points(event(Outcome.IMPORTED))) <= STEP
    assert abs(points(event(Outcome.FAKE))) <= STEP
    assert 0 < points(*[event(Outcome.IMPORTED)] * 1_000) <= MOST
    assert -MOST <= points(*[event(Outcome.FAKE)] * 1_000) < -MOST / 2


def test_more_of_the_same_never_counts_less() -> None:
    good = [points(*[event(Outcome.IMPORTED)] * count) for count in range(40)]
    bad = [points(*[event(Outcome.FAKE)] * count) for count in range(40)]
    assert good == sorted(good)
    assert bad == sorted(bad, reverse=True)


def test_what_happens_later_is_added_to_what_is_known() -> None:
    first = [event(Outcome.IMPORTED), event(Outcome.FAKE, group="SALT")]
    then = [event(Outcome.FAKE), event(Outcome.STALLED, quality_id=UHD.id), event(Outcome.IMPORTED, group="REEF")]
    assert known(*first).joined_by(known(*then)) == known(*first, *then)
    assert known(*first).joined_by(known()) == known(*first)


def test_what_is_long_ago_fades() -> None:
    then = points(*[event(Outcome.FAKE)] * 8)
    later = points(*[event(Outcome.FAKE, days=180)] * 8)
    ages = points(*[event(Outcome.FAKE, days=3_600)] * 8)
    assert then < later < ages == 0


def test_an_event_of_tomorrow_counts_as_one_of_today() -> None:
    assert points(*[event(Outcome.FAKE, days=-400)] * 4) == points(*[event(Outcome.FAKE)] * 4)


def test_another_quality_of_the_group_counts_less() -> None:
    here = points(*[event(Outcome.FAKE)] * 6)
    there = points(*[event(Outcome.FAKE, quality_id=UHD.id)] * 6)
    assert here < there < 0


def test_of_a_joint_release_the_lowest_counts() -> None:
    told = known(*[event(Outcome.IMPORTED)] * 30, *[event(Outcome.FAKE, group="SALT")] * 30)
    joint = told.points(replace(RELEASE, group="KiTE-SALT"), NONE)
    assert joint == told.points(replace(RELEASE, group="SALT"), NONE) < 0


def test_a_joint_release_is_an_event_of_all_who_made_it() -> None:
    told = known(*[event(Outcome.FAKE, group="KiTE-SALT")] * 6)
    assert told.points(RELEASE, NONE) == told.points(replace(RELEASE, group="SALT"), NONE) < 0


def test_the_same_group_in_another_spelling_is_the_same() -> None:
    told = known(*[event(Outcome.FAKE, group="kite[rartv]")] * 6)
    assert told.points(RELEASE, NONE) < 0


def test_what_is_expected_comes_from_table_kind_and_origin() -> None:
    assert expected("evo", HD) < expected("nobody", HD) == USUAL < expected("framestor", HD)
    assert expected("nobody", BY_NAME["cam"]) < expected("nobody", HD) < expected("nobody", UHD)
    for flag in (IndexerFlag.INTERNAL, IndexerFlag.EXCLUSIVE):
        assert expected("nobody", HD, frozenset({flag})) > expected("nobody", HD)
    assert expected("nobody", HD, frozenset({IndexerFlag.FREELEECH})) == expected("nobody", HD)
    assert all(0 < share < 1 for share in shipped().values())


def test_the_course_ends_where_the_group_stands() -> None:
    events = [event(Outcome.FAKE, days=9), event(Outcome.IMPORTED, days=4), event(Outcome.IMPORTED, days=0)]
    steps = course(events[::-1], "kite", HD)
    assert [step.event.outcome for step in steps] == [Outcome.FAKE, Outcome.IMPORTED, Outcome.IMPORTED]
    assert steps[0].share < steps[1].share < steps[2].share == known(*events).standing("kite", HD).share
    assert len(course(events * 200, "kite", HD)) == 200


def test_every_outcome_has_a_weight_and_a_label() -> None:
    assert set(WEIGHTS) == set(LABELS) == set(Outcome)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (Reason.DANGEROUS_CONTENT.value, Outcome.FAKE),
        (Reason.DOWNLOAD_STALLED.value, Outcome.STALLED),
        (Reason.MANUALLY_REJECTED.value, None),
        (Reason.DISK_FULL.value, None),
        (Reason.REMOVED_IN_CLIENT.value, None),
        ("ImportFailed(cannot_link)", None),
        ("", None),
        ("Words of another version", None),
    ],
)
def test_only_failures_of_the_release_say_something_of_its_group(code: str, outcome: Outcome | None) -> None:
    assert outcome_of_failure(code) is outcome


@pytest.mark.parametrize("seed", range(6))
def test_trouble_is_foretold_better_than_by_a_list(seed: int) -> None:
    assert len(outcomes.outcomes(seed)) >= 500
    learned, listed = outcomes.foretold(seed)
    assert learned >= 0.75
    assert learned > listed
