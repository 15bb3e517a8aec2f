"""Which movies come out in a span of days."""

from __future__ import annotations

from datetime import date

from radarr_desktop.store import sql

_COMING = """
    SELECT id, title, day, kind, monitored, has_file FROM (
        SELECT m.id, m.title, m.monitored, json_extract(m.info, '$.in_cinemas') AS day, 'cinema' AS kind,
               EXISTS (SELECT 1 FROM movie_file f WHERE f.movie_id = m.id) AS has_file FROM movie m
        UNION ALL
        SELECT m.id, m.title, m.monitored, json_extract(m.info, '$.digital_release'), 'digital',
               EXISTS (SELECT 1 FROM movie_file f WHERE f.movie_id = m.id) FROM movie m
        UNION ALL
        SELECT m.id, m.title, m.monitored, json_extract(m.info, '$.physical_release'), 'disc',
               EXISTS (SELECT 1 FROM movie_file f WHERE f.movie_id = m.id) FROM movie m
    ) WHERE {where} ORDER BY day, title, kind LIMIT ?
"""
Row = tuple[int, str, date, str, bool, bool]
"""Id, title, day, kind, whether it is monitored, and there."""


def between(start: date, end: date, most: int) -> list[Row]:
    """From the first day to the last one, in order."""
    return _read("day >= ? AND day <= ?", start.isoformat(), end.isoformat(), most)


def after(day: date, most: int) -> list[Row]:
    """The next ones after a day."""
    return _read("day > ?", day.isoformat(), most)


def _read(where: str, *values: str | int) -> list[Row]:
    rows = sql.execute(_COMING.format(where=where), *values)
    return [
        (id_, title, date.fromisoformat(day), kind, bool(monitored), bool(there))
        for id_, title, day, kind, monitored, there in rows
    ]
