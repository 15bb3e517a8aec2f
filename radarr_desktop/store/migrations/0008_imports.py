"""What a movie's file is made of, the files beside it, and torrents that hold many movies."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
ALTER TABLE movie_file ADD COLUMN media TEXT;
ALTER TABLE movie_file ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';
CREATE TABLE side_file (
    id INTEGER PRIMARY KEY,
    movie_id INTEGER NOT NULL REFERENCES movie (id) ON DELETE CASCADE,
    slot_id INTEGER NOT NULL REFERENCES slot (id) ON DELETE CASCADE,
    path TEXT NOT NULL, path_key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, language TEXT NOT NULL,
    tags TEXT NOT NULL, owned INTEGER NOT NULL, added INTEGER NOT NULL) STRICT;
CREATE INDEX side_file_movie ON side_file (movie_id);
CREATE INDEX side_file_slot ON side_file (slot_id);
CREATE TABLE pack_part (
    id INTEGER PRIMARY KEY,
    grab_id INTEGER NOT NULL REFERENCES "grab" (id) ON DELETE CASCADE,
    path TEXT NOT NULL, size INTEGER NOT NULL,
    movie_id INTEGER REFERENCES movie (id) ON DELETE SET NULL,
    slot_id INTEGER REFERENCES slot (id) ON DELETE SET NULL,
    state TEXT NOT NULL, problem TEXT NOT NULL,
    UNIQUE (grab_id, path)) STRICT;
CREATE INDEX pack_part_movie ON pack_part (movie_id);
CREATE INDEX pack_part_slot ON pack_part (slot_id);
"""


def up(migrator: Any, db: Any) -> None:
    """Make the columns and tables."""
    for statement in STATEMENTS.split(";"):
        if statement.strip():
            db.execute_sql(statement)
