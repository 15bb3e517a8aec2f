"""/api/v4/downloads/clients: how they are, starting one of this machine that does not run, and slow mode."""

from __future__ import annotations

from typing import Any

from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Query
from radarr_desktop.engine.plugins.kinds import PluginKind


class ClientAnswer(Answer, kw_only=True):
    id: int
    name: str
    state: str
    """``ok``, ``failing``, ``broken`` (the user must act) or ``disabled``."""
    problem: str
    program: str | None = None
    """What can be started here because it does not run."""


class SlowAnswer(Answer):
    slow: bool | None = None
    """Left out while no client that can be slowed down answers."""


class SlowBody(Body):
    slow: bool


async def _list(call: Call[Query, None]) -> list[ClientAnswer]:
    offers = await call.engine.starter.offers()
    return [
        ClientAnswer(id=one.id, name=one.name, state=one.state, problem=one.problem, program=offers.get(one.id))
        for one in await call.engine.plugins.instances(PluginKind.DOWNLOAD_CLIENT)
    ]


async def _start(call: Call[Query, Any]) -> Empty:
    await call.engine.starter.start(call.id)
    return Empty()


async def _slow(call: Call[Query, Any]) -> SlowAnswer:
    return SlowAnswer(slow=await call.engine.slow_mode.is_on())


async def _turn_slow(call: Call[Query, SlowBody]) -> SlowAnswer:
    await call.engine.slow_mode.turn(slow=call.body.slow)
    return await _slow(call)


ENDPOINTS = (
    Endpoint("GET", "/api/v4/downloads/clients", _list, list[ClientAnswer]),
    Endpoint("POST", "/api/v4/downloads/clients/{id}/start", _start),
    Endpoint("GET", "/api/v4/downloads/slow", _slow, SlowAnswer),
    Endpoint("PUT", "/api/v4/downloads/slow", _turn_slow, SlowAnswer, body=SlowBody),
)
