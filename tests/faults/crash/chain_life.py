"""One life with a chain, that ends at a step or when the chain has ended: `... FOLDER CHAIN STEP`, 0 for none."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.faults.crash.steps import Steps

PATIENCE = 60.0


def main() -> None:
    """Watched from before its first thread on."""
    folder, name, die_at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    steps = Steps(die_at, statements=False)

    from tests.faults.crash.chains import CHAINS
    from tests.fixtures_engine import RunningEngine

    running = RunningEngine(folder, (folder / "test.toml").read_text(encoding="utf-8"))
    running.start()
    chain = next(one for one in CHAINS if one.name == name)
    steps.begin()
    chain.act(running)
    running.wait_for(lambda: chain.is_over(folder), "the end of the chain")
    running.do(running.engine.jobs.idle())
    steps.end()
    running.stop()
    (folder / "steps.json").write_text(json.dumps(steps.seen))
