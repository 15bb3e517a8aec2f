"""Measure all figures, or those named: `python -m tests.bench [name ...]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench import machine, table
from tests.bench.figure import Result
from tests.bench.measuring import figures, measured_apart, modules


def main(names: Sequence[str], root: Path) -> int:
    """Measure; the files are rewritten only when every figure was."""
    known = {module: figures(module) for module in modules()}
    titles = {figure.name: figure.title for some in known.values() for figure in some}
    if unknown := set(names) - set(titles):
        print(f"No such figure: {', '.join(sorted(unknown))}. There are: {', '.join(sorted(titles))}")
        return 2
    wanted, results, broken = set(names or titles), list[Result](), 0
    for module, some in known.items():
        if wanted & {figure.name for figure in some}:
            theirs, faults = measured_apart(module, wanted)
            results, broken = [*results, *theirs], broken + faults
    if broken:
        print(f"{broken} of {len(wanted)} figures could not be measured; nothing was written.")
        return 1
    results.sort(key=lambda result: result.name)
    if not names:
        (root / "build").mkdir(exist_ok=True)
        figures_file = root / "build" / "bench.json"
        figures_file.write_text(json.dumps([asdict(result) for result in results], indent=2) + "\n", encoding="utf-8")
        table.rewrite(root / "docs" / "performance.md", machine.description(), titles, results)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).parents[2]))
