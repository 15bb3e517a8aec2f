"""Which other torrents use the files of a download: at the same paths, or the same files by other names."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.plugin_api import Download, DownloadClient, DownloadState, NotFound


async def sharing(plugins: PluginHost, client: Live[DownloadClient[Any]], download: Download) -> list[str]:
    """Their names. The client tells of its own paths; the same files elsewhere are seen where its disk is ours."""

    async def ask(plugin: DownloadClient[Any]) -> list[str]:
        try:
            return list(await plugin.sharing(download.id))
        except NotFound:
            return []

    if told := await plugins.call(client, ask):
        return told
    return await _by_inode(plugins, client, download)


async def sharing_in(
    plugins: PluginHost, client: Live[DownloadClient[Any]], download: Download, other: Live[DownloadClient[Any]]
) -> list[str]:
    """Names of the torrents that another client keeps at the same places of a disk that is ours."""
    place = await asyncio.to_thread(_inode, Path(download.folder))
    if place is None:
        return []

    async def listed(plugin: DownloadClient[Any], one: Download) -> set[str]:
        try:
            return {file.path for file in await plugin.files(one.id)}
        except NotFound:
            return set()

    async def ask(plugin: DownloadClient[Any]) -> list[str]:
        found = await plugin.downloads()
        places = await asyncio.to_thread(lambda: [_inode(Path(one.folder)) for one in found])
        beside = [one for one, its in zip(found, places, strict=True) if its == place]
        return [one.name for one in beside if not mine.isdisjoint(await listed(plugin, one))]

    mine = await plugins.call(client, lambda plugin: listed(plugin, download))
    return await plugins.call(other, ask)


async def _by_inode(plugins: PluginHost, client: Live[DownloadClient[Any]], download: Download) -> list[str]:
    """A cross-seed may be hard-linked from these files, or reach them by a mount of another name."""

    async def ask(plugin: DownloadClient[Any]) -> list[tuple[str, list[Path]]]:
        mine = await _paths(plugin, download)
        others = [
            one
            for one in await plugin.downloads()
            if one.id != download.id and one.size == download.size and one.state is not DownloadState.METADATA
        ]
        return [("", mine), *[(one.name, await _paths(plugin, one)) for one in others]]

    (_, mine), *others = await plugins.call(client, ask)
    return await asyncio.to_thread(_same, mine, others) if others else []


async def _paths(plugin: DownloadClient[Any], download: Download) -> list[Path]:
    try:
        return [Path(download.folder) / file.path for file in await plugin.files(download.id)]
    except NotFound:
        return []


def _same(mine: Iterable[Path], others: Sequence[tuple[str, list[Path]]]) -> list[str]:
    known = {inode for path in mine if (inode := _inode(path))}
    return [name for name, paths in others if any(_inode(path) in known for path in paths)]


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino
