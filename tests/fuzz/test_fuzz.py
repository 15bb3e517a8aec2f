"""Hostile text breaks nothing; `make fuzz` looks longer, and at the time it takes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import targets
from tests.fuzz.clock import Clock


@pytest.mark.parametrize("name", targets.TARGETS)
def test_known_bad_text_breaks_nothing(name: str) -> None:
    for text in targets.known(name):
        targets.TARGETS[name](text, Clock())


@pytest.mark.parametrize("name", targets.TARGETS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_made_up_text_breaks_nothing(name: str, data: st.DataObject) -> None:
    targets.TARGETS[name](data.draw(targets.texts(name)), Clock())
