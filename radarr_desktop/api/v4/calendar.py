"""/api/v4/calendar: what comes out when, and when each wanted movie is searched next, and why."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Id, Query
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.engine.search.outlook import Line, PlannedSearch

USUAL = timedelta(days=31)


class CalendarQuery(Query):
    start: date | None = None
    """Today, where it is left out."""
    end: date | None = None
    """The last day; a month later, where it is left out."""
    movie_id: Id = 0
    """The searches of this movie alone, at each indexer."""


class ComingAnswer(Answer):
    movie_id: int
    title: str
    day: str
    kind: str
    """``cinema``, ``digital`` or ``disc``."""
    monitored: bool
    has_file: bool


class SearchAnswer(Answer):
    movie_id: int
    title: str
    due: datetime
    """It stands in line from then on, until its indexer has room."""
    why: str
    reason: str
    """The same as a sentence."""
    indexer: str


class LineAnswer(Answer, kw_only=True):
    indexer: str
    waiting: int
    """Movies that are due there."""
    seconds: float | None = None
    """Until the last of them at the indexer's limits; left out where only the user can mend the indexer."""
    sentence: str


class CalendarAnswer(Answer):
    releases: list[ComingAnswer]
    searches: list[SearchAnswer]
    waiting: int
    """Movies that are due, and wait until their indexers have room."""
    lines: list[LineAnswer]
    """The same for each indexer where that takes more than a moment, the longest line first."""
    held: str
    """What keeps all searches up, and what to do; empty: nothing does."""


async def _get(call: Call[CalendarQuery, None]) -> CalendarAnswer:
    calendar, query = call.engine.calendar, call.query
    start = query.start or datetime.now(UTC).date()
    end = query.end or start + USUAL
    coming = await calendar.releases(start, end)
    if query.movie_id:
        searches = list((await calendar.outlook(query.movie_id)).searches)
    else:
        searches = await calendar.searches(end=datetime.combine(end, time.max, UTC))
    return CalendarAnswer(
        releases=[
            ComingAnswer(
                movie_id=one.movie_id,
                title=one.title,
                day=one.day.isoformat(),
                kind=one.kind.value,
                monitored=one.monitored,
                has_file=one.has_file,
            )
            for one in coming
            if query.movie_id in (0, one.movie_id)
        ],
        searches=[search_answer(one) for one in searches],
        waiting=await calendar.waiting(),
        lines=[_line(one) for one in await calendar.lines()],
        held=str(await calendar.held() or ""),
    )


def _line(one: Line) -> LineAnswer:
    place = one.place
    seconds = place.seconds if math.isfinite(place.seconds) else None
    return LineAnswer(indexer=one.indexer, waiting=place.ahead + 1, seconds=seconds, sentence=one.sentence)


def search_answer(one: PlannedSearch) -> SearchAnswer:
    """A planned search as the port tells it."""
    return SearchAnswer(
        movie_id=one.movie_id,
        title=one.title,
        due=moment(one.due),
        why=one.why.value,
        reason=one.reason,
        indexer=one.indexer,
    )


ENDPOINTS = (Endpoint("GET", "/api/v4/calendar", _get, CalendarAnswer, CalendarQuery),)
