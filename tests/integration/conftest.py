"""What the tests of the whole pipeline stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.moody_host import SECRET, MoodyHost
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


@pytest.fixture
def world(tmp_path: Path) -> Iterator[MoodyHost]:
    """A plugin host that looks for leaked secrets at its end."""
    made = MoodyHost(tmp_path)
    yield made
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or SECRET.encode() not in path.read_bytes(), path
