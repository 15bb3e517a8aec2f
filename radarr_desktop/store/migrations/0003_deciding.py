"""Delay profiles, release profiles, releases that wait; what a file and a grab were listed as."""

from __future__ import annotations

from typing import Any

STEPS = """
CREATE TABLE delay_profile (
    id INTEGER PRIMARY KEY AUTOINCREMENT, position INTEGER NOT NULL, tags TEXT NOT NULL, torrents INTEGER NOT NULL,
    delay INTEGER NOT NULL, bypass_if_highest INTEGER NOT NULL, bypass_if_above INTEGER NOT NULL,
    minimum_score INTEGER NOT NULL, usenet INTEGER NOT NULL, usenet_delay INTEGER NOT NULL,
    preferred TEXT NOT NULL) STRICT;
INSERT INTO delay_profile VALUES (1, 2147483647, '[]', 1, 0, 1, 0, 0, 1, 0, 'usenet');
CREATE TABLE release_profile (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, enabled INTEGER NOT NULL, required TEXT NOT NULL,
    ignored TEXT NOT NULL, indexer_id INTEGER NOT NULL, tags TEXT NOT NULL) STRICT;
CREATE TABLE pending (
    id INTEGER PRIMARY KEY AUTOINCREMENT, slot_id INTEGER NOT NULL REFERENCES slot (id) ON DELETE CASCADE,
    release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE, reason TEXT NOT NULL,
    added INTEGER NOT NULL, due INTEGER NOT NULL, UNIQUE (slot_id, release_id)) STRICT;
CREATE INDEX pending_release ON pending (release_id);
ALTER TABLE movie_file ADD COLUMN release_size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE movie_file ADD COLUMN flags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "grab" ADD COLUMN flags TEXT NOT NULL DEFAULT '[]';
"""


def up(migrator: Any, db: Any) -> None:
    """Make them."""
    for statement in STEPS.split(";"):
        if statement.strip():
            db.execute_sql(statement)
