"""The blocklist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from radarr_desktop.domain.blocklist import Blocked, Scope
from radarr_desktop.store.models import BlocklistRow
from radarr_desktop.store.sql import Rows

_SORTS: dict[str, Any] = {
    "date": BlocklistRow.added,
    "sourceTitle": BlocklistRow.title.collate("NOCASE"),
    "indexer": BlocklistRow.indexer.collate("NOCASE"),
}
_ALL = Rows(BlocklistRow, "ORDER BY id DESC")
_OF_MOVIE = Rows(BlocklistRow, "WHERE movie_id = ? OR movie_id IS NULL ORDER BY id DESC")


def put(entry: Blocked) -> Blocked:
    """Add an entry. The same one again is not there twice: it gets the reason given last, and never a shorter time.

    What the user blocked stays as the user has it.
    """
    there = _same(entry)
    if there is not None and entry.automatic and not there.automatic:
        return _blocked(there)
    if there is not None and entry.automatic and there.expires is None:
        entry = replace(entry, expires=None)
    values = {
        "cause": entry.cause,
        "reason": entry.reason,
        "attempts": entry.attempts,
        "expires": entry.expires,
        "automatic": entry.automatic,
    }
    if there is not None:
        BlocklistRow.update(**values).where(BlocklistRow.id == there.id).execute()
        return replace(entry, id=there.id, added=there.added)
    row = BlocklistRow.create(
        movie=entry.movie_id or None,
        scope=entry.scope.value,
        title=entry.title,
        info_hash=entry.info_hash,
        indexer=entry.indexer,
        release_group=entry.group,
        pattern=entry.pattern,
        added=entry.added,
        **values,
    )
    return replace(entry, id=row.id)


def all_of(movie_id: int = 0) -> list[Blocked]:
    """Every entry, or (a movie's id) those that are of it or of all movies; newest first."""
    return [_blocked(row) for row in (_OF_MOVIE(movie_id) if movie_id else _ALL())]


def page(
    *, offset: int, limit: int, sort: str = "date", descends: bool = True, movie_ids: Iterable[int] = ()
) -> tuple[list[Blocked], int]:
    """Some entries, and how many there are."""
    query = BlocklistRow.select()
    if wanted := list(movie_ids):
        query = query.where(BlocklistRow.movie.in_(wanted))
    total = int(query.count())
    key = _SORTS.get(sort, BlocklistRow.added)
    order = (key.desc(), BlocklistRow.id.desc()) if descends else (key, BlocklistRow.id)
    return [_blocked(row) for row in query.order_by(*order).offset(offset).limit(limit)], total


def by_hashes(movie_id: int, hashes: Iterable[str], now: datetime) -> Blocked | None:
    """An entry that blocks a torrent with one of these hashes for a movie."""
    query = BlocklistRow.select().where(
        BlocklistRow.info_hash.in_([one[:40] for one in hashes])
        & ((BlocklistRow.movie == movie_id) | BlocklistRow.movie.is_null())
        & (BlocklistRow.expires.is_null() | (BlocklistRow.expires > now))
    )
    row = query.first()
    return _blocked(row) if row else None


def remove(ids: Iterable[int]) -> list[int]:
    """Take entries off; the ids of those that were there."""
    wanted = list(ids)
    there = [row.id for row in BlocklistRow.select(BlocklistRow.id).where(BlocklistRow.id.in_(wanted))]
    BlocklistRow.delete().where(BlocklistRow.id.in_(there)).execute()
    return there


def clear() -> int:
    """Take all off; how many there were."""
    return int(BlocklistRow.delete().execute())


def expire(now: datetime) -> int:
    """Drop the entries whose time is over; how many were."""
    return int(BlocklistRow.delete().where(BlocklistRow.expires <= now).execute())


def _same(entry: Blocked) -> Any:
    movie = BlocklistRow.movie == entry.movie_id if entry.movie_id else BlocklistRow.movie.is_null()
    about = {
        Scope.RELEASE: (BlocklistRow.info_hash == entry.info_hash) & (BlocklistRow.title == entry.title),
        Scope.HASH: BlocklistRow.info_hash == entry.info_hash,
        Scope.GROUP: BlocklistRow.release_group == entry.group,
        Scope.PATTERN: BlocklistRow.pattern == entry.pattern,
    }[entry.scope]
    return BlocklistRow.get_or_none(movie & (BlocklistRow.scope == entry.scope.value) & about)


def _blocked(row: Any) -> Blocked:
    return Blocked(
        id=row.id,
        movie_id=row.movie_id or 0,
        title=row.title,
        reason=row.reason,
        added=row.added,
        scope=Scope(row.scope),
        info_hash=row.info_hash,
        indexer=row.indexer,
        group=row.release_group,
        pattern=row.pattern,
        cause=row.cause,
        attempts=row.attempts,
        expires=row.expires,
        automatic=row.automatic,
    )
