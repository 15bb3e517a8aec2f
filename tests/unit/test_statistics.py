"""Releases counted: shares, faults asked only of whom they can be asked, sizes, groups; in one go or in portions."""

from __future__ import annotations

import pytest

from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.statistics import FAULTS, ReleaseStatistics, Tallies

GB = 1024**3
SEEN = (
    ("The.Salt.2025.2160p.UHD.BluRay.REMUX.DV.HDR10.HEVC.TrueHD.7.1.Atmos-KITE", 60 * GB),
    ("The.Salt.2025.2160p.UHD.BluRay.REMUX.HEVC.AC3-kite", 50 * GB),
    ("The.Salt.2025.2160p.WEB-DL.DDP5.1.H.264-REEF", 20 * GB),
    ("The.Salt.2025.1080p.BluRay.DD5.1.x264-KITE", 10 * GB),
    ("The.Salt.2025.1080p.BluRay.DD5.1.x264-REEF-SHOAL", 8 * GB),
    ("The.Salt.2025.PROPER.1080p.BluRay.FLAC.x264", 0),
)


def counted(*seen: tuple[str, int]) -> Tallies:
    tallies = Tallies()
    for name, size in seen:
        tallies.count(parse_release(name), size, 100)
    return tallies


@pytest.fixture
def told() -> ReleaseStatistics:
    return counted(*SEEN).statistics(30)


def test_shares_are_of_all_and_sorted(told: ReleaseStatistics) -> None:
    assert told.total == 6
    assert [(one.name, one.count, one.of) for one in told.resolutions] == [("1080p", 3, 6), ("2160p", 3, 6)]
    assert [(one.name, one.count) for one in told.sources] == [("Blu-ray", 3), ("Remux", 2), ("WEB-DL", 1)]
    assert {one.name: one.count for one in told.codecs} == {"AVC": 4, "HEVC": 2}


def test_markers_are_told(told: ReleaseStatistics) -> None:
    markers = {one.name: one.count for one in told.markers}
    assert markers == {
        "DV": 1,
        "HDR10": 1,
        "HDR (any)": 1,
        "TrueHD": 1,
        "Atmos": 1,
        "FLAC": 1,
        "REPACK or PROPER": 1,
    }


def test_faults_count_among_whom_they_can_be_asked_of(told: ReleaseStatistics) -> None:
    assert [one.name for one in told.faults] == list(FAULTS.values())
    faults = {one.name: (one.count, one.of) for one in told.faults}
    assert faults["2160p without HDR"] == (2, 3)
    assert faults["2160p encoded as AVC"] == (1, 3)
    assert faults["Remux without lossless sound"] == (1, 2)
    assert faults["No group named"] == (1, 6)


def test_groups_in_any_spelling_are_one_and_a_joint_release_is_of_both(told: ReleaseStatistics) -> None:
    assert [(one.name, one.count) for one in told.groups] == [("KITE", 3), ("REEF", 2), ("shoal", 1)]
    assert (told.groups[0].quality, round(told.groups[0].special, 2)) == ("Remux-2160p", 0.67)


def test_sizes_are_by_quality_best_first_and_without_those_not_known(told: ReleaseStatistics) -> None:
    assert [(one.quality, one.count) for one in told.sizes] == [
        ("Remux-2160p", 2),
        ("WEBDL-2160p", 1),
        ("Bluray-1080p", 2),
    ]
    size = told.sizes[0]
    assert (size.low, size.high) == (512.0, 614.4)


def test_portions_add_up_to_the_same(told: ReleaseStatistics) -> None:
    parts = Tallies()
    for one in SEEN:
        parts.add(counted(one).packed())
    assert parts.statistics(30) == told


def test_of_nothing_there_is_nothing() -> None:
    told = Tallies().statistics(30)
    assert (told.total, told.groups, told.sizes, told.codecs) == (0, (), (), ())
    assert [one.part for one in told.faults] == [0.0] * len(FAULTS)
