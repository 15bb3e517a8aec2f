"""What one line of the route table is, and what its handler gets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import msgspec

from radarr_desktop.api.shown import ShownReleases

if TYPE_CHECKING:
    from radarr_desktop.engine.engine import Engine

MAX_ID = 2**31 - 1
"""What the v3 API's clients can hold."""
Id = Annotated[int, msgspec.Meta(ge=0, le=MAX_ID)]


class Query(msgspec.Struct, rename="camel", kw_only=True):
    """Base of query strings: names without regard to case, the last value of a repeated one unless it is a list."""


class Body(msgspec.Struct, rename="camel", kw_only=True):
    """Base of request bodies: unknown names are ignored, as clients send what newer servers know."""


class Answer(msgspec.Struct, rename="camel", kw_only=True, omit_defaults=True):
    """Base of answers. Only what may be absent gets a default (None), and is then left out."""


class Empty(Answer):
    """``{}``: it is done, there is nothing to say."""


Q_co = TypeVar("Q_co", covariant=True)
B_co = TypeVar("B_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Call(Generic[Q_co, B_co]):
    """One request that passed the gate, with query and body read."""

    engine: Engine
    shown: ShownReleases
    path: Mapping[str, str]
    query: Q_co
    body: B_co

    @property
    def id(self) -> int:
        """The ``{id}`` of the path."""
        return int(self.path["id"])


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one path: the routes and the OpenAPI document are made from these."""

    method: str
    path: str
    handler: Callable[[Call[Any, Any]], Awaitable[Any]]
    answer: Any = Empty
    """Type of the answer; None: not JSON."""
    query: type[Query] = Query
    body: Any = None
    """Type of the body; ``bytes``: taken as it is; None: not read."""
    status: int = 200
    anonymous: bool = False
