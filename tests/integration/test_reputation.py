"""What becomes of releases makes their groups' reputation, once each, whatever happens in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from radarr_desktop.domain.blocklist import Scope, Subject
from radarr_desktop.domain.decision import Candidate, Purpose
from radarr_desktop.domain.events import ReputationChanged
from radarr_desktop.domain.failures import Failure, Reason
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.quality import BY_ID
from radarr_desktop.domain.reputation.evidence import Evidence, Outcome
from radarr_desktop.domain.reputation.prior import USUAL
from radarr_desktop.domain.reputation.standing import reputation_of
from radarr_desktop.engine.decisions.whatif import Proposal
from radarr_desktop.engine.downloads.blocklist import remember
from radarr_desktop.plugin_api import Release
from radarr_desktop.store import evidence, failures, sql
from tests.fakes.film import film
from tests.integration.shelf import CONTENT, NAME, Shelf, shelf_in
from tests.integration.stage import Stage

FAKE = "The.Salt.Meridian.2025.1080p.BluRay.x264-SHOAL"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        yield shelf


def every(shelf: Shelf) -> list[Evidence]:
    shelf.running.do(shelf.running.engine.reputations.gather())
    return shelf.running.do(shelf.running.engine.db.read(evidence.every))


def outcomes(shelf: Shelf) -> list[tuple[Outcome, str]]:
    return [(event.outcome, event.group) for event in every(shelf)]


def fails(shelf: Shelf, reason: Reason, title: str = FAKE) -> None:
    subject = Subject(shelf.movie.id, title, "", "HDBits", "SHOAL", "")
    failure = Failure(reason, "It holds a program and no film.")
    shelf.running.do(shelf.running.engine.db.run(lambda: remember(failure, subject, datetime.now(UTC))))


def candidate(title: str) -> Candidate:
    return Candidate(Release(title, title, size=8 * 1024**3, seeders=5), parse_release(title), 1, "HDBits")


def group_points(shelf: Shelf, title: str) -> int:
    verdict = shelf.running.do(shelf.running.engine._judge.of(shelf.movie, candidate(title), Purpose.USER))
    return next(part.points for part in verdict.parts if part.name == "group")


def undo_last(shelf: Shelf) -> None:
    do, undo = shelf.running.do, shelf.running.engine.undo
    do(undo.undo(do(undo.operations(limit=1))[0].operation.id))


def test_an_import_speaks_for_its_group_an_undone_one_against_it_until_it_is_redone(shelf: Shelf) -> None:
    shelf.take(shelf.download())
    shelf.running.wait_for_event(ReputationChanged)
    assert outcomes(shelf) == [(Outcome.IMPORTED, "KITE")]
    undo_last(shelf)
    assert outcomes(shelf) == [(Outcome.IMPORTED, "KITE"), (Outcome.UNDONE, "KITE")]
    undo_last(shelf)
    assert outcomes(shelf) == [(Outcome.IMPORTED, "KITE")]


def test_a_deleted_file_says_a_little_until_it_is_back(shelf: Shelf) -> None:
    shelf.take(shelf.download())
    file = shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id)).file
    assert file is not None
    shelf.running.do(shelf.running.engine.movies.delete_file(file.id))
    assert outcomes(shelf) == [(Outcome.IMPORTED, "KITE"), (Outcome.DELETED, "KITE")]
    assert every(shelf)[-1].title == NAME
    undo_last(shelf)
    assert outcomes(shelf) == [(Outcome.IMPORTED, "KITE")]


def test_a_movie_removed_with_its_file_says_nothing_of_the_release(shelf: Shelf) -> None:
    shelf.take(shelf.download())
    shelf.running.do(shelf.running.engine.movies.remove(shelf.movie.id, delete_files=True))
    assert outcomes(shelf) == [(Outcome.IMPORTED, "KITE")]


def test_a_proper_speaks_against_what_it_puts_right(shelf: Shelf) -> None:
    shelf.take(shelf.download())
    proper = NAME.replace("1080p", "PROPER.1080p").replace("KITE", "REEF")
    shelf.take(shelf.download(f"{proper}.mkv", film(b"better")))
    assert outcomes(shelf) == [(Outcome.IMPORTED, "KITE"), (Outcome.IMPORTED, "REEF"), (Outcome.REPACKED, "KITE")]
    assert every(shelf)[-1].why == f"{proper} took its place."


def test_bytes_that_tell_otherwise_than_the_name_speak_against_the_group(shelf: Shelf) -> None:
    shelf.take(shelf.download(content=film(picture=(1280, 536))))
    (event,) = every(shelf)
    assert (event.outcome, event.group) == (Outcome.CONTRADICTED, "KITE")
    assert event.why == "Its name says 1080p, its picture has 1280 × 536, which is 720p."
    assert reputation_of([event], event.at).standing("kite", BY_ID[event.quality_id]).share < USUAL
    undo_last(shelf)
    assert outcomes(shelf) == [(Outcome.CONTRADICTED, "KITE"), (Outcome.UNDONE, "KITE")]


def test_a_fake_and_a_blocked_release_count_and_trouble_of_the_world_does_not(shelf: Shelf) -> None:
    fails(shelf, Reason.DANGEROUS_CONTENT)
    fails(shelf, Reason.DISK_FULL)
    fails(shelf, Reason.DOWNLOAD_STALLED)
    shelf.running.do(shelf.running.engine.blocklist.add(Scope.RELEASE, FAKE.replace("SHOAL", "REEF")))
    shelf.running.do(shelf.running.engine.blocklist.add(Scope.GROUP, "NOBODY"))
    assert outcomes(shelf) == [(Outcome.FAKE, "SHOAL"), (Outcome.STALLED, "SHOAL"), (Outcome.REFUSED, "REEF")]
    assert every(shelf)[0].why == "It holds a program and no film."


def test_what_a_file_found_on_the_disk_is_says_nothing(shelf: Shelf) -> None:
    folder = Path(shelf.movie.folder)
    folder.mkdir(parents=True)
    (folder / f"{NAME}.mkv").write_bytes(CONTENT)
    shelf.running.do(shelf.running.engine.rescan.movie(shelf.movie.id))
    assert outcomes(shelf) == []


def test_what_happened_before_anybody_looked_is_read_out_with_the_start(shelf: Shelf) -> None:
    shelf.take(shelf.download())
    fails(shelf, Reason.NO_VIDEO)
    before = every(shelf)

    def forget() -> None:
        sql.change("DELETE FROM evidence")
        sql.change("DELETE FROM evidence_mark")

    shelf.running.do(shelf.running.engine.db.run(forget))
    shelf.running.stop()
    shelf.running.start()
    shelf.running.do(shelf.running.engine.jobs.idle())
    again = shelf.running.do(shelf.running.engine.db.read(evidence.every))
    assert [replace(event, id=0) for event in again] == [replace(event, id=0) for event in before]
    assert set(shelf.running.engine.reputations.current.groups) == {"kite", "shoal"}


def test_nothing_is_missed_or_counted_twice_when_a_table_begins_again(shelf: Shelf) -> None:
    for _ in range(3):
        fails(shelf, Reason.NO_VIDEO)
    assert len(every(shelf)) == 3
    shelf.running.do(shelf.running.engine.db.run(lambda: failures.forget(datetime.now(UTC))))
    fails(shelf, Reason.NO_VIDEO, FAKE.replace("SHOAL", "REEF"))
    assert [event.group for event in every(shelf)] == ["SHOAL", "SHOAL", "SHOAL", "REEF"]
    assert len(every(shelf)) == 4


def test_it_enters_the_decision_as_the_part_of_the_group_and_only_there(shelf: Shelf) -> None:
    do, judge = shelf.running.do, shelf.running.engine._judge
    assert group_points(shelf, FAKE) == group_points(shelf, NAME) == 0
    before = do(judge.of(shelf.movie, candidate(FAKE), Purpose.USER))
    for _ in range(6):
        fails(shelf, Reason.NO_VIDEO, FAKE.replace("2025", "2024"))
    every(shelf)
    after = do(judge.of(shelf.movie, candidate(FAKE), Purpose.USER))
    changed = [new for old, new in zip(before.parts, after.parts, strict=True) if old != new]
    assert [part.name for part in changed] == ["group"]
    assert -50 <= changed[0].points < 0
    assert after.score == before.score + changed[0].points
    assert (after.checks, group_points(shelf, NAME)) == (before.checks, 0)


def test_stored_verdicts_keep_the_points_they_were_given(shelf: Shelf) -> None:
    do, engine = shelf.running.do, shelf.running.engine
    do(engine._judge.judge(shelf.movie, [candidate(FAKE)], Purpose.SEARCH))
    for _ in range(6):
        fails(shelf, Reason.NO_VIDEO, FAKE.replace("2025", "2024"))
    every(shelf)
    (stored,) = [one for one in do(engine.decisions.why(shelf.movie.id)).releases if one.release.title == FAKE]
    assert stored.verdict is not None
    assert next(part.points for part in stored.verdict.parts if part.name == "group") == 0


def test_a_what_if_ranks_by_the_same_reputation(shelf: Shelf) -> None:
    """The bad group's release has more seeds; of equal ones in quality the other is taken, before and after."""
    do, engine = shelf.running.do, shelf.running.engine
    for _ in range(6):
        fails(shelf, Reason.NO_VIDEO, FAKE.replace("2025", "2024"))
    every(shelf)
    bad, good = candidate(FAKE), candidate(NAME)
    bad = replace(bad, release=replace(bad.release, seeders=900))
    do(engine._judge.judge(shelf.movie, [bad, good], Purpose.SEARCH))
    profile = do(engine.profiles.get(shelf.movie.slot.profile_id))
    changed = replace(make_profile(profile.name, ["Bluray-720p"]), id=profile.id)
    answer = do(engine.whatif.replay(Proposal({profile.id: changed})))
    (difference,) = answer.compared.differences
    assert difference.before is not None
    assert difference.before.title == NAME


