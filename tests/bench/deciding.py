"""1,000 releases decided by a process that has just started and does nothing else: `... deciding FILE_OF_NAMES`."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from radarr_desktop.domain.custom_formats import CompiledFormats, CustomFormat
from radarr_desktop.domain.decision import Candidate, IndexerTerms, Situation, evaluate
from radarr_desktop.domain.decision.rating import rate
from radarr_desktop.domain.guide import read_format
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.plugin_api import MovieInfo, Release

SHARED = Path(__file__).parents[3] / "shared"
GUIDE = SHARED / "trash" / "docs" / "json" / "radarr" / "cf"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
MOVIE = Movie(
    1,
    MovieInfo(
        1,
        "The Salt Meridian",
        2025,
        "tt9000001",
        original_language="en",
        runtime=104,
        digital_release=date(2025, 6, 10),
    ),
    (Slot(1, "", 1, "/library"),),
    "/library/The Salt Meridian (2025)",
)


def formats() -> list[CustomFormat]:
    """All of TRaSH's."""
    bodies = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GUIDE.glob("*.json"))]
    return [replace(read_format(body), id=number) for number, body in enumerate(bodies, 1)]


def decide_all(names: list[str]) -> int:
    """How many are good enough."""
    known = formats()
    scores = {one.id: one.guide_scores.get("default", 0) for one in known}
    profile = replace(make_profile("HD", ["WEB 1080p", "Bluray-1080p"]), format_scores=scores)
    compiled, situation = CompiledFormats(known), Situation(NOW, indexers=(IndexerTerms(1),))
    accepted = 0
    for number, name in enumerate(names):
        candidate = Candidate(Release(str(number), name, 8 * 1024**3, seeders=20), parse_release(name), 1)
        rated = rate(candidate, MOVIE, compiled)
        accepted += evaluate(rated, MOVIE, MOVIE.slot, profile, situation).accepted
    return accepted


if __name__ == "__main__":
    decide_all(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
