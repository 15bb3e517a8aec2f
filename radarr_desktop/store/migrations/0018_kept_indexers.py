"""What a source of indexers told last of each that it keeps."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Make the table."""
    db.execute_sql(
        "CREATE TABLE kept_indexer (indexer_id INTEGER NOT NULL PRIMARY KEY"
        " REFERENCES plugin_instance (id) ON DELETE CASCADE, told TEXT NOT NULL) STRICT"
    )
