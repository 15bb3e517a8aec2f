"""Torrents go from their clients: failed ones at once, imported ones when they did their share; never too early."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from radarr_desktop.domain import amounts
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.domain.stuck import DownloadSettings
from radarr_desktop.engine.downloads.ending import REMOVE
from radarr_desktop.engine.downloads.shared_files import sharing, sharing_in
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.plugin_api import (
    Download,
    DownloadClient,
    DownloadClientSettings,
    DownloadState,
    NotFound,
    PluginError,
)
from radarr_desktop.store import grabs, operations
from radarr_desktop.store.database import Database

SWEEP = "remove_seeded"
"""Job: imported torrents that have done their share go, where the user wants it."""
_LATER = timedelta(minutes=5)
"""After which a client that was away is asked again."""
_LOOKS = timedelta(hours=1)
"""Between two looks at what must be seeded a while."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a torrent must not go, or not with its files."""

    sentence: str
    passes: bool = False
    """Will it be over by itself?"""
    only_files: bool = False
    """May the torrent go if its files stay?"""
    is_owed: bool = False
    """Is it only the tracker's due? The user may decide otherwise."""


class Remover:
    """All torrents that this program removes by itself go through here."""

    def __init__(self, db: Database, jobs: Jobs, plugins: PluginHost, settings: AppSettings) -> None:
        self._db = db
        self._jobs = jobs
        self._plugins = plugins
        self._settings = settings
        jobs.handle(REMOVE, self._failed)
        jobs.handle(SWEEP, self._sweep)

    async def hindrances(self, grab: Grab) -> list[Hindrance]:
        """What speaks against removing a grab's torrent now, the gravest first; empty where its client lost it."""
        client = self._client(grab)
        download = await _find(self._plugins, client, grab) if client else None
        return await self._hindrances(grab, client, download) if client and download else []

    async def _hindrances(self, grab: Grab, client: Live[DownloadClient[Any]], download: Download) -> list[Hindrance]:
        found = await self._db.read(lambda: _in_use(grab))
        if owed := still_owed(grab, download, await self._settings.downloads()):
            found.append(Hindrance(owed, passes=True, is_owed=True))
        others, silent = await self._sharing(client, download)
        if silent:
            said = f"{silent} does not answer, so it is not known whether it uses its files."
            found.append(Hindrance(said, passes=True, only_files=True))
        if others:
            said = f"{others[0]} uses its files too." if len(others) == 1 else f"{len(others)} torrents use its files."
            found.append(Hindrance(said, only_files=True))
        return found

    async def _sharing(self, client: Live[DownloadClient[Any]], download: Download) -> tuple[list[str], str]:
        """Torrents that use its files, and a client that may have some more but does not tell."""
        if others := await sharing(self._plugins, client, download):
            return others, ""
        silent = ""
        for other in self._plugins.clients():
            try:
                others += await sharing_in(self._plugins, client, download, other) if other.id != client.id else []
            except PluginError as error:
                log.info("client.not_asked_for_files", client=other.name, problem=str(error))
                silent = other.name
        return others, "" if others else silent

    async def _failed(self, payload: Mapping[str, Any]) -> None:
        """Take a failed download from its client. A client that is away is waited for, for as long as it takes."""
        grab = await self._db.read(lambda: grabs.get(payload["grab_id"]))
        client = self._client(grab) if grab else None
        if grab is None or client is None or not (payload.get("asked") or _terms(client).remove_failed):
            return
        try:
            download = await _find(self._plugins, client, grab)
            if download is None:
                return
            found = await self._hindrances(grab, client, download)
            if any(one.passes or not one.only_files for one in found):
                log.info("download.kept", release=grab.title, why=found[0].sentence)
                if all(one.passes or one.only_files for one in found):
                    await self._again(payload, _LOOKS)
                return
            await self._remove(client, download, with_files=not found)
        except PluginError as error:
            log.info("download.not_removed_yet", release=grab.title, problem=str(error))
            await self._again(payload, _LATER)

    async def _again(self, payload: Mapping[str, Any], pause: timedelta) -> None:
        at = (datetime.now(UTC) + pause).isoformat(timespec="seconds")
        await self._jobs.enqueue(REMOVE, {**payload, "at": at}, delay=pause.total_seconds(), priority=-5)

    async def _sweep(self, payload: Mapping[str, Any]) -> None:
        """What was imported, and has reached its seeding goal."""
        imported = await self._db.read(lambda: grabs.in_states([GrabState.IMPORTED]))
        for client in self._plugins.clients():
            if not _terms(client).remove_completed:
                continue
            try:
                await self._sweep_client(client, [grab for grab in imported if grab.client_id == client.id])
            except PluginError as error:
                log.info("client.not_swept", client=client.name, problem=str(error))

    async def _sweep_client(self, client: Live[DownloadClient[Any]], imported: Sequence[Grab]) -> None:
        by_hash = {one[:40]: grab for grab in imported for one in grab.hashes}
        for download in await self._plugins.call(client, lambda plugin: plugin.downloads()):
            grab = next((by_hash[one[:40]] for one in download.hashes if one[:40] in by_hash), None)
            if grab is None or download.state is not DownloadState.COMPLETED or not download.goal_reached:
                continue
            if found := await self._hindrances(grab, client, download):
                log.debug("download.kept", release=grab.title, why=found[0].sentence)
                continue
            await self._remove(client, download, with_files=True)

    async def _remove(self, client: Live[DownloadClient[Any]], download: Download, *, with_files: bool) -> None:
        await self._plugins.call(client, lambda plugin: plugin.remove(download.id, delete_files=with_files))
        log.info("download.removed", release=download.name, client=client.name, with_files=with_files)

    def _client(self, grab: Grab) -> Live[DownloadClient[Any]] | None:
        return next((one for one in self._plugins.clients() if one.id == grab.client_id), None)


