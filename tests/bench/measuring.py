"""Measure the figures of one module after the other, each module in a process of its own."""

from __future__ import annotations

import importlib
import multiprocessing
import pkgutil
import traceback
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor

import tests.bench
from tests.bench.figure import Figure, Result, Unmeasurable, run


def modules() -> list[str]:
    """Every module named bench_*."""
    return sorted(one.name for one in pkgutil.iter_modules(tests.bench.__path__) if one.name.startswith("bench_"))


def figures(module: str) -> list[Figure]:
    """The `FIGURES` of one of them."""
    found: list[Figure] = importlib.import_module(f"tests.bench.{module}").FIGURES
    return found


def measured_apart(module: str, names: Collection[str]) -> tuple[list[Result], int]:
    """The wanted figures of a module in a process of their own: what one makes and keeps would weigh on the next."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        return apart.submit(measure, module, names).result()


def measure(module: str, names: Collection[str]) -> tuple[list[Result], int]:
    """Measure each figure and say so; what breaks is shown and counted, what needs something else left out."""
    results, broken = [], 0
    for figure in [one for one in figures(module) if one.name in names]:
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
