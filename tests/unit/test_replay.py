"""A replay says what the one evaluator would have said, and finds what a change would grab, drop and replace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from radarr_desktop.domain.custom_formats import CompiledFormats, CustomFormat, Kind, Specification
from radarr_desktop.domain.decision import Candidate, Situation, evaluate, rank_key
from radarr_desktop.domain.decision.rating import rate, rate_situation
from radarr_desktop.domain.decision.replay import Basis, Compared, Difference, Dossier, Replay
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import QualityProfile, make_profile
from radarr_desktop.plugin_api import MovieInfo, Release

GB = 1024**3
NOW = datetime(2026, 3, 1, tzinfo=UTC)
INFO = MovieInfo(7, "Iron Petal", 2025, runtime=100, digital_release=date(2025, 6, 1), original_language="en")
MOVIE = Movie(1, INFO, (Slot(1, "", 1, "/l"),), "/l/Iron Petal")
HD = make_profile("HD", ["WEB 1080p", "Bluray-1080p"], id=1)
UHD = make_profile("UHD", ["WEB 1080p", "WEB 2160p"], id=1)
ATMOS = CustomFormat(1, "Atmos", (Specification(Kind.TITLE, "Atmos", {"value": "Atmos"}),))
KITE = CustomFormat(2, "Kite", (Specification(Kind.GROUP, "Kite", {"value": "^KITE$"}),))
NAMES = (
    "Iron.Petal.2025.1080p.WEB-DL.DDP5.1.H.264-KITE",
    "Iron.Petal.2025.REPACK.1080p.WEB-DL.DDP5.1.Atmos.H.264-BRINE",
    "Iron.Petal.2025.1080p.BluRay.x264-SALTY",
    "Iron.Petal.2025.2160p.WEB-DL.DV.DDP5.1.Atmos.H.265-KITE",
    "Iron.Petal.2025.2160p.WEB-DL.DDP5.1.H.265-SALTY",
    "Iron.Petal.2025.CAM.x264-SHAKY",
    "Iron.Rose.2011.1080p.BluRay.x264-OTHER",
)


def candidate(id: int, name: str, size: float = 6.0, seeders: int = 9) -> Candidate:
    release = Release(f"g{id}", name, size=int(size * GB), seeders=seeders)
    return Candidate(release, parse_release(name), release_id=id)


def dossier(*candidates: Candidate, file: str = "", movie: Movie = MOVIE) -> Dossier:
    if file:
        parsed = parse_release(file)
        there = MovieFile(
            1, 1, 1, "/l/x.mkv", 5 * GB, datetime(2025, 7, 1, tzinfo=UTC), parsed.quality, parsed.revision,
            parsed.group, file,
        )  # fmt: skip
        movie = replace(movie, slots=(replace(movie.slot, file=there),))
    return Dossier(movie, movie.slot, Situation(NOW), candidates)


def compared(case: Dossier, before: Basis, after: Basis) -> Compared:
    return Replay(before, after).compare(case)


def difference(case: Dossier, after: QualityProfile, before: QualityProfile = HD) -> Difference:
    (one,) = compared(case, Basis({1: before}), Basis({1: after})).differences
    return one


ALL = [candidate(id, name) for id, name in enumerate(NAMES, 1)]


def test_nothing_changes_where_nothing_was_changed() -> None:
    basis = Basis({1: HD}, (ATMOS, KITE))
    answer = compared(dossier(*ALL), basis, basis)
    assert answer == Compared(releases=len(NAMES))


def test_what_would_also_be_grabbed_tells_what_held_it_back() -> None:
    found = difference(dossier(ALL[3]), UHD)
    assert (found.before, found.has_file) == (None, False)
    assert found.after is not None
    assert (found.after.release_id, found.after.quality, found.after.size) == (4, "WEBDL-2160p", 6 * GB)
    assert found.reason == "WEBDL-2160p is not wanted in profile HD."


def test_what_would_be_dropped_tells_why() -> None:
    found = difference(dossier(ALL[2]), UHD)
    assert found.after is None
    assert found.before is not None
    assert found.before.title == NAMES[2]
    assert found.reason == "Bluray-1080p is not wanted in profile UHD."


def test_another_choice_tells_what_outranks_the_old_one() -> None:
    found = difference(dossier(*ALL[:2], ALL[3]), UHD)
    assert found.before is not None
    assert found.after is not None
    assert (found.before.release_id, found.after.release_id) == (2, 4)
    assert found.reason == "Another one has more points for quality."


def test_a_file_that_would_be_replaced_is_an_upgrade() -> None:
    found = difference(dossier(*ALL, file=NAMES[0]), UHD, replace(HD, upgrades=False))
    assert found.has_file
    assert found.before is None
    assert found.after is not None
    assert found.after.quality == "WEBDL-2160p"


def test_changed_formats_are_matched_beside_the_old_ones() -> None:
    scored = replace(HD, format_scores={1: 100, 2: 10}, cutoff_format_score=1000)
    case = dossier(candidate(1, NAMES[0]), candidate(2, NAMES[1].replace("REPACK.", "")))
    other = replace(ATMOS, specifications=(Specification(Kind.GROUP, "Salty", {"value": "^SALTY$"}),))
    (found,) = compared(case, Basis({1: scored}, (ATMOS, KITE)), Basis({1: scored}, (KITE, other))).differences
    assert found.before is not None
    assert found.after is not None
    assert (found.before.release_id, found.after.release_id) == (2, 1)
    assert found.reason == "Another one has more points for formats."


def test_no_profile_runs_in_a_circle() -> None:
    scored = replace(HD, format_scores={1: -50, 2: 40}, cutoff_format_score=10_000)
    answer = compared(dossier(*ALL, file=NAMES[0]), Basis({1: HD}, (ATMOS, KITE)), Basis({1: scored}, (ATMOS, KITE)))
    assert answer.loops == ()


def brute_force(case: Dossier, basis: Basis) -> int:
    """The id of the best release, by the evaluator alone; 0 for none."""
    formats, profile = CompiledFormats(basis.formats), basis.profiles[1]
    situation = rate_situation(case.situation, case.movie, case.slot, formats)
    rated = [rate(one, case.movie, formats) for one in case.candidates]
    judged = [(one, evaluate(one, case.movie, case.slot, profile, situation)) for one in rated]
    accepted = sorted((pair for pair in judged if pair[1].accepted), key=lambda pair: rank_key(*pair))
    return accepted[0][0].release_id if accepted else 0


def profiles() -> st.SearchStrategy[QualityProfile]:
    usual = st.sampled_from(["WEB 1080p", "Bluray-1080p", "WEB 2160p", "CAM"])
    scores = st.dictionaries(st.sampled_from([1, 2]), st.integers(-100, 100))
    return st.builds(
        lambda allowed, upgrades, scores, least: replace(
            make_profile("P", allowed, upgrades=upgrades, id=1),
            format_scores=scores,
            min_format_score=least,
            cutoff_format_score=1000,
        ),
        st.lists(usual, min_size=1, unique=True),
        st.booleans(),
        scores,
        st.integers(-100, 100),
    )


def offers() -> st.SearchStrategy[list[Candidate]]:
    one = st.tuples(st.sampled_from(NAMES), st.sampled_from([0.1, 2.0, 6.0, 40.0]), st.integers(0, 200))
    return st.lists(one, max_size=8).map(lambda some: [candidate(id, *facts) for id, facts in enumerate(some, 1)])


@settings(max_examples=300, deadline=None)
@given(offers(), profiles(), profiles(), st.sampled_from(["", *NAMES[:4]]), st.booleans())
def test_the_short_way_ends_where_the_evaluator_does(
    seen: Sequence[Candidate], before: QualityProfile, after: QualityProfile, file: str, fewer: bool
) -> None:
    case = dossier(*seen, file=file)
    old, new = Basis({1: before}, (ATMOS, KITE)), Basis({1: after}, (KITE,) if fewer else (ATMOS, KITE))
    expected = brute_force(case, old), brute_force(case, new)
    found = compared(case, old, new)
    if not found.differences:
        assert expected[0] == expected[1]
        return
    (one,) = found.differences
    assert (one.before.release_id if one.before else 0, one.after.release_id if one.after else 0) == expected
    assert one.reason
    assert found.loops == ()
