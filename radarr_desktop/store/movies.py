"""Movies, their slots and files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from peewee import fn

from radarr_desktop.domain.movie import Counts, Movie, MovieFile, Named
from radarr_desktop.domain.naming import path_key
from radarr_desktop.domain.quality import BY_ID, UNKNOWN, Revision
from radarr_desktop.store import movie_rows, sql
from radarr_desktop.store.models import MovieFileRow, MovieRow, SlotRow

_BY_PATH = sql.Rows(MovieFileRow, "WHERE path_key = ?")
_COUNTS = """
    SELECT COUNT(*), COUNT(f.id), COALESCE(SUM(m.monitored AND f.id IS NULL), 0)
    FROM movie m JOIN slot s ON s.movie_id = m.id AND s.position = 0 LEFT JOIN movie_file f ON f.slot_id = s.id
"""


def get(movie_id: int) -> Movie | None:
    """One movie with slots and files."""
    return next(iter(movie_rows.read(movie_rows.BY_MOVIE, movie_id)), None)


def title_of(movie_id: int, slot_id: int) -> str | None:
    """Title and year of a movie, if it has the slot."""
    statement = "SELECT m.title, m.year FROM movie m JOIN slot s ON s.movie_id = m.id WHERE m.id = ? AND s.id = ?"
    rows = sql.execute(statement, movie_id, slot_id)
    return next((f"{title} ({year})" if year else title for title, year in rows), None)


def by_tmdb(tmdb_id: int) -> Movie | None:
    """The movie with this TMDb id."""
    return next(iter(movie_rows.read(movie_rows.BY_TMDB, tmdb_id)), None)


def all_movies() -> list[Movie]:
    """The whole library, by id."""
    return movie_rows.read(movie_rows.ALL)


def ids() -> list[int]:
    """Of the whole library, in order."""
    return [id_ for (id_,) in sql.execute("SELECT id FROM movie ORDER BY id")]


def named() -> list[Named]:
    """What the movies of the whole library are called, by id."""
    return [Named(*row) for row in sql.execute("SELECT id, tmdb_id, imdb_id, title, year FROM movie ORDER BY id")]


def counts() -> Counts:
    """How many there are; the slot that counts is the first."""
    ((movies, there, wanted),) = sql.execute(_COUNTS)
    return Counts(movies, there, wanted)


def some(wanted: Iterable[int]) -> list[Movie]:
    """Those of these that there are, by id."""
    return movie_rows.read(movie_rows.SOME, json.dumps(list(wanted)))


def without_file() -> list[Movie]:
    """Monitored movies that are not there; the slot that counts is the first."""
    return [movie for movie in movie_rows.read(movie_rows.WITHOUT_FILE) if movie.file is None]


def folder_owner(folder: str) -> int:
    """Id of the movie that has this folder, or 0; compared as a case-insensitive disk would."""
    row = MovieRow.get_or_none(MovieRow.folder_key == path_key(folder))
    return row.id if row else 0


def owners(paths: Iterable[str]) -> dict[str, int]:
    """Of these paths those that are a movie's folder or file, with the ids of the movies."""
    wanted = list(paths)
    files = dict(sql.among("SELECT path, movie_id FROM movie_file WHERE path IN ({})", wanted))
    return files | dict(sql.among("SELECT folder, id FROM movie WHERE folder IN ({})", wanted))


def file_ids(paths: Iterable[str]) -> dict[str, int]:
    """Of these paths those that are files of the library, with their ids."""
    return dict(sql.among("SELECT path, id FROM movie_file WHERE path IN ({})", paths))


def newest_with_file(most: int) -> list[Movie]:
    """The movies that got their files last, by id."""
    rows = sql.execute("SELECT movie_id FROM movie_file ORDER BY id DESC LIMIT ?", most)
    return some(id_ for (id_,) in rows)


def insert(movie: Movie) -> Movie:
    """Store a new movie with its slots; the result has the ids."""
    row = MovieRow.create(**columns(movie), added=movie.added or datetime.now(UTC))
    for position, slot in enumerate(movie.slots):
        SlotRow.create(
            movie=row.id, name=slot.name, position=position, profile=slot.profile_id, root_folder=slot.root_folder
        )
    return _sure(row.id)


def update(movie: Movie) -> Movie:
    """Store what may change of a movie and its slots (not their files)."""
    MovieRow.update(**columns(movie), last_search=movie.last_search).where(MovieRow.id == movie.id).execute()
    for slot in movie.slots:
        SlotRow.update(name=slot.name, profile=slot.profile_id, root_folder=slot.root_folder).where(
            SlotRow.id == slot.id
        ).execute()
    return _sure(movie.id)


