"""Watch the download clients: what they say now against what is remembered."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from radarr_desktop.domain.events import (
    DownloadCompleted,
    DownloadProgressed,
    GrabFailed,
    QueueChanged,
    ReleaseGrabbed,
)
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, GrabState, HistoryEntry, HistoryKind, Job
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.imports import importer
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.notifications.notices import announce
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.engine.search import sending
from radarr_desktop.plugin_api import Download, DownloadClient, DownloadState, PluginError
from radarr_desktop.store import grabs, journal
from radarr_desktop.store.database import Database

ACTIVE = 1.0
"""Seconds between two looks while something downloads."""
IDLE = 60.0
LOST_AFTER = timedelta(minutes=2)
"""How long a client may not know a torrent before it counts as gone: right after a start it may still be reading."""
LONGEST_GAP = timedelta(seconds=10)
"""What one look counts for at most: nobody looked while the machine slept."""
WAITING = {GrabState.SENDING: sending.JOB, GrabState.COMPLETED: importer.JOB}
"""States that a job ends, once the client answers."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Seen:
    """The last answer about one grab."""

    download: Download | None = None
    at: datetime | None = None
    asked: datetime | None = None
    missing: timedelta = timedelta()
    """How long a client that answered has not known it."""


@dataclass(slots=True)
class Tracker:
    """Polls while there is something to watch."""

    db: Database
    bus: Bus
    jobs: Jobs
    plugins: PluginHost
    lost_after: timedelta = LOST_AFTER
    seen: dict[int, Seen] = field(default_factory=dict)
    speeds: tuple[int, int] = (0, 0)
    """Bytes a second down and up, of the last look."""
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _away: set[int] = field(default_factory=set)
    """Clients that did not answer the last time."""
    _back: set[int] = field(default_factory=set)
    """Clients that answer again."""
    _next_round: float = 0.0
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
        watched = await self.db.read(lambda: grabs.in_states([GrabState.DOWNLOADING, *WAITING]))
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
        await self._press_on(watched)
        for grab_id in set(self.seen) - {grab.id for grab in await self.db.read(grabs.open_grabs)}:
            del self.seen[grab_id]

    async def _watch(self) -> None:
        while True:
            busy = True
            try:
                await self.look()
                busy = await self.db.read(lambda: bool(grabs.in_states([GrabState.DOWNLOADING, *WAITING])))
            except Exception:
                log.exception("downloads.look_failed")
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), ACTIVE if busy else IDLE)

    async def _press_on(self, watched: list[Grab]) -> None:
        """What waits for its client goes on when that answers again; now and then all is tried, whatever held it up."""
        now = asyncio.get_running_loop().time()
        again, everything = self._back, now >= self._next_round
        self._back = set()
        if everything:
            self._next_round = now + IDLE
        for grab in watched:
            if grab.state in WAITING and (grab.client_id in again or (everything and grab.problem)):
                await self.jobs.enqueue(WAITING[grab.state], {"grab_id": grab.id}, correlation_id=grab.correlation)

    async def _ask(self, client: Live[DownloadClient[Any]]) -> tuple[Download, ...] | None:
        if client.guard.is_open():
            self._away.add(client.id)
            return None
        try:
            answer = tuple(await self.plugins.call(client, lambda plugin: plugin.downloads()))
        except PluginError as error:
            log.warning("client.failed", client=client.name, problem=str(error))
            self._away.add(client.id)
            self.bus.publish(QueueChanged())
            return None
        if client.id in self._away:
            self._away.discard(client.id)
            self._back.add(client.id)
        return answer

    async def _compare(self, grab: Grab, download: Download | None, client: Live[DownloadClient[Any]]) -> None:
        if grab.state is not GrabState.DOWNLOADING:
            return
        seen = self.seen.setdefault(grab.id, Seen())
        now = datetime.now(UTC)
        if download is None:
            if seen.asked is not None:
                seen.missing += min(now - seen.asked, LONGEST_GAP)
            seen.asked = now
            if seen.missing > self.lost_after:
                await self._lost(grab, client)
            return
        before, seen.download, seen.at, seen.asked = seen.download, download, now, now
        seen.missing = timedelta()
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
        id_, grab_id, movie_id = grab.correlation, grab.id, grab.movie_id
        self.bus.publish(DownloadProgressed(correlation=id_, grab_id=grab_id, movie_id=movie_id, download=download))
        self.bus.publish(
            DownloadCompleted(correlation=id_, grab_id=grab_id, movie_id=movie_id, release_title=grab.title)
        )
        self.bus.publish(QueueChanged(correlation=grab.correlation))

    async def _lost(self, grab: Grab, client: Live[DownloadClient[Any]]) -> None:
        problem = f"{client.name} does not know this torrent any more. It was probably removed there."
        now = datetime.now(UTC)
        event = GrabFailed(
            correlation=grab.correlation,
            movie_id=grab.movie_id,
            release_title=grab.title,
            problem=Problem(Kind.NOT_FOUND, f"{grab.title} is lost.", problem, "Search again."),
        )

        def work() -> bool:
            if not grabs.move(grab.id, [GrabState.DOWNLOADING], GrabState.LOST, problem):
                return False
            quality, digest, data = grab.parsed.quality.id, grab.hashes[0].upper(), {"message": problem}
            entry = HistoryEntry(
                0, grab.movie_id, HistoryKind.FAILED, now, grab.title, quality, digest, grab.correlation, data
            )
            journal.happened(entry)
            announce(self.jobs, event)
            return True

        if not await self.db.run(work):
            return
        self.jobs.wake()
        log.warning("download.lost", release=grab.title, client=client.name, correlation=grab.correlation)
        self.bus.publish(event)
        self.bus.publish(QueueChanged(correlation=grab.correlation))


def _hashes(grab: Grab) -> frozenset[str]:
    """What the grab may be known by: a client may cut a v2 hash to 40 digits."""
    return frozenset(grab.hashes) | {one[:40] for one in grab.hashes}
