"""Groups are the same however they are written."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.reputation.groups import group_names

ENOUGH = 0.998
"""Of release names: the share whose group is told as the one it is."""


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("KiTE", ("kite",)),
        ("kite", ("kite",)),
        ("KITE[rartv]", ("kite",)),
        ("KITE [site.example.org]", ("kite",)),
        ("[KITE]", ("kite",)),
        ("[KITE][site.example.org]", ("kite",)),
        ("{}[KITE", ("kite",)),
        ("KITE-xpost", ("kite",)),
        ("KITE_iNT", ("kite",)),
        ("KITE-REPACK", ("kite",)),
        ("KITE.com", ("kite",)),
        ("www.kite.org", ("kite",)),
        ("Salt Kite", ("saltkite",)),
        ("Salt.Kite", ("saltkite",)),
        ("salt_kite", ("saltkite",)),
        ("ＫＩＴＥ", ("kite",)),
        ("Kïte", ("kite",)),
        ("Ki$e", ("ki$e",)),
        ("D-Z0N3", ("dz0n3",)),
        ("d.z0n3", ("dz0n3",)),
        ("YTS.MX", ("yts",)),
        ("YTS", ("yts",)),
        ("Salt-KITE", ("salt", "kite")),
        ("Salt & Kite", ("salt", "kite")),
        ("kite@SALT", ("kite", "salt")),
        ("KITE-kite", ("kite",)),
        ("iNTERNAL", ("internal",)),
        ("NoGRP", ()),
        ("P2P", ()),
        ("[]", ()),
        ("", ()),
        ("-", ()),
    ],
)
def test_one_group_has_one_key(written: str, names: tuple[str, ...]) -> None:
    assert group_names(written) == names


def test_a_name_of_any_length_is_looked_at_in_no_time() -> None:
    assert group_names("[" * 100_000) == ()
    assert group_names("a-" * 50_000) == ("a",)


GROUPS = ("KiTE", "SALTERS", "Salt-Works", "N0RTH", "iBEX", "TallShip", "MOOR", "Q9", "beacon", "W4F3R", "FiRTH")
TITLES = ("The Salt Meridian", "Iron Petal", "Nine Lanterns", "2043 Adrift", "Copper Saints", "A Quiet Harbour, Part 2")
TAGS = (
    "1080p BluRay DD5 1 x264",
    "1080p BluRay DTS-HD MA 5 1 AVC REMUX",
    "2160p UHD BluRay REMUX HDR10 HEVC TrueHD 7 1 Atmos",
    "2160p WEB-DL DDP5 1 DV HDR H 265",
    "1080p WEB h264",
    "720p BluRay x264",
    "1080i HDTV DD5 1 H 264",
    "DVDRip XviD AC3",
    "1080p Blu-ray AVC FLAC 2 0",
    "REPACK 1080p AMZN WEB-DL DDP5 1 H 264",
    "EXTENDED 2160p UHD BluRay x265 10bit HDR DTS-X 7 1",
)
SPELLINGS: tuple[Callable[[str], str], ...] = (
    lambda group: group,
    lambda group: group,
    str.lower,
    str.upper,
    lambda group: f"{group}[rartv]",
    lambda group: f"{group}-xpost",
    lambda group: f"{group}[site.example.org]",
    lambda group: f"{group}_iNT",
)


def _release(chance: random.Random, group: str) -> str:
    words = f"{chance.choice(TITLES)} {chance.randint(1950, 2026)} {chance.choice(TAGS)}"
    name = words.replace(",", "").replace(" ", chance.choice((".", ".", ".", " ", "_")))
    name = f"{name}-{chance.choice(SPELLINGS)(group)}"
    return name + chance.choice(("", "", ".mkv"))


def test_groups_are_told_in_names_made_by_the_rules() -> None:
    chance = random.Random(5)
    missed = []
    for _ in range(2_000):
        group = chance.choice(GROUPS)
        name = _release(chance, group)
        if group_names(parse_release(name).group) != group_names(group):
            missed.append((name, parse_release(name).group))
    assert len(missed) <= 2_000 * (1 - ENOUGH), missed[:10]


def test_joint_groups_are_told_in_names() -> None:
    for first, second in (("KiTE", "SALTERS"), ("moor", "iBEX"), ("Q9", "N0RTH")):
        name = f"Iron.Petal.2024.1080p.BluRay.DD5.1.x264-{first}-{second}"
        assert group_names(parse_release(name).group) == (first.casefold(), second.casefold())
