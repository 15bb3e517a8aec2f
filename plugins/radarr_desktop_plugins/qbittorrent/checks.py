"""What must be right in qBittorrent before it is trusted with downloads."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from radarr_desktop.plugin_api import BadAnswer, Rejected
from radarr_desktop_plugins.qbittorrent.web_api import WebApi

if TYPE_CHECKING:
    from radarr_desktop_plugins.qbittorrent import QBittorrentSettings

OLDEST = (2, 8, 0)
"""Web API of qBittorrent 4.3.3: older ones keep other names for layout and hashes."""
LISTS_FOLDERS = (2, 11, 0)
"""From here (qBittorrent 5.0) on, it tells what lies in a folder."""
_REMOVES = (1, 3)
"""What may happen at a seeding goal: the torrent goes, without or with its files."""


async def check(api: WebApi, settings: QBittorrentSettings) -> None:
    """Raise ``Rejected`` with what to do unless all is well; makes the categories that are missing."""
    if await api.version() < OLDEST:
        raise Rejected("This qBittorrent is older than 4.3.3. Update it.")
    await _check_save_path(api, settings.save_path)
    await _check_category(api, settings.category, settings.save_path)
    if settings.imported_category:
        await _check_category(api, settings.imported_category, settings.save_path)
    await _check_goals(api)


async def _check_category(api: WebApi, category: str, save_path: str) -> None:
    answer = await api.post("torrents/createCategory", category=category, savePath=save_path)
    if answer.status_code != 409:
        api.accept(answer)
    known = await api.json("torrents/categories")
    if not isinstance(known, dict) or category not in known:
        raise Rejected(f"qBittorrent does not take “{category}” as a category. Choose another name.")


async def _check_save_path(api: WebApi, save_path: str) -> None:
    """A folder that is missing is made by qBittorrent, but not what is to hold it: mostly a disk or a typing error."""
    if not save_path:
        return
    path = PureWindowsPath(save_path) if PureWindowsPath(save_path).drive else PurePosixPath(save_path)
    if not path.is_absolute():
        raise Rejected(f"The save path “{save_path}” is not a full path. Enter one as qBittorrent sees it.")
    if await api.version() < LISTS_FOLDERS:
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
