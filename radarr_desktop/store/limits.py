"""What was asked of indexers lately, and which of them are left alone."""

from __future__ import annotations

from datetime import datetime

from radarr_desktop.store.models import IndexerPauseRow, IndexerRequestRow
from radarr_desktop.store.sql import Rows

_SENT = Rows(IndexerRequestRow, "WHERE instance_id = ? ORDER BY at")
_PAUSE = Rows(IndexerPauseRow, "WHERE instance_id = ?")


def requested(instance_id: int, at: datetime, forget_before: datetime) -> None:
    """A request is about to be sent; those that count no more are forgotten."""
    IndexerRequestRow.delete().where(IndexerRequestRow.at < forget_before).execute()
    IndexerRequestRow.create(instance_id=instance_id, at=at)


def requests(instance_id: int) -> list[datetime]:
    """Those that are remembered, oldest first."""
    return [row.at for row in _SENT(instance_id)]


def leave_alone(instance_id: int, level: int, until: datetime | None, problem: str) -> None:
    """Remember for how long an indexer is left alone, after how many failures, and why."""
    IndexerPauseRow.replace(instance_id=instance_id, level=level, until=until, problem=problem).execute()


def left_alone(instance_id: int) -> tuple[int, datetime | None, str]:
    """That again: failures in a row, until when, why."""
    row = _PAUSE.first(instance_id)
    return (row.level, row.until, row.problem) if row else (0, None, "")


def forget(instance_id: int) -> None:
    """The instance is gone, or the user changed something: it may be asked again."""
    IndexerPauseRow.delete().where(IndexerPauseRow.instance_id == instance_id).execute()
