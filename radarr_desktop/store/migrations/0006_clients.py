"""Where a client's folders lie on this machine; magnet links that were not looked into yet."""

from __future__ import annotations

from typing import Any

STEPS = """
CREATE TABLE remote_path (
    id INTEGER PRIMARY KEY AUTOINCREMENT, host TEXT NOT NULL COLLATE NOCASE, remote TEXT NOT NULL, local TEXT NOT NULL,
    derived INTEGER NOT NULL, UNIQUE (host, remote)) STRICT;
ALTER TABLE "grab" ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;
"""


def up(migrator: Any, db: Any) -> None:
    """Make them."""
    for statement in STEPS.split(";"):
        if statement.strip():
            db.execute_sql(statement)
