"""Every question the evaluator asks: when it says no, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from radarr_desktop.domain.decision import (
    Candidate,
    Check,
    DelayProfile,
    IndexerTerms,
    Outcome,
    Policy,
    Propers,
    Purpose,
    ReleaseProfile,
    Situation,
    Standing,
    evaluate,
)
from radarr_desktop.domain.decision.checks import ASKED, QUESTIONS
from radarr_desktop.domain.decision.checks.later import ready_at
from radarr_desktop.domain.decision.terms import TermError, check_term, found
from radarr_desktop.domain.languages import ANY, ENGLISH, ORIGINAL, language_by_name
from radarr_desktop.domain.movie import Availability, Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.quality import BY_NAME, Revision, SizeLimits
from radarr_desktop.plugin_api import IndexerFlag, MovieInfo, Release

NOW = datetime(2025, 12, 1, 12, tzinfo=UTC)
PROFILE = replace(make_profile("HD", ["HDTV-1080p", "WEB 1080p", "Bluray-1080p"]), language=ANY)
MOVIE = Movie(
    1,
    MovieInfo(
        900001,
        "The Salt Meridian",
        2025,
        "tt9000001",
        original_language="en",
        runtime=100,
        digital_release=date(2025, 6, 10),
    ),
    (Slot(1, "", 1, "/library"),),
    "/library/The Salt Meridian (2025)",
    tags=(7,),
)
NAME = "The.Salt.Meridian.2025.1080p.WEB-DL.H.264-BRINE"
MB, GB = 1024**2, 1024**3
NBSP = "\u00a0"


def candidate(name: str = NAME, *, size: int = 4 * GB, seeders: int | None = 10, **more: Any) -> Candidate:
    release = Release("1", name, size=size, seeders=seeders, **more)
    return Candidate(release, parse_release(name), 3, "Pier")


def having(quality: str = "webdl-1080p", *, group: str = "BRINE", days: int = 1, revision: int = 1) -> Movie:
    added = NOW - timedelta(days=days)
    file = MovieFile(1, 1, 1, "/x.mkv", 4 * GB, added, BY_NAME[quality], Revision(0, revision), group)
    return replace(MOVIE, slots=(replace(MOVIE.slot, file=file),))


def situation(**changes: Any) -> Situation:
    terms = changes.pop("terms", IndexerTerms(3))
    return Situation(NOW, indexers=(terms,), **changes)


def ask(name: str, of: Candidate | None = None, movie: Movie = MOVIE, profile: Any = PROFILE, **changes: Any) -> Check:
    verdict = evaluate(of or candidate(), movie, movie.slot, profile, situation(**changes))
    return next(each for each in verdict.checks if each.name == name)


def passes(check: Check) -> bool:
    assert bool(check.sentence) == (check.outcome is not Outcome.ACCEPTED)
    assert check.observed
    assert check.limit
    return check.outcome is Outcome.ACCEPTED


def test_every_question_has_a_name_of_its_own() -> None:
    verdict = evaluate(candidate(), having(), having().slot, PROFILE, situation())
    names = [check.name for check in verdict.checks]
    assert len(names) == len(set(names)) == len(ASKED[Purpose.RECENT])
    assert all(question.purposes for question in QUESTIONS)


@pytest.mark.parametrize(
    ("purpose", "never"),
    [
        (Purpose.USER, {"monitored", "availability", "delay", "history", "proper", "tags", "indexer"}),
        (Purpose.SEARCH, {"history", "proper", "tags"}),
        (Purpose.IMPORT, {"queue", "seeders", "blocklist", "space"}),
        (Purpose.RECHECK, {"upgrade", "queue", "seeders", "movie"}),
    ],
)
def test_what_does_not_matter_to_a_purpose_is_not_asked(purpose: Purpose, never: set[str]) -> None:
    verdict = evaluate(candidate(), having(), having().slot, PROFILE, situation(purpose=purpose))
    asked = {check.name for check in verdict.checks}
    assert asked
    assert not asked & never


def test_a_name_that_may_be_another_movie_of_the_library_is_no_match() -> None:
    doubt = "More than one movie of the library fits this name."
    assert ask("movie", replace(candidate(), doubt=doubt)).sentence == doubt


def test_availability_can_be_put_off_or_brought_forward() -> None:
    later = ask("availability", policy=Policy(availability_delay=300))
    assert later.outcome is Outcome.DELAYED
    assert (
        later.sentence == f"The Salt Meridian (2025) is not out yet: it is wanted from 300{NBSP}days after released on."
    )
    early = replace(MOVIE, info=replace(MOVIE.info, digital_release=date(2025, 12, 11)))
    assert not passes(ask("availability", movie=early))
    assert passes(ask("availability", movie=early, policy=Policy(availability_delay=-10)))
    cinema = replace(
        early, minimum_availability=Availability.IN_CINEMAS, info=replace(early.info, in_cinemas=date(2025, 11, 30))
    )
    assert passes(ask("availability", movie=cinema))


def test_what_was_listed_before_there_could_be_such_a_copy() -> None:
    ahead = candidate(published=datetime(2025, 5, 1, tzinfo=UTC))
    assert passes(ask("early", ahead))
    sentence = f"It was listed 40{NBSP}days before The Salt Meridian (2025) could be had at home."
    assert ask("early", ahead, policy=Policy(early_days=14)).sentence == sentence
    assert ask("early", ahead, terms=IndexerTerms(3, early_days=39)).sentence == sentence
    assert passes(ask("early", ahead, policy=Policy(early_days=14), terms=IndexerTerms(3, early_days=40)))
    cam = candidate("The.Salt.Meridian.2025.CAM.x264-SHAKY", published=datetime(2025, 5, 1, tzinfo=UTC))
    assert passes(ask("early", cam, policy=Policy(early_days=14)))


def test_the_smaller_of_two_caps_counts_and_is_named() -> None:
    assert passes(ask("cap"))
    capped = replace(PROFILE, sizes={BY_NAME["webdl-1080p"].id: SizeLimits(0, None, None, 3 * GB)})
    over = f"1.1{NBSP}GB over the size cap of HD, which is 3.2{NBSP}GB."
    assert ask("cap", profile=capped).sentence == over
    general = ask("cap", profile=capped, policy=Policy(maximum_size=2 * 1024))
    assert general.sentence == f"2.1{NBSP}GB over the largest size in the settings, which is 2.1{NBSP}GB."
    assert passes(ask("cap", candidate(size=0), profile=capped))


@pytest.mark.parametrize(
    ("name", "wanted", "sentence"),
    [
        (NAME, "Original", ""),
        (NAME, "English", ""),
        (NAME.replace("1080p", "ITALIAN.1080p"), "Any", ""),
        (NAME.replace("1080p", "ITALIAN.1080p"), "Original", "Italian only, profile HD wants English."),
        (NAME.replace("1080p", "ITALIAN.1080p"), "Italian", ""),
        (NAME, "German", "English only, profile HD wants German."),
        (NAME.replace("1080p", "MULTi.1080p"), "Original", ""),
    ],
)
def test_the_language_is_that_of_the_profile(name: str, wanted: str, sentence: str) -> None:
    profile = replace(PROFILE, language=language_by_name(wanted) or ANY)
    assert ask("language", candidate(name), profile=profile).sentence == sentence


def test_a_movie_whose_language_nobody_knows_is_taken_in_any() -> None:
    unknown = replace(MOVIE, info=replace(MOVIE.info, original_language=""))
    profile = replace(PROFILE, language=ORIGINAL)
    assert passes(ask("language", movie=unknown, profile=profile))
    assert passes(ask("language", movie=unknown, profile=replace(PROFILE, language=ENGLISH)))


def test_custom_formats_must_score_enough() -> None:
    profile = replace(PROFILE, format_scores={1: 100, 2: -10_000}, min_format_score=50)
    assert passes(ask("formats", replace(candidate(), formats=(1,)), profile=profile))
    sentence = "Its custom formats score -9,900, profile HD wants at least 50."
    assert ask("formats", replace(candidate(), formats=(1, 2)), profile=profile).sentence == sentence


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        (ReleaseProfile(1, required=("kite", "brine")), ""),
        (ReleaseProfile(1, required=("kite", "/tide$/i")), "The name has none of the words kite, /tide$/i."),
        (ReleaseProfile(1, ignored=("web-dl", "kite")), "The name has web-dl, which is not wanted."),
        (ReleaseProfile(1, ignored=("/^the.*-BRINE$/i",)), "The name has /^the.*-BRINE$/i, which is not wanted."),
        (ReleaseProfile(1, ignored=("/brine/",)), ""),
        (ReleaseProfile(1, ignored=("brine",), indexer_id=9), ""),
        (ReleaseProfile(1, ignored=("brine",), indexer_id=3), "The name has brine, which is not wanted."),
    ],
)
def test_words_that_must_or_must_not_be_there(profile: ReleaseProfile, sentence: str) -> None:
    assert ask("words", words=(profile,)).sentence == sentence


@pytest.mark.parametrize("term", ["", "  ", "x" * 201, "/(/", "/(a+)+$/"])
def test_terms_that_cannot_be_looked_for(term: str) -> None:
    with pytest.raises(TermError):
        check_term(term)


def test_a_term_between_slashes_is_a_pattern_and_a_runaway_one_finds_nothing() -> None:
    check_term("/x26[45]/i")
    assert found("/X26[45]/i", "a.x265-b")
    assert not found("/X26[45]/", "a.x265-b")
    assert found("a/b", "A/B")
    assert not found("/(a+)+$/", "a" * 5000 + "!")


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        (Policy(), "Subtitles are burnt into the picture (KORSUB)."),
        (Policy(hardcoded_subs=True), ""),
        (Policy(known_subs=("korsub",)), ""),
        (Policy(known_subs=("vost",)), "Subtitles are burnt into the picture (KORSUB)."),
    ],
)
def test_subtitles_in_the_picture(policy: Policy, sentence: str) -> None:
    burnt = candidate()
    burnt = replace(
        burnt,
        release=replace(burnt.release, title=NAME.replace("WEB-DL", "KORSUB.WEB-DL")),
        parsed=replace(burnt.parsed, hardcoded_subs="KORSUB"),
    )
    assert ask("subtitles", burnt, policy=policy).sentence == sentence


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        (NAME, ""),
        ("The.Salt.Meridian.2025.DVD9.MPEG-2-BRINE", "DVD9"),
        ("The Salt Meridian 2025 Full BluRay 1080p AVC-BRINE", "Full BluRay"),
        ("The Salt Meridian 2025 Disc 1 Bluray 1080p-BRINE", "Disc 1 Bluray"),
    ],
)
def test_copies_of_whole_discs(name: str, seen: str) -> None:
    sentence = f"It is the copy of a whole disc ({seen})." if seen else ""
    assert ask("disc", candidate(name)).sentence == sentence


def test_a_disc_image_is_one_and_a_profile_may_want_discs() -> None:
    image = candidate()
    image = replace(image, parsed=replace(image.parsed, container="iso"))
    assert ask("disc", image).sentence == "It is the copy of a whole disc (iso)."
    disc = candidate("The.Salt.Meridian.2025.DVD9.MPEG-2-BRINE")
    disc = replace(disc, parsed=replace(disc.parsed, quality=BY_NAME["dvd-r"]))
    assert passes(ask("disc", disc, profile=make_profile("Discs", ["DVD-R"])))


def test_a_sample_is_small_and_called_one() -> None:
    name = NAME.replace("-BRINE", "-sample")
    assert (
        ask("sample", candidate(name, size=50 * MB)).sentence
        == f"It is called a sample, and with 52.4{NBSP}MB it is one."
    )
    assert passes(ask("sample", candidate(name, size=80 * MB)))
    assert passes(ask("sample", candidate(size=50 * MB)))


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
    assert not passes(ask("blocklist", blocked_titles=frozenset({(NAME.casefold(), "Pier")})))
    assert not passes(ask("blocklist", blocked_titles=frozenset({(NAME.casefold(), "")})))
    assert passes(ask("blocklist", blocked_titles=frozenset({(NAME.casefold(), "Other")})))


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
