"""/api/v4/job: how far work is that another request began."""

from __future__ import annotations

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query


class JobStateAnswer(Answer):
    id: int
    kind: str
    state: str
    """``queued``, ``running``, ``done``, ``dead`` or ``cancelled``."""
    problem: str


async def _get(call: Call[Query, None]) -> JobStateAnswer:
    job = await call.engine.jobs.get(call.id)
    return JobStateAnswer(id=job.id, kind=job.kind, state=job.state.value, problem=job.problem)


ENDPOINTS = (Endpoint("GET", "/api/v4/job/{id}", _get, JobStateAnswer),)
