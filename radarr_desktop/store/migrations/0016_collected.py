"""What was collected from indexers' pages for statistics, and how far that went."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE collected (
    release_id INTEGER NOT NULL PRIMARY KEY REFERENCES release (id) ON DELETE CASCADE, grabs INTEGER,
    seen INTEGER NOT NULL, looked_into INTEGER, media_info TEXT NOT NULL) STRICT;
CREATE TABLE collecting (
    instance_id INTEGER NOT NULL PRIMARY KEY, state TEXT NOT NULL, segment INTEGER NOT NULL, page INTEGER NOT NULL,
    failures INTEGER NOT NULL, problem TEXT NOT NULL, changed INTEGER NOT NULL) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make them; the facts of a torrent are those of its release."""
    for statement in STATEMENTS.split(";"):
        db.execute_sql(statement)
