"""Verdicts as numbers of words that are stored once; what names say is read anew."""

from __future__ import annotations

import zlib
from typing import Any

import msgspec

from radarr_desktop.domain.parsing import parse_release

TABLES = """
CREATE TABLE word (
    id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, text TEXT NOT NULL, used INTEGER NOT NULL) STRICT;
CREATE INDEX word_hash ON word (hash);
CREATE TABLE sheet (
    id INTEGER PRIMARY KEY, profile_id INTEGER NOT NULL, version INTEGER NOT NULL, used INTEGER NOT NULL,
    body BLOB NOT NULL) STRICT;
CREATE INDEX sheet_profile ON sheet (profile_id, version);
CREATE TABLE verdict_of_slot (
    id INTEGER PRIMARY KEY, slot_id INTEGER NOT NULL REFERENCES slot (id) ON DELETE CASCADE,
    release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE, sheet_id INTEGER NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
"""
AFTER = """
DROP TABLE verdict;
ALTER TABLE verdict_of_slot RENAME TO verdict;
ALTER TABLE release ADD COLUMN formats TEXT NOT NULL DEFAULT '[]';
ALTER TABLE release ADD COLUMN formats_of TEXT NOT NULL DEFAULT '';
CREATE INDEX verdict_slot ON verdict (slot_id);
CREATE INDEX verdict_release ON verdict (release_id);
"""
NAMES = (
    ("SELECT id, title FROM release", "UPDATE release SET parsed = ? WHERE id = ?"),
    ('SELECT id, title FROM "grab"', 'UPDATE "grab" SET parsed = ? WHERE id = ?'),
)
OUTCOMES = ("accepted", "delayed", "rejected")
DAY = 86_400_000_000
"""Microseconds."""


def up(migrator: Any, db: Any) -> None:
    """Make the tables, carry over what there is."""
    _run(db, TABLES)
    words = _Words(db)
    newest = db.execute_sql("SELECT coalesce(max(last_judged), 0) FROM verdict").fetchone()[0] // DAY
    db.execute_sql("INSERT INTO sheet (id, profile_id, version, used, body) VALUES (1, 0, 0, ?, x'')", (newest,))
    old = "SELECT id, slot_id, release_id, first_judged, last_judged, body FROM verdict ORDER BY id"
    for id_, slot, release, first, last, body in db.execute_sql(old):
        values = (id_, slot, release, first // 1000, last // 1000, _packed(msgspec.json.decode(body), words))
        db.execute_sql("INSERT INTO verdict_of_slot VALUES (?, ?, ?, 1, ?, ?, ?)", values)
    db.execute_sql("UPDATE word SET used = ?", (newest,))
    _run(db, AFTER)
    _read_names_anew(db)


class _Words:
    """Their numbers, given as they come."""

    def __init__(self, db: Any) -> None:
        self._db = db
        self._known: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Of this one."""
        if text not in self._known:
            self._known[text] = len(self._known) + 1
            values = (self._known[text], zlib.crc32(text.encode()), text)
            self._db.execute_sql("INSERT INTO word VALUES (?, ?, ?, 0)", values)
        return self._known[text]


def _packed(verdict: dict[str, Any], words: _Words) -> bytes:
    """A verdict's body, told against an empty sheet: every check with its line and what was observed."""
    parts, checks = verdict["parts"], verdict["checks"]
    head = OUTCOMES.index(verdict["outcome"]) | 4
    names = msgspec.json.encode([part["name"] for part in parts]).decode()
    points = [_unsigned(part["points"]) for part in parts]
    body = _varints([words.number(names), len(parts), *points, _unsigned(verdict["score"]), len(checks)])
    mask = ((1 << 2 * len(checks)) - 1).to_bytes((2 * len(checks) + 7) // 8, "little")
    pairs = [number for check in checks for number in (words.number(_line(check)), words.number(check["observed"]))]
    return bytes([head]) + body + mask + _varints(pairs)


def _line(check: dict[str, Any]) -> str:
    line = (check["name"], check["limit"], OUTCOMES.index(check["outcome"]), check["sentence"])
    return msgspec.json.encode(line).decode()


def _unsigned(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _varints(numbers: list[int]) -> bytes:
    body = bytearray()
    for number in numbers:
        while number > 127:
            body.append(number & 127 | 128)
            number >>= 7
        body.append(number)
    return bytes(body)


def _read_names_anew(db: Any) -> None:
    """The reader of names has learnt a lot since, and tells more."""
    for read, write in NAMES:
        for id_, title in db.execute_sql(read).fetchall():
            db.execute_sql(write, (msgspec.json.encode(parse_release(title)).decode(), id_))


def _run(db: Any, statements: str) -> None:
    for statement in statements.split(";"):
        if statement.strip():
            db.execute_sql(statement)
