"""The same again and again takes nothing twice; what waits is taken when it is time; a file stays what it was."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from radarr_desktop.domain import events
from radarr_desktop.domain.custom_formats import CustomFormat, Kind, Specification
from radarr_desktop.domain.decision import DelayProfile, Outcome, Policy
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import GrabState, HistoryKind, Pending, PendingReason
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.hdbits import Fault, Listing
from radarr_desktop.loopback.torrents import claiming
from tests.fakes.film import film
from tests.integration.stage import Stage

ROUNDS = 100
NOBODY = "http://127.0.0.1:1/announce"


def offer(
    stage: Stage, name: str, *, size: int = 700_000, age: timedelta = timedelta(), freeleech: bool = False
) -> None:
    """List a release that nobody seeds."""
    world = stage.world.world
    number = int(world.movie.imdb_id.removeprefix("tt"))
    listing = Listing(
        name=name.replace(".", " "),
        size=size,
        seeders=50,
        imdb=number,
        freeleech=freeleech,
        added=datetime.now(UTC) - age,
    )
    stage.world.do(listed(stage, listing, name, size))


async def listed(stage: Stage, listing: Listing, name: str, size: int) -> None:
    stage.world.world.list_torrent(listing, name, claiming({f"{name}.mkv": size}, NOBODY))


def profile_of(stage: Stage, movie: Movie) -> QualityProfile:
    return stage.running.do(stage.running.engine.profiles.get(movie.slot.profile_id))


def scored(stage: Stage, movie: Movie) -> None:
    """Formats that look at what only an indexer knows: flags and the size of the release."""
    engine, do = stage.running.engine, stage.running.do
    freeleech = Specification(Kind.FLAG, "free", {"value": 1})
    small = Specification(Kind.SIZE, "small", {"min": 0, "max": 1})
    kite = Specification(Kind.GROUP, "kite", {"value": "^KITE$"})
    made = [
        do(engine.formats.add(CustomFormat(0, name, (one,))))
        for name, one in (("Free", freeleech), ("Small", small), ("Kite", kite))
    ]
    scores = dict(zip((one.id for one in made), (40, 20, 30), strict=True))
    profile = profile_of(stage, movie)
    do(engine.profiles.update(replace(profile, format_scores=scores, cutoff_format_score=10_000)))


def test_a_hundred_rounds_over_an_unchanged_feed_take_nothing_twice(quick: Stage) -> None:
    engine, do = quick.running.engine, quick.running.do
    movie = quick.add(search=False)
    scored(quick, movie)
    grabbed = do(engine.search.feed()).grab
    assert grabbed is not None
    quick.imported(grabbed.id)
    taken = [do(engine.search.feed()).grab for _ in range(ROUNDS)]
    assert taken == [None] * ROUNDS
    assert len(quick.grabs(movie)) == 1
    file = do(engine.movies.get(movie.id)).file
    assert file is not None
    assert file.release_size == grabbed.size
    verdicts = {one.release.title: one.verdict for one in do(engine.decisions.why(movie.id)).releases}
    again = verdicts[grabbed.title]
    assert again is not None
    assert "This release has been imported before." in again.rejections
    assert any("no better than the file" in sentence for sentence in again.rejections)


def test_a_round_takes_the_best_and_a_hundred_more_take_nothing_beside_it(quick: Stage) -> None:
    """Nothing is ever downloaded here: what is queued must be enough to hold back all that is no better."""
    engine, do = quick.running.engine, quick.running.do
    movie = quick.add(search=False)
    scored(quick, movie)
    for number, free in enumerate((True, False, True)):
        name = f"The.Salt.Meridian.2025.1080p.BluRay.DD5.1.x264-TIDE{number}"
        offer(quick, name, freeleech=free, size=600_000 + number)
    first = do(engine.search.feed()).grab
    assert first is not None
    taken = [do(engine.search.feed()).grab for _ in range(ROUNDS)]
    assert [one.title for one in taken if one] == []


def test_something_better_is_taken_beside_a_download_and_the_worse_one_gives_way(quick: Stage) -> None:
    engine, do, world = quick.running.engine, quick.running.do, quick.world.world
    movie = quick.add(search=False)
    worse = quick.running.folder / "worse" / "The.Salt.Meridian.2025.1080p.HDTV.x264-SALTY.mkv"
    worse.parent.mkdir()
    worse.write_bytes(film(b"worse", size=world.seeded_file.stat().st_size))
    rest, world.hdbits.listings = list(world.hdbits.listings), []
    torrent = quick.world.do(world.share(worse, worse.stem, rate=20_000))
    first = do(engine.search.feed()).grab
    assert first is not None
    world.hdbits.listings += rest
    second = do(engine.search.feed()).grab
    assert second is not None
    assert second.title == world.good
    assert do(engine.search.feed()).grab is None
    quick.imported(second.id)
    quick.world.do(world.seeder.limit(torrent, 0))

    def given_way() -> bool:
        return next(grab for grab in quick.grabs(movie) if grab.id == first.id).state is GrabState.REMOVED

    quick.running.wait_for(given_way, "the worse download giving way")
    history = do(engine.decisions.why(movie.id)).history
    ignored = next(entry for entry in history if entry.kind is HistoryKind.IGNORED)
    assert str(ignored.data["message"]).startswith("Something better was imported meanwhile.")
    file = do(engine.movies.get(movie.id)).file
    assert file is not None
    assert file.quality.name == "Bluray-1080p"


def delayed(stage: Stage, minutes: int = 60) -> None:
    profile = DelayProfile(1, 0, delay=minutes, bypass_if_highest=False)
    stage.running.do(stage.running.engine.rules.save_delay(profile))


def waiting(stage: Stage) -> Sequence[Pending]:
    return stage.running.do(stage.running.engine.waiting.all())


def fresh(stage: Stage) -> None:
    """Only releases that came a moment ago: what is old needs no delay."""
    stage.world.world.hdbits.listings.clear()
    offer(stage, "The.Salt.Meridian.2025.1080p.WEB-DL.DDP5.1.H.264-BRINE")


def test_what_waits_survives_a_restart_and_is_taken_when_the_wait_is_over(quick: Stage) -> None:
    engine, do = quick.running.engine, quick.running.do
    movie = quick.add(search=False)
    delayed(quick)
    fresh(quick)
    assert do(engine.search.feed()).grab is None
    (there,) = waiting(quick)
    assert (there.movie_id, there.reason) == (movie.id, PendingReason.DELAY)
    assert timedelta(minutes=55) < there.due - there.added <= timedelta(minutes=60)
    verdict = there.release.verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.DELAYED
    quick.running.stop()
    quick.running.start()
    assert waiting(quick) == [there]
    delayed(quick, 0)
    taken = quick.running.wait_for(lambda: quick.grabs(movie), "the grab once nothing is waited for")
    assert taken[0].title == there.release.release.title
    quick.running.wait_for(lambda: not waiting(quick), "the end of the wait")


def test_the_best_of_what_waits_and_what_comes_is_taken(quick: Stage) -> None:
    engine, do = quick.running.engine, quick.running.do
    movie = quick.add(search=False)
    delayed(quick)
    fresh(quick)
    do(engine.search.feed())
    offer(quick, "The.Salt.Meridian.2025.1080p.BluRay.DD5.1.x264-TIDE", age=timedelta(minutes=1))
    do(engine.search.feed())
    assert len(waiting(quick)) == 2
    first = min(one.added for one in waiting(quick))
    assert all(one.due <= first + timedelta(minutes=61) for one in waiting(quick))
    delayed(quick, 0)
    (grab,) = quick.running.wait_for(lambda: quick.grabs(movie), "the grab")
    assert "BluRay" in grab.title
    quick.running.wait_for(lambda: not waiting(quick), "the other one giving up")
    assert len(quick.grabs(movie)) == 1


def test_what_waits_is_given_up_when_it_is_not_wanted_any_more(quick: Stage) -> None:
    engine, do = quick.running.engine, quick.running.do
    quick.add(search=False)
    delayed(quick)
    fresh(quick)
    do(engine.search.feed())
    assert waiting(quick)
    do(engine.rules.save_policy(Policy(minimum_age=30)))
    assert waiting(quick)
    (there,) = waiting(quick)
    do(engine.search.block(there.release.id, there.movie_id))
    quick.running.wait_for(lambda: not waiting(quick), "the end of the wait")


def test_a_release_whose_indexer_falls_silent_is_kept_and_taken_when_it_answers(quick: Stage) -> None:
    engine, do, hdbits = quick.running.engine, quick.running.do, quick.world.world.hdbits
    movie = quick.add(search=False)
    hdbits.fail(Fault.TORRENT_DOWN, times=1)
    fed = do(engine.search.feed())
    assert fed.grab is None
    assert fed.postponed
    assert {one.reason for one in waiting(quick)} == {PendingReason.AWAY}
    do(engine.plugins.test_all("indexer"))
    assert quick.imported().movie_id == movie.id
    quick.running.wait_for(lambda: not waiting(quick), "the end of the wait")


def test_an_interactive_search_tells_each_indexers_part_and_can_be_stopped(quick: Stage) -> None:
    engine, do = quick.running.engine, quick.running.do
    movie = quick.add(search=False)
    found = do(engine.search.releases(movie.id))
    (part,) = [event for event in quick.running.events if isinstance(event, events.ReleasesFound)]
    assert (part.indexer, part.problem) == ("HDBits", "")
    assert {one.id for one in part.releases} == {one.id for one in found}
    orders = [(one.verdict.accepted, one.verdict.order) for one in found if one.verdict]
    assert orders == sorted(orders, reverse=True)

    async def stopped() -> bool:
        search = asyncio.create_task(engine.search.releases(movie.id))
        await asyncio.sleep(0)
        search.cancel()
        await asyncio.wait([search])
        return search.cancelled()

    assert do(stopped())
    assert do(engine.search.releases(movie.id))


def test_an_indexer_with_tags_is_only_asked_about_its_movies(quick: Stage) -> None:
    engine, do = quick.running.engine, quick.running.do
    movie = quick.add(search=False)
    rare = do(engine.tags.add("rare"))
    (indexer,) = do(engine.plugins.instances("indexer"))
    draft = Draft(PluginKind.INDEXER, "hdbits", indexer.name, dict(indexer.settings), id=indexer.id, tags=(rare.id,))
    do(engine.plugins.save(draft))
    with pytest.raises(Problem, match="No indexer has one of its tags"):
        do(engine.search.run(movie.id))
    assert do(engine.search.feed()).grab is None
    do(engine.movies.update(movie.id, tags=(rare.id,)))
    assert do(engine.search.feed()).grab is not None


def test_the_feed_is_judged_by_what_the_profile_says_now(quick: Stage) -> None:
    engine, do = quick.running.engine, quick.running.do
    movie = quick.add(search=False)
    profile = profile_of(quick, movie)
    do(engine.profiles.update(replace(profile, cap=1)))
    assert do(engine.search.feed()).grab is None
    do(engine.profiles.update(profile))
    grabbed = do(engine.search.feed()).grab
    assert grabbed is not None
    assert grabbed.title == quick.world.world.good


def test_the_library_is_judged_again_by_what_the_profile_says_now(quick: Stage) -> None:
    engine, do = quick.running.engine, quick.running.do
    movie = quick.add(search=True)
    quick.imported()
    assert do(engine.recheck.unfit()) == []
    profile = profile_of(quick, movie)
    items = tuple(replace(item, allowed=item.allowed and item.title != "Bluray-1080p") for item in profile.items)
    allowed = [item.key for item in items if item.allowed]
    do(engine.profiles.update(replace(profile, items=items, cutoff=allowed[-1])))
    (unfit,) = do(engine.recheck.unfit())
    assert unfit.movie.id == movie.id
    assert unfit.verdict.rejections == ["Bluray-1080p is not wanted in profile HD."]
    assert do(engine.recheck.unfit([movie.id + 1])) == []
