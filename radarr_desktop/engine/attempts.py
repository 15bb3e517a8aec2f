"""What a failed attempt at a job means: try again, when, and what people are told."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from radarr_desktop.domain.failure_reading import causes, of_error
from radarr_desktop.domain.failures import STRATEGIES, Reason
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.plugin_api import PluginError, RateLimited, Unreachable

FIRST_PAUSE = 5.0
LONGEST_ASKED = 86_400.0
"""Seconds; a service cannot silence us for longer."""

_TEMPORARY = {Kind.UNREACHABLE, Kind.RATE_LIMITED, Kind.STORAGE, Kind.DISK_FULL}


class Postponed(Exception):
    """A job that could not begin yet, through no fault of its own: it comes back, and no attempt is counted."""

    def __init__(self, seconds: float, why: str) -> None:
        super().__init__(why)
        self.seconds = seconds


def pause_after(fault: Exception, attempt: int, jitter: Callable[[], float] = random.random) -> float:
    """Seconds to wait after the ``attempt``-th failure, by the strategy of this fault.

    Never for all at the same moment, and never shorter than the service asked for.
    """
    pause = STRATEGIES[of_error(fault)].pause_after(attempt) or STRATEGIES[Reason.PROGRAM_ERROR].pause_after(attempt)
    return max(pause.total_seconds() * (0.8 + 0.4 * jitter()), asked_pause(fault) or 0.0)


def asked_pause(fault: BaseException) -> float | None:
    """What a service asked us to wait, by this fault or by the one behind it; a number one can wait for."""
    asked = next((each.retry_after for each in causes(fault) if isinstance(each, RateLimited)), None)
    return None if not asked or math.isnan(asked) else min(max(0.0, asked), LONGEST_ASKED)


def is_temporary(fault: Exception) -> bool:
    """May the same attempt go well later?"""
    if isinstance(fault, Problem):
        return fault.kind in _TEMPORARY
    return isinstance(fault, RateLimited | Unreachable) or not isinstance(fault, PluginError)


def sentence(fault: Exception) -> str:
    """What people read; the words of an unexpected fault stay in the log, they may hold anything."""
    if isinstance(fault, Problem | PluginError):
        return str(fault)
    return "The program made a mistake here. The log has the details."
