"""Files beside movies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from radarr_desktop.domain.naming import path_key
from radarr_desktop.domain.side_files import SideFile, SideKind
from radarr_desktop.store import sql
from radarr_desktop.store.models import SideFileRow

_OF_MOVIE = sql.Rows(SideFileRow, "WHERE movie_id = ? ORDER BY path")


def of_movie(movie_id: int) -> list[SideFile]:
    """All of a movie, by path."""
    return [_side(row) for row in _OF_MOVIE(movie_id)]


def by_movie() -> dict[int, list[SideFile]]:
    """All there are, by movie."""
    found: dict[int, list[SideFile]] = {}
    for row in SideFileRow.select().order_by(SideFileRow.path):
        found.setdefault(row.movie_id, []).append(_side(row))
    return found


def at(path: str) -> SideFile | None:
    """The one that has this path, compared as a case-insensitive disk would."""
    row = SideFileRow.get_or_none(SideFileRow.path_key == path_key(path))
    return _side(row) if row else None


def put(side: SideFile) -> SideFile:
    """Remember one, in place of what was known of its path."""
    forget(side.path)
    row = SideFileRow.create(
        movie=side.movie_id,
        slot=side.slot_id,
        path=side.path,
        path_key=path_key(side.path),
        kind=side.kind.value,
        language=side.language,
        tags=side.tags,
        owned=side.owned,
        added=side.added or datetime.now(UTC),
    )
    return _side(row)


def forget(path: str) -> None:
    """It is not there any more."""
    sql.change("DELETE FROM side_file WHERE path_key = ?", path_key(path))


def replace(movie_id: int, sides: tuple[SideFile, ...]) -> None:
    """Make these the movie's."""
    SideFileRow.delete().where(SideFileRow.movie == movie_id).execute()
    for side in sides:
        put(side)


def _side(row: Any) -> SideFile:
    return SideFile(
        id=row.id,
        movie_id=row.movie_id,
        slot_id=row.slot_id,
        path=row.path,
        kind=SideKind(row.kind),
        language=row.language,
        tags=row.tags,
        owned=row.owned,
        added=row.added,
    )
