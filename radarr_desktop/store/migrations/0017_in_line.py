"""Who is first in line at an indexer."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """One look at the index tells it, however many wait elsewhere."""
    db.execute_sql("DROP INDEX backlog_due")
    db.execute_sql("CREATE INDEX backlog_in_line ON backlog (indexer_id, due)")
