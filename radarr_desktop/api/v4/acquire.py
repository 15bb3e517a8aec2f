"""/api/v4/search, grab and drop: the acquire pipeline with our own ids and reasons."""

from __future__ import annotations

import math

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query
from radarr_desktop.api.v4.shapes import (
    GrabAnswer,
    MovieAnswer,
    ReleaseAnswer,
    grab_answer,
    movie_answer,
    release_answer,
)
from radarr_desktop.engine.search.mass import SearchPlan

_MAGNET = b"magnet:"


class SearchQuery(Query):
    movie_id: Id = 0


class PlanQuery(Query):
    movie_ids: list[Id] = msgspec.field(default_factory=list)
    """None: all that are missing."""


class PlanBody(Body):
    movie_ids: list[Id] = msgspec.field(default_factory=list)
    """None: all that are missing."""


class ShareAnswer(Answer, kw_only=True):
    name: str
    requests: int
    seconds: float | None = None
    """Until the last of them; left out where only the user can mend the indexer."""


class PlanAnswer(Answer, kw_only=True):
    sentence: str
    """As people read it: how many searches, how long they take, and what keeps them up."""
    searches: int
    left_out: int
    """Movies that no indexer is searched for."""
    seconds: float
    indexers: list[ShareAnswer]


class ProgressAnswer(Answer):
    sentence: str
    """As people read it: how far the searches are that were begun together, and how long they still take."""
    begun: int
    left: int
    seconds: float


class StoppedAnswer(Answer):
    stopped: int
    """Movies that are not searched now."""


class DropQuery(Query):
    movie_id: Id = 0


class GrabBody(Body):
    movie_id: Id
    release_id: Id = 0
    """0: search, and take the best."""
    force: bool = False
    """Take it although it was rejected."""


class AcquiredAnswer(Answer, kw_only=True):
    found: int
    accepted: int
    grab: GrabAnswer | None = None
    problems: list[str]


class DroppedAnswer(Answer, kw_only=True):
    name: str
    grab: GrabAnswer | None = None
    movie: MovieAnswer | None = None
    choices: list[MovieAnswer]
    doubt: str
    """Movies it may be of: say which one."""
    against: list[str]
    """Why it would not have been taken by itself."""


async def _search(call: Call[SearchQuery, None]) -> list[ReleaseAnswer]:
    return [release_answer(stored) for stored in await call.engine.search.releases(call.query.movie_id)]


async def _grab(call: Call[Query, GrabBody]) -> AcquiredAnswer:
    body, search = call.body, call.engine.search
    if body.release_id:
        grab = await search.grab(body.release_id, body.movie_id, force=body.force)
        return AcquiredAnswer(found=1, accepted=1, grab=grab_answer(grab), problems=[])
    acquired = await search.run(body.movie_id)
    return AcquiredAnswer(
        found=acquired.found,
        accepted=acquired.accepted,
        grab=grab_answer(acquired.grab) if acquired.grab else None,
        problems=list(acquired.problems),
    )


async def _drop(call: Call[DropQuery, bytes]) -> DroppedAnswer:
    """The body is a .torrent as it is, or a magnet link."""
    data = call.body
    if not data:
        raise NotAccepted(failure("", "Send a .torrent file or a magnet link as the body."))
    item = data.decode("utf-8", "replace") if data[: len(_MAGNET)].lower() == _MAGNET else data
    dropped = await call.engine.search.drop(item, movie_id=call.query.movie_id)
    return DroppedAnswer(
        name=dropped.name,
        grab=grab_answer(dropped.grab) if dropped.grab else None,
        movie=movie_answer(dropped.movie) if dropped.movie else None,
        choices=[movie_answer(movie) for movie in dropped.choices],
        doubt=dropped.doubt,
        against=list(dropped.against),
    )


async def _plan(call: Call[PlanQuery, None]) -> PlanAnswer:
    return _plan_answer(await call.engine.mass_search.plan(call.query.movie_ids or None))


async def _start(call: Call[Query, PlanBody]) -> PlanAnswer:
    plan, _ = await call.engine.mass_search.start(call.body.movie_ids or None)
    return _plan_answer(plan)


async def _progress(call: Call[Query, None]) -> ProgressAnswer:
    state = await call.engine.mass_search.progress()
    return ProgressAnswer(sentence=state.told, begun=state.begun, left=state.left, seconds=state.seconds)


async def _stop(call: Call[Query, None]) -> StoppedAnswer:
    return StoppedAnswer(stopped=await call.engine.mass_search.stop())


def _plan_answer(plan: SearchPlan) -> PlanAnswer:
    return PlanAnswer(
        sentence=plan.told,
        searches=len(plan.movie_ids),
        left_out=plan.left_out,
        seconds=plan.seconds,
        indexers=[
            ShareAnswer(
                name=one.name, requests=one.requests, seconds=one.seconds if math.isfinite(one.seconds) else None
            )
            for one in plan.shares
        ],
    )


ENDPOINTS = (
    Endpoint("GET", "/api/v4/search/plan", _plan, PlanAnswer, query=PlanQuery),
    Endpoint("POST", "/api/v4/search/plan", _start, PlanAnswer, body=PlanBody, status=202),
    Endpoint("GET", "/api/v4/search/progress", _progress, ProgressAnswer),
    Endpoint("DELETE", "/api/v4/search/progress", _stop, StoppedAnswer),
    Endpoint("GET", "/api/v4/search", _search, list[ReleaseAnswer], SearchQuery),
    Endpoint("POST", "/api/v4/grab", _grab, AcquiredAnswer, body=GrabBody),
    Endpoint("POST", "/api/v4/drop", _drop, DroppedAnswer, DropQuery, bytes),
)
