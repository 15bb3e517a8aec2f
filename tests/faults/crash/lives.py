"""Lives of the program that end by SIGKILL: at every boundary, and at random moments."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.crash.boundaries import Boundary
from tests.faults.crash.program import LIFE, Case, wait_for
from tests.fixtures_engine import WorldThread

RATE = 1_200_000
"""Bytes a second of the seeder: a download lasts half a second, long enough to be hit."""
TRIES = 5
LONGEST = 3.0
"""Seconds after which a random life is ended at the latest."""


def slowed(folder: Path) -> WorldThread:
    """A loopback world whose seeder takes its time."""
    world = WorldThread(folder)
    world.do(world.world.seeder.limit(world.world.torrents[world.world.good], RATE))
    return world


def killed_at(case: Case, boundary: Boundary) -> bool:
    """One life that ends when this boundary is reached; False if it was over before it could be hit."""
    process = case.start()
    try:
        wait_for(lambda: boundary.reached(case) or boundary.is_missed(case), process, LIFE, boundary.pause)
        return not boundary.is_missed(case)
    except AssertionError as fault:
        raise AssertionError(f"{boundary.name}: {fault}\n{case.said()}") from fault
    finally:
        process.kill()


def killed_at_each(world: WorldThread, folder: Path, boundaries: Sequence[Boundary]) -> list[str]:
    """One movie's way, killed at each of these boundaries in turn; what was violated in the end.

    A boundary that was missed is tried again by a movie of its own.
    """
    violations: list[str] = []
    case, number = Case(world, folder / "0"), 0
    for boundary in boundaries:
        for _ in range(TRIES):
            if killed_at(case, boundary):
                break
            violations += ended(case)
            number += 1
            case = Case(world, folder / str(number))
        else:
            violations.append(f"{boundary.name}: missed {TRIES} times")
    return violations + ended(case)


def killed_at_random(case: Case, rng: random.Random, kills: int) -> tuple[int, list[str]]:
    """At most so many kills, fewer when the movie arrived before; how many, and what was violated in the end."""
    done = 0
    while done < kills and not case.has_arrived():
        process = case.start()
        time.sleep(rng.uniform(0.05, LONGEST))
        process.kill()
        done += 1
    return done, ended(case)


def ended(case: Case) -> list[str]:
    """Let the movie arrive, and look."""
    try:
        case.finish()
    except AssertionError as fault:
        return [f"{fault}\n{case.said()}"]
    return case.violations()