def still_owed(grab: Grab, download: Download, settings: DownloadSettings) -> str:
    """Why a private torrent must be seeded longer, as a sentence; empty when it need not."""
    if not (grab.private or download.private) or download.state is not DownloadState.COMPLETED:
        return ""
    hours, ratio = settings.private_seed_hours, settings.private_ratio
    if not hours or download.seeding >= hours * 3600 or (ratio and download.ratio >= ratio):
        return ""
    span, done = amounts.span(timedelta(hours=hours)), amounts.span(timedelta(seconds=download.seeding))
    return f"Its private tracker is owed {span} of seeding or a ratio of {ratio:g}: {done} and {download.ratio:.2f}."


def _in_use(grab: Grab) -> list[Hindrance]:
    """What this program itself still wants of it."""
    found = []
    if any(operation.grab_id == grab.id for operation in operations.open_operations()):
        found.append(Hindrance("Its import is not finished.", passes=True))
    mine = {one[:40] for one in grab.hashes}
    for other in grabs.open_grabs():
        if other.id != grab.id and not mine.isdisjoint(one[:40] for one in other.hashes):
            whose = grabs.titles_of_movies([other.movie_id])[other.movie_id]
            found.append(Hindrance(f"The same torrent is in the queue for {whose}."))
    return found


async def _find(plugins: PluginHost, client: Live[DownloadClient[Any]], grab: Grab) -> Download | None:
    names = frozenset(grab.hashes) | {one[:40] for one in grab.hashes}
    try:
        downloads = await plugins.call(client, lambda plugin: plugin.downloads())
    except NotFound:
        return None
    return next((one for one in downloads if one.hashes & names), None)


def _terms(client: Live[DownloadClient[Any]]) -> DownloadClientSettings:
    """What the user wants of this client; one that does not offer it has the usual."""
    settings = client.plugin.settings
    return settings if isinstance(settings, DownloadClientSettings) else DownloadClientSettings()
