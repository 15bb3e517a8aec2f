"""History: what happened to movies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from peewee import SQL, fn

from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.store.models import HistoryRow


def happened(entry: HistoryEntry) -> None:
    """Add to the history."""
    HistoryRow.create(
        movie_id=entry.movie_id,
        kind=entry.kind.value,
        at=entry.at,
        title=entry.title,
        quality_id=entry.quality_id,
        download_id=entry.download_id,
        correlation=entry.correlation,
        data=dict(entry.data),
    )


def entry(entry_id: int) -> HistoryEntry | None:
    """One entry."""
    row = HistoryRow.get_or_none(HistoryRow.id == entry_id)
    return _happened(row) if row else None


def page(
    *,
    offset: int,
    limit: int,
    movie_id: int | None = None,
    kinds: Sequence[HistoryKind] = (),
    download_id: str = "",
    newest_first: bool = True,
) -> tuple[list[HistoryEntry], int]:
    """One page of the history, and how many entries there are in all."""
    query = HistoryRow.select()
    if movie_id is not None:
        query = query.where(HistoryRow.movie_id == movie_id)
    if kinds:
        query = query.where(HistoryRow.kind.in_([kind.value for kind in kinds]))
    if download_id:
        query = query.where((HistoryRow.download_id == download_id) & SQL("download_id <> ''"))  # else no index fits
    total = int(query.count())
    order = (HistoryRow.at.desc(), HistoryRow.id.desc()) if newest_first else (HistoryRow.at, HistoryRow.id)
    return [_happened(row) for row in query.order_by(*order).offset(offset).limit(limit)], total


def added_under(correlation: str) -> set[int]:
    """The movies that were added in one go."""
    query = HistoryRow.select(HistoryRow.movie_id).where(
        (HistoryRow.correlation == correlation) & (HistoryRow.kind == HistoryKind.ADDED.value)
    )
    return {row[0] for row in query.tuples()}


def count_under(correlation: str, kind: HistoryKind) -> int:
    """How often something happened in one go."""
    return int(
        HistoryRow.select().where((HistoryRow.correlation == correlation) & (HistoryRow.kind == kind.value)).count()
    )


def imported_since(moment: datetime) -> list[tuple[str, int, int]]:
    """How files came in since then: the method, how many, and their bytes."""
    method, size = (fn.json_extract(HistoryRow.data, path) for path in ("$.method", "$.size"))
    query = (
        HistoryRow.select(method, fn.COUNT(HistoryRow.id), fn.TOTAL(size))
        .where((HistoryRow.at >= moment) & (HistoryRow.kind == HistoryKind.IMPORTED.value))
        .group_by(method)
    )
    return [(str(way or ""), int(count), int(total)) for way, count, total in query.tuples()]


def _happened(row: Any) -> HistoryEntry:
    return HistoryEntry(
        id=row.id,
        movie_id=row.movie_id,
        kind=HistoryKind(row.kind),
        at=row.at,
        title=row.title,
        quality_id=row.quality_id,
        download_id=row.download_id,
        correlation=row.correlation,
        data=row.data,
    )
