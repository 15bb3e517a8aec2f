"""Fixtures: an engine with its port, empty or furnished."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.served import Served


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Served]:
    """A program nobody has set up yet."""
    with Served(tmp_path) as served:
        yield served


@pytest.fixture
def served(bare: Served) -> Served:
    """A program with services, a library and one wanted movie."""
    bare.furnish()
    return bare
