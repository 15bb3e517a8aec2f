"""Answers and faults in the v3 API's shapes."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import msgspec
from starlette.responses import Response

from radarr_desktop.api.endpoint import Answer
from radarr_desktop.domain.problem import Kind, Problem

JSON = "application/json"
_PROPERTIES = {
    "profile_id": "qualityProfileId",
    "root_folder": "rootFolderPath",
    "folder": "path",
    "seed_ratio": "seedCriteria.seedRatio",
    "seed_minutes": "seedCriteria.seedTime",
}
"""Where the engine and the v3 API have different words for a field."""
_encoder = msgspec.json.Encoder()
_STATUS = {
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.BAD_INPUT: 400,
    Kind.LOGIN: 502,
    Kind.UNREACHABLE: 503,
    Kind.RATE_LIMITED: 503,
    Kind.REFUSED: 409,
    Kind.DISK_FULL: 507,
    Kind.CANNOT_LINK: 409,
    Kind.STORAGE: 500,
    Kind.INTERNAL: 500,
}


async def each(ids: Iterable[int], verb: Callable[[int], Awaitable[object]]) -> None:
    """Do it with each of them; one that cannot keeps no other, and the first of those is told."""
    refused: Problem | None = None
    for id_ in ids:
        try:
            await verb(id_)
        except Problem as problem:
            refused = refused or problem
    if refused is not None:
        raise refused


class Failure(Answer, kw_only=True):
    """One reason why a body was not accepted."""

    property_name: str
    error_message: str
    attempted_value: Any = None
    severity: str
    error_code: str | None = None
    is_warning: bool
    detailed_description: str | None = None
    info_link: str | None = None


class Fault(Answer):
    """Why something could not be done, when it is not the body's fault."""

    message: str
    description: str
    kind: str
    """Our own addition, for programs: one word of ``domain.problem.Kind``."""


class NotAccepted(Exception):
    """The body was understood but cannot be taken."""

    def __init__(self, *failures: Failure) -> None:
        super().__init__("; ".join(failure.error_message for failure in failures))
        self.failures = failures


def failure(name: str, message: str, attempted: Any = None, *, code: str | None = None) -> Failure:
    """One reason; ``name`` is the property as the client spells it."""
    return Failure(
        property_name=name,
        error_message=message,
        attempted_value=attempted,
        severity="error",
        error_code=code,
        is_warning=False,
    )


def problem_failure(problem: Problem) -> Failure:
    """A problem of the engine as a reason not to accept a body."""
    return failure(property_of(problem.field), str(problem))


def property_of(name: str) -> str:
    """One of our names as the v3 API has it."""
    return _PROPERTIES.get(name) or camel(name)


def camel(name: str) -> str:
    """``base_url`` as the API spells it: ``baseUrl``."""
    return re.sub(r"_+([a-z0-9])", lambda match: match[1].upper(), name)


def answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Any value as JSON."""
    headers = {"Cache-Control": "no-cache, no-store", **(headers or {})}
    return Response(_encoder.encode(value), status, headers, JSON)


def fault(status: int, message: str, description: str = "", kind: Kind = Kind.BAD_INPUT) -> Response:
    """A fault of the request as such."""
    return answer(Fault(message=message, description=description, kind=kind.value), status)


def problem_answer(problem: Problem) -> Response:
    """A problem of the engine: what a body is to blame for as Radarr's list, else as its object."""
    to_blame = problem.kind is Kind.BAD_INPUT or (problem.kind is Kind.CONFLICT and problem.field)
    if to_blame:
        return answer([problem_failure(problem)], 400)
    description = " ".join(part for part in (problem.why, problem.todo) if part)
    return fault(_STATUS[problem.kind], problem.what, description, problem.kind)


def not_accepted(failures: Sequence[Failure]) -> Response:
    """The list of reasons why a body was not taken."""
    return answer(list(failures), 400)


def unreadable(place: str, reason: str) -> Response:
    """A query or body that could not be read, shaped as ASP.NET's binder does it."""
    title = "One or more validation errors occurred."
    message = f"The {place} cannot be read: {reason}"
    return answer({"title": title, "status": 400, "errors": {"$": [reason]}, "message": message}, 400)
