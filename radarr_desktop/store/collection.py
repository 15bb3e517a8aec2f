"""Collections that are looked through: scans, and what was found at each place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from peewee import fn

from radarr_desktop.domain.collection import UNFINISHED, CollectionItem, CollectionScan, ItemState, ScanState
from radarr_desktop.domain.matching import Clues
from radarr_desktop.store import sql
from radarr_desktop.store.models import CollectionItemRow, CollectionScanRow

_PATH = CollectionItemRow.path
_INSERT = """
    INSERT OR IGNORE INTO collection_item (scan_id, path, state, clues, guesses, video, note, movie_id)
    VALUES (?, ?, ?, '{}', '[]', NULL, '', 0)
"""


def begin(root: str, now: datetime, correlation: str) -> CollectionScan:
    """A new scan of this folder, in place of the one before."""
    CollectionScanRow.delete().where(CollectionScanRow.root == root).execute()
    row = CollectionScanRow.create(
        root=root, state=ScanState.RUNNING.value, started=now, problem="", correlation=correlation
    )
    return _scan(row, {})


def scans() -> list[CollectionScan]:
    """Every scan, newest first."""
    query = (
        CollectionItemRow.select(CollectionItemRow.scan, CollectionItemRow.state, fn.COUNT(CollectionItemRow.id))
        .group_by(CollectionItemRow.scan, CollectionItemRow.state)
        .tuples()
    )
    counts: dict[int, dict[ItemState, int]] = {}
    for scan_id, state, count in query:
        counts.setdefault(scan_id, {})[ItemState(state)] = count
    rows = CollectionScanRow.select().order_by(CollectionScanRow.id.desc())
    return [_scan(row, counts.get(row.id, {})) for row in rows]


def scan(scan_id: int) -> CollectionScan | None:
    """One of them."""
    return next((each for each in scans() if each.id == scan_id), None)


def state_of(scan_id: int) -> ScanState | None:
    """How far one of them is."""
    row = CollectionScanRow.get_or_none(CollectionScanRow.id == scan_id)
    return ScanState(row.state) if row else None


def move(
    scan_id: int, before: Collection[ScanState], to: ScanState, problem: str = "", finished: datetime | None = None
) -> bool:
    """Change how far a scan is, if it is at one of these points."""
    query = CollectionScanRow.update(state=to.value, problem=problem, finished=finished).where(
        (CollectionScanRow.id == scan_id) & CollectionScanRow.state.in_([state.value for state in before])
    )
    return bool(query.execute())


def put_places(scan_id: int, paths: Iterable[str]) -> None:
    """Places to look at; those that are known already stay as they are."""
    sql.change_many(_INSERT, [(scan_id, path, ItemState.NEW.value) for path in paths])


def drop(item_id: int) -> None:
    """Forget a place."""
    CollectionItemRow.delete().where(CollectionItemRow.id == item_id).execute()


def save(items: Iterable[CollectionItem]) -> None:
    """Keep what was found out about places; one that is gone meanwhile stays gone."""
    for item in items:
        CollectionItemRow.update(
            state=item.state.value,
            clues=item.clues,
            guesses=item.guesses,
            video=item.video,
            note=item.note,
            movie_id=item.movie_id,
        ).where(CollectionItemRow.id == item.id).execute()


def items(
    scan_id: int, states: Sequence[ItemState] = (), *, text: str = "", offset: int = 0, limit: int = 100
) -> tuple[list[CollectionItem], int]:
    """One page of what was found, by path; and how many there are in all.

    ``text``: only where path or likeliest title have all of its words.
    """
    query = CollectionItemRow.select().where(CollectionItemRow.scan == scan_id)
    if states:
        query = query.where(CollectionItemRow.state.in_([state.value for state in states]))
    title = fn.json_extract(CollectionItemRow.guesses, "$[0].title")
    for word in text.split():
        # LIKE knows the case of ASCII alone
        forms = {word, word.lower(), word.upper(), word.capitalize()}
        query = query.where(reduce(or_, [each.contains(form) for form in forms for each in (_PATH, title)]))
    total = int(query.count())
    return [_item(row) for row in query.order_by(CollectionItemRow.path).offset(offset).limit(limit)], total


def unfinished(scan_id: int, limit: int) -> list[CollectionItem]:
    """What is still to be found out; places that were not looked at yet go first."""
    states = [state.value for state in UNFINISHED]
    rows = CollectionItemRow.select().where((CollectionItemRow.scan == scan_id) & CollectionItemRow.state.in_(states))
    return [_item(row) for row in rows.order_by(CollectionItemRow.state, CollectionItemRow.path).limit(limit)]


def item(item_id: int) -> CollectionItem | None:
    """One place."""
    row = CollectionItemRow.get_or_none(CollectionItemRow.id == item_id)
    return _item(row) if row else None


def ids(scan_id: int, state: ItemState) -> list[int]:
    """The places in this state."""
    rows = sql.execute(
        "SELECT id FROM collection_item WHERE scan_id = ? AND state = ? ORDER BY path", scan_id, state.value
    )
    return [row[0] for row in rows]


def count_among(item_ids: Iterable[int], state: ItemState) -> int:
    """How many of these places are in this state."""
    statement = "SELECT count(*) FROM collection_item WHERE id IN ({}) AND state = ?"
    return sum(count for (count,) in sql.among(statement, item_ids, state.value))


def adopted(scan_id: int) -> dict[int, int]:
    """The movie of each place that was adopted."""
    rows = sql.execute(
        "SELECT id, movie_id FROM collection_item WHERE scan_id = ? AND state = ? ORDER BY path",
        scan_id,
        ItemState.ADOPTED.value,
    )
    return {row[0]: row[1] for row in rows}


def _scan(row: Any, counts: dict[ItemState, int]) -> CollectionScan:
    return CollectionScan(
        id=row.id,
        root=row.root,
        state=ScanState(row.state),
        started=row.started,
        correlation=row.correlation,
        finished=row.finished,
        problem=row.problem,
        counts=counts,
    )


def _item(row: Any) -> CollectionItem:
    return CollectionItem(
        id=row.id,
        scan_id=row.scan_id,
        path=row.path,
        state=ItemState(row.state),
        clues=row.clues or Clues(),
        guesses=row.guesses,
        video=row.video,
        note=row.note,
        movie_id=row.movie_id,
    )
