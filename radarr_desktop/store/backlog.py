"""When each wanted movie is searched next, by indexer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from radarr_desktop.domain.backlog import Turn, Why
from radarr_desktop.store import sql
from radarr_desktop.store.fields import moment
from radarr_desktop.store.models import BacklogRow

Key = tuple[int, int]
"""Movie and indexer."""

_time = BacklogRow.due.db_value
_ALL = "SELECT movie_id, indexer_id, due, why, step, asked, profile FROM backlog"


def turns(movie_ids: Iterable[int] | None = None) -> dict[Key, Turn]:
    """Of these movies, or of all."""
    if movie_ids is None:
        rows: Iterable[tuple[Any, ...]] = sql.execute(_ALL)
    else:
        rows = sql.among(_ALL + " WHERE movie_id IN ({})", movie_ids)
    return {(row[0], row[1]): _turn(row) for row in rows}


_PUT = """
    INSERT OR REPLACE INTO backlog (movie_id, indexer_id, due, why, step, asked, profile)
    SELECT m.id, i.id, ?3, ?4, ?5, ?6, ?7 FROM movie m, plugin_instance i WHERE m.id = ?1 AND i.id = ?2
"""


def put(changed: Mapping[Key, Turn]) -> None:
    """Remember these; of movies and indexers that are gone nothing is."""
    rows = [
        (*key, _time(turn.due), turn.why.value, turn.step, _time(turn.asked), turn.profile)
        for key, turn in changed.items()
    ]
    sql.change_many(_PUT, rows)


def drop(keys: Iterable[Key]) -> None:
    """These are looked for no more."""
    sql.change_many("DELETE FROM backlog WHERE movie_id = ? AND indexer_id = ?", list(keys))


def first_in_line(indexers: Iterable[int]) -> dict[int, tuple[datetime, int]]:
    """At each of these indexers that has any: the turn that is due before all others, and its movie."""
    statement = "SELECT due, movie_id FROM backlog WHERE indexer_id = ? ORDER BY due LIMIT 1"
    found = {id_: sql.execute(statement, id_) for id_ in indexers}
    return {id_: (moment(rows[0][0]), rows[0][1]) for id_, rows in found.items() if rows}


def ahead(indexer: int, due: datetime) -> int:
    """How many movies are due before then at an indexer."""
    ((count,),) = sql.execute("SELECT count(*) FROM backlog WHERE indexer_id = ? AND due < ?", indexer, _time(due))
    return int(count)


def put_off(movie_id: int, until: datetime) -> None:
    """Not before then: a copy is on its way."""
    statement = "UPDATE backlog SET due = ?2, why = ?3 WHERE movie_id = ?1 AND due < ?2"
    sql.change(statement, movie_id, _time(until), Why.BUSY.value)


def due_count(indexers: Iterable[int], now: datetime) -> int:
    """How many movies wait for a search at one of these."""
    statement = "SELECT count(DISTINCT movie_id) FROM backlog WHERE indexer_id IN ({}) AND due <= ?"
    return sum(count for (count,) in sql.among(statement, indexers, _time(now)))


_NEXT = """
    SELECT movie_id, indexer_id, due, why, step, asked, profile, min(due) FROM backlog
    WHERE indexer_id IN ({}) GROUP BY movie_id HAVING min(due) >= ? AND min(due) < ? ORDER BY min(due), movie_id LIMIT ?
"""  # SQLite takes the other columns from the row that has the least


def soonest(indexers: Collection[int], since: datetime, until: datetime, most: int) -> list[tuple[int, int, Turn]]:
    """The next turn of each movie where it lies in that span, the soonest first: movie, indexer, turn."""
    rows = sql.among(_NEXT, indexers, _time(since), _time(until), most)
    return [(row[0], row[1], _turn(row)) for row in rows]


def _turn(row: tuple[Any, ...]) -> Turn:
    asked = moment(row[5]) if row[5] is not None else None
    return Turn(moment(row[2]), Why(row[3]), row[4], asked, row[6])
