"""What is better than what: a strict order, whatever is set; and the parts a score is compared by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from radarr_desktop.domain.decision import (
    Candidate,
    IndexerTerms,
    Policy,
    Propers,
    Situation,
    Standing,
    Verdict,
    evaluate,
    rank_key,
)
from radarr_desktop.domain.decision.better import Hindrance, hindrance
from radarr_desktop.domain.languages import ANY
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import ProfileItem, QualityProfile, make_profile
from radarr_desktop.domain.quality import BY_NAME, QUALITIES, Revision
from radarr_desktop.domain.sizes import SizeLimits
from radarr_desktop.plugin_api import IndexerFlag, MovieInfo, Release

NOW = datetime(2025, 12, 1, tzinfo=UTC)
GB = 1024**3
SOME = [BY_NAME[name] for name in ("hdtv-720p", "webdl-1080p", "webrip-1080p", "bluray-1080p", "remux-1080p")]
FORMATS = (1, 2, 3, 4)

standings = st.builds(
    Standing,
    title=st.just("x"),
    quality=st.sampled_from(SOME),
    revision=st.builds(Revision, st.integers(0, 1), st.integers(1, 3)),
    formats=st.lists(st.sampled_from(FORMATS), unique=True).map(tuple),
)


@st.composite
def profiles(draw: st.DrawFn) -> QualityProfile:
    """Any order, any groups, any cutoffs, any scores."""
    order = draw(st.permutations(SOME))
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1))))
    parts = [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    items = tuple(
        ProfileItem(tuple(part), draw(st.booleans()), *(("Group", 1000 + place) if len(part) > 1 else ()))
        for place, part in enumerate(parts)
    )
    if not any(item.allowed for item in items):
        items = (*items[:-1], replace(items[-1], allowed=True))
    return QualityProfile(
        id=1,
        name="P",
        items=items,
        cutoff=draw(st.sampled_from([item.key for item in items if item.allowed])),
        upgrades=draw(st.booleans()),
        format_scores={one: draw(st.integers(-50, 50)) for one in FORMATS},
        cutoff_format_score=draw(st.integers(-20, 80)),
        min_upgrade_format_score=draw(st.integers(1, 30)),
    )


@settings(max_examples=1_000, deadline=None)
@given(profiles(), st.sampled_from(Propers), st.lists(standings, min_size=4, max_size=6))
def test_whatever_replaces_another_is_never_replaced_by_it_again(
    profile: QualityProfile, propers: Propers, some: list[Standing]
) -> None:
    """12 to 30 pairs for each of 1,000 profiles: each yes makes the same tuple greater, so there is no way back."""

    def greatness(one: Standing) -> tuple[int, Revision, int]:
        revision = Revision() if propers is Propers.IGNORE else one.revision
        return profile.rank(one.quality), revision, profile.format_score(one.formats)

    for old in some:
        for new in some:
            if hindrance(profile, old, new, propers) is None:
                assert greatness(new) > greatness(old)


@settings(max_examples=500, deadline=None)
@given(profiles(), st.sampled_from(Propers), standings, standings)
def test_what_is_enough_is_only_put_right(
    profile: QualityProfile, propers: Propers, old: Standing, new: Standing
) -> None:
    if hindrance(profile, old, new, propers) is None and profile.is_enough(
        old.quality, profile.format_score(old.formats)
    ):
        assert (new.quality, propers is Propers.IGNORE) == (old.quality, False)
        assert new.revision > old.revision


HD = make_profile("HD", ["HDTV-1080p", "WEB 1080p", "Bluray-1080p"], "WEB 1080p")


def why(
    old: Standing, new: Standing, profile: QualityProfile = HD, propers: Propers = Propers.PREFER
) -> Hindrance | None:
    return hindrance(profile, old, new, propers)


def test_why_one_does_not_replace_another() -> None:
    hdtv, web, bluray = (Standing("x", BY_NAME[name]) for name in ("hdtv-1080p", "webdl-1080p", "bluray-1080p"))
    proper = replace(web, revision=Revision(0, 2))
    assert why(hdtv, web) is None
    assert why(web, hdtv) is Hindrance.QUALITY
    assert why(web, bluray) is Hindrance.CUTOFF
    assert why(hdtv, web, replace(HD, upgrades=False)) is Hindrance.NO_UPGRADES
    assert why(web, proper) is None
    assert why(proper, web) is Hindrance.REVISION
    assert why(web, proper, propers=Propers.IGNORE) is Hindrance.SCORE
    assert why(proper, proper) is Hindrance.SCORE


def test_the_proper_of_one_quality_puts_no_equal_one_right() -> None:
    webdl, proper = Standing("x", BY_NAME["webdl-1080p"]), Standing("x", BY_NAME["webrip-1080p"], Revision(0, 2))
    assert why(webdl, proper) is Hindrance.CUTOFF
    assert why(webdl, proper, replace(HD, upgrades=False)) is Hindrance.NO_UPGRADES
    assert why(webdl, replace(proper, quality=webdl.quality), replace(HD, upgrades=False)) is None
    bluray = make_profile("HD", ["WEB 1080p", "Bluray-1080p"])
    unwanted = tuple(replace(item, allowed=item.title == "Bluray-1080p") for item in bluray.items)
    assert why(webdl, proper, replace(bluray, upgrades=False, items=unwanted)) is Hindrance.NO_UPGRADES
    assert why(webdl, proper, bluray) is None
    assert why(proper, webdl, bluray) is Hindrance.REVISION
    assert why(webdl, proper, replace(HD, cutoff_format_score=10)) is None


SCORED = replace(HD, language=ANY, format_scores={1: 100})
MOVIE = Movie(1, MovieInfo(1, "The Salt Meridian", 2025, runtime=100), (Slot(1, "", 1, "/l"),), "/l/x")


def judged(
    name: str = "WEB-DL",
    *,
    policy: Policy | None = None,
    profile: QualityProfile | None = None,
    formats: tuple[int, ...] = (),
    priority: int = 25,
    reputation: int = 0,
    free: int = 0,
    weight: int = 0,
    **of_release: Any,
) -> tuple[Candidate, Verdict]:
    facts: dict[str, Any] = {"size": 4 * GB, "published": NOW - timedelta(days=2), "seeders": 10, "leechers": 5}
    release = Release("1", f"The.Salt.Meridian.2025.1080p.{name}-BRINE", **(facts | of_release))
    parsed = parse_release(release.title)
    candidate = Candidate(release, parsed, 1, "Pier", priority, formats=formats, reputation=reputation)
    terms = IndexerTerms(1, weight=weight, freeleech_points=free)
    situation = Situation(NOW, policy=policy or Policy(), indexers=(terms,))
    return candidate, evaluate(candidate, MOVIE, MOVIE.slot, profile or SCORED, situation)


def better(one: tuple[Candidate, Verdict], other: tuple[Candidate, Verdict]) -> str:
    """The part in which the first is ahead."""
    assert rank_key(*one) < rank_key(*other)
    pairs = zip(one[1].parts, other[1].parts, strict=True)
    return next(first.name for first, second in pairs if first.points != second.points)


def test_each_part_counts_only_where_those_before_it_are_equal() -> None:
    flags = frozenset({IndexerFlag.FREELEECH})
    steps = [
        ("quality", judged("BluRay", priority=50, seeders=1), judged("PROPER.WEB-DL", formats=(1,))),
        ("revision", judged("PROPER.WEB-DL"), judged(formats=(1,), seeders=5_000)),
        ("formats", judged(formats=(1,)), judged(reputation=500)),
        ("group", judged(reputation=1, priority=50), judged(priority=1)),
        ("indexer", judged(priority=1, seeders=1), judged(seeders=5_000)),
        ("seeders", judged(seeders=100), judged(leechers=100_000)),
        ("peers", judged(leechers=500), judged(size=6 * GB)),
        ("size", judged(size=6 * GB), judged(published=NOW)),
        ("age", judged(published=NOW), judged()),
    ]
    assert [better(one, other) for _, one, other in steps] == [name for name, _, _ in steps]
    freeleech = judged(flags=flags, policy=Policy(prefer_flags=True)), judged(policy=Policy(prefer_flags=True))
    assert better(*freeleech) == "flags"
    assert judged(flags=flags)[1].order == judged()[1].order


def test_what_costs_nothing_counts_as_much_as_the_user_says_after_the_formats() -> None:
    free, half = frozenset({IndexerFlag.FREELEECH}), frozenset({IndexerFlag.HALFLEECH, IndexerFlag.INTERNAL})
    worth = {part.name: part.points for part in judged(flags=free, free=100)[1].parts}["freeleech"]
    assert worth == 100
    assert better(judged(flags=free, free=100), judged(flags=half, free=100)) == "freeleech"
    assert better(judged(flags=half, free=100), judged(reputation=500, free=100)) == "freeleech"
    assert better(judged(formats=(1,), free=100), judged(flags=free, free=100)) == "formats"
    assert better(judged(free=-10), judged(flags=free, free=-10)) == "freeleech"


def test_an_indexer_weighs_as_much_as_the_user_says_after_the_formats_and_before_all_else_of_it() -> None:
    free = frozenset({IndexerFlag.FREELEECH})
    assert better(judged(formats=(1,)), judged(weight=1000)) == "formats"
    assert better(judged(weight=1), judged(flags=free, free=100)) == "weight"
    assert better(judged(weight=1, priority=50, seeders=1), judged(reputation=50, priority=1)) == "weight"
    assert better(judged(), judged(weight=-1, seeders=5_000)) == "weight"
    plain = {part.name: part.points for part in judged()[1].parts}
    assert plain["weight"] == 0


def test_about_as_many_seeders_are_equal() -> None:
    assert judged(seeders=10, leechers=5)[1].order == judged(seeders=12, leechers=5)[1].order
    none = judged(seeders=None, leechers=None)[1]
    assert {part.name: part.points for part in none.parts}["seeders"] == 0


def test_the_size_that_is_preferred_wins_over_bigger_ones() -> None:
    wanted = {BY_NAME["webdl-1080p"].id: SizeLimits(0, 40.0, None, None)}
    profile = replace(HD, language=ANY, sizes=wanted)
    target = 40 * 100 * 1024**2
    near, far = judged(size=target + GB // 2, profile=profile), judged(size=target + 4 * GB, profile=profile)
    assert better(near, far) == "size"
    assert better(near, judged(size=target - 2 * GB, profile=profile)) == "size"


def test_of_a_movie_whose_length_nobody_knows_the_bigger_one_wins() -> None:
    wanted = {BY_NAME["webdl-1080p"].id: SizeLimits(0, 40.0, None, None)}
    profile = replace(HD, language=ANY, sizes=wanted)
    unknown = replace(MOVIE, info=replace(MOVIE.info, runtime=0))
    small, big = (judged(size=size, profile=profile)[0] for size in (4 * GB, 40 * GB))
    keys = [
        rank_key(one, evaluate(one, unknown, unknown.slot, profile, Situation(NOW, indexers=(IndexerTerms(1),))))
        for one in (big, small)
    ]
    assert keys[0] < keys[1]


def test_propers_may_be_worth_nothing() -> None:
    ignoring = Policy(Propers.IGNORE)
    assert judged("PROPER.WEB-DL", policy=ignoring)[1].order == judged(policy=ignoring)[1].order


def test_a_score_is_the_sum_of_its_parts_and_knows_what_it_was_given_by() -> None:
    _, verdict = judged(formats=(1,))
    assert verdict.score == sum(verdict.order)
    assert {part.name: part.points for part in verdict.parts}["formats"] == 100


def test_a_file_made_of_a_release_is_no_reason_to_take_it_again() -> None:
    """The release as it was taken, against the file it became: for every quality and set of formats."""
    profile = replace(HD, language=ANY, format_scores={1: 100, 2: -5})
    for quality in QUALITIES:
        for formats in ((), (1,), (1, 2)):
            candidate, _ = judged()
            candidate = replace(candidate, parsed=replace(candidate.parsed, quality=quality), formats=formats)
            file = MovieFile(1, 1, 1, "/x", 1, NOW, quality, candidate.parsed.revision)
            movie = replace(MOVIE, slots=(replace(MOVIE.slot, file=file),))
            verdict = evaluate(candidate, movie, movie.slot, profile, Situation(NOW, file_formats=formats))
            assert any(check.name == "upgrade" and check.sentence for check in verdict.checks)
