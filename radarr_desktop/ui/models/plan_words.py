"""A plan of many searches in words: how much each indexer has to do, at its limits, and until when."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from radarr_desktop.engine.search.mass import SearchPlan, SearchProgress, Share
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.indexer_words import seconds

_GAP = "\u00a0"


@dataclass(frozen=True)
class Line:
    """What one indexer has to do."""

    name: str
    searches: str
    limits: str
    takes: str
    ends: str
    waits_for_user: bool


def line(share: Share) -> Line:
    """Of one."""
    limits = [_say("one every {time}").format(time=seconds(share.pause))] if share.pause else []
    limits += [_say("{count} an hour").format(count=times.number(share.hourly))] if share.hourly else []
    stuck = math.isinf(share.seconds)
    return Line(
        share.name,
        times.number(share.requests),
        ", ".join(limits) or _say("no limit"),
        _say("not now") if stuck else span(share.seconds),
        _say("needs you first") if stuck else ends(share.seconds),
        stuck,
    )


def sentence(plan: SearchPlan) -> str:
    """The whole of it."""
    many = len(plan.movie_ids)
    words = _say("{count} searches, {time} at your limits, done {end}.")
    if plan.waits:
        words = _say("{count} searches, {time} at your limits.")
    said = words.format(count=times.number(many), time=span(plan.seconds), end=_when(plan.seconds))
    if plan.left_out:
        rest = _say("{count} more are left out: no indexer is searched for them.")
        said += " " + rest.format(count=times.number(plan.left_out))
    return f"{said} {plan.waits}".rstrip()


def progress(state: SearchProgress) -> str:
    """How far it is."""
    done = state.begun - state.left
    if state.waits:
        words = _say("{done} of {count} movies searched.")
        return f"{words.format(done=times.number(done), count=times.number(state.begun))} {state.waits}"
    words = _say("{done} of {count} movies searched, {time} to go, done {end}.")
    return words.format(
        done=times.number(done),
        count=times.number(state.begun),
        time=span(state.seconds),
        end=_when(state.seconds),
    )


def span(count: float) -> str:
    """ "less than a minute", "12 min", "5.2 h", "3.4 days"."""
    if count < 60:
        return _say("less than a minute")
    for most, unit, format in _UNITS:
        if count < most:
            return format().format(count=f"{count / unit:.{0 if unit == 60 else 1}f}").replace(" ", _GAP)
    raise AssertionError("the last unit has no end")


def ends(count: float) -> str:
    """When so many seconds have passed: "Today 21:40"."""
    return times.moment(datetime.now(UTC) + timedelta(seconds=count))


def _when(count: float) -> str:
    """The same within a sentence: "today at 21:40"."""
    moment = datetime.now(UTC) + timedelta(seconds=count)
    today = datetime.now().astimezone().date()
    at = _say("today at {time}").format(time=times.clock(moment))
    return at if moment.astimezone().date() == today else times.moment(moment)


_UNITS: tuple[tuple[float, int, Callable[[], str]], ...] = (
    (5400, 60, lambda: _say("{count} min")),
    (48 * 3600, 3600, lambda: _say("{count} h")),
    (math.inf, 86_400, lambda: _say("{count} days")),
)


def _say(words: str) -> str:
    return QCoreApplication.translate("PlanWords", words)
