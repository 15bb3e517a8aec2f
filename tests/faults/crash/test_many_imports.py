"""SIGKILL while files are linked, copied and replaced by the hundred, and the order in which they reach the disk."""

from __future__ import annotations

import random
import secrets
from pathlib import Path

import pytest

from tests.faults.crash.hammer import hammered


@pytest.mark.parametrize("how", ["link", "copy"])
def test_killed_among_many_imports_nothing_is_lost_or_done_twice(how: str, tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    kills, violations = hammered(tmp_path / "root", how, random.Random(seed), movies=120, kills=8)
    assert violations == [], f"seed {seed}"
    assert kills == 8
