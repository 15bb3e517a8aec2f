"""When a wanted movie is searched next on an indexer, and why. Pure: what happened comes in, a turn goes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from radarr_desktop.domain.movie import CINEMA_WINDOW, Availability, Movie, available_from

STEPS = tuple(timedelta(days=days) for days in (1, 3, 7, 30, 90))
"""Between two searches that found nothing: what does not come soon comes seldom."""


class Why(StrEnum):
    """What a search is for."""

    NEW = "new"
    """It was never searched there."""
    AGAIN = "again"
    CINEMA = "cinema"
    DIGITAL = "digital"
    DISC = "disc"
    HOME = "home"
    """It can probably be had at home: nobody tells a date but that of the cinemas."""
    PROFILE = "profile"
    """Its profile wants something else since."""
    BUSY = "busy"
    """A copy is on its way: whether it is still wanted is seen then."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A movie's place in the schedule of one indexer."""

    due: datetime
    why: Why
    step: int = 0
    """How often it was searched in vain since something last spoke for a search."""
    asked: datetime | None = None
    profile: str = ""
    """The profile it was last searched by, with its version."""


def first(movie: Movie, now: datetime, profile: str, *, delay: int = 0) -> Turn | None:
    """Of a movie that was never searched there; None: nobody knows when it will be out."""
    since, out = movie.added or now, _out(movie, delay)
    if out is None:
        return None
    at, why = out
    return Turn(at, why, profile=profile) if at > since else Turn(since, Why.NEW, profile=profile)


def searched(movie: Movie, turn: Turn, now: datetime, profile: str) -> Turn:
    """After a search; whatever it brought, the movie may stay wanted."""
    asked = turn.asked
    is_fresh = asked is None or turn.profile != profile or any(asked < at <= now for at, _ in _dates(movie))
    step = 0 if is_fresh else min(turn.step + 1, len(STEPS) - 1)
    return _next(movie, replace(turn, step=step, asked=now, profile=profile), now)


def behind(turn: Turn, now: datetime) -> Turn:
    """At one indexer, after the first search at another: who was searched nowhere goes before it now."""
    return replace(turn, due=now, why=Why.NEW) if turn.due < now else turn


def revised(movie: Movie, turn: Turn, now: datetime, profile: str, *, delay: int = 0) -> Turn | None:
    """What becomes of a turn where the movie's dates or its profile are others now."""
    if turn.asked is None:
        new = first(movie, now, profile, delay=delay)
        is_behind = new is not None and turn.why is Why.NEW and new.due < turn.due <= now
        return replace(turn, profile=profile) if is_behind else new
    if turn.profile == profile:
        return _next(movie, turn, turn.asked)
    return turn if turn.why is Why.PROFILE else replace(turn, due=min(now, turn.due), why=Why.PROFILE)


def _next(movie: Movie, turn: Turn, asked: datetime) -> Turn:
    due = asked + STEPS[turn.step]
    sooner = [date for date in _dates(movie) if asked < date[0] < due]
    at, why = min(sooner, default=(due, Why.AGAIN))
    return replace(turn, due=at, why=why)


def reason(turn: Turn) -> str:
    """Why it is searched then, as a sentence."""
    day = f"{turn.due.day} {turn.due:%b}"
    sentences = {
        Why.NEW: "It was not searched there yet.",
        Why.CINEMA: f"It is in cinemas from {day}.",
        Why.DIGITAL: f"Its digital release is on {day}.",
        Why.DISC: f"It is out on disc from {day}.",
        Why.HOME: f"It can probably be had at home from {day}, {CINEMA_WINDOW.days} days after the cinemas.",
        Why.PROFILE: "Its quality profile was changed since it was last searched.",
        Why.BUSY: "A copy of it is on its way.",
    }
    if turn.why is not Why.AGAIN or turn.asked is None:
        return sentences[turn.why]
    days = STEPS[turn.step].days
    asked = turn.asked.astimezone()
    return f"Again after {days} {'day' if days == 1 else 'days'} (last: {asked.day} {asked:%b})."


def _dates(movie: Movie) -> Iterator[tuple[datetime, Why]]:
    """The days that something new may be found from; a cinema's only where copies from there are wanted."""
    info = movie.info
    cinemas = info.in_cinemas if movie.minimum_availability is not Availability.RELEASED else None
    for why, day in ((Why.CINEMA, cinemas), (Why.DIGITAL, info.digital_release), (Why.DISC, info.physical_release)):
        if day is not None:
            yield _midnight(day), why


def _out(movie: Movie, delay: int) -> tuple[datetime, Why] | None:
    """From when on it is looked for, and what makes it so."""
    day = available_from(movie)
    if day is None or day == date.min:
        return (_midnight(date.min), Why.NEW) if day else None
    named = [why for at, why in _dates(movie) if at == _midnight(day)]
    return _midnight(day) + timedelta(days=delay), named[0] if named else Why.HOME


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
