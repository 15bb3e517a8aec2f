"""/api/v4/why: why a movie is where it is, with the evidence."""

from __future__ import annotations

from datetime import datetime

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.api.v4.calendar import SearchAnswer, search_answer
from radarr_desktop.api.v4.shapes import (
    GrabAnswer,
    MovieAnswer,
    ReleaseAnswer,
    grab_answer,
    movie_answer,
    release_answer,
)


class EventAnswer(Answer):
    at: datetime
    kind: str
    title: str
    correlation: str


class TurnAnswer(Answer):
    at: datetime
    kind: str
    """seen, judged, profileChanged, added, searched, inspected, grabbed, failed, ignored, imported or fileDeleted."""
    sentence: str
    title: str
    """The release or file it is about; empty for several."""
    release_ids: list[int]


class WhyAnswer(Answer, kw_only=True):
    movie: MovieAnswer
    sentence: str
    detail: str
    releases: list[ReleaseAnswer]
    """What would be taken, what waits, then the rejected ones, the nearest first."""
    next_best: int | None = None
    """Id of the release that is next in line."""
    next_search: str
    """When it is searched next by itself and why then, or why it is not, as sentences."""
    searches: list[SearchAnswer]
    """The next ones, at each indexer, what comes first first."""
    timeline: list[TurnAnswer]
    grabs: list[GrabAnswer]
    history: list[EventAnswer]


async def _why(call: Call[Query, None]) -> WhyAnswer:
    why = await call.engine.decisions.why(call.id)
    outlook = await call.engine.calendar.outlook(call.id)
    return WhyAnswer(
        movie=movie_answer(why.movie),
        sentence=why.sentence,
        detail=why.detail,
        releases=[release_answer(stored) for stored in why.releases],
        next_best=why.next_best.id if why.next_best else None,
        next_search=outlook.sentence,
        searches=[search_answer(one) for one in outlook.searches],
        timeline=[
            TurnAnswer(
                at=moment(turn.at),
                kind=turn.kind.value,
                sentence=turn.sentence,
                title=turn.title,
                release_ids=list(turn.release_ids),
            )
            for turn in why.timeline
        ],
        grabs=[grab_answer(grab) for grab in why.grabs],
        history=[
            EventAnswer(at=moment(one.at), kind=one.kind.value, title=one.title, correlation=one.correlation)
            for one in why.history
        ],
    )


ENDPOINTS = (Endpoint("GET", "/api/v4/why/{id}", _why, WhyAnswer),)
