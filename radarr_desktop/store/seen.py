"""What the releases that were judged lately were like: how large, and what custom formats look at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from radarr_desktop.store import sql
from radarr_desktop.store.fields import milliseconds
from radarr_desktop.store.models import ReleaseRow

_SIZES = """
    SELECT DISTINCT r.id, json_extract(r.parsed, '$.quality.id'), json_extract(r.body, '$.size'),
                    json_extract(m.info, '$.runtime')
    FROM verdict v JOIN release r ON r.id = v.release_id
    JOIN slot s ON s.id = v.slot_id JOIN movie m ON m.id = s.movie_id
    WHERE v.last >= ?
"""
_SUBJECTS = """
    SELECT r.body, r.parsed, m.info, r.formats, r.formats_of
    FROM (SELECT release_id, MIN(slot_id) AS slot_id FROM verdict WHERE last >= ? GROUP BY release_id) v
    JOIN slot s ON s.id = v.slot_id JOIN movie m ON m.id = s.movie_id JOIN release r ON r.id = v.release_id
"""
_NAMES = """
    SELECT r.parsed, COALESCE(json_extract(r.body, '$.size'), 0), COALESCE(json_extract(m.info, '$.runtime'), 0)
    FROM release r
    LEFT JOIN (SELECT release_id, MIN(slot_id) AS slot_id FROM verdict GROUP BY release_id) v ON v.release_id = r.id
    LEFT JOIN slot s ON s.id = v.slot_id LEFT JOIN movie m ON m.id = s.movie_id
    WHERE r.last_seen >= ?
"""


def sizes(since: datetime) -> list[tuple[int, int, int]]:
    """Quality id, bytes and the movie's minutes of each release; 0 where nobody knows."""
    rows = sql.execute(_SIZES, milliseconds(since))
    return [(quality or 0, size or 0, runtime or 0) for _, quality, size, runtime in rows]


def subjects(since: datetime) -> list[tuple[Any, ...]]:
    """Release, name as read, movie and matching formats as JSON, and what these were matched by; read elsewhere."""
    return sql.execute(_SUBJECTS, milliseconds(since))


def names(since: datetime) -> list[tuple[Any, ...]]:
    """Name as read, as JSON, bytes and the movie's minutes of each release, judged or only collected; 0: not known."""
    return sql.execute(_NAMES, ReleaseRow.last_seen.db_value(since))
