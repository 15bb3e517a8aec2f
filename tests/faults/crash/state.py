"""All that an operation may change: files by their bytes, folders, rows. Two of them are equal or they are not."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.faults.crash.stages import THEIRS

State = tuple[str, ...]

_STAMP = re.compile(r"\d{8}-\d{6}-\d{6}-\d+")
_GONE_ON_WITH = ("scan_collection", "adopt_collection", "undo_adoption", "manual_import")
_ROWS = {
    "movie": "select id, folder, monitored from movie",
    "file": "select movie_id, slot_id, path, size, quality_id, release_title from movie_file",
    "side file": "select movie_id, path, kind from side_file",
    "operation": "select kind, state from operation order by id",
    "history": "select kind, movie_id from history order by id",
    "told": "select payload ->> 'event' from job where kind = 'announce'",
    "to do": "select kind from job where kind in ('remove_download', 'next_best')",
    "blocked": "select scope, title, info_hash, cause from blocklist order by id",
    "failure": "select count(*) from failure",
    "grab": "select state, movie_id from grab order by id",
    "scan": "select state from collection_scan",
    "place": "select path, state, movie_id > 0, note from collection_item order by path",
    "watched": "select path, told from watched_file",
    "waits": f"select kind from job where state in ('queued', 'running') and kind in {_GONE_ON_WITH}",
}


def state(root: Path) -> State:
    """What there is now. Times, and the numbers that rows were given, do not matter."""
    downloads = root / "downloads"
    sources = {path.stat().st_ino: path.relative_to(downloads) for path in downloads.rglob("*") if path.is_file()}
    found = []
    for path in sorted(path for name in ("library", THEIRS) for path in (root / name).rglob("*")):
        name = _STAMP.sub("STAMP", str(path.relative_to(root)))
        if path.is_dir():
            found.append(f"folder {name}")
        else:
            told = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            found.append(f"{name}: {told}, linked to {sources.get(path.stat().st_ino, 'nothing')}")
    with _database(root) as db:
        for name, question in _ROWS.items():
            found += [f"{name} {row}" for row in _comparable(db, question)]
    return tuple(found)


def operations(root: Path) -> list[str]:
    """What the journal tells, oldest first: the kinds, and what was taken back."""
    with _database(root) as db:
        rows = db.execute(
            "select iif(undone.kind is null, done.kind, done.kind || ' of ' || undone.kind)"
            " from operation done left join operation undone on undone.id = done.undoes order by done.id"
        )
        return [row[0] for row in rows]


def unsound(root: Path) -> list[str]:
    """What must never be, whatever happened before."""
    bad = []
    with _database(root) as db:
        bad += [f"integrity_check: {row[0]}" for row in db.execute("pragma integrity_check") if row[0] != "ok"]
        bad += [f"foreign_key_check: {row}" for row in db.execute("pragma foreign_key_check")]
        bad += [f"open: operation {row}" for row in db.execute("select id, kind from operation where state = 'open'")]
        bad += [f"open: step {row}" for row in db.execute("select id, source, target from journal where open")]
        rows = [row[0] for row in db.execute("select path from movie_file union all select path from side_file")]
        trash = {row[0] for row in db.execute("select target from journal where action = 'trash'")}
    files = {str(path) for path in (root / "library").rglob("*") if path.is_file()}
    bad += [f"row without a file: {path}" for path in rows if not Path(path).is_file()]
    bad += [f"two rows of one file: {path}" for path in set(rows) if rows.count(path) > 1]
    bad += [f"file without a row: {path}" for path in files - set(rows) - trash]
    return bad


def difference(told: State, expected: State) -> list[str]:
    """What is missing and what is too much."""
    missing = [f"missing: {line}" for line in expected if told.count(line) < expected.count(line)]
    return missing + [f"too much: {line}" for line in told if told.count(line) > expected.count(line)]


def _comparable(db: sqlite3.Connection, question: str) -> list[str]:
    return [_STAMP.sub("STAMP", str(row)) for row in db.execute(question)]


def _database(root: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"file:{root}/data/radarr-desktop.db?mode=ro", uri=True))
