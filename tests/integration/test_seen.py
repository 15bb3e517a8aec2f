"""What was seen in numbers, on the real engine: sizes by quality, and what custom formats match."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from radarr_desktop.domain.custom_formats import CustomFormat, Kind, Specification
from radarr_desktop.domain.decision import Candidate
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.plugin_api import Release
from radarr_desktop.store import releases
from tests.fixtures_engine import RunningEngine, running_engine
from tests.integration.test_whatif import GB, KINDS, filled

BLURAY = CustomFormat(0, "Blu-ray", (Specification(Kind.TITLE, "word", {"value": r"\bBluRay\b"}),))
NEVER = CustomFormat(0, "Never", (Specification(Kind.TITLE, "word", {"value": r"\bnothing like it\b"}),))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEngine]:
    with running_engine(tmp_path) as running:
        yield running


def test_sizes_are_told_by_quality_in_megabytes_a_minute(running: RunningEngine) -> None:
    filled(running, 4, 10)
    sizes = running.do(running.engine.seen.sizes())
    assert sum(map(len, sizes.values())) == 40
    web = sizes[BY_NAME["webdl-1080p"].id]
    assert len(web) == 8
    assert set(web) == {4 * 1024 / 100}, "4 GB in 100 minutes"
    assert running.do(running.engine.seen.sizes(days=0)) == {}


@pytest.mark.parametrize(("movies", "each"), [(2, 10), (15, 20)], ids=["in a thread", "aside"])
def test_matches_are_counted_by_format(running: RunningEngine, movies: int, each: int) -> None:
    filled(running, movies, each)
    bluray, never = (running.do(running.engine.formats.add(one)) for one in (BLURAY, NEVER))
    counts = running.do(running.engine.seen.matches())
    assert (counts[bluray.id], counts[never.id]) == (movies * each // len(KINDS), 0)
    assert set(counts) == {one.id for one in running.do(running.engine.formats.all())}


@pytest.mark.parametrize(("movies", "each"), [(2, 10), (15, 40)], ids=["in a thread", "aside"])
def test_what_was_judged_and_what_was_only_collected_is_counted_once(
    running: RunningEngine, movies: int, each: int
) -> None:
    filled(running, movies, each)
    name = "Iron.Petal.2024.2160p.WEB-DL.H.264-KITE"
    collected = Candidate(Release("hdbits-77", name, size=2 * GB), parse_release(name), 9, "HDBits")
    for _ in range(2):
        running.do(running.engine.db.run(lambda: releases.remember([collected], datetime.now(UTC))))
    told = running.do(running.engine.statistics.seen())
    assert told.total == movies * each + 1
    assert sum(one.count for one in told.sources) == told.total
    assert next(one for one in told.groups if one.name == "KITE").count == 1
    assert running.do(running.engine.statistics.seen(days=0)).total == 0