def delete(movie_id: int) -> None:
    """Forget a movie and all that hangs on it; files on the disk stay."""
    MovieRow.delete().where(MovieRow.id == movie_id).execute()


def searched(movie_id: int, at: datetime) -> None:
    """Remember when a movie was last searched."""
    MovieRow.update(last_search=at).where(MovieRow.id == movie_id).execute()


def profile_uses() -> dict[int, int]:
    """How many slots use each profile."""
    count = fn.COUNT(SlotRow.id)
    rows = SlotRow.select(SlotRow.profile, count.alias("uses")).group_by(SlotRow.profile)
    return {row.profile_id: row.uses for row in rows}


def set_file(file: MovieFile, *, keep_id: bool = False) -> MovieFile:
    """Make this the slot's file, in place of what was there; ``keep_id``: under the id it has."""
    sql.change("DELETE FROM movie_file WHERE slot_id = ?", file.slot_id)
    ids = {"id": file.id} if keep_id else {}
    row = MovieFileRow.create(
        **ids,
        movie=file.movie_id,
        slot=file.slot_id,
        path=file.path,
        path_key=path_key(file.path),
        size=file.size,
        added=file.added,
        quality_id=file.quality.id,
        revision_real=file.revision.real,
        revision_version=file.revision.version,
        release_group=file.group,
        release_title=file.release_title,
        original_path=file.original_path,
        release_size=file.release_size,
        flags=file.flags,
        media=file.media,
        notes=file.notes,
        languages=file.languages,
        editions=file.editions,
    )
    return _file(row)


def remove_file(file_id: int) -> None:
    """Forget a file."""
    MovieFileRow.delete().where(MovieFileRow.id == file_id).execute()


def file(file_id: int) -> MovieFile | None:
    """One file."""
    row = MovieFileRow.get_or_none(MovieFileRow.id == file_id)
    return _file(row) if row else None


def file_at(path: str) -> MovieFile | None:
    """The file that owns this path, compared as a case-insensitive disk would."""
    row = _BY_PATH.first(path_key(path))
    return _file(row) if row else None


def roots() -> set[str]:
    """The root folders that slots have."""
    return {row.root_folder for row in SlotRow.select(SlotRow.root_folder).distinct()}


def some_below(folder: str, most: int) -> list[str]:
    """Files of the library below a folder, at most so many."""
    start = f"{folder.rstrip('/')}/"
    found = sql.execute("SELECT path FROM movie_file WHERE substr(path, 1, ?) = ? LIMIT ?", len(start), start, most)
    return [path for (path,) in found]


def any_below(folder: str) -> bool:
    """Does any file lie below a folder, as far as is remembered?"""
    start = f"{folder.rstrip('/')}/"
    statement = "SELECT EXISTS (SELECT 1 FROM movie_file WHERE substr(path, 1, ?) = ?)"
    return bool(sql.execute(statement, len(start), start)[0][0])


def files_below(folder: str) -> int:
    """How many files lie below a folder, as far as is remembered."""
    start = f"{folder.rstrip('/')}/"
    ((count,),) = sql.execute("SELECT count(*) FROM movie_file WHERE substr(path, 1, ?) = ?", len(start), start)
    return int(count)


def _sure(movie_id: int) -> Movie:
    movie = get(movie_id)
    if movie is None:
        raise LookupError(movie_id)
    return movie


def columns(movie: Movie) -> dict[str, Any]:
    """A movie's own columns, without its dates."""
    return {
        "tmdb_id": movie.info.tmdb_id,
        "imdb_id": movie.info.imdb_id,
        "title": movie.info.title,
        "year": movie.info.year,
        "info": movie.info,
        "folder": movie.folder,
        "folder_key": path_key(movie.folder),
        "monitored": movie.monitored,
        "minimum_availability": movie.minimum_availability.value,
        "tags": movie.tags,
    }


def _file(row: Any) -> MovieFile:
    return MovieFile(
        id=row.id,
        movie_id=row.movie_id,
        slot_id=row.slot_id,
        path=row.path,
        size=row.size,
        added=row.added,
        quality=BY_ID.get(row.quality_id, UNKNOWN),
        revision=Revision(row.revision_real, row.revision_version),
        group=row.release_group,
        release_title=row.release_title,
        original_path=row.original_path,
        release_size=row.release_size,
        flags=row.flags,
        media=row.media,
        notes=row.notes,
        languages=row.languages,
        editions=row.editions,
    )
