"""How far each feed was read, how indexers answered, and when each movie is searched next."""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE feed_place (
    indexer_id INTEGER NOT NULL PRIMARY KEY REFERENCES plugin_instance (id) ON DELETE CASCADE,
    guids TEXT NOT NULL, published INTEGER, at INTEGER NOT NULL, missed TEXT NOT NULL,
    missed_at INTEGER) STRICT;
CREATE TABLE indexer_answer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    indexer_id INTEGER NOT NULL REFERENCES plugin_instance (id) ON DELETE CASCADE,
    at INTEGER NOT NULL, kind TEXT NOT NULL, took INTEGER NOT NULL, found INTEGER NOT NULL,
    problem TEXT NOT NULL) STRICT;
CREATE INDEX indexer_answer_of ON indexer_answer (indexer_id, at);
CREATE TABLE backlog (
    movie_id INTEGER NOT NULL REFERENCES movie (id) ON DELETE CASCADE,
    indexer_id INTEGER NOT NULL REFERENCES plugin_instance (id) ON DELETE CASCADE,
    step INTEGER NOT NULL, asked INTEGER, due INTEGER NOT NULL, why TEXT NOT NULL, profile TEXT NOT NULL,
    PRIMARY KEY (movie_id, indexer_id)) STRICT;
CREATE INDEX backlog_due ON backlog (due)
"""


def up(migrator: Any, db: Any) -> None:
    """Make them."""
    for statement in TABLES.split(";"):
        db.execute_sql(statement)
