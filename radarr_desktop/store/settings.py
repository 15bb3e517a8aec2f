"""Settings by key, and when timed work ran last."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from radarr_desktop.store.models import ScheduledTaskRow, SettingRow
from radarr_desktop.store.sql import Rows

_BY_KEY = Rows(SettingRow, "WHERE key = ?")


def get(key: str) -> Any:
    """A setting's JSON value, or None."""
    row = _BY_KEY.first(key)
    return row.value if row else None


def put(key: str, value: Any) -> None:
    """Set it."""
    SettingRow.replace(key=key, value=value).execute()


def last_runs() -> dict[str, datetime]:
    """When each timed task ran last."""
    return {row.name: row.last_run for row in ScheduledTaskRow.select()}


def ran(name: str, at: datetime) -> None:
    """Remember that a timed task ran."""
    ScheduledTaskRow.replace(name=name, last_run=at).execute()
