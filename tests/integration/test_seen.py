"""What was seen in numbers, on the real engine: sizes by quality, and what custom formats match."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from radarr_desktop.domain.custom_formats import CustomFormat, Kind, Specification
from radarr_desktop.domain.quality import BY_NAME
from tests.fixtures_engine import RunningEngine, running_engine
from tests.integration.test_whatif import KINDS, filled

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
