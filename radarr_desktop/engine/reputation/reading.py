"""Rows of history, failures and blocklist, read as what became of releases. Runs on the writer thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.quality import Revision
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.domain.reputation.evidence import Evidence, Outcome, outcome_of_failure
from radarr_desktop.domain.reputation.groups import group_names
from radarr_desktop.engine.journal.undo import UNDONE_REASON
from radarr_desktop.store import evidence, operations
from radarr_desktop.store.fields import moment


def take_in(source: str, row: Sequence[Any]) -> tuple[list[Evidence], bool]:
    """Remember what a row says; the new events, and whether others were taken back."""
    id_, kind, at, title, told, movie_id = row
    when = moment(at)
    origin = f"{source}:{id_}:{at}"
    if source == "failure":
        outcome = outcome_of_failure(kind)
        found = [_event(outcome, when, title, movie_id, why=told)] if outcome else []
        return _added(origin, found), False
    if source == "blocklist":
        mine = told != UNDONE_REASON  # that is in the history already
        return _added(origin, [_event(Outcome.REFUSED, when, title, movie_id, why=told)] if mine else []), False
    data = msgspec.json.decode(told)
    operation = int(data.get("operation", 0) or 0)
    if kind == HistoryKind.UNDONE.value:
        return _undone(origin, when, title, movie_id, data)
    if kind == HistoryKind.FILE_DELETED.value:
        name = _release_of(operation, title) if data.get("reason") == "Manual" else ""
        return _added(
            origin, [_event(Outcome.DELETED, when, name, movie_id, operation=operation)] if name else []
        ), False
    if not operation:
        return [], False  # found on the disk: nobody fetched it
    return _imported(origin, when, title, movie_id, operation, str(data.get("notes", ""))), False


def _imported(origin: str, when: datetime, title: str, movie_id: int, operation: int, notes: str) -> list[Evidence]:
    outcome = Outcome.CONTRADICTED if notes else Outcome.IMPORTED
    event = _event(outcome, when, title, movie_id, operation=operation, why=notes)
    fixed = [
        _event(Outcome.REPACKED, when, name, movie_id, operation=operation, why=f"{title} took its place.")
        for name in _put_right(title, movie_id, event.quality_id)
    ]
    return _added(origin, [event]) + _added(f"{origin}:repacked", fixed)


def _put_right(title: str, movie_id: int, quality_id: int) -> list[str]:
    """The release imported before, where a PROPER or REPACK takes its place."""
    revision = parse_release(title).revision
    if revision == Revision():
        return []
    names = [event.title for event in evidence.imports_of(movie_id, quality_id)]
    return [name for name in names if parse_release(name).revision < revision][:1]


def _undone(
    origin: str, when: datetime, title: str, movie_id: int, data: Mapping[str, Any]
) -> tuple[list[Evidence], bool]:
    """An undone import speaks against the release; an undone undo, or removal, takes back what that said."""
    if data.get("kind") == "import":
        undo = int(data.get("operation", 0) or 0)
        return _added(origin, [_event(Outcome.UNDONE, when, title, movie_id, operation=undo)]), False
    return [], bool(evidence.take_back(int(data.get("undoes", 0) or 0)))


def _release_of(operation_id: int, path: str) -> str:
    """The release that a file, which an operation took away, came as."""
    operation = operations.get(operation_id)
    files = operation.before.files if operation and operation.before else ()
    return next((file.release_title for file in files if file.path == path), "")


def _event(
    outcome: Outcome, when: datetime, title: str, movie_id: int, *, why: str = "", operation: int = 0
) -> Evidence:
    parsed = parse_release(title)
    names = group_names(parsed.group)
    return Evidence(0, when, outcome, title, parsed.group, names, parsed.quality.id, movie_id, why, operation)


def _added(origin: str, events: Sequence[Evidence]) -> list[Evidence]:
    """Those that were not known, of groups that have a name."""
    return [event for event in events if event.names and evidence.add(origin, event)]
