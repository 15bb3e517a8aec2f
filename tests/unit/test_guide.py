"""What TRaSH's guide says comes in and goes out again without a word lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.custom_formats import CustomFormat, check_format
from radarr_desktop.domain.guide import (
    DocumentKind,
    Guide,
    GuideError,
    read_documents,
    read_format,
    read_profile,
    read_sizes,
    write_format,
    write_profile,
    write_sizes,
)
from radarr_desktop.domain.profiles import check_profile

GUIDE = Path(__file__).parents[3] / "shared" / "trash" / "docs" / "json" / "radarr"
beside = pytest.mark.skipif(not GUIDE.is_dir(), reason="TRaSH's guide lies beside the project, not in it")


def _files(folder: str) -> Iterator[tuple[str, Any]]:
    for path in sorted((GUIDE / folder).glob("**/*.json")):
        yield path.name, json.loads(path.read_text(encoding="utf-8"))


def _formats() -> list[CustomFormat]:
    read = [read_format(body) for _, body in _files("cf")]
    return [replace(format, id=number) for number, format in enumerate(read, 1)]


@beside
def test_every_format_comes_back_as_it_was() -> None:
    bodies = [body for _, body in _files("cf")]
    assert len(bodies) == 242
    for body in bodies:
        format = read_format(body)
        check_format(format)
        assert write_format(format) == body


@beside
def test_every_profile_comes_back_as_it_was_with_the_scores_of_its_set() -> None:
    formats = _formats()
    bodies = [body for _, body in _files("quality-profiles")]
    assert len(bodies) == 39
    for body in bodies:
        profile = read_profile(body, formats)
        check_profile(profile)
        assert write_profile(profile, formats) == body
        by_guide_id = {format.guide_id: format for format in formats}
        for guide_id in body["formatItems"].values():
            format = by_guide_id[guide_id]
            scores = format.guide_scores
            score = scores.get(body.get("trash_score_set", "default"), scores.get("default", 0))
            assert profile.format_scores[format.id] == score, (body["name"], format.name)


@beside
def test_the_rest_is_told_apart_and_kept_word_by_word() -> None:
    files = list(_files("."))
    guide = read_documents(files)
    assert not guide.problems
    counted = {kind: len(guide.of(kind)) for kind in DocumentKind}
    assert len(guide.formats) == 242
    assert counted == {
        DocumentKind.PROFILE: 40,  # one of them the guide's own empty form
        DocumentKind.GROUP: 40,
        DocumentKind.SIZES: 4,
        DocumentKind.NAMING: 1,
        DocumentKind.PROFILE_GROUPS: 1,
        DocumentKind.CONFLICTS: 1,
    }
    bodies = [body for _, body in files]
    assert all(document.body in bodies for document in guide.documents)


@beside
def test_sizes_come_back_as_they_were() -> None:
    for _, body in _files("quality-size"):
        written = write_sizes(read_sizes(body), body["type"])
        assert {"trash_id": body["trash_id"], **written} == body


@beside
def test_groups_that_belong_to_a_profile_by_default_add_their_formats() -> None:
    formats = _formats()
    groups = [body for _, body in _files("cf-groups")]
    body = next(body for _, body in _files("quality-profiles") if body["name"] == "HD Bluray + WEB")
    alone, together = read_profile(body, formats), read_profile(body, formats, groups)
    assert set(alone.format_scores) < set(together.format_scores)
    assert write_profile(together, formats) == body


LISTED = {
    "id": 7,
    "name": "Small",
    "includeCustomFormatWhenRenaming": True,
    "specifications": [
        {
            "name": "Size",
            "implementation": "SizeSpecification",
            "implementationName": "Size",
            "infoLink": "https://wiki.servarr.com/radarr/settings#custom-formats-2",
            "negate": False,
            "required": True,
            "fields": [
                {"order": 0, "name": "min", "label": "Minimum Size", "unit": "GB", "value": 0, "type": "number"},
                {"order": 1, "name": "max", "label": "Maximum Size", "unit": "GB", "value": 4.5, "type": "number"},
            ],
        },
        {
            "name": "Kind of release",
            "implementation": "ReleaseTypeSpecification",
            "negate": True,
            "required": False,
            "fields": [{"name": "value", "value": 3}],
        },
    ],
}


def test_what_the_v3_api_gives_comes_back_but_for_the_number() -> None:
    """A kind of condition that only another program knows is kept, too."""
    format = read_format(LISTED)
    assert format.specifications[0].fields == {"min": 0, "max": 4.5}
    assert {**write_format(format), "id": 7} == LISTED


def test_a_list_of_formats_is_read_and_what_is_none_is_named() -> None:
    guide = read_documents([("mine.json", [LISTED, {"nothing": 1}]), ("other.json", 5), ("name.json", {"name": "x"})])
    assert [format.name for format in guide.formats] == ["Small"]
    assert len(guide.problems) == 3
    assert guide.problems[0].startswith("mine.json: It is neither a custom format nor")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"specifications": []}, "“name” is missing"),
        ({"name": "A", "specifications": {}}, "“specifications” is no list"),
        ({"name": "A", "specifications": [5]}, "A condition is no object"),
        ({"name": "A", "specifications": [{"implementation": 5}]}, "“implementation” is missing"),
        ({"name": "A", "specifications": [{"implementation": "X", "fields": 5}]}, "“fields” is no object"),
        ({"name": "A", "specifications": [{"implementation": "X", "fields": [{}]}]}, "“name” is missing"),
        ({"name": "A", "specifications": [{"implementation": "X", "fields": [{"name": "a"}] * 2}]}, "there twice"),
        ({"name": "A", "specifications": [{"implementation": "X", "negate": 1}]}, "“negate” is neither"),
        ({"name": "A", "specifications": [{"implementation": "X"}] * 1001}, "1,001 conditions, 1,000 are the most"),
    ],
)
def test_a_format_that_cannot_be_read_says_why(body: dict[str, Any], words: str) -> None:
    with pytest.raises(GuideError) as caught:
        read_format(body)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cutoff": "VHS"}, "“VHS” is not among"),
        ({"language": "Klingon"}, "“Klingon” is no language"),
        ({"items": [{"name": "VHS", "allowed": True}]}, "“VHS” is no quality"),
        ({"minFormatScore": "many"}, "“minFormatScore” is no whole number"),
        ({"formatItems": [1]}, "“formatItems” is no object"),
    ],
)
def test_a_profile_that_cannot_be_read_says_why(change: dict[str, Any], words: str) -> None:
    body = {"name": "HD", "cutoff": "Bluray-1080p", "items": [{"name": "Bluray-1080p", "allowed": True}]} | change
    with pytest.raises(GuideError) as caught:
        read_profile(body, [])
    assert words in str(caught.value)


def test_an_empty_guide_holds_nothing() -> None:
    assert read_documents([]) == Guide()
