"""Watch the download clients: what they say now against what is remembered."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from radarr_desktop.domain.events import DownloadCompleted, DownloadProgressed, QueueChanged, ReleaseGrabbed
from radarr_desktop.domain.records import Grab, GrabState, Job
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.plugin_api import Download, DownloadClient, DownloadState, PluginError
from radarr_desktop.store import grabs
from radarr_desktop.store.database import Database

ACTIVE = 1.0
"""Seconds between two looks while something downloads."""
IDLE = 60.0
LOST_AFTER = timedelta(minutes=2)
"""How long a client may not know a torrent before it counts as gone: right after a start it may still be reading."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Seen:
    """The last answer about one grab."""

    download: Download | None = None
    at: datetime | None = None
    missing_since: datetime | None = None


@dataclass(slots=True)
class Tracker:
    """Polls while there is something to watch."""

    db: Database
    bus: Bus
    jobs: Jobs
    plugins: PluginHost
    seen: dict[int, Seen] = field(default_factory=dict)
    speeds: tuple[int, int] = (0, 0)
    """Bytes a second down and up, of the last look."""
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch."""
        self.bus.subscribe(ReleaseGrabbed, lambda _: self._wake.set())
        self._task = asyncio.create_task(self._watch(), name="downloads")

    async def stop(self) -> None:
        """Watch no more."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def look(self) -> None:
        """Ask every client that has an open grab once."""
        watched = await self.db.read(lambda: grabs.in_states([GrabState.DOWNLOADING]))
        by_client: dict[int, list[Grab]] = {}
        for grab in watched:
            by_client.setdefault(grab.client_id, []).append(grab)
        clients = [client for client in self.plugins.clients() if client.id in by_client]
        down = up = 0
        for client, answer in zip(clients, await asyncio.gather(*map(self._ask, clients)), strict=True):
            if answer is None:
                continue
            down += sum(download.speed for download in answer)
            up += sum(download.upload_speed for download in answer)
            for grab in by_client[client.id]:
                await self._compare(grab, next((d for d in answer if d.hashes & _hashes(grab)), None), client)
        self.speeds = (down, up)
        for grab_id in set(self.seen) - {grab.id for grab in await self.db.read(grabs.open_grabs)}:
            del self.seen[grab_id]

    async def _watch(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("downloads.look_failed")
            busy = await self.db.read(lambda: bool(grabs.in_states([GrabState.DOWNLOADING])))
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), ACTIVE if busy else IDLE)

    async def _ask(self, client: Live[DownloadClient[Any]]) -> tuple[Download, ...] | None:
        if client.guard.is_open():
            return None
        try:
            return tuple(await self.plugins.call(client, lambda plugin: plugin.downloads()))
        except PluginError as error:
            log.warning("client.failed", client=client.name, problem=str(error))
            self.bus.publish(QueueChanged())
            return None

    async def _compare(self, grab: Grab, download: Download | None, client: Live[DownloadClient[Any]]) -> None:
        seen = self.seen.setdefault(grab.id, Seen())
        now = datetime.now(UTC)
        if download is None:
            seen.missing_since = seen.missing_since or now
            if now - seen.missing_since > LOST_AFTER:
                await self._lost(grab, client)
            return
        before, seen.download, seen.at, seen.missing_since = seen.download, download, now, None
        if download.state is DownloadState.COMPLETED:
            await self._completed(grab, download)
        elif download != before:
            self.bus.publish(
                DownloadProgressed(
                    correlation=grab.correlation, grab_id=grab.id, movie_id=grab.movie_id, download=download
                )
            )
            if before is None or before.state is not download.state:
                self.bus.publish(QueueChanged(correlation=grab.correlation))

    async def _completed(self, grab: Grab, download: Download) -> None:
        job = self.jobs.row("import", {"grab_id": grab.id}, correlation_id=grab.correlation, priority=5)

        def work() -> Job | None:
            moved = grabs.move(grab.id, [GrabState.DOWNLOADING], GrabState.COMPLETED)
            return job() if moved else None

        if await self.db.run(work) is None:
            return
        self.jobs.wake()
        log.info("download.completed", release=grab.title, grab_id=grab.id, correlation=grab.correlation)
        facts = {"correlation": grab.correlation, "grab_id": grab.id, "movie_id": grab.movie_id}
        self.bus.publish(DownloadProgressed(**facts, download=download))  # type: ignore[arg-type]
        self.bus.publish(DownloadCompleted(**facts, release_title=grab.title))  # type: ignore[arg-type]
        self.bus.publish(QueueChanged(correlation=grab.correlation))

    async def _lost(self, grab: Grab, client: Live[DownloadClient[Any]]) -> None:
        problem = f"{client.name} does not know this torrent any more; it was probably removed there."
        await self.db.run(lambda: grabs.set_state(grab.id, GrabState.LOST, problem))
        log.warning("download.lost", release=grab.title, client=client.name, correlation=grab.correlation)
        self.bus.publish(QueueChanged(correlation=grab.correlation))


def _hashes(grab: Grab) -> frozenset[str]:
    """What the grab may be known by: a client may cut a v2 hash to 40 digits."""
    return frozenset(grab.hashes) | {one[:40] for one in grab.hashes}
