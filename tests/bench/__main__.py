"""Measure all figures, or those named: `python -m tests.bench [name ...]`."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import tests.bench
from tests.bench import machine, table
from tests.bench.figure import Figure, Result, Unmeasurable, run


def figures() -> list[Figure]:
    """Return the `FIGURES` of every module named bench_*, in order of names."""
    names = sorted(one.name for one in pkgutil.iter_modules(tests.bench.__path__) if one.name.startswith("bench_"))
    found: list[Figure] = [one for name in names for one in importlib.import_module(f"tests.bench.{name}").FIGURES]
    return sorted(found, key=lambda figure: figure.name)


def measure(wanted: Sequence[Figure]) -> tuple[list[Result], int]:
    """Measure each figure and say so; what breaks is shown and counted, what needs something else left out."""
    results, broken = [], 0
    for figure in wanted:
        try:
            result = run(figure)
        except Unmeasurable as reason:
            print(f"{figure.name:18} left out: {reason}", flush=True)
            continue
        except Exception:  # noqa: BLE001  the other figures are still wanted
            traceback.print_exc()
            broken += 1
            continue
        goal = "met" if result.ok else "MISSED"
        beside = "" if result.reference is None else f"  reference {result.reference:g} {result.unit}"
        print(f"{result.name:18} {result.value:10g} {result.unit:4} goal {result.goal:g} {goal}{beside}", flush=True)
        results.append(result)
    return results, broken


def main(names: Sequence[str], root: Path) -> int:
    """Measure; the files are rewritten only when every figure was."""
    known = figures()
    if unknown := set(names) - {figure.name for figure in known}:
        print(f"No such figure: {', '.join(sorted(unknown))}. There are: {', '.join(one.name for one in known)}")
        return 2
    wanted = [figure for figure in known if not names or figure.name in names]
    results, broken = measure(wanted)
    if broken:
        print(f"{broken} of {len(wanted)} figures could not be measured; nothing was written.")
        return 1
    if not names:
        (root / "build").mkdir(exist_ok=True)
        figures_file = root / "build" / "bench.json"
        figures_file.write_text(json.dumps([asdict(result) for result in results], indent=2) + "\n", encoding="utf-8")
        titles = {figure.name: figure.title for figure in known}
        table.rewrite(root / "docs" / "performance.md", machine.description(), titles, results)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).parents[2]))
