"""What folders looked like when they were looked at last: their time, and the disk they were on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from radarr_desktop.store import sql
from radarr_desktop.store.models import FolderLookRow

_AT = FolderLookRow.at
_KEEP = """
    INSERT INTO folder_look (path, mtime, disk, at) VALUES (?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET {0} = excluded.{0}, at = excluded.at
"""


def keep_disk(path: str, disk: str, now: datetime) -> None:
    """Remember the disk of a root folder, or of a folder in it where another one begins."""
    sql.change(_KEEP.format("disk"), path, 0, disk, _AT.db_value(now))


def keep_time(path: str, mtime: int, now: datetime) -> None:
    """Remember when a movie's folder had been changed last."""
    sql.change(_KEEP.format("mtime"), path, mtime, "", _AT.db_value(now))


def disk_of(path: str) -> str:
    """The disk a root folder was on; empty when it was never looked at."""
    return disks([path]).get(path, "")


def disks(paths: Iterable[str]) -> dict[str, str]:
    """The disks of those of these folders of which one is remembered."""
    return dict(sql.among("SELECT path, disk FROM folder_look WHERE disk <> '' AND path IN ({})", paths))


def times(paths: Iterable[str]) -> dict[str, int]:
    """When these folders had been changed last, as of the last look."""
    return dict(sql.among("SELECT path, mtime FROM folder_look WHERE path IN ({})", paths))
