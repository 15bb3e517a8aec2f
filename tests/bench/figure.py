"""One figure: how it is measured, against what, and what it is meant to be."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to measure; smaller is better, unless it must be `at_least` the goal. `measure` answers in `unit`.

    `reference` is the bare cost on the same machine (a function, run in turn with `measure`) or a peer's known figure.
    """

    name: str
    title: str
    unit: str
    goal: float
    measure: Callable[[], float]
    reference: Callable[[], float] | float | None = None
    rounds: int = 5
    at_least: bool = False


class Unmeasurable(Exception):
    """What a figure needs is not here; the message says what."""


@dataclass(frozen=True, slots=True)
class Result:
    """One object of build/bench.json."""

    name: str
    value: float
    unit: str
    reference: float | None
    ratio: float | None
    goal: float
    ok: bool
    command: str


def run(figure: Figure) -> Result:
    """Measure the figure and its reference by turns, so that both meet the same noise; medians count."""
    values: list[float] = []
    references: list[float] = []
    for _ in range(figure.rounds):
        values.append(figure.measure())
        if callable(figure.reference):
            references.append(figure.reference())
        elif figure.reference is not None:
            references.append(figure.reference)
    value = statistics.median(values)
    reference = statistics.median(references) if references else None
    return Result(
        name=figure.name,
        value=_rounded(value),
        unit=figure.unit,
        reference=_rounded(reference) if reference is not None else None,
        ratio=_rounded(value / reference) if reference else None,
        goal=figure.goal,
        ok=value >= figure.goal if figure.at_least else value <= figure.goal,
        command=f".venv/bin/python -m tests.bench {figure.name}",
    )


def _rounded(number: float) -> float:
    return float(f"{number:.4g}")
