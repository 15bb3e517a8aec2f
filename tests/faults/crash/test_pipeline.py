"""SIGKILL at every stage boundary and at random moments: the movie arrives exactly once, nothing is left behind."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.crash import client
from tests.faults.crash.boundaries import BOUNDARIES
from tests.faults.crash.lives import killed_at_each, killed_at_random, slowed
from tests.faults.crash.program import Case
from tests.fixtures_engine import WorldThread

RANDOM_KILLS = 8


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorldThread]:
    """One for all cases."""
    world = slowed(tmp_path_factory.mktemp("world"))
    yield world
    world.close()


def test_killed_at_every_boundary_the_movie_arrives_once(world: WorldThread, tmp_path: Path) -> None:
    assert killed_at_each(world, tmp_path / "case", BOUNDARIES) == []


def test_killed_with_qbittorrent_the_movie_arrives_once_and_all_bytes_are_right(
    world: WorldThread, tmp_path: Path
) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    kills, violations = client.killed_at_random(world, tmp_path / "case", random.Random(seed), 3)
    assert violations == [], f"seed {seed}"
    assert kills


def test_killed_at_random_moments_the_movie_arrives_once(world: WorldThread, tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    rng, kills, case = random.Random(seed), 0, 0
    while kills < RANDOM_KILLS:
        done, violations = killed_at_random(Case(world, tmp_path / str(case)), rng, RANDOM_KILLS - kills)
        assert violations == [], f"seed {seed}, case {case}"
        kills, case = kills + done, case + 1
