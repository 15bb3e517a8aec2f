"""What is asked of a release that would replace a file, or that may have to wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from radarr_desktop.domain.decision import (
    DelayProfile,
    IndexerTerms,
    Outcome,
    Policy,
    Propers,
    evaluate,
)
from radarr_desktop.domain.decision.checks.later import ready_at
from radarr_desktop.domain.quality import Revision
from tests.unit.decision_case import GB, MB, MOVIE, NAME, NBSP, NOW, PROFILE, ask, candidate, having, passes, situation


@pytest.mark.parametrize(
    ("days", "propers", "sentence"),
    [
        (1, Propers.PREFER, ""),
        (9, Propers.PREFER, "It is a proper of a file that has been there for 9 days: after 7 days it stays."),
        (1, Propers.NO_UPGRADE, "It is a proper of the file, and the settings do not replace files by propers."),
        (9, Propers.IGNORE, ""),
    ],
)
def test_propers_replace_young_files(days: int, propers: Propers, sentence: str) -> None:
    proper = candidate(NAME.replace("1080p", "PROPER.1080p"))
    assert ask("proper", proper, having(days=days), policy=Policy(propers)).sentence == sentence


@pytest.mark.parametrize(
    ("group", "propers", "sentence"),
    [
        ("BRINE", Propers.PREFER, ""),
        ("brine", Propers.PREFER, ""),
        ("KITE", Propers.PREFER, "It is a repack by BRINE, the file is by KITE."),
        ("", Propers.PREFER, "It is a repack by BRINE, the file is by an unknown group."),
        ("BRINE", Propers.NO_UPGRADE, "It is a repack of the file, and the settings do not replace files by repacks."),
        ("KITE", Propers.IGNORE, ""),
    ],
)
def test_repacks_are_for_files_of_their_group(group: str, propers: Propers, sentence: str) -> None:
    again = candidate()
    again = replace(again, parsed=replace(again.parsed, is_repack=True, revision=Revision(0, 2)))
    assert ask("repack", again, having(group=group), policy=Policy(propers)).sentence == sentence


SCORED = replace(PROFILE, format_scores={1: 100, 2: 50}, cutoff_format_score=120, min_upgrade_format_score=60)


@pytest.mark.parametrize(
    ("new", "old", "sentence"),
    [
        ((1,), (), ""),
        ((), (1,), "Its custom formats score 0, the file's 100."),
        ((1,), (1,), "WEBDL-1080p is no better than the file, which is WEBDL-1080p."),
        ((1,), (2,), "Its custom formats score 100, the file's 50; profile HD wants 60 more at least."),
        ((1, 2), (2,), ""),
        ((1, 2), (3,), "The file's custom formats score 130; 120 is good enough for profile HD."),
    ],
)
def test_custom_formats_make_an_upgrade(new: tuple[int, ...], old: tuple[int, ...], sentence: str) -> None:
    profile = replace(SCORED, format_scores={1: 100, 2: 50, 3: 130})
    check = ask("upgrade", replace(candidate(), formats=new), having(), profile, file_formats=old)
    assert check.sentence == sentence


def test_a_profile_that_does_not_upgrade_still_takes_what_puts_the_file_right() -> None:
    profile = replace(SCORED, upgrades=False)
    better = ask("upgrade", replace(candidate(), formats=(1,)), having(), profile)
    assert better.sentence == "There is a file (WEBDL-1080p), and profile HD does not upgrade."
    proper = candidate(NAME.replace("1080p", "PROPER.1080p"))
    assert passes(ask("upgrade", proper, having(), profile))


DELAY = DelayProfile(2, 1, delay=120, bypass_if_highest=False)
NEW = NOW - timedelta(minutes=30)


def test_something_better_is_waited_for() -> None:
    waits = ask("delay", candidate(published=NEW), delay=DELAY)
    assert waits.outcome is Outcome.DELAYED
    assert waits.sentence == f"Something better may come: it is taken in 2{NBSP}h, the delay is 2{NBSP}h."
    assert passes(ask("delay", candidate(published=NOW - timedelta(hours=3)), delay=DELAY))
    assert passes(ask("delay", candidate(published=NEW), delay=DELAY, waiting_since=NOW - timedelta(hours=2)))
    assert not passes(ask("delay", delay=DELAY))


def test_a_delay_is_not_for_everything() -> None:
    bluray = candidate("The.Salt.Meridian.2025.1080p.BluRay.x264-BRINE", published=NEW)
    assert not passes(ask("delay", bluray, delay=DELAY))
    assert ask("delay", bluray, delay=replace(DELAY, bypass_if_highest=True)).observed == "the best quality"
    scoring = replace(candidate(published=NEW), formats=(1,))
    above = replace(DELAY, bypass_if_above=True, minimum_score=100)
    assert ask("delay", scoring, profile=SCORED, delay=above).observed == "scores 100"
    assert not passes(ask("delay", scoring, profile=SCORED, delay=replace(above, minimum_score=101)))
    proper = candidate(NAME.replace("1080p", "PROPER.1080p"), published=NEW)
    assert ask("delay", proper, having(), delay=DELAY).observed == "puts the file right"


def test_only_time_is_what_a_waiting_release_waits_for() -> None:
    waiting = evaluate(candidate(published=NEW), MOVIE, MOVIE.slot, PROFILE, situation(delay=DELAY))
    assert waiting.waits
    early = replace(MOVIE, info=replace(MOVIE.info, digital_release=date(2026, 6, 10)))
    unreleased = evaluate(candidate(published=NEW), early, early.slot, PROFILE, situation(delay=DELAY))
    assert unreleased.outcome is Outcome.DELAYED
    assert not unreleased.waits


def test_when_the_wait_is_over() -> None:
    new = candidate(published=NEW)
    assert ready_at(new, situation(delay=DELAY)) == NEW + timedelta(hours=2)
    assert ready_at(new, situation(delay=DELAY, waiting_since=NOW - timedelta(hours=3))) == NOW
    assert ready_at(new, situation(policy=Policy(minimum_age=45))) == NEW + timedelta(minutes=45)
    until = NOW + timedelta(hours=5)
    assert ready_at(new, situation(delay=DELAY, terms=IndexerTerms(3, away_until=until))) == until


def test_there_must_be_room() -> None:
    assert passes(ask("space", free_space=None))
    assert passes(ask("space", free_space=5 * GB))
    tight = ask("space", free_space=4 * GB + 50 * MB)
    assert tight.sentence == f"There is no room for 4.3{NBSP}GB: /library has 4.3{NBSP}GB free."
    assert passes(ask("space", free_space=1, policy=Policy(keep_free=0)))
