"""SIGKILL while a collection is looked through, adopted and given back: it goes on where it was, each movie once."""

from __future__ import annotations

import random
import secrets
from pathlib import Path

from tests.faults.crash.gathered import killed


def test_killed_in_the_middle_a_collection_is_gone_on_with_where_it_was(tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    kills, violations = killed(tmp_path / "collection", random.Random(seed), places=60, kills=2)
    assert violations == [], f"seed {seed}"
    assert kills
