"""Hostile text breaks nothing; `make fuzz` looks longer, and at the time it takes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz import inputs, targets
from tests.fuzz.clock import Clock


@pytest.mark.parametrize("name", targets.TARGETS)
def test_known_bad_text_breaks_nothing(name: str) -> None:
    for text in inputs.hostile():
        targets.TARGETS[name](text, Clock())


@pytest.mark.parametrize("name", targets.TARGETS)
def test_what_broke_once_does_not_break_again(name: str) -> None:
    for text in inputs.found(name):
        targets.TARGETS[name](text, Clock())


@pytest.mark.parametrize("name", targets.TARGETS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(text=inputs.TEXTS)
def test_made_up_text_breaks_nothing(name: str, text: str) -> None:
    targets.TARGETS[name](text, Clock())
