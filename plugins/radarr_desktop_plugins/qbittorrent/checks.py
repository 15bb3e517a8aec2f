"""What must be right in qBittorrent before it is trusted with downloads."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath, PureWindowsPath

from radarr_desktop.plugin_api import BadAnswer, Rejected
from radarr_desktop_plugins.qbittorrent import versions
from radarr_desktop_plugins.qbittorrent.settings import QBittorrentSettings
from radarr_desktop_plugins.qbittorrent.web_api import WebApi

_REMOVES = (1, 3)
"""What may happen at a seeding goal: the torrent goes, without or with its files."""


async def check(api: WebApi, settings: QBittorrentSettings) -> None:
    """Raise ``Rejected`` with what to do unless all is well; makes the categories that are missing."""
    if await api.version() < versions.OLDEST:
        raise Rejected("This qBittorrent is older than 4.1. Update it.")
    await _check_save_path(api, settings.save_path)
    await _check_category(api, settings.category, settings.save_path)
    if settings.imported_category:
        await _check_category(api, settings.imported_category, settings.save_path)
    await _check_goals(api)


async def _check_category(api: WebApi, category: str, save_path: str) -> None:
    answer = await api.post("torrents/createCategory", category=category, savePath=save_path)
    if answer.status_code != 409:
        api.accept(answer)
    if category not in await _categories(api):
        raise Rejected(f"qBittorrent does not take “{category}” as a category. Choose another name.")


async def _categories(api: WebApi) -> Collection[str]:
    """All there are: an object by name, in 4.1 at first a list."""
    if await api.version() >= versions.LISTS_CATEGORIES:
        known = await api.json("torrents/categories")
    else:
        whole = await api.json("sync/maindata", rid=0)
        known = whole.get("categories", ()) if isinstance(whole, dict) else None
    if not isinstance(known, dict | list | tuple):
        raise BadAnswer("qBittorrent answered something else than its categories. Check the address.")
    return known


async def _check_save_path(api: WebApi, save_path: str) -> None:
    """A folder that is missing is made by qBittorrent, but not what is to hold it: mostly a disk or a typing error."""
    if not save_path:
        return
    path = PureWindowsPath(save_path) if PureWindowsPath(save_path).drive else PurePosixPath(save_path)
    if not path.is_absolute():
        raise Rejected(f"The save path “{save_path}” is not a full path. Enter one as qBittorrent sees it.")
    if await api.version() < versions.LISTS_FOLDERS:
        return
    parent = str(path.parent)
    answer = await api.get("app/getDirectoryContent", dirPath=parent)
    if answer.status_code == 404:
        raise Rejected(f"qBittorrent sees no folder “{parent}”. Create it, or enter another save path.")
    api.accept(answer)


async def _check_goals(api: WebApi) -> None:
    wanted = await api.json("app/preferences")
    if not isinstance(wanted, dict):
        raise BadAnswer("qBittorrent answered something else than its settings. Check the address.")
    has_goal = any(wanted.get(f"max_{one}_enabled") for one in ("ratio", "seeding_time", "inactive_seeding_time"))
    if has_goal and wanted.get("max_ratio_act") in _REMOVES:
        raise Rejected(
            "qBittorrent removes torrents that have reached their seeding goal, perhaps before they are imported. "
            "Let it stop them instead: Options, BitTorrent, Seeding limits."
        )
