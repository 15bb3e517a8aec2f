"""What folders looked like when they were looked at last: their time, and the disk they were on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from radarr_desktop.store import sql
from radarr_desktop.store.models import FolderLookRow


def keep_disk(path: str, disk: str, now: datetime) -> None:
    """Remember the disk of a root folder."""
    FolderLookRow.replace(path=path, mtime=0, disk=disk, at=now).execute()


def keep_time(path: str, mtime: int, now: datetime) -> None:
    """Remember when a movie's folder had been changed last."""
    FolderLookRow.replace(path=path, mtime=mtime, disk="", at=now).execute()


def disk_of(path: str) -> str:
    """The disk a root folder was on; empty when it was never looked at."""
    found = sql.execute("SELECT disk FROM folder_look WHERE path = ?", path)
    return str(found[0][0]) if found else ""


def times(paths: Iterable[str]) -> dict[str, int]:
    """When these folders had been changed last, as of the last look."""
    return dict(sql.among("SELECT path, mtime FROM folder_look WHERE path IN ({})", paths))
