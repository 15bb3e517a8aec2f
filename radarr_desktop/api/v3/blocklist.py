"""/blocklist: what is not taken; groups, hashes and patterns have only their own words for a title."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec

from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.paging import PageQuery
from radarr_desktop.api.v3.custom_formats import CustomFormatResource
from radarr_desktop.api.v3.languages import Language, languages_of
from radarr_desktop.api.v3.movie_shapes import MovieResource
from radarr_desktop.api.v3.movies import resource_of
from radarr_desktop.api.v3.shapes import QualityModel, moment, quality_model
from radarr_desktop.domain.blocklist import Blocked
from radarr_desktop.domain.parsing import parse_release

_KEYS = {"date": "date", "sourcetitle": "sourceTitle", "indexer": "indexer"}


class BlocklistResource(Answer, kw_only=True):
    id: int
    movie_id: int = 0
    source_title: str
    languages: list[Language]
    quality: QualityModel
    custom_formats: list[CustomFormatResource]
    date: datetime
    protocol: str
    indexer: str | None = None
    message: str | None = None
    movie: MovieResource | None = None


class BlocklistResourcePagingResource(Answer):
    page: int
    page_size: int
    sort_key: str
    sort_direction: str
    total_records: int
    records: list[BlocklistResource]


class BlocklistQuery(PageQuery):
    movie_ids: list[Id] = msgspec.field(default_factory=list)
    protocols: list[str] = msgspec.field(default_factory=list)


class OfMovieQuery(Query):
    movie_id: Id = 0


class BlocklistBulkBody(Body):
    ids: Annotated[list[Id], msgspec.Meta(max_length=10_000)] = msgspec.field(default_factory=list)


def _resource(entry: Blocked, movie: MovieResource | None = None) -> BlocklistResource:
    parsed = parse_release(entry.title)
    return BlocklistResource(
        id=entry.id,
        movie_id=entry.movie_id,
        source_title=entry.title,
        languages=languages_of(parsed.languages),
        quality=quality_model(parsed.quality, parsed.revision),
        custom_formats=[],
        date=moment(entry.added),
        protocol="torrent",
        indexer=entry.indexer or None,
        message=entry.reason or None,
        movie=movie,
    )


async def _list(call: Call[BlocklistQuery, None]) -> BlocklistResourcePagingResource:
    query = call.query
    key = _KEYS.get((query.sort_key or "").rpartition(".")[2].lower(), "date")
    descends = query.descends(True)
    torrents = not query.protocols or {"torrent", "2"} & {one.lower() for one in query.protocols}
    found = await call.engine.blocklist.page(
        page=query.number, page_size=query.size, sort=key, descends=descends, movie_ids=query.movie_ids
    )
    return BlocklistResourcePagingResource(
        page=query.number,
        page_size=query.size,
        sort_key=key,
        sort_direction="descending" if descends else "ascending",
        total_records=found.total if torrents else 0,
        records=await _with_movies(call, found.entries) if torrents else [],
    )


async def _with_movies(call: Call[BlocklistQuery, None], entries: Sequence[Blocked]) -> list[BlocklistResource]:
    movies = {
        movie_id: await resource_of(call.engine, await call.engine.movies.get(movie_id))
        for movie_id in {entry.movie_id for entry in entries if entry.movie_id}
    }
    return [_resource(entry, movies.get(entry.movie_id)) for entry in entries]


async def _of_movie(call: Call[OfMovieQuery, None]) -> list[BlocklistResource]:
    movie = await call.engine.movies.get(call.query.movie_id)
    return [_resource(entry) for entry in await call.engine.blocklist.all(movie.id)]


async def _remove(call: Call[Query, None]) -> Empty:
    await call.engine.blocklist.remove(call.id)
    return Empty()


async def _remove_many(call: Call[Query, BlocklistBulkBody]) -> Empty:
    await call.engine.blocklist.remove(*call.body.ids)
    return Empty()


ENDPOINTS = (
    Endpoint("GET", "/api/v3/blocklist", _list, BlocklistResourcePagingResource, BlocklistQuery),
    Endpoint("GET", "/api/v3/blocklist/movie", _of_movie, list[BlocklistResource], OfMovieQuery),
    Endpoint("DELETE", "/api/v3/blocklist/{id}", _remove),
    Endpoint("DELETE", "/api/v3/blocklist/bulk", _remove_many, body=BlocklistBulkBody),
)
