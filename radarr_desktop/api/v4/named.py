"""/api/v4/movie/named: which movies of the library a few words mean."""

from __future__ import annotations

from typing import Annotated

import msgspec

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query


class NamedQuery(Query):
    words: Annotated[str, msgspec.Meta(max_length=500)]
    """A title (year optional), an id (`tmdb:27205`, `tt1375666`), a link, or the movie's number here."""


class NamedAnswer(Answer):
    id: int
    tmdb_id: int
    title: str
    year: int


async def _named(call: Call[NamedQuery, None]) -> list[NamedAnswer]:
    found = await call.engine.movies.named(call.query.words)
    return [NamedAnswer(id=one.id, tmdb_id=one.tmdb_id, title=one.title, year=one.year) for one in found]


ENDPOINTS = (Endpoint("GET", "/api/v4/movie/named", _named, list[NamedAnswer], NamedQuery),)
