"""What the tests of the desktop share."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures_engine import WorldThread


@pytest.fixture
def place() -> Iterator[Path]:
    """Return a folder with a short name: the sockets of a session lie in it."""
    with tempfile.TemporaryDirectory(prefix="rd-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[WorldThread]:
    """Return the loopback world, with folders for downloads and library beside it."""
    (tmp_path / "downloads").mkdir()
    (tmp_path / "library").mkdir()
    world = WorldThread(tmp_path)
    yield world
    world.close()
