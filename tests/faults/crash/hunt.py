"""Kill operations, or pull the plug, at each of their steps: `python -m tests.faults.crash.hunt FOLDER`.

A program of its own, because its lives are forks of it.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.faults.crash.brought import BROUGHT
from tests.faults.crash.cuts import CutScene
from tests.faults.crash.running import command
from tests.faults.crash.stages import STAGES, Stage
from tests.faults.crash.stepwise import Scene

LAST = 24
"""The last step of a recovery that a second kill may hit."""

ALL = (*STAGES, *BROUGHT)
Found = tuple[int, list[str]]
"""Ends, and what was wrong."""


def killed(stage: Stage, folder: Path, chosen: Chosen) -> Found:
    """Once for good, once again while it recovers."""
    scene, ends, bad = Scene(stage, folder), 0, []
    for step, rng in chosen.of(scene):
        for again in (0, rng.randint(1, LAST)):
            done, found = scene.killed_at(step, again)
            ends += done
            name = f"{stage.name}, killed {scene.steps[step - 1]} (step {step})" + f", again at {again}" * (again > 0)
            bad += [f"{name}: {line}" for line in found]
    scene.close()
    return ends, bad


def cut(stage: Stage, folder: Path, chosen: Chosen) -> Found:
    """At the end, and at each step both at once and after the recovery from a kill."""
    scene = CutScene(stage, folder)
    ends, bad = 1, [f"{stage.name}, cut at the end: {line}" for line in scene.cut_at(0)]
    for step, _ in chosen.of(scene):
        name = f"{stage.name}, cut {scene.steps[step - 1]} (step {step})"
        bad += [f"{name}: {line}" for line in scene.cut_at(step)]
        bad += [f"{name}, after its recovery: {line}" for line in scene.cut_after_recovery_from(step)]
        ends += 2
    scene.close()
    return ends, bad


class Chosen:
    """Which steps: all, so many of them, or those of a name."""

    def __init__(self, seed: str, most: int, at: str) -> None:
        self._rng, self._most, self._at = random.Random(seed), most, at

    def of(self, scene: Scene) -> Iterator[tuple[int, random.Random]]:
        """Numbers of steps, from 1."""
        steps = [number for number, name in enumerate(scene.steps, 1) if self._at in name]
        if self._most and self._most < len(steps):
            steps = sorted(self._rng.sample(steps, self._most))
        return ((step, self._rng) for step in steps)


def run(folder: Path, *options: str, at: Path | None = None) -> dict[str, Found]:
    """Hunt in a process of its own; by stage. ``at`` is a folder with another version of the program."""
    line = command("tests.faults.crash.hunt", str(folder), *options)
    done = subprocess.run(line, cwd=at, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"it ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {name: (ends, bad) for name, ends, bad in rows}


def main() -> None:
    """One line of JSON for each stage: its name, how often it was ended, what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cut", action="store_true", help="pull the plug instead")
    parser.add_argument("--seed", default="")
    parser.add_argument("--most", type=int, default=0, help="steps of each stage; 0 for all")
    parser.add_argument("--at", default="", help="steps whose name contains this")
    parser.add_argument("--only", action="append", default=[], help="the stage of this name, and of others")
    options = parser.parse_args()
    for stage in ALL:
        if not options.only or stage.name in options.only:
            folder = options.folder / stage.name.replace(" ", "-")
            folder.mkdir(parents=True)
            chosen = Chosen(f"{options.seed} {stage.name}", options.most, options.at)
            ends, bad = (cut if options.cut else killed)(stage, folder, chosen)
            shutil.rmtree(folder)
            print(json.dumps([stage.name, ends, bad]), flush=True)


if __name__ == "__main__":
    main()
