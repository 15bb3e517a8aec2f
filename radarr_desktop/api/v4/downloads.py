"""/api/v4/downloads: what is stuck and what can be done about it, orders for several at once, and how patient to be."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from radarr_desktop.api.answers import NotAccepted, each, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.api.v4.manual import JobAnswer
from radarr_desktop.api.v4.shapes import GrabAnswer, ReleaseAnswer, grab_answer, release_answer
from radarr_desktop.domain.failures import Reason, reason_of
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import PackPart
from radarr_desktop.plugin_api import Order

if TYPE_CHECKING:
    from radarr_desktop.engine.engine import Engine

_ORDERS = {order.value: order for order in Order if order is not Order.IMPORTED}
_VERBS = ("pause", "resume", "remove", "block", *_ORDERS)
Ids = Annotated[list[Id], msgspec.Meta(min_length=1, max_length=10_000)]


class TroubleAnswer(Answer, kw_only=True):
    id: int
    """Of the download, as in the queue."""
    title: str
    reason: str
    sentence: str
    since: datetime
    strikes: int
    most: int
    hours_left: float | None = None
    """Until it is given up; left out: it is left alone."""


class NextAnswer(Answer, kw_only=True):
    sentence: str
    of: int
    release: ReleaseAnswer


class WaitBody(Body):
    days: Annotated[float, msgspec.Meta(gt=0, le=365)] = 2


class WaitAnswer(Answer):
    until: datetime


class FailBody(Body):
    reason: str = Reason.MANUALLY_REJECTED.value
    sentence: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    remove: bool | None = None
    """From its client; left out: as is set there."""
    follow: bool | None = None
    """Take the next best; left out: as the settings say."""


class BulkBody(Body):
    ids: Ids
    verb: str
    from_client: bool = True
    """Of ``remove`` and ``block``: delete torrent and data."""
    force: bool = False
    """Of ``remove``: also what a private tracker is still owed."""


class SettingsAnswer(Answer):
    stalled_hours: float
    slow_kb: int
    slow_hours: float
    metadata_hours: float
    incomplete_hours: float
    error_hours: float
    unregistered_hours: float
    strikes: int
    act_on_private: bool
    redownload: bool
    redownload_by_user: bool
    search_again: bool
    private_seed_hours: float
    private_ratio: float


class SettingsBody(Body):
    """What is left out stays as it is."""

    stalled_hours: float | None = None
    slow_kb: int | None = None
    slow_hours: float | None = None
    metadata_hours: float | None = None
    incomplete_hours: float | None = None
    error_hours: float | None = None
    unregistered_hours: float | None = None
    strikes: int | None = None
    act_on_private: bool | None = None
    redownload: bool | None = None
    redownload_by_user: bool | None = None
    search_again: bool | None = None
    private_seed_hours: float | None = None
    private_ratio: float | None = None


class PartAnswer(Answer, kw_only=True):
    """A video of a torrent that holds many movies."""

    id: int
    path: str
    size: int
    state: str
    movie_id: int
    """0: nobody said."""
    movie: str
    """Its title, with the year."""
    problem: str


class SayBody(Body):
    movie_id: Id
    """0: leave it out."""


async def _told(engine: Engine, parts: list[PackPart]) -> list[PartAnswer]:
    titles = {movie.id: movie.title for movie in await engine.movies.some({part.movie_id for part in parts})}
    return [_part(part, titles.get(part.movie_id, "")) for part in parts]


def _part(part: PackPart, movie: str) -> PartAnswer:
    return PartAnswer(
        id=part.id,
        path=part.path,
        size=part.size,
        state=part.state.value,
        movie_id=part.movie_id,
        movie=movie,
        problem=part.problem,
    )


async def _parts(call: Call[Query, None]) -> list[PartAnswer]:
    await call.engine.downloads.get(call.id)
    return await _told(call.engine, await call.engine.packs.parts(call.id))


async def _say(call: Call[Query, SayBody]) -> PartAnswer:
    (said,) = await _told(call.engine, [await call.engine.packs.say(call.id, call.body.movie_id)])
    return said


async def _import_parts(call: Call[Query, None]) -> JobAnswer:
    return JobAnswer(id=(await call.engine.imports.retry(call.id)).id)


async def _troubles(call: Call[Query, None]) -> list[TroubleAnswer]:
    return [
        TroubleAnswer(
            id=item.grab.id,
            title=item.grab.title,
            reason=item.trouble.reason.value,
            sentence=item.trouble.sentence,
            since=moment(item.trouble.since),
            strikes=item.trouble.strikes,
            most=item.trouble.most,
            hours_left=None if item.trouble.left is None else round(item.trouble.left.total_seconds() / 3600, 1),
        )
        for item in await call.engine.downloads.queue()
        if item.trouble is not None
    ]


async def _next(call: Call[Query, None]) -> NextAnswer:
    found = await call.engine.failures.next_best(call.id)
    if found is None:
        raise Problem(Kind.NOT_FOUND, "There is no other release to take.", "None that is stored would do.")
    return NextAnswer(sentence=found.sentence, of=found.of, release=release_answer(found.release))


async def _try_next(call: Call[Query, None]) -> GrabAnswer:
    return grab_answer(await call.engine.failures.try_next(call.id))


async def _wait(call: Call[Query, WaitBody]) -> WaitAnswer:
    return WaitAnswer(until=moment(await call.engine.failures.wait_longer(call.id, call.body.days)))


async def _fail(call: Call[Query, FailBody]) -> Empty:
    body, reason = call.body, reason_of(call.body.reason)
    if reason is None:
        raise NotAccepted(failure("reason", f"Reasons are {', '.join(Reason)}.", body.reason))
    await call.engine.failures.fail(call.id, reason, body.sentence, remove=body.remove, follow=body.follow)
    return Empty()


async def _bulk(call: Call[Query, BulkBody]) -> Empty:
    body, downloads = call.body, call.engine.downloads
    if body.verb not in _VERBS:
        raise NotAccepted(failure("verb", f"Verbs are {', '.join(_VERBS)}.", body.verb))
    if body.verb == "block":
        await each(body.ids, partial(call.engine.failures.fail, remove=body.from_client))
    elif body.verb == "remove":
        await downloads.remove(*body.ids, from_client=body.from_client, force=body.force)
    elif body.verb in _ORDERS:
        await downloads.order(_ORDERS[body.verb], *body.ids)
    else:
        await (downloads.pause if body.verb == "pause" else downloads.resume)(*body.ids)
    return Empty()


async def _settings(call: Call[Query, Any]) -> SettingsAnswer:
    return SettingsAnswer(**asdict(await call.engine.settings.downloads()))


async def _save_settings(call: Call[Query, SettingsBody]) -> SettingsAnswer:
    given = {name: value for name, value in msgspec.structs.asdict(call.body).items() if value is not None}
    await call.engine.settings.save_downloads(replace(await call.engine.settings.downloads(), **given))
    return await _settings(call)


ENDPOINTS = (
    Endpoint("GET", "/api/v4/downloads/troubles", _troubles, list[TroubleAnswer]),
    Endpoint("GET", "/api/v4/downloads/settings", _settings, SettingsAnswer),
    Endpoint("PUT", "/api/v4/downloads/settings", _save_settings, SettingsAnswer, body=SettingsBody),
    Endpoint("POST", "/api/v4/downloads/bulk", _bulk, body=BulkBody),
    Endpoint("GET", "/api/v4/downloads/{id}/next", _next, NextAnswer),
    Endpoint("POST", "/api/v4/downloads/{id}/next", _try_next, GrabAnswer),
    Endpoint("POST", "/api/v4/downloads/{id}/wait", _wait, WaitAnswer, body=WaitBody),
    Endpoint("POST", "/api/v4/downloads/{id}/fail", _fail, body=FailBody),
    Endpoint("GET", "/api/v4/downloads/{id}/parts", _parts, list[PartAnswer]),
    Endpoint("POST", "/api/v4/downloads/{id}/parts", _import_parts, JobAnswer, status=201),
    Endpoint("POST", "/api/v4/downloads/parts/{id}", _say, PartAnswer, body=SayBody),
)
