"""SIGKILL on the way to qBittorrent and back: one torrent for a slot, never two, and none forgotten."""

from __future__ import annotations

import random
import secrets
from pathlib import Path

import pytest

from tests.faults.crash.chained import killed_at_steps
from tests.faults.crash.chains import CHAINS, Chain

STEPS = 2


@pytest.mark.parametrize("chain", CHAINS, ids=lambda chain: chain.name)
def test_killed_at_some_steps_a_chain_comes_to_its_end_once(chain: Chain, tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    kills, violations = killed_at_steps(chain, tmp_path / "chain", random.Random(seed), STEPS)
    assert violations == [], f"seed {seed}"
    assert kills
