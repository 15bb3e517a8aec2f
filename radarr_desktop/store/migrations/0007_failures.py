"""Failures with their reasons, a blocklist of more than releases, and strikes against downloads that do not move."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE blocklist_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT, movie_id INTEGER REFERENCES movie (id) ON DELETE CASCADE,
    scope TEXT NOT NULL, title TEXT NOT NULL, info_hash TEXT NOT NULL, indexer TEXT NOT NULL,
    release_group TEXT NOT NULL, pattern TEXT NOT NULL, cause TEXT NOT NULL, reason TEXT NOT NULL,
    attempts INTEGER NOT NULL, added INTEGER NOT NULL, expires INTEGER, automatic INTEGER NOT NULL) STRICT;
INSERT INTO blocklist_new
    SELECT id, movie_id, 'release', title, info_hash, indexer, '', '',
           CASE reason WHEN 'Blocked by you.' THEN 'ManuallyRejected' ELSE '' END, reason, 1, added, NULL,
           reason <> 'Blocked by you.'
    FROM blocklist;
DROP TABLE blocklist;
ALTER TABLE blocklist_new RENAME TO blocklist;
CREATE INDEX blocklist_movie ON blocklist (movie_id);
CREATE INDEX blocklist_hash ON blocklist (info_hash) WHERE info_hash <> '';
CREATE INDEX blocklist_expires ON blocklist (expires) WHERE expires IS NOT NULL;
CREATE TABLE failure (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, code TEXT NOT NULL, movie_id INTEGER NOT NULL,
    grab_id INTEGER NOT NULL, title TEXT NOT NULL, info_hash TEXT NOT NULL, indexer TEXT NOT NULL,
    release_group TEXT NOT NULL, client TEXT NOT NULL, message TEXT NOT NULL, blocked INTEGER NOT NULL) STRICT;
CREATE INDEX failure_at ON failure (at);
CREATE INDEX failure_title ON failure (title);
CREATE TABLE strike (
    grab_id INTEGER NOT NULL REFERENCES "grab" (id) ON DELETE CASCADE, rule TEXT NOT NULL, count INTEGER NOT NULL,
    seconds REAL NOT NULL, since INTEGER NOT NULL, mark INTEGER NOT NULL, PRIMARY KEY (grab_id, rule)) STRICT;
ALTER TABLE "grab" ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE "grab" ADD COLUMN wait_until INTEGER;
ALTER TABLE "grab" ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
"""


def up(migrator: Any, db: Any) -> None:
    """Make them; what was blocked stays so, for good."""
    for statement in STATEMENTS.split(";"):
        if statement.strip():
            db.execute_sql(statement)
