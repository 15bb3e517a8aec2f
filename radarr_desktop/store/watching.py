"""Watched folders, and the files in them that people were told of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from radarr_desktop.domain.watching import Afterwards, WatchFolder
from radarr_desktop.store.models import WatchedFileRow, WatchFolderRow


def folders() -> list[WatchFolder]:
    """Every watched folder, by id."""
    return [_folder(row) for row in WatchFolderRow.select().order_by(WatchFolderRow.id)]


def save(folder: WatchFolder) -> WatchFolder:
    """Insert (id 0) or change one."""
    columns = {
        "path": folder.path,
        "enabled": folder.enabled,
        "torrents": folder.torrents,
        "media": folder.media,
        "afterwards": folder.afterwards.value,
    }
    if not folder.id:
        return _folder(WatchFolderRow.create(**columns))
    WatchFolderRow.update(**columns).where(WatchFolderRow.id == folder.id).execute()
    return folder


def remove(folder_id: int) -> None:
    """Forget one; what lies in it stays."""
    WatchFolderRow.delete().where(WatchFolderRow.id == folder_id).execute()


def told(folder_id: int) -> dict[str, tuple[int, int, str]]:
    """Size and time of the entries that are done with, by name, and why they were not taken; empty where they were."""
    rows = WatchedFileRow.select().where(WatchedFileRow.folder == folder_id)
    return {row.path: (row.size, row.mtime, row.told) for row in rows}


def tell(folder_id: int, name: str, size: int, mtime: int, why: str) -> None:
    """Remember that this entry is done with: taken, or refused and people told why."""
    WatchedFileRow.replace(folder=folder_id, path=name, size=size, mtime=mtime, told=why).execute()


def keep_only(folder_id: int, names: Collection[str]) -> None:
    """Forget entries that are not there any more."""
    for row in list(WatchedFileRow.select().where(WatchedFileRow.folder == folder_id)):
        if row.path not in names:
            row.delete_instance()


def _folder(row: Any) -> WatchFolder:
    return WatchFolder(row.id, row.path, row.enabled, row.torrents, row.media, Afterwards(row.afterwards))
