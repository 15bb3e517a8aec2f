"""Collections that are looked through, watched folders, and what folders looked like last."""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE collection_scan (
    id INTEGER PRIMARY KEY AUTOINCREMENT, root TEXT NOT NULL UNIQUE, state TEXT NOT NULL, started INTEGER NOT NULL,
    finished INTEGER, problem TEXT NOT NULL, correlation TEXT NOT NULL) STRICT;
CREATE TABLE collection_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scan_id INTEGER NOT NULL REFERENCES collection_scan (id) ON DELETE CASCADE, path TEXT NOT NULL,
    state TEXT NOT NULL, clues TEXT NOT NULL, guesses TEXT NOT NULL, video TEXT, note TEXT NOT NULL,
    movie_id INTEGER NOT NULL, UNIQUE (scan_id, path)) STRICT;
CREATE INDEX collection_item_state ON collection_item (scan_id, state, path);
CREATE TABLE watch_folder (
    id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, enabled INTEGER NOT NULL,
    torrents INTEGER NOT NULL, media INTEGER NOT NULL, afterwards TEXT NOT NULL) STRICT;
CREATE TABLE watched_file (
    folder_id INTEGER NOT NULL REFERENCES watch_folder (id) ON DELETE CASCADE, path TEXT NOT NULL,
    size INTEGER NOT NULL, mtime INTEGER NOT NULL, told TEXT NOT NULL, PRIMARY KEY (folder_id, path)) STRICT;
CREATE TABLE folder_look (
    path TEXT NOT NULL PRIMARY KEY, mtime INTEGER NOT NULL, disk TEXT NOT NULL, at INTEGER NOT NULL) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make them."""
    for statement in TABLES.split(";"):
        db.execute_sql(statement)
