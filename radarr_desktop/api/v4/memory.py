"""/api/v4/memory: how long is remembered what was seen."""

from __future__ import annotations

from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Query
from radarr_desktop.engine.settings import MemorySettings


class MemoryBody(Body):
    keep_days: int


class MemoryAnswer(Answer):
    keep_days: int
    """Days after which a verdict that was not given again is forgotten."""


async def _get(call: Call[Query, None]) -> MemoryAnswer:
    return MemoryAnswer(keep_days=(await call.engine.settings.memory()).keep_days)


async def _put(call: Call[Query, MemoryBody]) -> MemoryAnswer:
    await call.engine.settings.save_memory(MemorySettings(call.body.keep_days))
    return MemoryAnswer(keep_days=call.body.keep_days)


ENDPOINTS = (
    Endpoint("GET", "/api/v4/memory", _get, MemoryAnswer),
    Endpoint("PUT", "/api/v4/memory", _put, MemoryAnswer, body=MemoryBody),
)
