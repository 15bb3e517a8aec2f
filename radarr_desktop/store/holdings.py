"""What of a movie lies where: taken down, and given back by an undo. Called inside a transaction."""

from __future__ import annotations

from datetime import UTC, datetime

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.naming import path_key
from radarr_desktop.domain.operations import Holdings
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.store import movies, side_files
from radarr_desktop.store.models import MovieFileRow, MovieRow, SlotRow


def of(movie_id: int, *, whole: bool = False) -> Holdings | None:
    """What there is now; ``whole``: with the movie itself. None when the movie is not there."""
    movie = movies.get(movie_id)
    if movie is None:
        return None
    files = tuple(slot.file for slot in movie.slots if slot.file is not None)
    roots = tuple((slot.id, slot.root_folder) for slot in movie.slots)
    return Holdings(movie.folder, files, tuple(side_files.of_movie(movie_id)), roots, movie if whole else None)


def change(movie_id: int, now: Holdings | None, then: Holdings | None) -> None:
    """Bring the rows from ``now`` to ``then``; slots that are the same in both are left alone."""
    if then is None:
        movies.delete(movie_id)
        return
    if now is None or movies.get(movie_id) is None:
        if then.movie is None:
            raise Problem(Kind.NOT_FOUND, "The movie is not in the library any more.", "Nothing was changed.")
        _bring_back(then.movie)
    elif now.folder != then.folder:
        MovieRow.update(folder=then.folder, folder_key=path_key(then.folder)).where(MovieRow.id == movie_id).execute()
    for slot_id, root in set(then.roots) - set(now.roots if now else ()):
        SlotRow.update(root_folder=root).where(SlotRow.id == slot_id).execute()
    if now is None or now.side_files != then.side_files:
        side_files.replace(movie_id, then.side_files)
    had = {file.slot_id: file for file in now.files} if now else {}
    gets = {file.slot_id: file for file in then.files}
    for slot_id in had.keys() | gets.keys():
        if had.get(slot_id) == gets.get(slot_id):
            continue
        MovieFileRow.delete().where(MovieFileRow.slot == slot_id).execute()
        if slot_id in gets:
            movies.set_file(gets[slot_id], keep_id=True)


def _bring_back(movie: Movie) -> None:
    """The movie with the ids it had, so that its history is its own again."""
    if movies.by_tmdb(movie.info.tmdb_id) is not None:
        why = "It was added again meanwhile."
        raise Problem(Kind.CONFLICT, f"{movie.title} is in the library already.", why, "Remove it first.")
    added = movie.added or datetime.now(UTC)
    MovieRow.insert(id=movie.id, added=added, last_search=movie.last_search, **movies.columns(movie)).execute()
    for position, slot in enumerate(movie.slots):
        SlotRow.insert(
            id=slot.id,
            movie=movie.id,
            name=slot.name,
            position=position,
            profile=slot.profile_id,
            root_folder=slot.root_folder,
        ).execute()
