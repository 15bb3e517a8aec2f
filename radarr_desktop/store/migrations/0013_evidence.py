"""What became of releases, by group, and how far it was read out of history, failures and blocklist."""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT, origin TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, outcome TEXT NOT NULL,
    title TEXT NOT NULL, release_group TEXT NOT NULL, names TEXT NOT NULL, quality_id INTEGER NOT NULL,
    movie_id INTEGER NOT NULL, operation_id INTEGER NOT NULL, why TEXT NOT NULL) STRICT;
CREATE INDEX evidence_movie ON evidence (movie_id, quality_id);
CREATE INDEX evidence_operation ON evidence (operation_id) WHERE operation_id <> 0;
CREATE TABLE evidence_mark (source TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make them; what happened before is read out with the first start."""
    for statement in TABLES.split(";"):
        db.execute_sql(statement)
