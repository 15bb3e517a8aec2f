"""`make crash`: killed at every step and boundary, at random, among thousands of imports, and the plug pulled."""

from __future__ import annotations

import argparse
import random
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.crash import chained, client, gathered, hunt
from tests.faults.crash.boundaries import BOUNDARIES
from tests.faults.crash.brought import BROUGHT
from tests.faults.crash.chains import CHAINS
from tests.faults.crash.hammer import hammered
from tests.faults.crash.lives import killed_at_each, killed_at_random, slowed
from tests.faults.crash.mutants import MUTANTS, made
from tests.faults.crash.plug import can_cut
from tests.faults.crash.power import cut
from tests.faults.crash.program import Case
from tests.faults.crash.stages import STAGES, Stage

AT_ONCE = 4
"""Stages: much of a life is waiting."""

Part = Callable[[Path, random.Random], tuple[int, list[str]]]


def at_boundaries(folder: Path, rng: random.Random) -> tuple[int, list[str]]:
    """Each boundary in a case of its own, then all in one."""
    world, bad, kills = slowed(folder), [], 0
    try:
        for number, boundaries in enumerate([*([one] for one in BOUNDARIES), BOUNDARIES]):
            found = killed_at_each(world, folder / str(number), boundaries)
            bad += [f"{', '.join(one.name for one in boundaries)}: {line}" for line in found]
            kills += len(boundaries)
    finally:
        world.close()
    return kills, bad


def at_random(folder: Path, rng: random.Random, most: int = 100) -> tuple[int, list[str]]:
    """A hundred random moments, a few in each case."""
    world, bad, kills, number = slowed(folder), [], 0, 0
    try:
        while kills < most:
            done, found = killed_at_random(Case(world, folder / str(number)), rng, min(5, most - kills))
            bad += [f"case {number}: {line}" for line in found]
            kills, number = kills + done, number + 1
    finally:
        world.close()
    return kills, bad


def among_many(how: str) -> Part:
    """Links or copies by the hundred."""
    return lambda folder, rng: hammered(folder / "root", how, rng, movies=500, kills=60)


def at_steps(stages: Sequence[Stage], *options: str) -> Part:
    """Each operation at each of its steps."""

    def part(folder: Path, rng: random.Random) -> tuple[int, list[str]]:
        seed = str(rng.random())

        def hunted(stage: Stage) -> dict[str, hunt.Found]:
            return hunt.run(folder, "--seed", seed, "--only", stage.name, *options)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = {name: one for each in pool.map(hunted, stages) for name, one in each.items()}
        print(f"  {', '.join(f'{name}: {ends}' for name, (ends, _) in found.items())}")
        return sum(ends for ends, _ in found.values()), [line for _, bad in found.values() for line in bad]

    return part


def of_chains(folder: Path, rng: random.Random, most: int = 12) -> tuple[int, list[str]]:
    """What goes to the real qBittorrent and comes back, killed at steps of its way."""
    found = [chained.killed_at_steps(chain, folder / chain.name, rng, most) for chain in CHAINS]
    return sum(kills for kills, _ in found), [line for _, bad in found for line in bad]


def of_collections(folder: Path, rng: random.Random) -> tuple[int, list[str]]:
    """A scan, an adoption and its undo that last some seconds, each killed again and again."""
    return gathered.killed(folder / "collection", rng, places=200, kills=5)


def with_client(folder: Path, rng: random.Random, most: int = 50) -> tuple[int, list[str]]:
    """The real qBittorrent instead of the built-in downloader: every boundary, then random moments."""
    world, number = slowed(folder), 0
    try:
        kills, bad = client.killed_at_boundaries(world, folder / "boundaries")
        while kills < most:
            done, found = client.killed_at_random(world, folder / str(number), rng, 5)
            bad += [f"case {number}: {line}" for line in found]
            kills, number = kills + done, number + 1
    finally:
        world.close()
    return kills, bad


def of_mutants(folder: Path, rng: random.Random) -> tuple[int, list[str]]:
    """The program with a step left out; what is wrong is that nobody notices."""
    bad = []
    for number, mutant in enumerate(MUTANTS):
        (folder / str(number)).mkdir()
        found = hunt.run(folder / f"{number} world", *mutant.hunt, at=made(mutant, folder / str(number)))
        ours = hunt.run(folder / f"{number} ours", *mutant.hunt)
        noticed = any(wrong for _, wrong in found.values())
        print(f"  {mutant.name}: {'found' if noticed else 'NOT FOUND'}")
        bad += [] if noticed else [f"nobody noticed that {mutant.name}"]
        bad += [line for _, wrong in ours.values() for line in wrong]
    return len(MUTANTS), bad


def by_power(how: str, cuts: int = 12) -> Part:
    """The plug pulled again and again; counts the cuts."""

    def part(folder: Path, rng: random.Random) -> tuple[int, list[str]]:
        bad, committed = [], []
        for number in range(cuts):
            done, found = cut(folder / str(number), how, rng)
            committed.append(done)
            bad += [f"cut {number}: {line}" for line in found]
            shutil.rmtree(folder / str(number))
        print(f"  committed before the cuts: {committed}")
        return cuts, bad

    return part


def main() -> int:
    """Run it all; 1 when anything was violated."""
    parser = argparse.ArgumentParser(prog="make crash", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbits(32), help="to repeat a run")
    parser.add_argument("--only", default="", help="parts whose name contains this")
    options = parser.parse_args()
    parts: dict[str, Part] = {
        "steps": at_steps(STAGES),
        "steps of what is brought": at_steps(BROUGHT, "--most", "6"),
        "boundaries": at_boundaries,
        "random moments": at_random,
        "qBittorrent": with_client,
        "qBittorrent, chains": of_chains,
        "collection": of_collections,
        "many links": among_many("link"),
        "many copies": among_many("copy"),
        "power, links": by_power("link"),
        "power, copies": by_power("copy"),
        "power, steps": at_steps(STAGES, "--cut", "--most", "12"),
        "power, steps of what is brought": at_steps(BROUGHT, "--cut", "--most", "2"),
        "power, mutants": of_mutants,
    }
    print(f"seed {options.seed}", flush=True)
    began, ends, violations, not_run = time.monotonic(), 0, 0, 0
    for name, part in parts.items():
        if options.only not in name:
            continue
        with tempfile.TemporaryDirectory(prefix="rd-crash-") as folder:
            if name.startswith("power") and not can_cut(Path(folder)):
                print(f"{name}: not run, only root can mount the image of a disk")
                not_run += 1
                continue
            since = time.monotonic()
            done, bad = part(Path(folder), random.Random(f"{options.seed} {name}"))
            ends, violations = ends + done, violations + len(bad)
            print(f"{name}: {done} ends, {len(bad)} violations, {time.monotonic() - since:.0f} s", flush=True)
            for line in bad:
                print(f"  {line}")
    left_out = f", {not_run} parts not run" if not_run else ""
    told = f"{ends} ends, {violations} violations{left_out}, {time.monotonic() - began:.0f} s"
    print(f"{'VIOLATED' if violations else 'All is well'}: {told} (seed {options.seed})")
    return int(violations > 0)


if __name__ == "__main__":
    sys.exit(main())
