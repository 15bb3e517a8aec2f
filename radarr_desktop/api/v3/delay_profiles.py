"""/delayprofile: how long to wait for something better."""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.responses import Response

from radarr_desktop.api.answers import fault
from radarr_desktop.api.endpoint import MAX_ID, Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.domain.decision.policy import DEFAULT_DELAY, DelayProfile

Score = Annotated[int, msgspec.Meta(ge=-MAX_ID, le=MAX_ID)]
PROTOCOLS = ("unknown", "usenet", "torrent")


class DelayProfileResource(Answer, kw_only=True):
    id: int
    enable_usenet: bool
    enable_torrent: bool
    preferred_protocol: str
    usenet_delay: int
    torrent_delay: int
    bypass_if_highest_quality: bool
    bypass_if_above_custom_format_score: bool
    minimum_custom_format_score: int
    order: int
    tags: list[int]


class DelayProfileBody(Body):
    id: Id = 0
    enable_usenet: bool = False
    enable_torrent: bool = False
    preferred_protocol: str = "usenet"
    usenet_delay: Id = 0
    torrent_delay: Id = 0
    bypass_if_highest_quality: bool = False
    bypass_if_above_custom_format_score: bool = False
    minimum_custom_format_score: Score = 0
    tags: list[Id] = msgspec.field(default_factory=list)


class ReorderQuery(Query):
    after: Id | None = None


def _resource(profile: DelayProfile) -> DelayProfileResource:
    return DelayProfileResource(
        id=profile.id,
        enable_usenet=profile.usenet,
        enable_torrent=profile.torrents,
        preferred_protocol=profile.preferred,
        usenet_delay=profile.usenet_delay,
        torrent_delay=profile.delay,
        bypass_if_highest_quality=profile.bypass_if_highest,
        bypass_if_above_custom_format_score=profile.bypass_if_above,
        minimum_custom_format_score=profile.minimum_score,
        order=profile.order,
        tags=list(profile.tags),
    )


def _profile(body: DelayProfileBody, id: int) -> DelayProfile:
    return DelayProfile(
        id=id,
        order=0,
        tags=tuple(dict.fromkeys(body.tags)),
        torrents=body.enable_torrent,
        delay=body.torrent_delay,
        bypass_if_highest=body.bypass_if_highest_quality,
        bypass_if_above=body.bypass_if_above_custom_format_score,
        minimum_score=body.minimum_custom_format_score,
        usenet=body.enable_usenet,
        usenet_delay=body.usenet_delay,
        preferred=body.preferred_protocol if body.preferred_protocol in PROTOCOLS else "usenet",
    )


async def _list(call: Call[Query, None]) -> list[DelayProfileResource]:
    return [_resource(profile) for profile in await call.engine.rules.delays()]


async def _get(call: Call[Query, None]) -> DelayProfileResource:
    return _resource(await call.engine.rules.delay(call.id))


async def _add(call: Call[Query, DelayProfileBody]) -> DelayProfileResource:
    return _resource(await call.engine.rules.save_delay(_profile(call.body, 0)))


async def _update(call: Call[Query, DelayProfileBody]) -> DelayProfileResource:
    return _resource(await call.engine.rules.save_delay(_profile(call.body, call.id)))


async def _remove(call: Call[Query, None]) -> Empty | Response:
    if call.id == DEFAULT_DELAY:
        return fault(405, "The default delay profile cannot be removed.", "Set its delay to 0.")
    await call.engine.rules.remove_delay(call.id)
    return Empty()


async def _reorder(call: Call[ReorderQuery, None]) -> list[DelayProfileResource]:
    return [_resource(profile) for profile in await call.engine.rules.move_delay(call.id, call.query.after or 0)]


_BODY = DelayProfileBody
ENDPOINTS = (
    Endpoint("GET", "/api/v3/delayprofile", _list, list[DelayProfileResource]),
    Endpoint("POST", "/api/v3/delayprofile", _add, DelayProfileResource, body=_BODY, status=201),
    Endpoint("GET", "/api/v3/delayprofile/{id}", _get, DelayProfileResource),
    Endpoint("PUT", "/api/v3/delayprofile/{id}", _update, DelayProfileResource, body=_BODY, status=202),
    Endpoint("DELETE", "/api/v3/delayprofile/{id}", _remove),
    Endpoint("PUT", "/api/v3/delayprofile/reorder/{id}", _reorder, list[DelayProfileResource], ReorderQuery),
)
