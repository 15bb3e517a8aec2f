"""The parsers ours stands beside, in a venv of their own that is made when they are first measured."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tests.bench.figure import Unmeasurable
from tests.bench.program import environment

ROOT = Path(__file__).parents[2]
VENV = ROOT / "build" / "parsers"
PATIENCE = 300
_MEASURE = """
import json, sys, time
peer, names = json.load(sys.stdin)
if peer == "guessit":
    from guessit import guessit
    parse = lambda name: guessit(name, {"type": "movie"})
else:
    from PTT import Parser, add_defaults
    parser = Parser()
    add_defaults(parser)
    parse = parser.parse
parse(names[0])
begin = time.process_time()
for name in names:
    parse(name)
print((time.process_time() - begin) * 1e6 / len(names))
"""


def microseconds(peer: str, names: Sequence[str]) -> float:
    """Of one core, that a name takes guessit or PTT (parsett)."""
    done = subprocess.run(
        [str(_installed()), "-c", _MEASURE],
        input=json.dumps([peer, names]),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=environment(),
        check=False,
    )
    if done.returncode:
        raise Unmeasurable(f"{peer} ended with {done.returncode}: {done.stderr[-300:]}")
    return float(done.stdout)


@cache
def _installed() -> Path:
    python = VENV / "bin" / "python"
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["bench"]
    if not python.exists():
        VENV.parent.mkdir(exist_ok=True)
        _run([sys.executable, "-m", "venv", str(VENV)])
    _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted])
    return python


def _run(step: list[str]) -> None:
    done = subprocess.run(step, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if done.returncode:
        raise Unmeasurable(f"the parsers cannot be installed here: {done.stderr.strip()[-300:]}")
