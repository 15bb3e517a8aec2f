"""/movie/lookup: movies that are not in the library yet, and those that are."""

from __future__ import annotations

from radarr_desktop.api.endpoint import Call, Endpoint, Id, Query
from radarr_desktop.api.v3.movie_shapes import MovieResource, found_resource
from radarr_desktop.api.v3.movies import resource_of
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.naming import folder_name
from radarr_desktop.domain.problem import Kind, Problem


class TermQuery(Query):
    term: str = ""


class TmdbQuery(Query):
    tmdb_id: Id = 0


class ImdbQuery(Query):
    imdb_id: str = ""


async def _look(call: Call[Query, None], term: str) -> list[MovieResource]:
    naming = (await call.engine.settings.media()).naming
    resources = []
    for found in await call.engine.movies.lookup(term):
        if found.movie_id:
            resource = await resource_of(call.engine, await call.engine.movies.get(found.movie_id))
            resource.remote_poster = found.info.poster_url or None
        else:
            resource = found_resource(found.info)
            resource.folder = folder_name(Movie(0, found.info, (), ""), naming)
        resources.append(resource)
    return resources


async def _by_term(call: Call[TermQuery, None]) -> list[MovieResource]:
    return await _look(call, call.query.term) if call.query.term.strip() else []


async def _one(call: Call[Query, None], term: str) -> MovieResource:
    found = await _look(call, term)
    if not found:
        raise Problem(Kind.NOT_FOUND, f"No movie was found for {term}.")
    return found[0]


async def _by_tmdb(call: Call[TmdbQuery, None]) -> MovieResource:
    return await _one(call, f"tmdb:{call.query.tmdb_id}")


async def _by_imdb(call: Call[ImdbQuery, None]) -> MovieResource:
    return await _one(call, f"imdb:{call.query.imdb_id}")


ENDPOINTS = (
    Endpoint("GET", "/api/v3/movie/lookup", _by_term, list[MovieResource], TermQuery),
    Endpoint("GET", "/api/v3/movie/lookup/tmdb", _by_tmdb, MovieResource, TmdbQuery),
    Endpoint("GET", "/api/v3/movie/lookup/imdb", _by_imdb, MovieResource, ImdbQuery),
)
