"""Steps in the journal belong to an operation, which can be undone."""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE operation (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, state TEXT NOT NULL, movie_id INTEGER NOT NULL,
    slot_id INTEGER NOT NULL, grab_id INTEGER, title TEXT NOT NULL, at INTEGER NOT NULL, correlation TEXT NOT NULL,
    undoes INTEGER, data TEXT NOT NULL, before TEXT, after TEXT) STRICT;
CREATE INDEX operation_movie ON operation (movie_id, id);
CREATE INDEX operation_open ON operation (id) WHERE state = 'open';
ALTER TABLE journal ADD COLUMN operation_id INTEGER NOT NULL DEFAULT 0;
INSERT INTO operation (kind, state, movie_id, slot_id, grab_id, title, at, correlation, data)
    SELECT CASE WHEN max(action = 'link') THEN 'import' ELSE 'delete' END,
           CASE WHEN max(open) THEN 'open' ELSE 'expired' END,
           movie_id, slot_id, max(grab_id), coalesce(max(data ->> 'title'), ''), at, max(correlation),
           coalesce(max(CASE WHEN action = 'link' THEN data END), '{}')
    FROM journal GROUP BY movie_id, slot_id, at ORDER BY min(id);
UPDATE journal SET operation_id = (
    SELECT id FROM operation o
    WHERE o.movie_id = journal.movie_id AND o.slot_id = journal.slot_id AND o.at = journal.at);
ALTER TABLE journal DROP COLUMN movie_id;
ALTER TABLE journal DROP COLUMN slot_id;
ALTER TABLE journal DROP COLUMN grab_id;
ALTER TABLE journal DROP COLUMN correlation;
CREATE INDEX journal_operation ON journal (operation_id)
"""


def up(migrator: Any, db: Any) -> None:
    """Group what is there; what was done before this cannot be undone, as nobody wrote down the rows of then."""
    for statement in TABLES.split(";"):
        db.execute_sql(statement)
