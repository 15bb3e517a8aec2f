"""Custom formats, what profiles say of them, sizes that users change, and documents of guides."""

from __future__ import annotations

from typing import Any

COLUMNS = """
ALTER TABLE quality_profile ADD COLUMN language INTEGER NOT NULL DEFAULT -2;
ALTER TABLE quality_profile ADD COLUMN format_scores TEXT NOT NULL DEFAULT '{}';
ALTER TABLE quality_profile ADD COLUMN min_format_score INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quality_profile ADD COLUMN cutoff_format_score INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quality_profile ADD COLUMN min_upgrade_format_score INTEGER NOT NULL DEFAULT 1;
ALTER TABLE quality_profile ADD COLUMN sizes TEXT NOT NULL DEFAULT '{}';
ALTER TABLE quality_profile ADD COLUMN cap INTEGER;
ALTER TABLE quality_profile ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE quality_profile ADD COLUMN extra TEXT NOT NULL DEFAULT '{}'
"""
TABLES = """
CREATE TABLE custom_format (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE UNIQUE, specifications TEXT NOT NULL,
    in_rename INTEGER NOT NULL, extra TEXT NOT NULL) STRICT;
CREATE TABLE quality_definition (
    quality_id INTEGER NOT NULL PRIMARY KEY, title TEXT NOT NULL, least REAL NOT NULL, preferred REAL,
    most REAL) STRICT;
CREATE TABLE guide_document (
    kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, key)) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make them."""
    for statement in (*COLUMNS.split(";"), *TABLES.split(";")):
        db.execute_sql(statement)
