"""Releases that are taken later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from radarr_desktop.domain.records import Pending, PendingReason
from radarr_desktop.store import releases, sql
from radarr_desktop.store.fields import moment
from radarr_desktop.store.models import PendingRow, SlotRow


def put_off(slot_id: int, release_id: int, reason: PendingReason, now: datetime, due: datetime) -> None:
    """Keep a release for later; one that waits already keeps the moment it began to."""
    row = PendingRow.get_or_none((PendingRow.slot == slot_id) & (PendingRow.release == release_id))
    if row is None:
        PendingRow.create(slot=slot_id, release=release_id, reason=reason.value, added=now, due=due)
    else:
        PendingRow.update(reason=reason.value, due=due).where(PendingRow.id == row.id).execute()


def every() -> list[Pending]:
    """All that wait, oldest first; mostly nothing does, and clients poll."""
    return _read(None) if sql.execute("SELECT 1 FROM pending LIMIT 1") else []


def known() -> dict[int, set[int]]:
    """Ids of the releases that wait, by slot."""
    found: dict[int, set[int]] = {}
    for row in PendingRow.select():
        found.setdefault(row.slot_id, set()).add(row.release_id)
    return found


def of_movie(movie_id: int) -> list[Pending]:
    """Those of one movie, oldest first."""
    some = sql.execute("SELECT 1 FROM pending p JOIN slot s ON s.id = p.slot_id WHERE s.movie_id = ? LIMIT 1", movie_id)
    return _read(SlotRow.movie == movie_id) if some else []


def get(pending_id: int) -> Pending | None:
    """One of them."""
    return next(iter(_read(PendingRow.id == pending_id)), None)


def waiting_since(slot_id: int) -> datetime | None:
    """When the first release that waits for a delay was put off."""
    statement = "SELECT min(added) FROM pending WHERE slot_id = ? AND reason = ?"
    ((added,),) = sql.execute(statement, slot_id, PendingReason.DELAY.value)
    return None if added is None else moment(added)


def forget(slot_id: int, release_ids: Iterable[int]) -> None:
    """These wait no more."""
    PendingRow.delete().where((PendingRow.slot == slot_id) & PendingRow.release.in_(list(release_ids))).execute()


def forget_before(added: datetime) -> None:
    """Drop what has waited since before then."""
    PendingRow.delete().where(PendingRow.added < added).execute()


def _read(where: Any) -> list[Pending]:
    query = PendingRow.select(PendingRow, SlotRow).join(SlotRow).order_by(PendingRow.id)
    rows = list(query.where(where) if where is not None else query)
    found = [(row, releases.get(row.release_id, row.slot.movie_id)) for row in rows]
    return [
        Pending(row.id, row.slot.movie_id, row.slot_id, release, PendingReason(row.reason), row.added, row.due)
        for row, release in found
        if release is not None
    ]
