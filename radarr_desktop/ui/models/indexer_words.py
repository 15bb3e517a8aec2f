"""How an indexer is doing, in words: its requests, its answers, its feed, and why it is left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from radarr_desktop.engine.search.indexer_states import IndexerState
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.parts import Tone

_GAP = "\u00a0"


@dataclass(frozen=True)
class Figure:
    """One fact: what it is about, how much it is, and a remark."""

    title: str
    value: str
    note: str = ""
    tone: Tone = "text3"
    """Of the remark."""
    part: float | None = None
    """What is used up of what there is."""


def figures(state: IndexerState, *, follows_feed: bool) -> list[Figure]:
    """The four of them."""
    return [_requests(state), _answers(state), _speed(state), _feed(state, follows_feed=follows_feed)]


def remarks(state: IndexerState) -> list[str]:
    """What needs a whole sentence: a gap in the feed, and what went wrong last."""
    said = [state.feed.missed] if state.feed and state.feed.missed else []
    tally = state.tally
    if tally.last_failure is not None and not is_left_alone(state):
        words = _say("Last failure, {when}: {problem}")
        said.append(words.format(when=times.moment(tally.last_failure), problem=tally.last_problem))
    return said


def is_left_alone(state: IndexerState) -> bool:
    """Is nothing asked of it right now, whatever the hour has left?"""
    return state.state == "broken" or (state.limits is not None and state.limits.paused_until is not None)


def pause(state: IndexerState) -> tuple[str, str]:
    """Until when it is left alone, and why; empty texts where it is asked."""
    if state.state == "broken":
        return _say("{name} is not asked until you have changed something").format(name=state.name), state.problem
    limits = state.limits
    if limits is not None and limits.paused_until is not None:
        until = _then(limits.paused_until)
        return _say("{name} is left alone until {time}").format(name=state.name, time=until), limits.why
    return "", ""


def short(state: IndexerState) -> str:
    """The same for a list, where it works: how fast it answers, and what is left of the hour."""
    limits, median = state.limits, state.tally.median
    if limits is not None and limits.left is not None:
        left = _say("{left} of {hourly} left").format(left=limits.left, hourly=limits.hourly)
        return f"{seconds(median)} · {left}" if median is not None else left
    return _say("Answers in {time}").format(time=seconds(median)) if median is not None else _say("Works")


def seconds(count: float) -> str:
    """ "0.4 s", "2 s", "3 min"."""
    return f"{count:.1f}{_GAP}s" if count < 10 and count % 1 >= 0.05 else amounts.duration(count)


def _requests(state: IndexerState) -> Figure:
    title, limits = _say("Requests this hour"), state.limits
    if limits is None:
        return Figure(title, "0", _say("switched off"))
    every = _say("one every {time}").format(time=seconds(limits.pause)) if limits.pause else ""
    if not limits.hourly:
        return Figure(title, times.number(limits.last_hour), every or _say("no limit"))
    value = _say("{used} of {hourly}").format(used=times.number(limits.last_hour), hourly=times.number(limits.hourly))
    part = limits.last_hour / limits.hourly
    if limits.free_at is not None:
        again = _say("asked again at {time}").format(time=times.clock(limits.free_at))
        return Figure(title, value, again, "wait", part)
    return Figure(title, value, every, part=part)


def _answers(state: IndexerState) -> Figure:
    tally = state.tally
    title = _say("Answers in 7 days")
    if not tally.answers and not tally.failures:
        return Figure(title, "0", _say("not asked yet"))
    failed = _say("{count} failed").format(count=times.number(tally.failures))
    words, tone = (failed, "miss") if tally.failures else (_say("none failed"), "text3")
    return Figure(title, times.number(tally.answers), words, tone)  # type: ignore[arg-type]


def _speed(state: IndexerState) -> Figure:
    tally = state.tally
    if tally.median is None:
        return Figure(_say("Usual answer"), "–")
    found = _say("{count} releases in all").format(count=times.number(tally.found))
    return Figure(_say("Usual answer"), seconds(tally.median), found)


def _feed(state: IndexerState, *, follows_feed: bool) -> Figure:
    title, place = _say("Newest releases"), state.feed
    if not follows_feed:
        return Figure(title, _say("Not followed"))
    if place is None:
        return Figure(title, _say("Not read yet"))
    if place.missed and place.missed_at == place.at:
        return Figure(title, times.moment(place.at), _say("with a gap"), "miss")
    gap = _say("last gap {when}").format(when=times.moment(place.missed_at)) if place.missed_at else _say("no gap")
    return Figure(title, times.moment(place.at), gap)


def _then(moment: datetime) -> str:
    """ "14:20", and the day where it is not today."""
    today = datetime.now().astimezone().date()
    return times.clock(moment) if moment.astimezone().date() == today else times.moment(moment)


def _say(words: str) -> str:
    return QCoreApplication.translate("IndexerWords", words)
