"""Names that movies have already stay what they are; keys of folders; what is written beside movies."""

from __future__ import annotations

import json
from typing import Any

from radarr_desktop.domain.naming import path_key


def up(migrator: Any, db: Any) -> None:
    """Fill the keys; where there are movies, illegal characters go on being left out of names, not replaced."""
    db.execute_sql("ALTER TABLE movie ADD COLUMN folder_key TEXT NOT NULL DEFAULT ''")
    movies = db.execute_sql("SELECT id, folder FROM movie").fetchall()
    for id, folder in movies:
        db.execute_sql("UPDATE movie SET folder_key = ? WHERE id = ?", (path_key(folder), id))
    db.execute_sql("CREATE INDEX movie_folder_key ON movie (folder_key)")
    db.execute_sql(
        "CREATE TABLE sidecar (id INTEGER PRIMARY KEY, movie_id INTEGER NOT NULL, path TEXT NOT NULL,"
        " path_key TEXT NOT NULL UNIQUE, root TEXT NOT NULL, digest TEXT NOT NULL) STRICT"
    )
    db.execute_sql("CREATE INDEX sidecar_movie ON sidecar (movie_id)")
    if not movies:
        return
    row = db.execute_sql("SELECT value FROM setting WHERE key = 'media'").fetchone()
    media = json.loads(row[0]) if row else {}
    media["naming"] = {"replace_illegal": False} | media.get("naming", {})
    db.execute_sql("INSERT OR REPLACE INTO setting (key, value) VALUES ('media', ?)", (json.dumps(media),))
