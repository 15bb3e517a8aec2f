"""/api/v4/status: the program in one look."""

from __future__ import annotations

from datetime import datetime

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.domain.records import GrabState


class HealthAnswer(Answer):
    source: str
    level: str
    message: str
    todo: str


class StatusAnswer(Answer):
    version: str
    started: datetime
    movies: int
    with_file: int
    wanted: int
    """Monitored, without a file."""
    downloading: int
    waiting: int
    """Imports that wait for the user."""
    down: int
    up: int
    """Bytes a second."""
    health: list[HealthAnswer]


async def _status(call: Call[Query, None]) -> StatusAnswer:
    engine = call.engine
    counts = await engine.movies.counts()
    states = [item.grab.state for item in await engine.downloads.queue()]
    down, up = engine.speeds()
    return StatusAnswer(
        version=engine.version,
        started=moment(engine.started_at),
        movies=counts.movies,
        with_file=counts.with_file,
        wanted=counts.wanted,
        downloading=sum(state in (GrabState.SENDING, GrabState.DOWNLOADING) for state in states),
        waiting=states.count(GrabState.BLOCKED),
        down=down,
        up=up,
        health=[
            HealthAnswer(source=one.source, level=str(one.level), message=one.message, todo=one.todo)
            for one in await engine.health()
            if one.level != "ok"
        ],
    )


ENDPOINTS = (Endpoint("GET", "/api/v4/status", _status, StatusAnswer),)
