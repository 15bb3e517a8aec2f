"""FlexGet, in a venv of its own that is made when it is first measured: a peer to stand beside, not a dependency."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tests.bench.figure import Unmeasurable

VERSION = "3.22.7"
ENTRIES = 1_000
VENV = Path(__file__).parents[2] / "build" / "flexget"
PATIENCE = 300


def from_start(names: Sequence[str]) -> float:
    """Seconds from its start until it has filtered these entries by one quality."""
    program = _installed()
    with tempfile.TemporaryDirectory(prefix="flexget-") as folder:
        entries = [{"title": name, "url": f"http://127.0.0.1:1/{number}"} for number, name in enumerate(names)]
        task = {"mock": entries, "quality": "1080p", "accept_all": True, "disable": ["seen", "retry_failed"]}
        config = Path(folder) / "config.yml"
        config.write_text(json.dumps({"tasks": {"bench": task}}), encoding="utf-8")  # JSON is YAML
        command = [str(program), "-c", str(config), "--loglevel", "error", "execute", "--tasks", "bench"]
        begin = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        seconds = time.perf_counter() - begin
        if done.returncode:
            raise Unmeasurable(f"FlexGet ended with {done.returncode}: {done.stderr[-300:]}")
    return seconds


@cache
def _installed() -> Path:
    program = VENV / "bin" / "flexget"
    if not program.exists():
        VENV.parent.mkdir(exist_ok=True)
        steps = (
            [sys.executable, "-m", "venv", str(VENV)],
            [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", f"flexget=={VERSION}"],
        )
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, timeout=PATIENCE, check=False)
            if done.returncode:
                raise Unmeasurable(f"FlexGet cannot be installed here: {done.stderr.strip()[-300:]}")
    return program
