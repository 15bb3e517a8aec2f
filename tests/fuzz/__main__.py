"""Fuzz parser, formats and matching: `python -m tests.fuzz [--minutes 11] [TARGET ...]`.

Each target gets the known bad texts, then the coverage-guided fuzzer, then hypothesis. What broke or took over 50 ms of
CPU is kept in tests/fuzz/found, where `make test` tries it again from then on.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import hashlib
import re
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz import inputs, targets
from tests.fuzz.clock import LIMIT

HUNG = 120
"""Seconds after which a call counts as endless, and the whole run ends with its traceback."""
OF_A_KIND = 3
"""Failures that are told."""
BY_HYPOTHESIS = 0.25
"""Share of the time."""


@dataclass(slots=True)
class Tried:
    """What was tried of one target, and what came of it."""

    name: str
    calls: int = 0
    guided: int = 0
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)

    def one(self, text: str, *, known: bool = False) -> None:
        """Feed one text; what breaks or is slow is kept, if it is not known as bad anyway."""
        faulthandler.dump_traceback_later(HUNG, exit=True)
        self.calls += 1
        if self.calls % 500 == 0:
            gc.collect()
        try:
            spent = targets.seconds(self.name, text)
            if spent > LIMIT:
                spent = targets.seconds_again(self.name, text)
        except Exception as error:  # noqa: BLE001  every exception is a finding
            last = traceback.extract_tb(error.__traceback__)[-1]
            self.failed(f"{Path(last.filename).name}:{last.lineno} {type(error).__name__}", text, known=known)
            return
        self.slowest = max(self.slowest, spent)
        if spent > LIMIT:
            self.failed("slow", text, f": {spent * 1000:.0f} ms for {len(text)} characters", known=known)

    def failed(self, kind: str, text: str, told: str = "", *, known: bool = False) -> None:
        """Tell of an input, and save it for good; a few of each kind are enough."""
        if sum(one.startswith(kind) for one in self.failures) >= OF_A_KIND:
            return
        raw = text.encode("utf-8", "surrogatepass")
        path = inputs.FOUND / f"{self.name}.{hashlib.sha256(raw).hexdigest()[:12]}.txt"
        if not known:
            path.write_bytes(raw)
        self.failures.append(f"{kind}{told}, {text[:40]!a}{'' if known else f', kept as {path.name}'}")


def guided(tried: Tried, seconds: int) -> None:
    """The coverage-guided fuzzer in a process of its own; what it found is tried again without its instruments."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        command = [sys.executable, "-m", "tests.fuzz.guided", tried.name, str(seconds), folder]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
        runs = re.search(r"Done (\d+) runs|#(\d+)\s+DONE", done.stderr)
        tried.guided = int(runs[1] or runs[2]) if runs else 0
        for path in sorted(Path(folder).iterdir()):
            if path.name.startswith(("broke-", "slow-")):
                tried.one(path.read_bytes().decode("utf-8", "surrogatepass"))
            elif path.name.startswith("stopped-"):
                tried.failed("stopped the fuzzer", inputs.from_bytes(path.read_bytes()))
        if not tried.guided and not tried.failures:
            tried.failures.append(f"the guided fuzzer did not run: {done.stderr.strip()[-500:]}")


def explore(tried: Tried, seconds: float) -> None:
    """Hypothesis, another seed each time, until the time is over."""
    end, round_ = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        round_ += 1

        @seed(round_)
        @settings(
            max_examples=300,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(targets.texts(tried.name))
        def some(text: str) -> None:
            tried.one(text)

        some()


def fuzz(name: str, seconds: float) -> Tried:
    """All of it for one target."""
    tried = Tried(name)
    for text in targets.known(name):
        tried.one(text, known=True)
    faulthandler.cancel_dump_traceback_later()  # the guided fuzzer has a limit of its own
    guided(tried, max(5, round(seconds * (1 - BY_HYPOTHESIS))))
    explore(tried, seconds * BY_HYPOTHESIS)
    faulthandler.cancel_dump_traceback_later()
    told = f"{tried.guided:>9,} guided {tried.calls:>7,} plain calls, slowest {tried.slowest * 1000:5.1f} ms"
    print(f"{name:12} {told}  {'ok' if not tried.failures else 'BROKEN'}", flush=True)
    for failure in tried.failures:
        print(f"    {failure}", flush=True)
    return tried


def main() -> int:
    """Fuzz the targets that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=11, help="in all")
    parser.add_argument("targets", nargs="*", choices=[[], *targets.TARGETS], metavar="TARGET")
    asked = parser.parse_args()
    gc.disable()  # a collection of everybody's garbage is not the call's time
    names = asked.targets or list(targets.TARGETS)
    print(f"{asked.minutes:g} minutes for {', '.join(names)}", flush=True)
    broken = [name for name in names if fuzz(name, asked.minutes * 60 / len(names)).failures]
    print(f"Broken: {', '.join(broken)}" if broken else "Nothing broke, and no call took over 50 ms.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