def test_groups_and_the_events_behind_them_are_told(shelf: Shelf) -> None:
    do, reputations = shelf.running.do, shelf.running.engine.reputations
    assert do(reputations.groups()) == []
    shelf.take(shelf.download())
    for _ in range(3):
        fails(shelf, Reason.NO_VIDEO)
    every(shelf)
    shoal, kite = do(reputations.groups())
    assert [(one.name, one.written, one.events) for one in (shoal, kite)] == [
        ("shoal", "SHOAL", 3),
        ("kite", "KITE", 1),
    ]
    ((quality, standing),) = shoal.qualities
    assert quality.name == "Bluray-1080p"
    assert standing.points < 0
    assert standing.share < kite.qualities[0][1].share
    events = do(reputations.events("Shoal[rartv]"))
    assert [event.outcome for event in events] == [Outcome.FAKE] * 3
    with pytest.raises(Problem, match="Nothing has happened yet with releases of NOBODY") as refused:
        do(reputations.events("NOBODY"))
    assert refused.value.kind is Kind.NOT_FOUND


def test_a_fake_looked_into_and_a_release_that_arrived_tell_of_their_groups_by_themselves(quick: Stage) -> None:
    quick.add(search=True)
    quick.imported()
    fake, good = (parse_release(name).group for name in (quick.world.world.fake, quick.world.world.good))

    def told() -> set[tuple[Outcome, str]]:
        found = quick.running.do(quick.running.engine.db.read(evidence.every))
        return {(event.outcome, event.group) for event in found}

    quick.running.wait_for(lambda: told() == {(Outcome.FAKE, fake), (Outcome.IMPORTED, good)}, "both events")
    groups = {fake.casefold(), good.casefold()}
    quick.running.wait_for(
        lambda: set(quick.running.engine.reputations.current.groups) == groups, "what follows from them"
    )
