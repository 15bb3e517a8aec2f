"""The development sets: how much of what they hold is read, column by column.

What is missed is written down in docs/parser-notes.md. The sets are not part of this project.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.parsing.adapter import parse, spoken_only

SETS = Path(__file__).parents[3] / "shared" / "parser"
FLOORS = {
    "title": 97.0,
    "year": 100.0,
    "resolution": 99.3,
    "source": 98.8,
    "codec": 100.0,
    "hdr": 100.0,
    "audio": 98.9,
    "channels": 98.7,
    "edition": 96.2,
    "languages": 90.7,
    "group": 99.1,
    "container": 100.0,
    "core": 98.5,
}
"""Percent over the three sets, at what is reached."""


@pytest.fixture(scope="module")
def scorer() -> Iterator[ModuleType]:
    if not (SETS / "score.py").is_file():
        pytest.skip("the development sets are not beside this clone: they are nobody's to ship")
    sys.path.insert(0, str(SETS))
    try:
        spec = importlib.util.spec_from_file_location("parser_score", SETS / "score.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(SETS))


def percents(scorer: ModuleType, folder: str, adapter: object = parse) -> dict[str, float]:
    sets = {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in sorted((SETS / folder).glob("*.jsonl"))
    }
    result, _ = scorer.score(adapter, sets)
    assert not any(one["errors"] for one in result.values())
    return {field: 100 * right / all_ for field, (right, all_) in scorer.pooled(result).items()}


@pytest.mark.parametrize("field", FLOORS)
def test_the_three_sets_are_read_as_well_as_ever(scorer: ModuleType, field: str) -> None:
    assert percents(scorer, "sets")[field] >= FLOORS[field]


def test_plain_scene_names_are_read(scorer: ModuleType) -> None:
    assert percents(scorer, "silver")["core"] >= 99.7


def test_subtitles_are_not_taken_for_speech(scorer: ModuleType) -> None:
    """The sets count both as languages, and MULTi as English too: hence so few."""
    assert percents(scorer, "sets", spoken_only)["languages"] >= 66.0
