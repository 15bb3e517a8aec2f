"""Magnet links are looked into before a byte of them is fetched: as soon as their client knows the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog

from radarr_desktop.domain.blocklist import blocks_of
from radarr_desktop.domain.decision.contents import Fault, Promise, contents_fault
from radarr_desktop.domain.events import QueueChanged, ReleaseInspected
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.domain.torrent import TorrentEntry
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.downloads.blocklist import short_hash
from radarr_desktop.engine.downloads.failing import Failures
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.plugin_api import (
    DownloadClient,
    DownloadClientSettings,
    DownloadFile,
    InitialState,
    NotFound,
    Order,
)
from radarr_desktop.store import blocklist, grabs, movies, releases
from radarr_desktop.store.database import Database

JOB = "look_inside"

log = structlog.get_logger(__name__)


class Unseen:
    """That a grab was not looked into is in its row: a crash at any moment looks again."""

    def __init__(
        self, db: Database, bus: Bus, jobs: Jobs, plugins: PluginHost, settings: AppSettings, failures: Failures
    ) -> None:
        self._db = db
        self._bus = bus
        self._plugins = plugins
        self._settings = settings
        self._failures = failures
        jobs.handle(JOB, self._look)

    async def _look(self, payload: Mapping[str, Any]) -> None:
        grab = await self._db.read(lambda: grabs.get(payload["grab_id"]))
        if grab is None or not grab.unseen or grab.state is not GrabState.DOWNLOADING:
            return
        client = next((one for one in self._plugins.clients() if one.id == grab.client_id), None)
        if client is None:
            return
        name, files = await self._files(client, grab)
        if not files:
            return  # the next look at the client asks for this again
        entries = [TorrentEntry(file.path, file.size) for file in files]
        fault = await self._excluded(grab, name) or contents_fault(entries, await self._promise(grab))
        log.info("magnet.looked_into", release=grab.title, problem=fault.sentence if fault else "")
        if fault is None:
            await self._plugins.call(client, lambda plugin: _go_on(plugin, grab.hashes[0]))
            size = sum(entry.size for entry in entries)
            await self._db.run(lambda: grabs.looked_into(grab.id, size))
        else:
            await self._failures.fail(grab.id, fault.reason, fault.sentence)
        self._bus.publish(
            ReleaseInspected(
                correlation=grab.correlation,
                movie_id=grab.movie_id,
                release_title=grab.title,
                files=len(entries),
                accepted=fault is None,
                reason=fault.sentence if fault else "",
            )
        )
        self._bus.publish(QueueChanged(correlation=grab.correlation))

    async def _promise(self, grab: Grab) -> Promise:
        unpacks = (await self._settings.media()).unpack

        def work() -> Promise:
            stored, movie = releases.get(grab.release_id), movies.get(grab.movie_id)
            size, minutes = stored.release.size if stored else 0, movie.info.runtime if movie else 0
            return Promise(size, minutes, grab.parsed.quality, unpacks)

        return await self._db.read(work)

    async def _excluded(self, grab: Grab, name: str) -> Fault | None:
        """Hash and name may have been others before, or unknown: the blocklist is asked again."""
        if grab.by_user:
            return None

        def work() -> str:
            blocks = blocks_of(blocklist.all_of(grab.movie_id), datetime.now(UTC))
            return blocks.hit(name, short_hash(grab.hashes), grab.parsed.group, grab.indexer)

        hit = await self._db.read(work)
        return Fault(Reason.EXCLUSION_MATCHED, hit) if hit else None

    async def _files(self, client: Live[DownloadClient[Any]], grab: Grab) -> tuple[str, Sequence[DownloadFile]]:
        """Its name and files, once they are known; it is stopped then. A client that could not by itself is told."""
        id_ = grab.hashes[0]

        async def ask(plugin: DownloadClient[Any]) -> tuple[str, Sequence[DownloadFile]]:
            if not (files := await plugin.files(id_)):
                return "", ()
            mine = next((one for one in await plugin.downloads() if not one.hashes.isdisjoint((id_, id_[:40]))), None)
            if mine is None or not mine.is_stopped:
                await plugin.pause(id_)
            return mine.name if mine else "", files

        try:
            return await self._plugins.call(client, ask)
        except NotFound:
            return "", ()


async def _go_on(plugin: DownloadClient[Any], id_: str) -> None:
    """Begin as the client's torrents begin."""
    settings = plugin.settings
    wanted = settings.initial_state if isinstance(settings, DownloadClientSettings) else InitialState.RUNNING
    if wanted is not InitialState.STOPPED:
        await plugin.resume(id_)
    if wanted is InitialState.FORCED:
        await plugin.order(Order.FORCE, id_)
