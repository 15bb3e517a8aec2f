"""How long calls take, in CPU time of this thread: other programs do not count."""

from __future__ import annotations

import functools
import gc
import re
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import regex

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


def forget() -> None:
    """Empty every cache: the first call with an input is the one that counts."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper):
            each.cache_clear()
    re.purge()
    regex.purge()
