"""What was asked of indexers in the last hour, and which of them are left alone."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE indexer_request (
    id INTEGER PRIMARY KEY, instance_id INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX indexer_request_at ON indexer_request (at);
CREATE TABLE indexer_pause (
    instance_id INTEGER NOT NULL PRIMARY KEY, level INTEGER NOT NULL, until INTEGER, problem TEXT NOT NULL) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make them; they hang on no instance, for a request may be written after its instance was removed."""
    for statement in STATEMENTS.split(";"):
        db.execute_sql(statement)
