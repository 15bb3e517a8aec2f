"""/api/v4/collection: existing collections, looked through and adopted."""

from __future__ import annotations

from datetime import datetime

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.api.v4.manual import GuessAnswer, JobAnswer, guess_answer
from radarr_desktop.domain.collection import CollectionItem, CollectionScan, ItemState


class ScanAnswer(Answer, kw_only=True):
    id: int
    path: str
    state: str
    problem: str
    started: datetime
    finished: datetime | None = None
    total: int
    done: int
    counts: dict[str, int]
    """By the state of places."""


class ItemAnswer(Answer, kw_only=True):
    id: int
    path: str
    """Below the folder that is looked through."""
    state: str
    note: str
    video: str | None = None
    size: int
    movie_id: int
    guesses: list[GuessAnswer]


class ItemsAnswer(Answer):
    total: int
    items: list[ItemAnswer]


class StartBody(Body):
    path: str


class ItemsQuery(Query):
    state: list[str] = msgspec.field(default_factory=list)
    text: str = ""
    """Only where path or likeliest title have all of its words."""
    page: int = 1
    page_size: int = 100


class ChooseBody(Body):
    tmdb_id: Id
    """0: leave it out."""


class AdoptBody(Body):
    items: list[Id] = msgspec.field(default_factory=list)
    """Empty: all that are certain."""
    profile_id: Id = 0
    monitored: bool = True


class AdoptionAnswer(Answer, kw_only=True):
    id: int
    """Of its job."""
    scan_id: int
    state: str
    at: datetime
    movies: int
    """That it added."""


class RescanBody(Body):
    accept: bool = False
    """However many files are gone, they were deleted on purpose."""


class RescanAnswer(Answer):
    movies: int
    looked_into: int
    held: list[str]


def scan_answer(scan: CollectionScan) -> ScanAnswer:
    """A scan with how far it is."""
    return ScanAnswer(
        id=scan.id,
        path=scan.root,
        state=scan.state.value,
        problem=scan.problem,
        started=moment(scan.started),
        finished=moment(scan.finished) if scan.finished else None,
        total=scan.total,
        done=scan.done,
        counts={state.value: count for state, count in scan.counts.items()},
    )


def _item(item: CollectionItem) -> ItemAnswer:
    return ItemAnswer(
        id=item.id,
        path=item.path,
        state=item.state.value,
        note=item.note,
        video=item.video.path if item.video else None,
        size=item.video.size if item.video else 0,
        movie_id=item.movie_id,
        guesses=[guess_answer(guess) for guess in item.guesses],
    )


async def _rescan(call: Call[Query, RescanBody]) -> RescanAnswer:
    look = await call.engine.rescan.library(accept=call.body.accept)
    return RescanAnswer(movies=look.movies, looked_into=look.looked_into, held=list(look.held))


async def _start(call: Call[Query, StartBody]) -> ScanAnswer:
    return scan_answer(await call.engine.collection.start(call.body.path))


async def _list(call: Call[Query, None]) -> list[ScanAnswer]:
    return [scan_answer(scan) for scan in await call.engine.collection.scans()]


async def _get(call: Call[Query, None]) -> ScanAnswer:
    return scan_answer(await call.engine.collection.scan(call.id))


async def _items(call: Call[ItemsQuery, None]) -> ItemsAnswer:
    known = {state.value for state in ItemState}
    if strange := [word for word in call.query.state if word not in known]:
        raise NotAccepted(failure("state", f"Known are {', '.join(sorted(known))}.", strange[0]))
    states = [ItemState(word) for word in call.query.state]
    query, size = call.query, min(max(1, call.query.page_size), 1000)
    found, total = await call.engine.collection.items(call.id, states, text=query.text, page=query.page, page_size=size)
    return ItemsAnswer(total=total, items=[_item(item) for item in found])


async def _pause(call: Call[Query, None]) -> ScanAnswer:
    return scan_answer(await call.engine.collection.pause(call.id))


async def _resume(call: Call[Query, None]) -> ScanAnswer:
    return scan_answer(await call.engine.collection.resume(call.id))


async def _stop(call: Call[Query, None]) -> ScanAnswer:
    return scan_answer(await call.engine.collection.stop(call.id))


async def _choose(call: Call[Query, ChooseBody]) -> ItemAnswer:
    return _item(await call.engine.collection.choose(call.id, call.body.tmdb_id))


async def _adopt(call: Call[Query, AdoptBody]) -> JobAnswer:
    body = call.body
    job = await call.engine.collection.adopt(call.id, body.items, profile_id=body.profile_id, monitored=body.monitored)
    return JobAnswer(id=job.id)


async def _adoptions(call: Call[Query, None]) -> list[AdoptionAnswer]:
    return [
        AdoptionAnswer(
            id=one.job.id,
            scan_id=int(one.job.payload["scan_id"]),
            state=one.job.state.value,
            at=moment(one.job.created),
            movies=one.movies,
        )
        for one in await call.engine.collection.adoptions()
    ]


async def _undo(call: Call[Query, None]) -> JobAnswer:
    return JobAnswer(id=(await call.engine.collection.undo_adoption(call.id)).id)


ENDPOINTS = (
    Endpoint("POST", "/api/v4/rescan", _rescan, RescanAnswer, body=RescanBody),
    Endpoint("POST", "/api/v4/collection", _start, ScanAnswer, body=StartBody, status=201),
    Endpoint("GET", "/api/v4/collection", _list, list[ScanAnswer]),
    Endpoint("GET", "/api/v4/collection/adoption", _adoptions, list[AdoptionAnswer]),
    Endpoint("GET", "/api/v4/collection/{id}", _get, ScanAnswer),
    Endpoint("GET", "/api/v4/collection/{id}/items", _items, ItemsAnswer, ItemsQuery),
    Endpoint("POST", "/api/v4/collection/{id}/pause", _pause, ScanAnswer),
    Endpoint("POST", "/api/v4/collection/{id}/resume", _resume, ScanAnswer),
    Endpoint("POST", "/api/v4/collection/{id}/stop", _stop, ScanAnswer),
    Endpoint("POST", "/api/v4/collection/{id}/adopt", _adopt, JobAnswer, body=AdoptBody, status=201),
    Endpoint("POST", "/api/v4/collection/adoption/{id}/undo", _undo, JobAnswer, status=201),
    Endpoint("POST", "/api/v4/collection/item/{id}", _choose, ItemAnswer, body=ChooseBody),
)
