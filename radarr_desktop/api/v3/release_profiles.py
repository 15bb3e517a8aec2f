"""/releaseprofile: words that release names must, or must not, have."""

from __future__ import annotations

import msgspec

from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.domain.decision.policy import ReleaseProfile


class ReleaseProfileResource(Answer, kw_only=True):
    id: int
    name: str | None = None
    enabled: bool
    required: list[str]
    ignored: list[str]
    indexer_id: int
    tags: list[int]


class ReleaseProfileBody(Body):
    id: Id = 0
    name: str | None = None
    enabled: bool = True
    required: list[str] | str | None = None
    """A list, or words with commas between, as older clients send."""
    ignored: list[str] | str | None = None
    indexer_id: Id = 0
    tags: list[Id] = msgspec.field(default_factory=list)


def _resource(profile: ReleaseProfile) -> ReleaseProfileResource:
    return ReleaseProfileResource(
        id=profile.id,
        name=profile.name or None,
        enabled=profile.enabled,
        required=list(profile.required),
        ignored=list(profile.ignored),
        indexer_id=profile.indexer_id,
        tags=list(profile.tags),
    )


def _profile(body: ReleaseProfileBody, id: int) -> ReleaseProfile:
    return ReleaseProfile(
        id=id,
        name=(body.name or "").strip(),
        enabled=body.enabled,
        required=_terms(body.required),
        ignored=_terms(body.ignored),
        indexer_id=body.indexer_id,
        tags=tuple(dict.fromkeys(body.tags)),
    )


def _terms(words: list[str] | str | None) -> tuple[str, ...]:
    if isinstance(words, str):
        return tuple(word.strip() for word in words.split(",") if word.strip())
    return tuple(word.strip() for word in words or ())


async def _list(call: Call[Query, None]) -> list[ReleaseProfileResource]:
    return [_resource(profile) for profile in await call.engine.rules.words()]


async def _get(call: Call[Query, None]) -> ReleaseProfileResource:
    return _resource(await call.engine.rules.words_of(call.id))


async def _add(call: Call[Query, ReleaseProfileBody]) -> ReleaseProfileResource:
    return _resource(await call.engine.rules.save_words(_profile(call.body, 0)))


async def _update(call: Call[Query, ReleaseProfileBody]) -> ReleaseProfileResource:
    return _resource(await call.engine.rules.save_words(_profile(call.body, call.id)))


async def _remove(call: Call[Query, None]) -> Empty:
    await call.engine.rules.remove_words(call.id)
    return Empty()


_BODY = ReleaseProfileBody
ENDPOINTS = (
    Endpoint("GET", "/api/v3/releaseprofile", _list, list[ReleaseProfileResource]),
    Endpoint("POST", "/api/v3/releaseprofile", _add, ReleaseProfileResource, body=_BODY, status=201),
    Endpoint("GET", "/api/v3/releaseprofile/{id}", _get, ReleaseProfileResource),
    Endpoint("PUT", "/api/v3/releaseprofile/{id}", _update, ReleaseProfileResource, body=_BODY, status=202),
    Endpoint("DELETE", "/api/v3/releaseprofile/{id}", _remove),
)
