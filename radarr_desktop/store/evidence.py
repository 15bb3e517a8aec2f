"""What became of releases, and the rows it is read out of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from radarr_desktop.domain.reputation.evidence import Evidence, Outcome
from radarr_desktop.store import sql
from radarr_desktop.store.fields import moment
from radarr_desktop.store.models import EvidenceRow

SOURCES = ("history", "failure", "blocklist")
"""Tables that evidence is read out of, each by the ids of its rows."""

_names = EvidenceRow.names.python_value
_READ = "SELECT id, at, outcome, title, release_group, names, quality_id, movie_id, why, operation_id FROM evidence"
_ADD = """
    INSERT OR IGNORE INTO evidence
        (origin, at, outcome, title, release_group, names, quality_id, movie_id, why, operation_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_NEW = {
    "history": """
        SELECT id, kind, at, title, data, movie_id FROM history WHERE id > ?
        AND kind IN ('downloadFolderImported', 'movieFileDeleted', 'undone') ORDER BY id LIMIT ?
    """,
    "failure": "SELECT id, code, at, title, message, movie_id FROM failure WHERE id > ? ORDER BY id LIMIT ?",
    "blocklist": """
        SELECT id, cause, added, title, reason, COALESCE(movie_id, 0) FROM blocklist
        WHERE id > ? AND scope = 'release' AND NOT automatic ORDER BY id LIMIT ?
    """,
}
_MOST = "SELECT COALESCE(MAX(id), 0) FROM {}"


def marks() -> dict[str, int]:
    """The last row that was read of each source; 0 where the table was emptied since, and its ids begin again."""
    known = dict(sql.execute("SELECT source, last FROM evidence_mark"))
    return {source: last if (last := known.get(source, 0)) <= newest(source) else 0 for source in SOURCES}


def newer(source: str, after: int, most: int) -> list[tuple[Any, ...]]:
    """Rows behind an id: id, kind, time, title, what else was told, movie."""
    return sql.execute(_NEW[source], after, most)


def newest(source: str) -> int:
    """The last row there is, worth reading or not."""
    ((last,),) = sql.execute(_MOST.format(source))
    return int(last)


def mark(source: str, last: int) -> None:
    """It is read up to this row."""
    sql.change("INSERT OR REPLACE INTO evidence_mark (source, last) VALUES (?, ?)", source, last)


def add(origin: str, event: Evidence) -> bool:
    """Remember an event, once for each origin; was it new?"""
    return bool(
        sql.change(
            _ADD,
            origin,
            EvidenceRow.at.db_value(event.at),
            event.outcome.value,
            event.title,
            event.group,
            EvidenceRow.names.db_value(event.names),
            event.quality_id,
            event.movie_id,
            event.why,
            event.operation_id,
        )
    )


def take_back(operation_id: int) -> int:
    """What an operation made, which is undone; how many events that were."""
    return sql.change("DELETE FROM evidence WHERE operation_id = ? AND operation_id <> 0", operation_id)


def every() -> list[Evidence]:
    """All of them, oldest first."""
    return _read(sql.execute(f"{_READ} ORDER BY at, id"))


def facts() -> list[tuple[Outcome, datetime, tuple[str, ...], int]]:
    """Outcome, time, keys and quality id of all of them: what standings are made of."""
    rows = sql.execute("SELECT outcome, at, names, quality_id FROM evidence")
    keys = {names: _names(names) for names in {row[2] for row in rows}}
    return [(Outcome(outcome), moment(at), keys[names], quality_id) for outcome, at, names, quality_id in rows]


def of_group(name: str) -> list[Evidence]:
    """What a group's reputation is made of, newest first; ``name`` is its key."""
    with_name = "EXISTS (SELECT 1 FROM json_each(names) WHERE value = ?)"
    return _read(sql.execute(f"{_READ} WHERE {with_name} ORDER BY at DESC, id DESC", name))


def imports_of(movie_id: int, quality_id: int) -> list[Evidence]:
    """What was imported for a movie in a quality, newest first."""
    words = (Outcome.IMPORTED.value, Outcome.CONTRADICTED.value)
    asked = f"{_READ} WHERE movie_id = ? AND quality_id = ? AND outcome IN (?, ?) ORDER BY id DESC"
    return _read(sql.execute(asked, movie_id, quality_id, *words))


def _read(rows: Iterable[Sequence[Any]]) -> list[Evidence]:
    return [Evidence(row[0], moment(row[1]), Outcome(row[2]), row[3], row[4], _names(row[5]), *row[6:]) for row in rows]
