"""Reading release names: how long one takes, beside the peers, and how long the code takes to import."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import cache
from pathlib import Path

from radarr_desktop.domain.parsing import parse_release
from tests.bench import parsers
from tests.bench.figure import Figure, Unmeasurable
from tests.bench.program import environment

CORPUS = Path(__file__).parents[3] / "shared" / "parser" / "corpus.txt"
NAMES = 1_500
OF_PEERS = 150
"""Names that the peers get: of the same corpus, fewer, for they take long."""
_IMPORT = "import time\nbegin = time.process_time()\nimport {}\nprint((time.process_time() - begin) * 1000)"


@cache
def names(count: int) -> tuple[str, ...]:
    """Evenly taken from the corpus."""
    if not CORPUS.exists():
        raise Unmeasurable(f"the corpus of names is not at {CORPUS}")
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    return tuple(lines[:: len(lines) // count][:count])


def release(count: int = NAMES) -> float:
    """Microseconds of one core that a name takes; what other programs take of it does not count."""
    chosen = names(count)
    parse_release(chosen[0])
    begin = time.process_time()
    for name in chosen:
        parse_release(name)
    return (time.process_time() - begin) * 1e6 / len(chosen)


def against(peer: str) -> float:
    """How many times as long the peer takes for the same names, one right after the other."""
    theirs = parsers.microseconds(peer, names(OF_PEERS))
    return theirs / min(release(OF_PEERS) for _ in range(5))


def importing(module: str) -> float:
    """Milliseconds of one core in a new process."""
    command = [sys.executable, "-c", _IMPORT.format(module)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True, env=environment()).stdout)


FIGURES = [
    Figure("parse.release", "A release name, read", "µs", 40, release),
    Figure(
        "parse.vs_guessit",
        "Times as long guessit takes for the same names",
        "x",
        100,
        lambda: against("guessit"),
        rounds=3,
        at_least=True,
    ),
    Figure(
        "parse.vs_ptt", "Times as long PTT takes for the same names", "x", 10, lambda: against("ptt"), at_least=True
    ),
    Figure(
        "parse.import",
        "Import of the parser (reference: of dataclasses, enum and re)",
        "ms",
        25,
        lambda: importing("radarr_desktop.domain.parsing"),
        lambda: importing("dataclasses, enum, re"),
        rounds=9,
    ),
]
