"""/queue: what is being fetched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Annotated, Any

import msgspec

from radarr_desktop.api.answers import each
from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.paging import PageQuery, cut, sort_key
from radarr_desktop.api.v3.custom_formats import CustomFormatResource
from radarr_desktop.api.v3.languages import Language, languages_of
from radarr_desktop.api.v3.matched_formats import Asked, matched
from radarr_desktop.api.v3.movie_shapes import MovieResource
from radarr_desktop.api.v3.movies import resource_of
from radarr_desktop.api.v3.shapes import QualityModel, moment, quality_model, span
from radarr_desktop.domain.records import GrabState, Pending, PendingReason, QueueItem
from radarr_desktop.plugin_api import DownloadState, Order

_STATUS = {
    DownloadState.QUEUED: "queued",
    DownloadState.METADATA: "queued",
    DownloadState.DOWNLOADING: "downloading",
    DownloadState.STALLED: "warning",
    DownloadState.PAUSED: "paused",
    DownloadState.CHECKING: "downloading",
    DownloadState.MOVING: "downloading",
    DownloadState.COMPLETED: "completed",
    DownloadState.ERROR: "warning",
}
_TRACKED = {
    GrabState.SENDING: "downloading",
    GrabState.DOWNLOADING: "downloading",
    GrabState.COMPLETED: "importPending",
    GrabState.BLOCKED: "importBlocked",
    GrabState.IMPORTED: "imported",
    GrabState.FAILED: "failed",
    GrabState.REMOVED: "ignored",
    GrabState.LOST: "failed",
}


PENDING = 1 << 30
"""Added to the ids of releases that wait: in the queue they must not be those of downloads."""


class TrackedDownloadStatusMessage(Answer):
    title: str
    messages: list[str]


class QueueResource(Answer, kw_only=True):
    id: int
    movie_id: int
    movie: MovieResource | None = None
    languages: list[Language]
    quality: QualityModel
    custom_formats: list[CustomFormatResource]
    custom_format_score: int
    size: float
    title: str
    estimated_completion_time: datetime | None = None
    added: datetime
    status: str
    tracked_download_status: str
    tracked_download_state: str
    status_messages: list[TrackedDownloadStatusMessage]
    error_message: str | None = None
    download_id: str | None = None
    protocol: str
    download_client: str
    download_client_has_post_import_category: bool
    indexer: str
    output_path: str | None = None
    sizeleft: float
    timeleft: str | None = None


class QueueResourcePagingResource(Answer):
    page: int
    page_size: int
    sort_key: str
    sort_direction: str
    total_records: int
    records: list[QueueResource]


class QueueStatusResource(Answer):
    total_count: int
    count: int
    unknown_count: int
    errors: bool
    warnings: bool
    unknown_errors: bool
    unknown_warnings: bool


class QueueQuery(PageQuery):
    include_movie: bool = False
    movie_ids: list[Id] = msgspec.field(default_factory=list)
    quality: list[int] = msgspec.field(default_factory=list)
    status: list[str] = msgspec.field(default_factory=list)
    protocol: str | None = None


class QueueBulkBody(Body):
    ids: Annotated[list[Id], msgspec.Meta(max_length=10_000)] = msgspec.field(default_factory=list)


class DetailsQuery(Query):
    movie_id: Id | None = None
    include_movie: bool = False


class RemoveQuery(Query):
    remove_from_client: bool = True
    blocklist: bool = False
    skip_redownload: bool = False
    change_category: bool = False


def queue_resource(item: QueueItem, movie: MovieResource | None = None) -> QueueResource:
    """A grab with what its client says of it; custom formats are added by whoever shows many."""
    grab, download = item.grab, item.download
    size, left = (download.size, download.left) if download and download.size else (grab.size, grab.size)
    if grab.state in (GrabState.COMPLETED, GrabState.BLOCKED, GrabState.IMPORTED):
        left = 0
    status = _status(item)
    trouble = item.trouble.sentence if item.trouble else ""
    message = grab.problem or trouble or (download.message if download else "")
    left_time = _left_time(item, left)
    return QueueResource(
        id=grab.id,
        movie_id=grab.movie_id,
        movie=movie,
        languages=languages_of(grab.parsed.languages),
        quality=quality_model(grab.parsed.quality, grab.parsed.revision),
        custom_formats=[],
        custom_format_score=0,
        size=float(size),
        title=grab.title,
        estimated_completion_time=None if left_time is None else moment(datetime.now(UTC) + left_time),
        added=moment(grab.added),
        status=status,
        tracked_download_status=_health(item, status),
        tracked_download_state=_TRACKED[grab.state],
        status_messages=[TrackedDownloadStatusMessage(title=grab.title, messages=[message])] if message else [],
        error_message=message or None,
        download_id=grab.hashes[0].upper() if grab.hashes else None,
        protocol="torrent",
        download_client=item.client,
        download_client_has_post_import_category=False,
        indexer=grab.indexer,
        output_path=f"{download.folder.rstrip('/')}/{download.name}" if download and download.folder else None,
        sizeleft=float(left),
        timeleft=None if left_time is None else span(left_time),
    )


def pending_resource(waiting: Pending, movie: MovieResource | None = None) -> QueueResource:
    """A release that is taken later. Its id is far from those of downloads."""
    release, parsed = waiting.release.release, waiting.release.parsed
    left = max(timedelta(), waiting.due - datetime.now(UTC))
    sentences = waiting.release.verdict.rejections if waiting.release.verdict else []
    return QueueResource(
        id=PENDING + waiting.id,
        movie_id=waiting.movie_id,
        movie=movie,
        languages=languages_of(parsed.languages),
        quality=quality_model(parsed.quality, parsed.revision),
        custom_formats=[],
        custom_format_score=0,
        size=float(release.size),
        title=release.title,
        estimated_completion_time=moment(waiting.due),
        added=moment(waiting.added),
        status="delay" if waiting.reason is PendingReason.DELAY else "fallback",
        tracked_download_status="ok",
        tracked_download_state="downloading",
        status_messages=[TrackedDownloadStatusMessage(title=release.title, messages=sentences)] if sentences else [],
        protocol="torrent",
        download_client="",
        download_client_has_post_import_category=False,
        indexer=waiting.release.indexer,
        sizeleft=float(release.size),
        timeleft=span(left),
    )


def _status(item: QueueItem) -> str:
    if item.grab.state in (GrabState.COMPLETED, GrabState.BLOCKED, GrabState.IMPORTED):
        return "completed"
    if item.grab.state in (GrabState.FAILED, GrabState.LOST):
        return "failed"
    if item.download is None:
        return "queued" if item.grab.state is GrabState.SENDING else "downloadClientUnavailable"
    return _STATUS[item.download.state]


def _health(item: QueueItem, status: str) -> str:
    if status == "failed" or (item.download and item.download.state is DownloadState.ERROR):
        return "error"
    is_odd = status == "warning" or item.grab.state is GrabState.BLOCKED or item.trouble is not None
    return "warning" if is_odd else "ok"


def _left_time(item: QueueItem, left: int) -> timedelta | None:
    if left == 0:
        return timedelta()
    if item.download is None or item.download.eta is None:
        return None
    return timedelta(seconds=min(item.download.eta, 100 * 86_400))


_KEYS: dict[str, Callable[[QueueResource], Any]] = {
    "timeleft": lambda one: one.estimated_completion_time.timestamp() if one.estimated_completion_time else 1e12,
    "estimatedCompletionTime": lambda one: (
        one.estimated_completion_time.timestamp() if one.estimated_completion_time else 1e12
    ),
    "added": lambda one: one.added,
    "downloadClient": lambda one: one.download_client.casefold(),
    "indexer": lambda one: one.indexer.casefold(),
    "movies.sortTitle": lambda one: one.title.casefold(),
    "title": lambda one: one.title.casefold(),
    "progress": lambda one: 1 - one.sizeleft / one.size if one.size else 0.0,
    "quality": lambda one: one.quality.quality.id,
    "size": lambda one: one.size,
    "status": lambda one: one.status,
}


async def _rows(call: Call[Any, Any]) -> list[QueueResource]:
    """What is on its way, and of each movie the best that waits; with the formats they match."""
    every = await call.engine.waiting.all()  # before the downloads: what becomes one meanwhile must not be missed
    items = await call.engine.downloads.queue()
    taken = {item.grab.release_id for item in items}
    best: dict[int, Pending] = {}
    for waiting in every:
        there = best.get(waiting.movie_id)
        if waiting.release.id not in taken and (there is None or _order(waiting) > _order(there)):
            best[waiting.movie_id] = waiting
    rows = [*map(queue_resource, items), *map(pending_resource, best.values())]
    about = [Asked(item.grab.parsed, item.grab.size, item.grab.flags) for item in items]
    about += [Asked(one.release.parsed, one.release.release.size, one.release.release.flags) for one in best.values()]
    movies = {row.movie_id: await call.engine.movies.get(row.movie_id) for row in rows}
    formats = await matched(
        call.engine, [replace(one, movie=movies[row.movie_id]) for row, one in zip(rows, about, strict=True)]
    )
    for row, theirs in zip(rows, formats, strict=True):
        row.custom_formats, row.custom_format_score = theirs.formats, theirs.score
    return rows


def _order(waiting: Pending) -> tuple[int, ...]:
    return waiting.release.verdict.order if waiting.release.verdict else ()


async def _list(call: Call[QueueQuery, None]) -> QueueResourcePagingResource:
    query = call.query
    rows = [row for row in await _rows(call) if _is_wanted(row, query)]
    key, descends = sort_key(query, _KEYS, "timeleft"), query.descends(False)
    rows.sort(key=_KEYS[key], reverse=descends)
    page = list(cut(rows, query))
    if query.include_movie:
        await _add_movies(call, page)
    return QueueResourcePagingResource(
        page=query.number,
        page_size=query.size,
        sort_key=key,
        sort_direction="descending" if descends else "ascending",
        total_records=len(rows),
        records=page,
    )


def _is_wanted(row: QueueResource, query: QueueQuery) -> bool:
    return (
        (not query.movie_ids or row.movie_id in query.movie_ids)
        and (not query.quality or row.quality.quality.id in query.quality)
        and (not query.status or row.status.lower() in {word.lower() for word in query.status})
        and (query.protocol or "torrent").lower() in ("torrent", "2")
    )


async def _add_movies(call: Call[Query, None], rows: list[QueueResource]) -> None:
    for row in rows:
        row.movie = await resource_of(call.engine, await call.engine.movies.get(row.movie_id))


async def _details(call: Call[DetailsQuery, None]) -> list[QueueResource]:
    wanted = call.query.movie_id
    rows = [row for row in await _rows(call) if wanted in (None, row.movie_id)]
    if call.query.include_movie:
        await _add_movies(call, rows)
    return rows


async def _status_of_all(call: Call[Query, None]) -> QueueStatusResource:
    rows = await _rows(call)
    states = {row.tracked_download_status for row in rows}
    return QueueStatusResource(
        total_count=len(rows),
        count=len(rows),
        unknown_count=0,
        errors="error" in states,
        warnings="warning" in states,
        unknown_errors=False,
        unknown_warnings=False,
    )


async def _remove(call: Call[RemoveQuery, None]) -> Empty:
    await _remove_one(call, call.id)
    return Empty()


async def _remove_many(call: Call[RemoveQuery, QueueBulkBody]) -> Empty:
    await each(call.body.ids, partial(_remove_one, call))
    return Empty()


async def _remove_one(call: Call[RemoveQuery, Any], id: int) -> None:
    query, engine = call.query, call.engine
    if id < PENDING and query.change_category and not query.remove_from_client:
        await engine.downloads.order(Order.IMPORTED, id)
    if id < PENDING and query.blocklist:
        follow = False if query.skip_redownload else None
        await engine.failures.fail(id, remove=query.remove_from_client, follow=follow)
        return
    if id < PENDING:
        await engine.downloads.remove(id, from_client=query.remove_from_client, force=True)
        return
    waiting = await engine.waiting.get(id - PENDING)
    if query.blocklist:
        await engine.search.block(waiting.release.id, waiting.movie_id)
    await engine.waiting.forget(waiting)


async def _grab(call: Call[Query, None]) -> Empty:
    await _grab_one(call, call.id)
    return Empty()


async def _grab_many(call: Call[Query, QueueBulkBody]) -> Empty:
    await each(call.body.ids, partial(_grab_one, call))
    return Empty()


async def _grab_one(call: Call[Query, Any], id: int) -> None:
    """Take now what waits."""
    waiting = await call.engine.waiting.get(max(0, id - PENDING))
    await call.engine.search.grab(waiting.release.id, waiting.movie_id, force=True)


ENDPOINTS = (
    Endpoint("GET", "/api/v3/queue", _list, QueueResourcePagingResource, QueueQuery),
    Endpoint("GET", "/api/v3/queue/status", _status_of_all, QueueStatusResource),
    Endpoint("GET", "/api/v3/queue/details", _details, list[QueueResource], DetailsQuery),
    Endpoint("DELETE", "/api/v3/queue/{id}", _remove, Empty, RemoveQuery),
    Endpoint("DELETE", "/api/v3/queue/bulk", _remove_many, Empty, RemoveQuery, QueueBulkBody),
    Endpoint("POST", "/api/v3/queue/grab/{id}", _grab),
    Endpoint("POST", "/api/v3/queue/grab/bulk", _grab_many, body=QueueBulkBody),
)
