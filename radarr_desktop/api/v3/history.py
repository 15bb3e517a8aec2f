"""/history: what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.paging import MAX_PAGE_SIZE, PageQuery, cut
from radarr_desktop.api.v3.languages import UNKNOWN as UNKNOWN_LANGUAGE
from radarr_desktop.api.v3.languages import Language
from radarr_desktop.api.v3.movie_shapes import MovieResource
from radarr_desktop.api.v3.movies import resource_of
from radarr_desktop.api.v3.shapes import QualityModel, moment, quality_model
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import BY_ID, UNKNOWN, Revision
from radarr_desktop.domain.records import HistoryEntry, HistoryKind

_NUMBERS = {
    "1": HistoryKind.GRABBED,
    "3": HistoryKind.IMPORTED,
    "4": HistoryKind.FAILED,
    "6": HistoryKind.FILE_DELETED,
    "8": HistoryKind.RENAMED,
    "9": HistoryKind.IGNORED,
}
_OTHERS = {"0", "7", "unknown", "moviefolderimported"}
"""Radarr's kinds that never happen here."""
KINDS = tuple(_NUMBERS.values())
"""What the v3 API has words for."""


class HistoryResource(Answer, kw_only=True):
    id: int
    movie_id: int
    source_title: str
    languages: list[Language]
    quality: QualityModel
    custom_formats: list[Answer]
    custom_format_score: int
    quality_cutoff_not_met: bool
    date: datetime
    download_id: str | None = None
    event_type: str
    data: dict[str, str]
    movie: MovieResource | None = None


class HistoryResourcePagingResource(Answer):
    page: int
    page_size: int
    sort_key: str
    sort_direction: str
    total_records: int
    records: list[HistoryResource]


class HistoryQuery(PageQuery):
    include_movie: bool = False
    event_type: list[str] = msgspec.field(default_factory=list)
    download_id: str | None = None
    movie_ids: list[Id] = msgspec.field(default_factory=list)


class MovieHistoryQuery(Query):
    movie_id: Id = 0
    event_type: list[str] = msgspec.field(default_factory=list)
    include_movie: bool = False


def history_resource(entry: HistoryEntry) -> HistoryResource:
    """One entry; nested facts have no place in the API."""
    return HistoryResource(
        id=entry.id,
        movie_id=entry.movie_id,
        source_title=entry.title,
        languages=[UNKNOWN_LANGUAGE],
        quality=quality_model(BY_ID.get(entry.quality_id, UNKNOWN), Revision()),
        custom_formats=[],
        custom_format_score=0,
        quality_cutoff_not_met=False,
        date=moment(entry.at),
        download_id=entry.download_id or None,
        event_type=entry.kind.value,
        data=_words(entry.data),
    )


def _words(data: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in data.items() if isinstance(value, (str, int, float))}


def _kinds(words: list[str]) -> tuple[HistoryKind, ...]:
    """Kinds asked for, by number or name; empty when only kinds that never happen here were asked for."""
    by_name = {kind.value.lower(): kind for kind in KINDS}
    kinds = []
    for word in (part for words_ in words for part in words_.split(",")):
        kind = _NUMBERS.get(word) or by_name.get(word.lower())
        if kind is not None:
            kinds.append(kind)
        elif word.lower() not in _OTHERS:
            raise NotAccepted(failure("eventType", f"There is no event type “{word}”.", word))
    return tuple(kinds) if words else KINDS


async def _list(call: Call[HistoryQuery, None]) -> HistoryResourcePagingResource:
    query = call.query
    kinds, descends = _kinds(query.event_type), query.descends(True)
    entries, total = await _entries(call, kinds, descends) if kinds else ([], 0)
    return HistoryResourcePagingResource(
        page=query.number,
        page_size=query.size,
        sort_key="date",
        sort_direction="descending" if descends else "ascending",
        total_records=total,
        records=await _resources(call, entries, query.include_movie),
    )


async def _entries(
    call: Call[HistoryQuery, None], kinds: tuple[HistoryKind, ...], newest_first: bool
) -> tuple[Sequence[HistoryEntry], int]:
    query, page = call.query, call.engine.history.page
    download_id = (query.download_id or "").upper()
    if len(query.movie_ids) < 2:
        movie_id = query.movie_ids[0] if query.movie_ids else None
        found = await page(
            page=query.number,
            page_size=query.size,
            movie_id=movie_id,
            kinds=kinds,
            download_id=download_id,
            newest_first=newest_first,
        )
        return found.entries, found.total
    entries: list[HistoryEntry] = []
    for movie_id in set(query.movie_ids):
        entries += (
            await page(page_size=MAX_PAGE_SIZE, movie_id=movie_id, kinds=kinds, download_id=download_id)
        ).entries
    entries.sort(key=lambda entry: (entry.at, entry.id), reverse=newest_first)
    return cut(entries, query), len(entries)


async def _resources(
    call: Call[Query, None], entries: Sequence[HistoryEntry], include_movie: bool
) -> list[HistoryResource]:
    resources = [history_resource(entry) for entry in entries]
    movies: dict[int, MovieResource | None] = {}
    if include_movie:
        for resource in resources:
            if resource.movie_id not in movies:
                movies[resource.movie_id] = await _movie(call, resource.movie_id)
            resource.movie = movies[resource.movie_id]
    return resources


async def _movie(call: Call[Query, None], id: int) -> MovieResource | None:
    try:
        return await resource_of(call.engine, await call.engine.movies.get(id))
    except Problem as problem:  # history outlives its movie
        if problem.kind is Kind.NOT_FOUND:
            return None
        raise


async def _of_movie(call: Call[MovieHistoryQuery, None]) -> list[HistoryResource]:
    kinds = _kinds(call.query.event_type)
    movie = await call.engine.movies.get(call.query.movie_id)
    if not kinds:
        return []
    found = await call.engine.history.page(page_size=MAX_PAGE_SIZE, movie_id=movie.id, kinds=kinds)
    return await _resources(call, found.entries, call.query.include_movie)


async def _failed(call: Call[Query, None]) -> Empty:
    await call.engine.failures.fail_history(call.id)
    return Empty()


ENDPOINTS = (
    Endpoint("GET", "/api/v3/history", _list, HistoryResourcePagingResource, HistoryQuery),
    Endpoint("GET", "/api/v3/history/movie", _of_movie, list[HistoryResource], MovieHistoryQuery),
    Endpoint("POST", "/api/v3/history/failed/{id}", _failed),
)
