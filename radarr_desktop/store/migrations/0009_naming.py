"""Names that movies have already stay what they are: illegal characters go on being left out, not replaced."""

from __future__ import annotations

import json
from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Write down what held without being said, where there are movies."""
    if not db.execute_sql("SELECT 1 FROM movie LIMIT 1").fetchone():
        return
    row = db.execute_sql("SELECT value FROM setting WHERE key = 'media'").fetchone()
    media = json.loads(row[0]) if row else {}
    media["naming"] = {"replace_illegal": False} | media.get("naming", {})
    db.execute_sql("INSERT OR REPLACE INTO setting (key, value) VALUES ('media', ?)", (json.dumps(media),))
