"""What stands between a movie and its file, in one sentence: the nearest miss with its distance, the rest counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from radarr_desktop.domain.decision import Check, Outcome, ScorePart, Verdict
from radarr_desktop.domain.decision.nearness import distance, is_near
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.domain.records import HistoryEntry, HistoryKind, Judgement, ProfileMark, StoredRelease
from radarr_desktop.engine.decisions.answer import explain, rank
from radarr_desktop.engine.decisions.timeline import TurnKind, timeline
from radarr_desktop.plugin_api import MovieInfo, Release

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOVIE = Movie(
    1,
    MovieInfo(7, "Iron Petal", 2025, digital_release=date(2025, 6, 1)),
    (Slot(1, "", 1, "/l"),),
    "/l/Iron Petal",
    last_search=NOW,
)
PROFILE = make_profile("HD", ["WEB 1080p", "Bluray-1080p"])
TOO_BIG = Check("size", "22.0\u00a0GB", "up to 20.1\u00a0GB", Outcome.REJECTED, "Too big.")
TOO_SMALL = Check("size", "0.4\u00a0GB", "2.0\u00a0GB to 20.1\u00a0GB", Outcome.REJECTED, "Too small.")
OVER_CAP = Check("cap", "22.0\u00a0GB", "at most 20.1\u00a0GB", Outcome.REJECTED, "Over the cap.")
UNWANTED = Check("quality", "CAM", "Bluray-1080p", Outcome.REJECTED, "CAM is not wanted.")
OTHER = Check("movie", "Iron Rose", "Iron Petal (2025)", Outcome.REJECTED, "The name says Iron Rose.")
FINE = Check("seeders", "5", "at least 1", Outcome.ACCEPTED)


def release(id: int, *wrong: Check, quality: int = 1, outcome: Outcome | None = None) -> StoredRelease:
    title = f"Iron.Petal.2025.{id}.1080p.WEB-DL-KITE"
    given = outcome or (Outcome.REJECTED if wrong else Outcome.ACCEPTED)
    verdict = Verdict(given, (*wrong, FINE), quality, (ScorePart("quality", quality),))
    return StoredRelease(id, Release(str(id), title), 1, "HDB", parse_release(title), NOW, NOW, 1, verdict, NOW)


def told(*releases: StoredRelease, movie: Movie = MOVIE) -> tuple[str, str]:
    return explain(movie, PROFILE, sorted(releases, key=rank), (), NOW.date())


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (TOO_BIG, "1.9\u00a0GB too big"),
        (TOO_SMALL, "1.6\u00a0GB too small"),
        (OVER_CAP, "1.9\u00a0GB over your size cap"),
        (Check("seeders", "0", "at least 1", Outcome.REJECTED), "1 seeder short"),
        (Check("formats", "-1,200", "at least 300", Outcome.REJECTED), "1,500 points short in its custom formats"),
        (UNWANTED, "CAM, which is not wanted"),
        (Check("language", "French", "English", Outcome.REJECTED), "in French, not in English"),
        (Check("size", "not told", "any size", Outcome.REJECTED), ""),
        (Check("size", "20.1\u00a0GB", "up to 20.1\u00a0GB", Outcome.REJECTED), ""),
        (Check("upgrade", "CAM", "better than CAM", Outcome.REJECTED), ""),
    ],
)
def test_a_miss_has_a_distance_in_words(check: Check, words: str) -> None:
    assert distance(check) == words


def test_the_best_of_many_misses_is_told_and_the_rest_counted() -> None:
    seen = [release(n, UNWANTED) for n in range(1, 4)]
    seen += [release(4, OTHER, quality=9), release(5, OVER_CAP, quality=4), release(6, OVER_CAP, UNWANTED, quality=8)]
    sentence, detail = told(*seen)
    assert sentence == "6 releases of Iron Petal seen, the best was 1.9\u00a0GB over your size cap."
    best = "Iron.Petal.2025.5.1080p.WEB-DL-KITE"
    assert detail == (
        f"{best}: Over the cap. Of all: 3 in a quality that is not wanted, 2 over the size cap, 1 of another movie."
    )


def test_who_missed_by_far_is_not_the_nearest() -> None:
    far = Check("cap", "56.0\u00a0GB", "at most 20.1\u00a0GB", Outcome.REJECTED, "Far over the cap.")
    seen = [release(1, far, quality=9), release(2, OVER_CAP, quality=4), release(3, UNWANTED, quality=8)]
    assert told(*seen)[0] == "3 releases of Iron Petal seen, the best was 1.9\u00a0GB over your size cap."


def test_one_miss_and_misses_without_a_measure() -> None:
    assert told(release(1, TOO_BIG))[0] == "One release of Iron Petal seen, 1.9\u00a0GB too big."
    sentence, detail = told(release(1, OTHER), release(2, OTHER, UNWANTED))
    assert sentence == "2 releases of Iron Petal seen, none good enough."
    assert "The name says Iron Rose." in detail
    assert not is_near(Verdict(Outcome.REJECTED, (OTHER,)))


def test_what_would_be_taken_or_waits_comes_before_what_was_rejected() -> None:
    waits = release(3, Check("delay", "1 h to go", "6 h", Outcome.DELAYED, "It waits."), outcome=Outcome.DELAYED)
    assert told(release(1, UNWANTED), release(2))[0] == "One release of Iron Petal would be good enough."
    assert told(release(1, UNWANTED), waits) == ("One release of Iron Petal cannot be taken yet.", "It waits.")


def test_nothing_seen_says_whether_it_is_out_and_when_it_was_searched() -> None:
    assert told()[1].startswith("Last searched")
    later = replace(MOVIE, info=replace(MOVIE.info, digital_release=date(2027, 1, 1)), last_search=None)
    assert told(movie=later)[1] == "It is not out yet. It has not been searched yet."
    assert told(movie=replace(MOVIE, monitored=False))[0] == "Iron Petal is not looked for: it is not monitored."


def test_a_file_says_whether_it_is_good_enough() -> None:
    def having(quality: str) -> Movie:
        file = MovieFile(1, 1, 1, "/l/x.mkv", 1, NOW, BY_NAME[quality], release_title="Iron.Petal.x")
        return replace(MOVIE, slots=(replace(MOVIE.slot, file=file),))

    assert told(movie=having("bluray-1080p"))[1] == "It came as Iron.Petal.x."
    web = having("webdl-1080p")
    wants = "You have WEBDL-1080p. Profile HD wants Bluray-1080p."
    assert told(movie=web) == ("Iron Petal is in your library as WEBDL-1080p; a better copy is looked for.", wants)
    assert told(release(2), movie=web)[0].endswith(
        "one release seen, Iron.Petal.2025.2.1080p.WEB-DL-KITE would be better."
    )
    no_better = Check("upgrade", "WEBDL-1080p", "better than WEBDL-1080p", Outcome.REJECTED, "It is no better.")
    seen = (release(1, no_better, quality=9), release(2, OVER_CAP, quality=4), release(3, UNWANTED))
    waiting = "Waiting for a better copy of Iron Petal: "
    assert told(*seen, movie=web) == (
        f"{waiting}3 releases seen, the best one is 1.9\u00a0GB over your size cap.",
        wants,
    )
    assert told(seen[0], movie=web)[0] == f"{waiting}one release seen, none good enough."
    assert "is in your library" in told(*seen, movie=replace(web, monitored=False))[0]


def test_the_timeline_tells_batches_changes_of_mind_and_of_profile() -> None:
    def judged(id: int, hour: int, stored: StoredRelease, version: int = 1) -> Judgement:
        assert stored.verdict
        at = NOW + timedelta(hours=hour)
        return Judgement(id, 1, ProfileMark(1, version), at, at, stored.verdict)

    seen = [release(1, UNWANTED), release(2, UNWANTED), release(3)]
    given = [judged(one.id, 0, one) for one in seen]
    given += [judged(3, 1, release(3, TOO_BIG)), judged(1, 2, release(1), version=2)]
    history = [HistoryEntry(1, 1, HistoryKind.GRABBED, NOW + timedelta(hours=3), "a", data={"indexer": "HDB"})]
    turns = timeline(given, seen, history, {1: "HD"})
    assert [(turn.kind, turn.sentence) for turn in turns] == [
        (TurnKind.GRABBED, "HDB"),
        (TurnKind.JUDGED, "Good enough, score 1."),
        (TurnKind.PROFILE_CHANGED, "Profile HD was changed."),
        (TurnKind.JUDGED, "Too big."),
        (TurnKind.SEEN, "3 releases: 1 good enough, 2 in a quality that is not wanted."),
    ]
    assert turns[-1].release_ids == (1, 2, 3)
    assert turns[3].title == seen[2].release.title


def test_everything_that_can_happen_has_its_place_in_the_story() -> None:
    history = [HistoryEntry(number, 1, kind, NOW, "A title") for number, kind in enumerate(HistoryKind)]
    assert len(timeline([], [], history, {})) == len(HistoryKind)
