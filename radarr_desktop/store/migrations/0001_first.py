"""The first tables."""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE quality_profile (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE, items TEXT NOT NULL,
    cutoff INTEGER NOT NULL, upgrades INTEGER NOT NULL) STRICT;
CREATE TABLE tag (id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE root_folder (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE movie (
    id INTEGER PRIMARY KEY AUTOINCREMENT, tmdb_id INTEGER NOT NULL UNIQUE, imdb_id TEXT NOT NULL, title TEXT NOT NULL,
    year INTEGER NOT NULL, info TEXT NOT NULL, folder TEXT NOT NULL UNIQUE, monitored INTEGER NOT NULL,
    minimum_availability TEXT NOT NULL, tags TEXT NOT NULL, added INTEGER NOT NULL, last_search INTEGER) STRICT;
CREATE INDEX movie_imdb ON movie (imdb_id);
CREATE TABLE slot (
    id INTEGER PRIMARY KEY AUTOINCREMENT, movie_id INTEGER NOT NULL REFERENCES movie (id) ON DELETE CASCADE,
    name TEXT NOT NULL, position INTEGER NOT NULL, profile_id INTEGER NOT NULL REFERENCES quality_profile (id),
    root_folder TEXT NOT NULL, UNIQUE (movie_id, position)) STRICT;
CREATE TABLE movie_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT, movie_id INTEGER NOT NULL REFERENCES movie (id) ON DELETE CASCADE,
    slot_id INTEGER NOT NULL UNIQUE REFERENCES slot (id) ON DELETE CASCADE, path TEXT NOT NULL,
    path_key TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, added INTEGER NOT NULL, quality_id INTEGER NOT NULL,
    revision_real INTEGER NOT NULL, revision_version INTEGER NOT NULL, release_group TEXT NOT NULL,
    release_title TEXT NOT NULL, original_path TEXT NOT NULL) STRICT;
CREATE INDEX movie_file_movie ON movie_file (movie_id);
CREATE TABLE plugin_instance (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, implementation TEXT NOT NULL,
    name TEXT NOT NULL COLLATE NOCASE, enabled INTEGER NOT NULL, priority INTEGER NOT NULL, settings TEXT NOT NULL,
    secrets TEXT NOT NULL, tags TEXT NOT NULL, problem TEXT NOT NULL, UNIQUE (kind, name)) STRICT;
CREATE TABLE release (
    id INTEGER PRIMARY KEY AUTOINCREMENT, indexer_id INTEGER NOT NULL, indexer TEXT NOT NULL,
    indexer_priority INTEGER NOT NULL, guid TEXT NOT NULL, info_hash TEXT NOT NULL, title TEXT NOT NULL,
    body TEXT NOT NULL, parsed TEXT NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
    times_seen INTEGER NOT NULL, UNIQUE (indexer_id, guid)) STRICT;
CREATE INDEX release_hash ON release (info_hash) WHERE info_hash <> '';
CREATE TABLE verdict (
    id INTEGER PRIMARY KEY AUTOINCREMENT, release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
    movie_id INTEGER NOT NULL REFERENCES movie (id) ON DELETE CASCADE,
    slot_id INTEGER NOT NULL REFERENCES slot (id) ON DELETE CASCADE, outcome TEXT NOT NULL, score INTEGER NOT NULL,
    body TEXT NOT NULL, first_judged INTEGER NOT NULL, last_judged INTEGER NOT NULL) STRICT;
CREATE INDEX verdict_movie ON verdict (movie_id, release_id);
CREATE INDEX verdict_release ON verdict (release_id);
CREATE INDEX verdict_slot ON verdict (slot_id);
CREATE TABLE grab (
    id INTEGER PRIMARY KEY AUTOINCREMENT, movie_id INTEGER NOT NULL REFERENCES movie (id) ON DELETE CASCADE,
    slot_id INTEGER NOT NULL REFERENCES slot (id) ON DELETE CASCADE,
    release_id INTEGER NOT NULL REFERENCES release (id),
    client_id INTEGER REFERENCES plugin_instance (id) ON DELETE SET NULL, title TEXT NOT NULL, hashes TEXT NOT NULL,
    parsed TEXT NOT NULL, score INTEGER NOT NULL, size INTEGER NOT NULL, indexer TEXT NOT NULL, state TEXT NOT NULL,
    added INTEGER NOT NULL, correlation TEXT NOT NULL, problem TEXT NOT NULL, by_user INTEGER NOT NULL) STRICT;
CREATE INDEX grab_movie ON grab (movie_id);
CREATE INDEX grab_slot ON grab (slot_id);
CREATE INDEX grab_release ON grab (release_id);
CREATE INDEX grab_state ON grab (state);
CREATE TABLE blocklist (
    id INTEGER PRIMARY KEY AUTOINCREMENT, movie_id INTEGER NOT NULL REFERENCES movie (id) ON DELETE CASCADE,
    info_hash TEXT NOT NULL, title TEXT NOT NULL, indexer TEXT NOT NULL, reason TEXT NOT NULL,
    added INTEGER NOT NULL) STRICT;
CREATE INDEX blocklist_movie ON blocklist (movie_id);
CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, payload TEXT NOT NULL, unique_key TEXT NOT NULL,
    state TEXT NOT NULL, priority INTEGER NOT NULL, attempts INTEGER NOT NULL, max_attempts INTEGER NOT NULL,
    next_run INTEGER NOT NULL, created INTEGER NOT NULL, started INTEGER, finished INTEGER,
    correlation TEXT NOT NULL, problem TEXT NOT NULL) STRICT;
CREATE INDEX job_state ON job (state, next_run);
CREATE UNIQUE INDEX job_unique ON job (unique_key) WHERE state IN ('queued', 'running') AND unique_key <> '';
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
    open INTEGER NOT NULL, at INTEGER NOT NULL, method TEXT NOT NULL, movie_id INTEGER NOT NULL,
    slot_id INTEGER NOT NULL, grab_id INTEGER, correlation TEXT NOT NULL, data TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX journal_open ON journal (target) WHERE open;
CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT, movie_id INTEGER NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
    title TEXT NOT NULL, quality_id INTEGER NOT NULL, download_id TEXT NOT NULL, correlation TEXT NOT NULL,
    data TEXT NOT NULL) STRICT;
CREATE INDEX history_movie ON history (movie_id, at);
CREATE INDEX history_at ON history (at);
CREATE INDEX history_download ON history (download_id) WHERE download_id <> '';
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE scheduled_task (name TEXT PRIMARY KEY, last_run INTEGER NOT NULL) STRICT;
"""


def up(migrator: Any, db: Any) -> None:
    """Make them."""
    for statement in TABLES.split(";"):
        if statement.strip():
            db.execute_sql(statement)
