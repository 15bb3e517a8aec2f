"""A look at a torrent before it is downloaded: what must not be taken is not, and what is good is."""

from __future__ import annotations

import pytest

from radarr_desktop.domain.decision import Outcome
from radarr_desktop.domain.decision.contents import Promise, contents_fault
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.domain.torrent import TorrentEntry
from radarr_desktop.engine.search.inspect import look_into
from tests.fakes.torrents import GB, MB, Offered, bad, good

BAD = bad()
FULL_HD = BY_NAME["bluray-1080p"]


def fault(files: dict[str, int], promise: Promise | None = None) -> tuple[Reason, str]:
    found = contents_fault([TorrentEntry(path, size) for path, size in files.items()], promise or Promise())
    return (found.reason, found.sentence) if found else (Reason.MANUALLY_REJECTED, "")


def test_there_are_sixty_bad_ones() -> None:
    assert len({one.what for one in BAD}) == len(BAD) == 60


@pytest.mark.parametrize("offered", BAD, ids=lambda one: one.what)
def test_what_is_bad_is_refused_with_a_reason(offered: Offered) -> None:
    looked = look_into(offered.data, "A name", offered.promise)
    assert looked.check.outcome is Outcome.REJECTED
    assert looked.check.sentence.endswith(".")


def test_of_a_thousand_good_ones_hardly_any_is_refused() -> None:
    refused = [one.what for one in good(1000) if look_into(one.data, "", one.promise).check.outcome is Outcome.REJECTED]
    assert len(refused) <= 5, refused


def test_what_is_wrong_is_told_with_its_figures() -> None:
    reason, sentence = fault({"a.mkv": 20 * MB}, Promise(minutes=118, quality=FULL_HD))
    assert reason is Reason.SIZE_REJECTED
    assert sentence.replace("\N{NO-BREAK SPACE}", " ") == (
        "21.0 MB is far too small for 118 min of Bluray-1080p: it cannot be the whole movie."
    )
    assert fault({"a.mkv": 2 * GB, "b.bin": 6 * GB}) == (
        Reason.NO_VIDEO,
        "Only 25% of it is video, 70% is the least.",
    )
    assert fault({"a.CD1.avi": GB, "a.CD2.avi": GB})[1] == "It comes in 2 parts, which are not joined."
    assert fault({"x/BDMV/STREAM/1.m2ts": 9 * GB})[1] == "It is the copy of a Blu-ray in many files, no single one."


@pytest.mark.parametrize(
    ("minutes", "size", "is_taken"),
    [
        (0, MB, True),  # nobody knows its length
        (0, 90 * GB, True),
        (1, MB, True),
        (3, 2 * MB, True),
        (1, 4 * GB, False),
        (7, 8 * MB, False),
        (7, 12 * MB, True),
        (7, 4 * GB, True),
        (7, 6 * GB, False),
        (9, 14 * MB, False),
        (9, 9 * GB, False),
        (12, 22 * MB, False),
        (12, 23 * MB, True),
    ],
)
def test_a_short_film_is_measured_with_some_minutes_to_spare(minutes: int, size: int, is_taken: bool) -> None:
    reason, sentence = fault({"short.mkv": size}, Promise(minutes=minutes, quality=FULL_HD))
    assert (reason is not Reason.SIZE_REJECTED) is is_taken, sentence


def test_a_short_film_of_unknown_quality_is_no_feature() -> None:
    assert fault({"short.mkv": 15 * GB}, Promise(minutes=5))[0] is Reason.SIZE_REJECTED
    assert fault({"short.mkv": 2 * GB}, Promise(minutes=5))[1] == ""


def test_archives_are_taken_where_they_are_unpacked() -> None:
    packed = {f"k.r{number:02}": 100 * MB for number in range(40)} | {"k.rar": 100 * MB, "Sample/k.mkv": 50 * MB}
    assert fault(packed)[0] is Reason.PACKED
    assert fault(packed, Promise(unpacks=True))[1] == ""
    assert fault(packed | {"setup.exe": MB}, Promise(unpacks=True))[0] is Reason.DANGEROUS_CONTENT


def test_a_disc_is_taken_where_a_disc_was_promised() -> None:
    disc = {"x/BDMV/STREAM/1.m2ts": 30 * GB, "x/BDMV/index.bdmv": 1}
    assert fault(disc, Promise(quality=FULL_HD))[0] is Reason.QUALITY_REJECTED
    assert fault(disc, Promise(quality=BY_NAME["br-disk"]))[1] == ""
