"""How long calls take, in CPU time of this thread: other programs do not count."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

LIMIT = 0.05
"""Seconds that no call takes, on one core."""


class Clock:
    """Times each call that is made through it; what a target does besides is not held against the program."""

    def __init__(self) -> None:
        self.slowest = 0.0

    def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Make the call."""
        begin = time.thread_time()
        try:
            return work(*args, **kwargs)
        finally:
            self.slowest = max(self.slowest, time.thread_time() - begin)
