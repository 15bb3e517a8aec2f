"""What is asked of a release itself: when the answer is no, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from radarr_desktop.domain.decision import (
    IndexerTerms,
    Outcome,
    Policy,
    Purpose,
    ReleaseProfile,
    evaluate,
)
from radarr_desktop.domain.decision.checks import ASKED, QUESTIONS
from radarr_desktop.domain.languages import ANY, ENGLISH, ORIGINAL, language_by_name
from radarr_desktop.domain.movie import Availability
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.domain.sizes import SizeLimits
from radarr_desktop.domain.terms import TermError, check_term, found
from tests.unit.decision_case import GB, MB, MOVIE, NAME, NBSP, PROFILE, ask, candidate, having, passes, situation


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
    assert not found("/(a+)+$/", "a" * 300 + "!")


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
