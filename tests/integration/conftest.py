"""What the tests of the whole pipeline stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.stage import CLIENTS, Stage, staged


@pytest.fixture(params=CLIENTS)
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """With each client; nothing is wanted yet."""
    with staged(tmp_path, request.param) as made:
        yield made


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Stage]:
    """With the built-in client, for what does not depend on it."""
    with staged(tmp_path, "libtorrent") as made:
        yield made
