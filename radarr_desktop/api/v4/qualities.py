"""/api/v4/movie/{id}/files: which files a movie had, from when to when, and why each made room."""

from __future__ import annotations

from datetime import datetime

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.domain.naming import quality_title
from radarr_desktop.engine.decisions.held import HeldFile


class HeldFileAnswer(Answer, kw_only=True):
    path: str
    title: str
    quality: str
    group: str
    size: int
    since: datetime
    until: datetime | None = None
    ended: str


def _answer(file: HeldFile) -> HeldFileAnswer:
    return HeldFileAnswer(
        path=file.path,
        title=file.title,
        quality=quality_title(file.quality, file.revision),
        group=file.group,
        size=file.size,
        since=moment(file.since),
        until=moment(file.until) if file.until else None,
        ended=file.ended,
    )


async def _list(call: Call[Query, None]) -> list[HeldFileAnswer]:
    return [_answer(file) for file in await call.engine.history.qualities(call.id)]


ENDPOINTS = (Endpoint("GET", "/api/v4/movie/{id}/files", _list, list[HeldFileAnswer]),)
