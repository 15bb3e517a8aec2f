"""How an indexer has answered lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one question."""

    at: datetime
    kind: str
    """``search`` or ``feed``."""
    took: float
    """Seconds, with the wait for its turn."""
    found: int
    problem: str = ""
    """Why it gave nothing, or not all, as a sentence."""


@dataclass(frozen=True, slots=True)
class Tally:
    """All of them together."""

    answers: int = 0
    failures: int = 0
    found: int = 0
    """Releases."""
    median: float | None = None
    """Seconds an answer took; None: there was none."""
    last_answer: datetime | None = None
    last_failure: datetime | None = None
    last_problem: str = ""


def tally(answers: Sequence[Answer]) -> Tally:
    """Oldest first."""
    good = [one for one in answers if not one.problem]
    bad = [one for one in answers if one.problem]
    return Tally(
        answers=len(good),
        failures=len(bad),
        found=sum(one.found for one in answers),
        median=_median([one.took for one in good]),
        last_answer=good[-1].at if good else None,
        last_failure=bad[-1].at if bad else None,
        last_problem=bad[-1].problem if bad else "",
    )


def _median(seconds: list[float]) -> float | None:
    # here: the module for such things brings fractions and decimals along, which a start does not need
    seconds.sort()
    middle = len(seconds) // 2
    if not seconds:
        return None
    return seconds[middle] if len(seconds) % 2 else (seconds[middle - 1] + seconds[middle]) / 2
