"""The linter names what is odd, one plain sentence each, and is silent about what is right."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.custom_formats import CustomFormat, Kind, Specification
from radarr_desktop.domain.custom_formats.lint import Oddity, lint
from radarr_desktop.domain.guide import read_format
from radarr_desktop.domain.presets import PRESETS, formats_of
from radarr_desktop.domain.profiles import make_profile

GUIDE = Path(__file__).parents[3] / "shared" / "trash" / "docs" / "json" / "radarr"


def spec(
    kind: Kind | str, name: str = "It", negate: bool = False, required: bool = True, **fields: Any
) -> Specification:
    return Specification(kind, name, fields, negate, required)


TITLE, OTHER = spec(Kind.TITLE, "x265", value=r"\bx265\b"), spec(Kind.TITLE, "Other", value=r"\bx264\b")


@pytest.mark.parametrize(
    ("specifications", "oddity", "sentence"),
    [
        (
            (TITLE, replace(TITLE, negate=True)),
            Oddity.CONTRADICTING,
            "“Mine” never matches: “x265” must hold and must not hold.",
        ),
        (
            (spec(Kind.SOURCE, "Disc", value=9), spec(Kind.SOURCE, "Web", value=7)),
            Oddity.UNREACHABLE,
            "“Mine” never matches: no quality is “Disc” and “Web” at once.",
        ),
        (
            (spec(Kind.MODIFIER, "Remux", value=5), spec(Kind.RESOLUTION, "720p", value=720)),
            Oddity.UNREACHABLE,
            "“Mine” never matches: no quality is “Remux” and “720p” at once.",
        ),
        (
            (spec(Kind.SIZE, min=0, max=2), spec(Kind.SIZE, min=3, max=4)),
            Oddity.UNREACHABLE,
            "“Mine” never matches: its conditions for the size leave nothing.",
        ),
        (
            (spec(Kind.TITLE, value="x^265"),),
            Oddity.NOTHING,
            "Condition “It” of “Mine” is found in no name: its pattern wants something before the start.",
        ),
        (
            (TITLE, spec("ReleaseTypeSpecification", value=3)),
            Oddity.NOTHING,
            "Condition “It” of “Mine” is of a kind that is not known here, ReleaseTypeSpecification, and never holds.",
        ),
        ((spec(Kind.TITLE, value=".*"),), Oddity.EVERYTHING, "“Mine” matches every release."),
        (
            (replace(TITLE, required=False), replace(TITLE, required=False, negate=True)),
            Oddity.EVERYTHING,
            "“Mine” matches every release.",
        ),
    ],
)
def test_what_is_odd_about_a_format(specifications: tuple[Specification, ...], oddity: Oddity, sentence: str) -> None:
    found = lint([CustomFormat(3, "Mine", specifications)], [])
    assert (oddity, sentence, 3) in {(one.oddity, one.sentence, one.format_id) for one in found}


def test_two_of_the_same_are_named_together() -> None:
    one = CustomFormat(1, "One", (TITLE, spec(Kind.SOURCE, value=7)))
    two = CustomFormat(2, "Two", (spec(Kind.SOURCE, "By another name", value=7), TITLE))
    found = lint([one, two], [])
    assert [(each.oddity, each.sentence) for each in found] == [
        (Oddity.DUPLICATE, "“One” and “Two” match the same releases. One is enough.")
    ]


def test_scores_that_mean_nothing_or_fight_each_other() -> None:
    one, two, third = (
        CustomFormat(id, f"F{id}", (specification,), extra={"trash_id": f"id{id}"})
        for id, specification in ((1, TITLE), (2, OTHER), (3, replace(OTHER, negate=True)))
    )
    profile = replace(make_profile("HD", ["WEB 1080p"], id=9), format_scores={1: 5, 2: -1000, 3: 0, 4: 7})
    conflicts = [{"custom_formats": [{"id1": {"name": "F1"}, "id2": {"name": "F2"}}, {"id1": {}, "id3": {}}]}]
    found = lint([one, two, third], [profile], conflicts)
    assert {(each.oddity, each.sentence, each.profile_id) for each in found} == {
        (Oddity.MISSING, "Profile “HD” gives a score to custom format 4, which does not exist any more.", 9),
        (
            Oddity.CONTRADICTING,
            "Profile “HD” scores “F1” (+5) and “F2” (-1,000), which do not go together. Keep one of them.",
            9,
        ),
    }


def test_presets_are_right() -> None:
    formats = [format for preset in PRESETS for format in formats_of(preset)]
    assert lint([replace(one, id=n) for n, one in enumerate({one.name: one for one in formats}.values())], []) == []


@pytest.mark.skipif(not GUIDE.is_dir(), reason="TRaSH's guide lies beside the project, not in it")
def test_nothing_is_odd_about_the_guide() -> None:
    """What is found in 242 formats that many people use is either true or a fault of the linter."""
    read = [read_format(json.loads(path.read_text(encoding="utf-8"))) for path in sorted((GUIDE / "cf").glob("*.json"))]
    found = lint([replace(format, id=number) for number, format in enumerate(read, 1)], [])
    assert [one.sentence for one in found] == []
