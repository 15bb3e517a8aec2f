"""When a movie is searched next by itself, and why then, or why not: as people read it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from radarr_desktop.domain import amounts
from radarr_desktop.domain.backlog import Turn, Why, reason
from radarr_desktop.domain.movie import Movie, available_from
from radarr_desktop.domain.problem import Problem

SOON = 90.0
"""Seconds that are not worth telling."""


@dataclass(frozen=True, slots=True)
class PlannedSearch:
    """When a movie is searched next: it stands in line from then on, until its indexers have room."""

    movie_id: int
    title: str
    due: datetime
    why: Why
    reason: str
    """As a sentence."""
    indexer: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """Of one movie."""

    sentence: str
    """What comes next and why, or what keeps it from coming and what to do."""
    searches: tuple[PlannedSearch, ...] = ()
    """At each indexer, what comes first first."""


@dataclass(frozen=True, slots=True)
class Place:
    """In the line of an indexer."""

    ahead: int
    """Movies that are due before it."""
    seconds: float
    """Until its turn, if nobody else asks; infinite where only the user can mend the indexer."""
    problem: str
    """Of the indexer."""


@dataclass(frozen=True, slots=True)
class Line:
    """All that is due at an indexer."""

    indexer: str
    place: Place
    """Of the last one."""

    @property
    def sentence(self) -> str:
        """As people read it."""
        many = "1 movie" if not self.place.ahead else f"{self.place.ahead + 1:,} movies"
        if math.isinf(self.place.seconds):
            return f"{many} in line for {self.indexer}, which does not work: {self.place.problem}"
        return f"{many} in line for {self.indexer}, about {_long(self.place)} at its limits."


def planned(movie_id: int, title: str, turn: Turn, indexer: str) -> PlannedSearch:
    """A turn as it is told."""
    return PlannedSearch(movie_id, title, turn.due, turn.why, reason(turn), indexer)


def foreseen(first: PlannedSearch, place: Place | None, held: Problem | None, now: datetime) -> str:
    """What comes of what is planned; ``held``: what keeps everything up."""
    if held is not None:
        return f"It is not searched by itself. {held.why} {held.todo}"
    if place is None:
        return f"It is searched next {_when(first.due, now)}, at {first.indexer}. {first.reason}"
    line = f"It stands in line for {first.indexer}"
    if math.isinf(place.seconds):
        return f"{line}, which does not work: {place.problem}"
    if place.seconds < SOON:
        line += "."
    elif place.ahead:
        line += (
            f", behind {place.ahead:,} {'other' if place.ahead == 1 else 'others'}: about {_long(place)} at its limits."
        )
    else:
        line += f", which has room again in about {_long(place)}."
    return f"{line} {first.reason}"


def why_not(movie: Movie, *, has_indexer: bool) -> str:
    """No search is planned."""
    if not movie.monitored:
        return "It is not searched by itself: it is not monitored."
    if not has_indexer:
        return "It is not searched by itself: no indexer is on for it."
    if movie.file is not None:
        return "Nothing better is looked for: its profile has what it wants."
    if available_from(movie) is None:
        return "It is not searched by itself yet: nobody knows when it will be out."
    return "No search is planned for it."


def _long(place: Place) -> str:
    return amounts.span(timedelta(seconds=place.seconds))


def _when(at: datetime, now: datetime) -> str:
    local = at.astimezone()
    days = (local.date() - now.astimezone().date()).days
    if days <= 0:
        return f"at {local:%H:%M}"
    return f"tomorrow at {local:%H:%M}" if days == 1 else f"on {local.day} {local:%b}"
