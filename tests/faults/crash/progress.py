"""Ends a program by what it has done and not by the clock, so that a slow machine is hit as hard as a fast one."""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests.faults.crash.many_imports import COMMITTED
from tests.faults.crash.program import Process

PATIENCE = 120.0
_LOOK_EVERY = 0.002


def committed(output: Path) -> list[tuple[int, str]]:
    """The imports that were told as done: number and version."""
    lines = [line.split() for line in output.read_text(errors="replace").splitlines()]
    return [(int(words[1]), words[2]) for words in lines if words[:1] == [COMMITTED]]


def killed_after(process: Process, output: Path, imports: int, rng: random.Random) -> bool:
    """Kill it somewhere in the one or two imports that follow so many; False when it ended by itself before."""
    before, deadline = len(committed(output)), time.monotonic() + PATIENCE
    first, begin = 0, 0.0
    while (done := len(committed(output)) - before) < imports:
        if done and not first:
            first, begin = done, time.monotonic()
        if not process.is_alive():
            process.kill()
            return False
        if time.monotonic() > deadline:
            process.kill()
            raise AssertionError(f"{done} of {imports} imports within {PATIENCE:g} s")
        time.sleep(_LOOK_EVERY)
    pace = (time.monotonic() - begin) / max(1, done - first) if first else 0.0
    time.sleep(rng.uniform(0, 2) * pace)
    alive = process.is_alive()
    process.kill()
    return alive
