"""What somebody said of a file: its languages and editions, in place of what its name and its bytes tell."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Make the columns; null: nobody said anything."""
    for column in ("languages", "editions"):
        db.execute_sql(f"ALTER TABLE movie_file ADD COLUMN {column} TEXT")
