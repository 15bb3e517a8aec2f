"""What a failed attempt at a job means: try again, when, and what people are told."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.plugin_api import PluginError, RateLimited, Unreachable

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 3600.0
LONGEST_ASKED = 86_400.0
"""Seconds; a service cannot silence us for longer."""

_TEMPORARY = {Kind.UNREACHABLE, Kind.RATE_LIMITED, Kind.STORAGE, Kind.DISK_FULL}


def back_off(attempt: int, jitter: Callable[[], float] = random.random) -> float:
    """Seconds to wait after the ``attempt``-th failure: doubling, and never for all at the same moment."""
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(20, max(0, attempt - 1)))
    return pause * (0.8 + 0.4 * jitter())


def pause_after(fault: Exception, attempt: int) -> float:
    """Seconds to wait after this fault: never shorter than the service asked for."""
    return max(back_off(attempt), asked_pause(fault) or 0.0)


def asked_pause(fault: BaseException | None) -> float | None:
    """What a service asked us to wait, by this fault or by the one behind it; a number one can wait for."""
    while fault is not None and not isinstance(fault, RateLimited):
        fault = fault.__cause__
    if fault is None or not fault.retry_after or math.isnan(fault.retry_after):
        return None
    return min(max(0.0, fault.retry_after), LONGEST_ASKED)


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
