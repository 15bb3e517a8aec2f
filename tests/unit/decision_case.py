"""One release, one movie and one situation, to ask the evaluator about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from radarr_desktop.domain.decision import (
    Candidate,
    Check,
    IndexerTerms,
    Outcome,
    Situation,
    evaluate,
)
from radarr_desktop.domain.languages import ANY
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.quality import BY_NAME, Revision
from radarr_desktop.plugin_api import MovieInfo, Release

NOW = datetime(2025, 12, 1, 12, tzinfo=UTC)
PROFILE = replace(make_profile("HD", ["HDTV-1080p", "WEB 1080p", "Bluray-1080p"]), language=ANY)
MOVIE = Movie(
    1,
    MovieInfo(
        900001,
        "The Salt Meridian",
        2025,
        "tt9000001",
        original_language="en",
        runtime=100,
        digital_release=date(2025, 6, 10),
    ),
    (Slot(1, "", 1, "/library"),),
    "/library/The Salt Meridian (2025)",
    tags=(7,),
)
NAME = "The.Salt.Meridian.2025.1080p.WEB-DL.H.264-BRINE"
MB, GB = 1024**2, 1024**3
NBSP = "\u00a0"


def candidate(name: str = NAME, *, size: int = 4 * GB, seeders: int | None = 10, **more: Any) -> Candidate:
    release = Release("1", name, size=size, seeders=seeders, **more)
    return Candidate(release, parse_release(name), 3, "Pier")


def having(quality: str = "webdl-1080p", *, group: str = "BRINE", days: int = 1, revision: int = 1) -> Movie:
    added = NOW - timedelta(days=days)
    file = MovieFile(1, 1, 1, "/x.mkv", 4 * GB, added, BY_NAME[quality], Revision(0, revision), group)
    return replace(MOVIE, slots=(replace(MOVIE.slot, file=file),))


def situation(**changes: Any) -> Situation:
    terms = changes.pop("terms", IndexerTerms(3))
    return Situation(NOW, indexers=(terms,), **changes)


def ask(name: str, of: Candidate | None = None, movie: Movie = MOVIE, profile: Any = PROFILE, **changes: Any) -> Check:
    verdict = evaluate(of or candidate(), movie, movie.slot, profile, situation(**changes))
    return next(each for each in verdict.checks if each.name == name)


def passes(check: Check) -> bool:
    assert bool(check.sentence) == (check.outcome is not Outcome.ACCEPTED)
    assert check.observed
    assert check.limit
    return check.outcome is Outcome.ACCEPTED
