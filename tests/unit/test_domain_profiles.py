"""Quality profiles: an order that can never run in circles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radarr_desktop.domain.profiles import ProfileError, ProfileItem, QualityProfile, check_profile, make_profile
from radarr_desktop.domain.quality import (
    BY_NAME,
    QUALITIES,
    UNKNOWN,
    Modifier,
    Source,
    find_quality,
)
from radarr_desktop.domain.sizes import SizeLimits, usual_definition


def test_members_of_a_group_are_equal() -> None:
    profile = make_profile("HD", ["WEB 720p", "WEB 1080p", "Bluray-1080p"])
    assert profile.rank(BY_NAME["webdl-1080p"]) == profile.rank(BY_NAME["webrip-1080p"])
    assert profile.rank(BY_NAME["webdl-720p"]) < profile.rank(BY_NAME["webrip-1080p"])


def test_the_cutoff_ends_the_search_and_may_be_a_member_of_a_group() -> None:
    profile = make_profile("HD", ["HDTV-1080p", "WEB 1080p", "Bluray-1080p"], "WEBRip-1080p")
    assert profile.cutoff == profile.items[-2].id
    assert not profile.cutoff_met(BY_NAME["hdtv-1080p"])
    assert profile.cutoff_met(BY_NAME["webdl-1080p"])
    assert not profile.cutoff_met(BY_NAME["cam"])


def test_a_file_is_enough_when_quality_and_score_are() -> None:
    profile = replace(make_profile("HD", ["HDTV-1080p", "Bluray-1080p"]), cutoff_format_score=50, min_format_score=10)
    hdtv, bluray = BY_NAME["hdtv-1080p"], BY_NAME["bluray-1080p"]
    assert profile.is_enough(bluray, 50)
    assert not profile.is_enough(bluray, 49)
    assert not profile.is_enough(hdtv, 50)
    keeping = replace(profile, upgrades=False)
    assert keeping.is_enough(hdtv, 10)
    assert not keeping.is_enough(hdtv, 9)
    assert not keeping.is_enough(BY_NAME["cam"], 10)


def test_without_a_cutoff_the_best_allowed_is_enough() -> None:
    profile = make_profile("HD", ["HDTV-1080p", "Bluray-1080p"])
    assert profile.cutoff == BY_NAME["bluray-1080p"].id
    assert profile.allowed_titles == ["Bluray-1080p", "HDTV-1080p"]
    assert not profile.allows(BY_NAME["cam"])


@pytest.mark.parametrize(
    ("name", "allowed", "cutoff", "words"),
    [
        ("", ["CAM"], "", "has no name"),
        ("HD", [], "", "allows nothing"),
        ("HD", ["Bluray-1081p"], "", "“Bluray-1081p” is no quality. Known are: Raw-HD, BR-DISK"),
        ("HD", ["CAM", "cam"], "", "names CAM twice"),
        ("HD", ["WEB 1080p", "WEBDL-1080p"], "", "names WEBDL-1080p twice"),
        ("HD", ["CAM"], "Bluray-1080p", "cutoff of quality profile “HD” is not among"),
    ],
)
def test_a_profile_that_cannot_work_says_why(name: str, allowed: list[str], cutoff: str, words: str) -> None:
    with pytest.raises(ProfileError) as caught:
        make_profile(name, allowed, cutoff)
    assert words in str(caught.value)


def test_an_empty_group_is_refused() -> None:
    profile = QualityProfile(1, "HD", (ProfileItem((), True, "None", 1001),), 1001)
    with pytest.raises(ProfileError, match="a group without qualities"):
        check_profile(profile)


def test_two_groups_of_one_number_are_refused() -> None:
    profile = make_profile("HD", ["WEB 720p", "WEB 1080p"])
    items = tuple(replace(item, id=1001) if item.id else item for item in profile.items)
    with pytest.raises(ProfileError, match="two groups with the number 1001"):
        check_profile(replace(profile, items=items, cutoff=1001))


def test_there_are_thirty_qualities_with_ids_of_their_own() -> None:
    assert len(QUALITIES) == len({quality.id for quality in QUALITIES}) == 30
    assert [quality.weight for quality in QUALITIES] == sorted(quality.weight for quality in QUALITIES)


@pytest.mark.parametrize(
    ("source", "lines", "modifier", "name"),
    [
        (Source.BLURAY, 1080, Modifier.REMUX, "Remux-1080p"),
        (Source.BLURAY, 0, Modifier.REMUX, "Remux-1080p"),
        (Source.BLURAY, 720, Modifier.REMUX, "Bluray-720p"),
        (Source.DVD, 0, Modifier.REMUX, "DVD-R"),
        (Source.DVD, 0, Modifier.SCREENER, "DVDSCR"),
        (Source.DVD, 1080, Modifier.SCREENER, "DVDSCR"),
        (Source.DVD, 0, Modifier.REGIONAL, "REGIONAL"),
        (Source.DVD, 480, Modifier.NONE, "DVD"),
        (Source.TV, 0, Modifier.RAWHD, "Raw-HD"),
        (Source.BLURAY, 2160, Modifier.BRDISK, "BR-DISK"),
        (Source.CAM, 720, Modifier.NONE, "CAM"),
        (Source.WEBDL, 0, Modifier.NONE, "WEBDL-480p"),
        (Source.UNKNOWN, 1080, Modifier.NONE, "HDTV-1080p"),
        (Source.UNKNOWN, 0, Modifier.NONE, "Unknown"),
    ],
)
def test_facts_of_a_name_find_their_quality(source: Source, lines: int, modifier: Modifier, name: str) -> None:
    assert find_quality(source, lines, modifier).name == name


@given(st.sampled_from(Source), st.sampled_from([0, 360, 480, 540, 576, 720, 1080, 2160]), st.sampled_from(Modifier))
def test_every_combination_of_facts_finds_a_quality(source: Source, lines: int, modifier: Modifier) -> None:
    found = find_quality(source, lines, modifier)
    assert found in QUALITIES
    assert found != UNKNOWN or (source is Source.UNKNOWN and not lines)


def test_sizes_are_the_profiles_else_the_users_else_the_usual() -> None:
    dvd, web, disc = BY_NAME["dvd"], BY_NAME["webdl-1080p"], BY_NAME["bluray-1080p"]
    profile = replace(
        make_profile("HD", ["DVD", "WEB 1080p", "Bluray-1080p"]),
        sizes={web.id: SizeLimits(1, 2, 3, 900)},
        definitions={web.id: SizeLimits(7, 8, 9), disc.id: SizeLimits(4, 5, 6)},
        cap=1000,
    )
    assert profile.limits(web) == SizeLimits(1, 2, 3, 900)
    assert profile.limits(disc) == SizeLimits(4, 5, 6, 1000)
    assert profile.limits(dvd) == SizeLimits(0, 95, 100, 1000)
    assert replace(profile, cap=None).limits(dvd) == usual_definition(dvd).limits
    assert replace(profile, cap=800).limits(web).cap == 800


def test_scores_add_up() -> None:
    profile = replace(make_profile("HD", ["DVD"]), format_scores={1: 10, 2: -30})
    assert profile.format_score(()) == profile.format_score((9,)) == 0
    assert profile.format_score((1, 2, 9)) == -20


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"min_format_score": 11}, "min_format_score", "at least 11, but its custom formats add up to 10 at most"),
        ({"min_upgrade_format_score": 0}, "min_upgrade_format_score", "a step of at least 1"),
        ({"cap": 0}, "cap", "caps sizes at nothing"),
        ({"sizes": {7: SizeLimits(5, 4, 9)}}, "sizes", "Bluray-1080p must grow from smallest over preferred"),
        ({"sizes": {7: SizeLimits(0, None, 9, -1)}}, "sizes", "Bluray-1080p"),
        ({"sizes": {999: SizeLimits()}}, "sizes", "quality 999, which does not exist"),
    ],
)
def test_scores_and_sizes_that_leave_nothing_are_refused(change: dict[str, Any], field: str, words: str) -> None:
    profile = replace(make_profile("HD", ["DVD"]), format_scores={1: 10, 2: -30})
    with pytest.raises(ProfileError, match=words) as caught:
        check_profile(replace(profile, **change))
    assert caught.value.field == field
