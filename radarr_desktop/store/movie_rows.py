"""Movies read as plain rows: one statement that is always the same, for one movie or the whole library.

Peewee writes its SQL anew for every query, which costs more than all the rest of a look-up.
"""

from __future__ import annotations

from typing import Any

from radarr_desktop.domain.movie import Availability, Movie, MovieFile, Slot
from radarr_desktop.domain.quality import BY_ID, UNKNOWN, Revision
from radarr_desktop.store.fields import moment
from radarr_desktop.store.models import MovieFileRow, MovieRow

_SELECT = """
    SELECT m.id, m.info, m.folder, m.monitored, m.minimum_availability, m.tags, m.added, m.last_search,
           s.id, s.name, s.profile_id, s.root_folder,
           f.id, f.path, f.size, f.added, f.quality_id, f.revision_real, f.revision_version,
           f.release_group, f.release_title, f.original_path, f.release_size, f.flags, f.media, f.notes,
           f.languages, f.editions
    FROM movie m JOIN slot s ON s.movie_id = m.id LEFT JOIN movie_file f ON f.slot_id = s.id
    WHERE {where} ORDER BY m.id, s.position
"""
BY_MOVIE = _SELECT.format(where="m.id = ?")
BY_TMDB = _SELECT.format(where="m.tmdb_id = ?")
ALL = _SELECT.format(where="1")
SOME = _SELECT.format(where="m.id IN (SELECT value FROM json_each(?))")
WITHOUT_FILE = _SELECT.format(
    where="m.monitored AND EXISTS (SELECT 1 FROM slot e WHERE e.movie_id = m.id"
    " AND NOT EXISTS (SELECT 1 FROM movie_file g WHERE g.slot_id = e.id))"
)
"""Monitored movies of which at least one slot is empty."""

_info = MovieRow.info.python_value
_tags = MovieRow.tags.python_value
_flags = MovieFileRow.flags.python_value
_media = MovieFileRow.media.python_value
_notes = MovieFileRow.notes.python_value
_languages = MovieFileRow.languages.python_value
_editions = MovieFileRow.editions.python_value


def read(statement: str, *values: int | str) -> list[Movie]:
    """The movies of one of the statements above, with slots and files."""
    movies: list[Movie] = []
    database = MovieRow._meta.database  # noqa: SLF001  that is Peewee's public name for it
    rows = database.execute_sql(statement, values).fetchall()
    for place, row in enumerate(rows):
        if place and rows[place - 1][0] == row[0]:
            last = movies.pop()
            movies.append(_movie(row, (*last.slots, _slot(row))))
        else:
            movies.append(_movie(row, (_slot(row),)))
    return movies


def _movie(row: Any, slots: tuple[Slot, ...]) -> Movie:
    return Movie(
        id=row[0],
        info=_info(row[1]),
        slots=slots,
        folder=row[2],
        monitored=bool(row[3]),
        minimum_availability=Availability(row[4]),
        tags=_tags(row[5]),
        added=moment(row[6]),
        last_search=moment(row[7]) if row[7] is not None else None,
    )


def _slot(row: Any) -> Slot:
    return Slot(row[8], row[9], row[10], row[11], _file(row) if row[12] is not None else None)


def _file(row: Any) -> MovieFile:
    return MovieFile(
        id=row[12],
        movie_id=row[0],
        slot_id=row[8],
        path=row[13],
        size=row[14],
        added=moment(row[15]),
        quality=BY_ID.get(row[16], UNKNOWN),
        revision=Revision(row[17], row[18]),
        group=row[19],
        release_title=row[20],
        original_path=row[21],
        release_size=row[22],
        flags=_flags(row[23]),
        media=_media(row[24]),
        notes=_notes(row[25]) if row[25] != "[]" else (),
        languages=_languages(row[26]),
        editions=_editions(row[27]),
    )
