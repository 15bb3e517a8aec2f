"""/api/v4/collecting: the analyzer, which reads what an indexer lists for statistics."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Query
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.engine.engine import Engine


class CollectingAnswer(Answer, kw_only=True):
    id: int
    """Of the indexer."""
    name: str
    state: str
    """``running``, ``stopped``, ``done``, or ``never`` begun."""
    segments: list[str]
    segment: str
    """The part that is being read."""
    page: int
    listed: int
    """Torrents that are known of it."""
    samples: int
    """Of these told what they are made of."""
    problem: str
    changed: datetime | None = None


class OrderBody(Body):
    order: Literal["start", "restart", "stop"]


class CookiesBody(Body):
    cookies: Annotated[str, msgspec.Meta(max_length=100_000)]
    """As a request has them, or a cookie file's text (Netscape format)."""


async def _list(call: Call[Query, None]) -> list[CollectingAnswer]:
    return await _all(call.engine)


async def _all(engine: Engine) -> list[CollectingAnswer]:
    found = []
    for one in await engine.analyzer.progress():
        at = one.collecting
        part = one.segments[at.segment] if at and at.segment < len(one.segments) else ""
        found.append(
            CollectingAnswer(
                id=one.instance_id,
                name=one.name,
                state=at.state.value if at else "never",
                segments=list(one.segments),
                segment=part,
                page=at.page if at else 0,
                listed=one.listed,
                samples=one.samples,
                problem=at.problem if at else "",
                changed=moment(at.changed) if at else None,
            )
        )
    return found


async def _order(call: Call[Query, OrderBody]) -> list[CollectingAnswer]:
    analyzer, order = call.engine.analyzer, call.body.order
    if order == "stop":
        await analyzer.stop(call.id)
    else:
        await analyzer.start(call.id, anew=order == "restart")
    return await _all(call.engine)


async def _cookies(call: Call[Query, CookiesBody]) -> Empty:
    await call.engine.analyzer.take_cookies(call.id, call.body.cookies)
    return Empty()


ENDPOINTS = (
    Endpoint("GET", "/api/v4/collecting", _list, list[CollectingAnswer]),
    Endpoint("POST", "/api/v4/collecting/{id}", _order, list[CollectingAnswer], body=OrderBody),
    Endpoint("POST", "/api/v4/collecting/{id}/cookies", _cookies, body=CookiesBody),
)
