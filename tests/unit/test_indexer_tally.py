"""How an indexer has answered lately."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from radarr_desktop.domain.indexer_tally import Answer, Tally, tally

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def answered(*seconds: float) -> list[Answer]:
    return [Answer(NOW + timedelta(minutes=place), "search", took, 3) for place, took in enumerate(seconds)]


@pytest.mark.parametrize(("seconds", "median"), [((), None), ((2.0,), 2.0), ((3.0, 1.0), 2.0), ((9.0, 1.0, 2.0), 2.0)])
def test_the_median_is_of_good_answers_alone(seconds: tuple[float, ...], median: float | None) -> None:
    failed = Answer(NOW, "feed", 20.0, 0, "It is not there.")
    assert tally([failed, *answered(*seconds)]).median == median


def test_the_last_of_both_kinds_is_told() -> None:
    failed = Answer(NOW + timedelta(hours=1), "feed", 20.0, 0, "It is not there.")
    told = tally([*answered(1.0, 2.0), failed])
    assert told == Tally(2, 1, 6, 1.5, NOW + timedelta(minutes=1), failed.at, "It is not there.")
    assert tally([]) == Tally()
