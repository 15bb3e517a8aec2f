"""The evaluator: every check tells what it saw, what the limit was, and why it failed in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radarr_desktop.domain.blocklist import Blocks
from radarr_desktop.domain.decision import (
    Candidate,
    Check,
    IndexerTerms,
    Outcome,
    Purpose,
    Situation,
    Standing,
    evaluate,
    rank_key,
)
from radarr_desktop.domain.decision.checks import ASKED
from radarr_desktop.domain.decision.evaluate import with_check
from radarr_desktop.domain.movie import Availability, Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.quality import BY_NAME, Revision
from radarr_desktop.domain.sizes import SizeLimits
from radarr_desktop.plugin_api import MovieInfo, Release

PROFILE = make_profile("HD", ["HDTV-1080p", "WEB 1080p", "Bluray-1080p"])
MOVIE = Movie(
    1,
    MovieInfo(900001, "The Salt Meridian", 2025, "tt9000001", runtime=100, digital_release=date(2025, 6, 10)),
    (Slot(1, "", 1, "/library"),),
    "/library/The Salt Meridian (2025)",
)
TERMS = (IndexerTerms(0),)
LATER = Situation(datetime(2025, 12, 1, tzinfo=UTC), indexers=TERMS)
EARLY = Situation(datetime(2025, 6, 9, tzinfo=UTC), indexers=TERMS)
NAME = "The.Salt.Meridian.2025.1080p.WEB-DL.H.264-BRINE"
MB, GB = 1024**2, 1024**3


def candidate(name: str = NAME, *, size: int = 4 * GB, seeders: int | None = 10, **more: Any) -> Candidate:
    release = Release("1", name, size=size, seeders=seeders, **more)
    return Candidate(release, parse_release(name))


def having(quality: str, revision: Revision | None = None) -> Movie:
    file = MovieFile(1, 1, 1, "/x.mkv", 1, datetime(2025, 7, 1, tzinfo=UTC), BY_NAME[quality], revision or Revision())
    return replace(MOVIE, slots=(replace(MOVIE.slot, file=file),))


def check(name: str, of: Candidate, movie: Movie = MOVIE, situation: Situation = LATER, **changes: Any) -> Check:
    verdict = evaluate(of, movie, movie.slot, replace(PROFILE, **changes), situation)
    return next(each for each in verdict.checks if each.name == name)


def test_a_good_release_passes_every_check_and_each_is_told() -> None:
    verdict = evaluate(candidate(), MOVIE, MOVIE.slot, PROFILE, LATER)
    assert verdict.accepted
    assert not verdict.rejections
    assert len(verdict.checks) == len(ASKED[Purpose.RECENT])
    assert all(each.observed and each.limit and not each.sentence for each in verdict.checks)
    assert verdict.score == sum(part.points for part in verdict.parts)


def test_all_that_is_wrong_is_told_at_once() -> None:
    bad = candidate("Iron.Petal.2011.CAM.x264-SHAKY", size=90 * GB, seeders=0)
    verdict = evaluate(bad, replace(MOVIE, monitored=False), MOVIE.slot, PROFILE, LATER)
    failed = [each.name for each in verdict.checks if each.outcome is not Outcome.ACCEPTED]
    assert failed == ["movie", "monitored", "quality", "size", "seeders"]
    assert verdict.rejections == [
        "The name says Iron Petal (2011), the movie is The Salt Meridian (2025).",
        "The Salt Meridian is not monitored.",
        "CAM is not wanted in profile HD.",
        "96.6\u00a0GB is too big for 100\u00a0min of CAM: at most 10.5\u00a0GB is plausible.",
        "Not enough seeders: 0, at least 1 needed.",
    ]


def test_a_name_that_says_nothing() -> None:
    nameless = replace(candidate(), parsed=parse_release(""))
    assert check("movie", nameless).sentence.startswith("The name does not say which movie it is")


@pytest.mark.parametrize(
    ("limits", "size", "limit", "sentence"),
    [
        ((0.0, 100.0), 4 * GB, "up to 10.5\u00a0GB", ""),
        ((0.0, None), 4 * GB, "any size", ""),
        ((10.0, None), 4 * GB, "at least 1.0\u00a0GB", ""),
        ((10.0, 100.0), 4 * GB, "1.0\u00a0GB to 10.5\u00a0GB", ""),
        ((0.0, 100.0), 0, "up to 10.5\u00a0GB", ""),
        ((0.0, 1.0), 700 * MB, "up to 104.9\u00a0MB", "734.0\u00a0MB is too big for 100\u00a0min of WEBDL-1080p:"),
        ((10.0, 100.0), 540_000, "1.0\u00a0GB to 10.5\u00a0GB", "540\u00a0kB is too small for 100\u00a0min"),
        ((0.0, 1.0), 101 * MB, "up to 104.9\u00a0MB", "at most 104.9\u00a0MB is plausible."),
        ((60.0, None), 1 * GB, "at least 6.3\u00a0GB", "at least 6.3\u00a0GB is plausible."),
    ],
)
def test_sizes_read_well(limits: tuple[float, float | None], size: int, limit: str, sentence: str) -> None:
    least, most = limits
    seen = check("size", candidate(size=size), sizes={BY_NAME["webdl-1080p"].id: SizeLimits(least, None, most)})
    assert seen.limit == limit
    assert sentence in seen.sentence
    assert (seen.outcome is Outcome.ACCEPTED) == (not sentence)


@given(st.integers(1, 1 << 50))
def test_no_size_is_told_as_nothing_or_as_a_thousand_of_a_smaller_unit(size: int) -> None:
    number, unit = check("size", candidate(size=size)).observed.split("\u00a0")
    assert 0 < float(number) < 1000
    assert unit in ("B", "kB", "MB", "GB", "TB", "PB")


def test_a_size_nobody_told_is_no_reason() -> None:
    assert check("size", candidate(size=0)).observed == "not told"
    assert check("seeders", candidate(seeders=None)).observed == "not told"


def test_what_is_not_out_yet_waits() -> None:
    verdict = evaluate(candidate(), MOVIE, MOVIE.slot, PROFILE, EARLY)
    assert verdict.outcome is Outcome.DELAYED
    assert verdict.rejections == ["The Salt Meridian (2025) is not out yet: it is wanted once it is released."]
    in_cinemas = replace(MOVIE, minimum_availability=Availability.IN_CINEMAS)
    assert "once it is in cinemas" in check("availability", candidate(), in_cinemas, EARLY).sentence


def test_a_user_who_asks_is_not_held_back() -> None:
    asked = replace(EARLY, purpose=Purpose.USER)
    assert evaluate(candidate(), replace(MOVIE, monitored=False), MOVIE.slot, PROFILE, asked).accepted


def test_a_rejection_outweighs_a_delay() -> None:
    verdict = evaluate(candidate(seeders=0), MOVIE, MOVIE.slot, PROFILE, EARLY)
    assert verdict.outcome is Outcome.REJECTED


def test_what_was_blocked_is_known_by_hash_or_without_one_by_name() -> None:
    by_hash = replace(LATER, blocked=Blocks(frozenset({"a" * 40}), frozenset({(NAME.casefold(), "")})))
    assert check("blocklist", candidate(info_hash="a" * 40), situation=by_hash).outcome is Outcome.REJECTED
    assert check("blocklist", candidate(info_hash="b" * 40), situation=by_hash).outcome is Outcome.ACCEPTED
    assert check("blocklist", candidate(), situation=by_hash).outcome is Outcome.REJECTED


def queued(name: str = "Another one", quality: str = "webdl-1080p") -> Standing:
    return Standing(name, BY_NAME[quality], hashes=("a" * 40,))


def test_what_is_on_its_way_is_not_taken_twice() -> None:
    there = replace(LATER, queued=(queued(),))
    assert check("queue", candidate(), situation=there).sentence == "Already in the queue: Another one."
    same = check("queue", candidate(info_hash="a" * 40), situation=there)
    assert same.sentence == "This release is already in the queue."


def test_what_is_better_than_the_queue_is_taken_beside_it() -> None:
    there = replace(LATER, queued=(queued(quality="hdtv-1080p"),))
    assert check("queue", candidate(), situation=there).outcome is Outcome.ACCEPTED
    both = replace(LATER, queued=(queued(quality="hdtv-1080p"), queued("As good")))
    assert check("queue", candidate(), situation=both).sentence == "Already in the queue: As good."


@pytest.mark.parametrize(
    ("movie", "name", "sentence"),
    [
        (having("hdtv-1080p"), NAME, ""),
        (having("webrip-1080p"), NAME, "WEBDL-1080p is no better than the file, which is WEBRip-1080p."),
        (having("bluray-1080p"), NAME, "WEBDL-1080p is no better than the file, which is Bluray-1080p."),
        (having("webdl-1080p"), NAME.replace("1080p", "PROPER.1080p"), ""),
        (
            having("webdl-1080p", Revision(0, 2)),
            NAME,
            "WEBDL-1080p is no better than the file, which is WEBDL-1080p Proper.",
        ),
    ],
)
def test_only_what_is_better_replaces_a_file(movie: Movie, name: str, sentence: str) -> None:
    assert check("upgrade", candidate(name), movie).sentence == sentence


def test_a_file_that_is_good_enough_stays() -> None:
    cutoff = PROFILE.items[-2].key
    bluray = candidate("The.Salt.Meridian.2025.1080p.BluRay.x264-KITE")
    enough = check("upgrade", bluray, having("webdl-1080p"), cutoff=cutoff)
    assert enough.sentence == "The file is WEBDL-1080p, which is good enough for profile HD."
    never = check("upgrade", bluray, having("hdtv-1080p"), upgrades=False)
    assert never.sentence == "There is a file (HDTV-1080p), and profile HD does not upgrade."


def test_a_better_quality_outweighs_everything_else() -> None:
    plain = candidate("The.Salt.Meridian.2025.1080p.BluRay.x264-KITE", seeders=1)
    plain = replace(plain, indexer_priority=50)
    shiny = candidate("The.Salt.Meridian.2025.REAL.PROPER.1080p.WEB-DL.x264-KITE", seeders=100_000)
    shiny = replace(shiny, indexer_priority=1)
    judged = [(each, evaluate(each, MOVIE, MOVIE.slot, PROFILE, LATER)) for each in (shiny, plain)]
    assert min(judged, key=lambda pair: rank_key(*pair))[0] is plain


def test_a_look_inside_is_one_more_check() -> None:
    verdict = evaluate(candidate(), MOVIE, MOVIE.slot, PROFILE, LATER)
    looked = with_check(verdict, Check("contents", "a program", "a video", Outcome.REJECTED, "It holds a program."))
    assert not looked.accepted
    assert looked.score == verdict.score
    assert looked.rejections == ["It holds a program."]
