"""Whose every path of the library is."""

from __future__ import annotations

from radarr_desktop.store.models import MovieFileRow, MovieRow, SideFileRow


def owners() -> dict[str, int]:
    """The movie of every file, side file and folder, by the key of its path."""
    found: dict[str, int] = dict(MovieRow.select(MovieRow.folder_key, MovieRow.id).tuples())
    for row in (SideFileRow, MovieFileRow):
        found |= dict(row.select(row.path_key, row.movie).tuples())
    return found
