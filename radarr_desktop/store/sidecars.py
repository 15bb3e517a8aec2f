"""Files that this program writes beside movies anew: notes for players, pictures."""

from __future__ import annotations

from dataclasses import dataclass

from radarr_desktop.domain.naming import path_key
from radarr_desktop.store.models import SidecarRow
from radarr_desktop.store.sql import Rows

_OF_MOVIE = Rows(SidecarRow, "WHERE movie_id = ? ORDER BY path")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """One of them, as it was written."""

    path: str
    root: str
    """The root folder it lies in."""
    digest: str
    """SHA-256 of what was written: whoever changed it since owns it."""


def of_movie(movie_id: int) -> list[Sidecar]:
    """All of a movie, which need not be in the library any more."""
    return [Sidecar(row.path, row.root, row.digest) for row in _OF_MOVIE(movie_id)]


def is_any() -> bool:
    """Was anything written at all?"""
    return bool(SidecarRow.select().exists())


def replace(movie_id: int, sidecars: list[Sidecar]) -> None:
    """Make these the movie's."""
    SidecarRow.delete().where(SidecarRow.movie_id == movie_id).execute()
    for one in sidecars:
        SidecarRow.delete().where(SidecarRow.path_key == path_key(one.path)).execute()
        SidecarRow.create(
            movie_id=movie_id, path=one.path, path_key=path_key(one.path), root=one.root, digest=one.digest
        )
