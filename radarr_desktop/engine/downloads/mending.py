"""Downloads that their client stopped with an error time may heal: room on the disk, a mount that is back."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import structlog

from radarr_desktop.domain import amounts
from radarr_desktop.domain.failures import STRATEGIES, Blame, Reason
from radarr_desktop.domain.records import Grab
from radarr_desktop.domain.stuck import error_of
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.plugin_api import Download, DownloadClient, DownloadState, PluginError

_LITTLE = 64 * 1024
"""Bytes that no client can write in."""

log = structlog.get_logger(__name__)


async def explained(download: Download) -> Download:
    """With what the disk says of an error, where it can be asked: not every client tells that it is full."""
    if download.state is not DownloadState.ERROR or error_of(download) is not Reason.DOWNLOAD_CLIENT_ERROR:
        return download
    said = await asyncio.to_thread(_said_by_disk, download.folder, download.left)
    return replace(download, message=said) if said else download


def _said_by_disk(folder: str, left: int) -> str:
    try:
        free = shutil.disk_usage(folder).free
        is_read_only = os.name == "posix" and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except (OSError, ValueError):  # the client's disk is not ours
        return ""
    if is_read_only:
        return f"The disk of {folder} is read-only. Make it writable, then try again."
    if free < max(left, _LITTLE):
        return f"No space left: its disk has {amounts.size(free)} free, {amounts.size(left)} are to come."
    return ""


class Mender:
    """Lets them go on, with longer and longer pauses."""

    def __init__(self, plugins: PluginHost) -> None:
        self._plugins = plugins
        self._tried: dict[int, tuple[int, float]] = {}
        """By grab: how often, and when again."""

    async def look(self, client: Live[DownloadClient[Any]], pairs: Sequence[tuple[Grab, Download]]) -> None:
        """One client answered, with these downloads."""
        now = asyncio.get_running_loop().time()
        for grab, download in pairs:
            if download.state is not DownloadState.ERROR:
                self._tried.pop(grab.id, None)
                continue
            strategy = STRATEGIES[error_of(download)]
            attempts, due = self._tried.get(grab.id, (0, 0.0))
            if strategy.blame is Blame.WORLD and now >= due:
                self._tried[grab.id] = (attempts + 1, now + strategy.pause_after(attempts + 1).total_seconds())
                await self._resume(client, grab)

    async def _resume(self, client: Live[DownloadClient[Any]], grab: Grab) -> None:
        try:
            await self._plugins.call(client, lambda plugin: plugin.resume(grab.hashes[0]))
            log.info("download.resumed", release=grab.title)
        except PluginError as error:
            log.info("download.not_resumed", release=grab.title, problem=str(error))
