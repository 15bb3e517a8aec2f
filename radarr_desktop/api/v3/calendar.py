"""/calendar: movies that come out in a span of days, and the same as a feed for calendar programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import msgspec
from starlette.responses import Response

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Call, Endpoint, Query
from radarr_desktop.api.v3.movie_shapes import MovieResource
from radarr_desktop.api.v3.movies import resources_of
from radarr_desktop.domain.movie import Movie

USUAL = timedelta(days=2)
_KINDS = {
    "cinemas": ("in_cinemas", "Theatrical Release", "cinemarelease"),
    "digital": ("digital_release", "Digital Release", "digitalrelease"),
    "physical": ("physical_release", "Physical Release", "physicalrelease"),
}


class CalendarQuery(Query):
    start: str = ""
    """A day, or a moment of it."""
    end: str = ""
    unmonitored: bool = False
    tags: str = ""


class FeedQuery(Query):
    past_days: int = 7
    future_days: int = 28
    tags: str = ""
    unmonitored: bool = False
    release_types: list[str] = msgspec.field(default_factory=list)


async def _get(call: Call[CalendarQuery, None]) -> list[MovieResource]:
    query = call.query
    start = _day(query.start, "start") or datetime.now(UTC).date()
    end = _day(query.end, "end") or start + USUAL
    movies = await _chosen(call, query.tags, unmonitored=query.unmonitored)
    out = [movie for movie in movies if any(start <= day <= end for _, day in _dates(movie))]
    return await resources_of(call.engine, out)


async def _feed(call: Call[FeedQuery, None]) -> Response:
    query, today = call.query, datetime.now(UTC).date()
    wanted = {word.lower() for word in query.release_types}
    start, end = _near(today, -query.past_days), _near(today, query.future_days)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//radarr.video//Radarr//EN",
        "NAME:Radarr Movies Calendar",
        "X-WR-CALNAME:Radarr Movies Calendar",
    ]
    for movie in await _chosen(call, query.tags, unmonitored=query.unmonitored):
        for kind, day in _dates(movie):
            if start <= day <= end and (not wanted or _KINDS[kind][2] in wanted):
                lines += _event(movie, kind, day)
    body = "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))
    return Response(body, media_type="text/calendar")


async def _chosen(
    call: Call[CalendarQuery, None] | Call[FeedQuery, None], words: str, *, unmonitored: bool
) -> list[Movie]:
    movies = [movie for movie in await call.engine.movies.all() if unmonitored or movie.monitored]
    labels = {word.strip().lower() for word in words.split(",") if word.strip()}
    if not labels:
        return movies
    ids = {tag.id for tag in await call.engine.tags.all() if tag.label.lower() in labels or str(tag.id) in labels}
    return [movie for movie in movies if ids & set(movie.tags)]


def _dates(movie: Movie) -> Iterator[tuple[str, date]]:
    for kind, (field, _, _) in _KINDS.items():
        if day := getattr(movie.info, field):
            yield kind, day


def _event(movie: Movie, kind: str, day: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:Radarr_movie_{movie.id}_{kind}"
    yield f"DTSTAMP:{datetime.combine(day, time(), UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{_near(day, 1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(movie.info.title)} ({_KINDS[kind][1]})"
    yield f"DESCRIPTION:{_escaped(movie.info.overview)}"
    yield f"CATEGORIES:{_escaped(movie.info.studio)}"
    yield f"STATUS:{'TENTATIVE' if movie.info.status == 'announced' else 'CONFIRMED'}"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """RFC 5545: what separates is escaped, and a value has one line."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join("".join(letter for letter in line if letter.isprintable()) for line in text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 bytes; a letter is never cut."""
    part, room = "", 75
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield part
            part, room = " ", 74
        part, room = part + letter, room - size
    yield part


def _near(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _day(word: str, field: str) -> date | None:
    """Clients send days, moments, and moments with a zone."""
    if not word:
        return None
    try:
        return datetime.fromisoformat(word.replace(" ", "+")).date()
    except ValueError:
        raise NotAccepted(failure(field, "Write a day as 2026-10-31.", word)) from None


ENDPOINTS = (
    Endpoint("GET", "/api/v3/calendar", _get, list[MovieResource], CalendarQuery),
    Endpoint("GET", "/feed/v3/calendar/radarr.ics", _feed, None, FeedQuery),
)
