"""Watch the download clients: what they say now against what is remembered."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from radarr_desktop.domain.blocklist import Subject
from radarr_desktop.domain.events import (
    DownloadCompleted,
    DownloadProgressed,
    QueueChanged,
    ReleaseGrabbed,
)
from radarr_desktop.domain.failure_reading import of_error
from radarr_desktop.domain.failures import Failure, Reason
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import Grab, GrabState, Job
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.downloads import unseen
from radarr_desktop.engine.downloads.ending import Ending, end
from radarr_desktop.engine.downloads.watched import Watched
from radarr_desktop.engine.imports import importer
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.engine.search import sending
from radarr_desktop.plugin_api import Download, DownloadClient, DownloadState, PluginError
from radarr_desktop.store import failures, grabs
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
    asked: datetime | None = None
    """When it was missed the last time."""
    missing: timedelta = timedelta()
    """How long a client that answered has not known it."""


Looker = Callable[[Live[DownloadClient[Any]], Sequence[tuple[Grab, Download | None]]], Awaitable[None]]


@dataclass(slots=True)
class Answered:
    """The last answer of one client, and the grabs it was compared with."""

    downloads: Sequence[Download]
    grabs: Sequence[Grab]
    speeds: tuple[int, int]
    pairs: Sequence[tuple[Grab, Download | None]] = ()
    """What is to be downloaded, with what the client says of it."""
    open: Sequence[tuple[Grab, Download | None]] = ()
    """Those that are to be looked at again although nothing changed: what is missing, and what is not looked into."""


@dataclass(slots=True)
class Tracker:
    """Polls while there is something to watch; what a client says again, of the same grabs, is not compared again."""

    db: Database
    bus: Bus
    jobs: Jobs
    plugins: PluginHost
    watch: Looker | None = None
    """Who looks on, each time a client has answered."""
    lost_after: timedelta = LOST_AFTER
    _seen: dict[int, Seen] = field(default_factory=dict)
    _answers: dict[int, Answered] = field(default_factory=dict)
    _heard: dict[int, datetime] = field(default_factory=dict)
    """When each client last answered; one that is away keeps it."""
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _away: set[int] = field(default_factory=set)
    """Clients that did not answer the last time."""
    _back: set[int] = field(default_factory=set)
    """Clients that answer again."""
    _next_round: float = 0.0
    _is_ending: bool = False
    _task: asyncio.Task[None] | None = None
    _watched: Watched = field(init=False)

    def __post_init__(self) -> None:
        self._watched = Watched(self.db, [GrabState.DOWNLOADING, *WAITING])

    @property
    def speeds(self) -> tuple[int, int]:
        """Bytes a second down and up, of the last look."""
        known = [answer.speeds for answer in self._answers.values()]
        return sum(down for down, _ in known), sum(up for _, up in known)

    def last(self, grab: Grab) -> tuple[Download | None, datetime | None]:
        """What its client said of a grab, and when."""
        seen = self._seen.get(grab.id)
        if seen is None or seen.download is None:
            return None, None
        return seen.download, seen.asked if seen.missing else self._heard.get(grab.client_id)

    def start(self) -> None:
        """Begin to watch."""
        self.bus.subscribe(ReleaseGrabbed, lambda _: self._wake.set())
        self._task = asyncio.create_task(self._watch(), name="downloads")

    async def stop(self) -> None:
        """Watch no more."""
        self._is_ending = True
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def look(self) -> None:
        """Ask every client that has an open grab once."""
        watched = await self._watched.by_client()
        clients = [client for client in self.plugins.clients() if client.id in watched]
        for client, answer in zip(clients, await asyncio.gather(*map(self._ask, clients)), strict=True):
            if answer is None:
                self._answers.pop(client.id, None)
            else:
                await self._take(client, answer, watched[client.id])
        for client_id in self._answers.keys() - watched.keys():
            del self._answers[client_id]
        await self._press_on(watched)

    async def _watch(self) -> None:
        told = ""
        while not self._is_ending:  # a wait that ends as it is cancelled loses the cancellation
            busy = True
            try:
                await self.look()
                busy, told = bool(await self._watched.by_client()), ""
            except Problem as problem:  # no room for the database: said once, not every second
                if str(problem) != told:
                    log.warning("downloads.look_failed", problem=str(problem))
                told = str(problem)
            except Exception:
                log.exception("downloads.look_failed")
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), ACTIVE if busy else IDLE)

    async def _press_on(self, watched: Mapping[int, Sequence[Grab]]) -> None:
        """What waits for its client goes on when that answers again; now and then all is tried, whatever held it up."""
        now = asyncio.get_running_loop().time()
        again, everything = self._back, now >= self._next_round
        self._back = set()
        if everything:
            self._next_round = now + IDLE
            there = {grab.id for grab in await self.db.read(grabs.open_grabs)}
            self._seen = {id_: seen for id_, seen in self._seen.items() if id_ in there}
        for grab in itertools.chain.from_iterable(watched.values()) if again or everything else ():
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
            if client.id not in self._away:
                await self._count(client, error)
            self._away.add(client.id)
            self.bus.publish(QueueChanged())
            return None
        if client.id in self._away:
            self._away.discard(client.id)
            self._back.add(client.id)
        return answer

    async def _count(self, client: Live[DownloadClient[Any]], error: PluginError) -> None:
        failure, subject = Failure(of_error(error), str(error)), Subject(0, "", client=client.name)
        await self.db.run(lambda: failures.add(failure, subject, datetime.now(UTC), blocked=False))

    async def _take(
        self, client: Live[DownloadClient[Any]], answer: Sequence[Download], theirs: Sequence[Grab]
    ) -> None:
        now = datetime.now(UTC)
        before = self._answers.get(client.id)
        if before is None or before.downloads is not answer or before.grabs is not theirs:
            by_hash = {name: download for download in answer for name in download.hashes}
            pairs = [(grab, _of(grab, by_hash)) for grab in theirs if grab.state is GrabState.DOWNLOADING]
            for grab, download in pairs:
                if download is not None:
                    await self._found(grab, download)
            speeds = sum(one.speed for one in answer), sum(one.upload_speed for one in answer)
            before = Answered(
                answer, theirs, speeds, pairs, [pair for pair in pairs if pair[1] is None or pair[0].unseen]
            )
            self._answers[client.id] = before
        self._heard[client.id] = now
        for grab, download in before.open:
            if download is None:
                await self._missing(grab, client, now)
            elif download.size and download.state is not DownloadState.METADATA:  # without a size it has no files yet
                await self.jobs.enqueue(unseen.JOB, {"grab_id": grab.id}, correlation_id=grab.correlation, priority=10)

        if self.watch is not None:
            await self.watch(client, before.pairs)

    async def _found(self, grab: Grab, download: Download) -> None:
        seen = self._seen.setdefault(grab.id, Seen())
        before, seen.download = seen.download, download
        seen.missing, seen.asked = timedelta(), None
        if download.state is DownloadState.COMPLETED and not grab.unseen:
            await self._completed(grab, download)
        elif download is not before and download != before:
            self.bus.publish(
                DownloadProgressed(
                    correlation=grab.correlation, grab_id=grab.id, movie_id=grab.movie_id, download=download
                )
            )
            if before is None or before.state is not download.state:
                self.bus.publish(QueueChanged(correlation=grab.correlation))

    async def _missing(self, grab: Grab, client: Live[DownloadClient[Any]], now: datetime) -> None:
        seen = self._seen.setdefault(grab.id, Seen())
        if seen.asked is not None:
            seen.missing += max(timedelta(), min(now - seen.asked, LONGEST_GAP))
        seen.asked = now
        if seen.missing > self.lost_after:
            await self._lost(grab, client)

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
        failure, now = Failure(Reason.REMOVED_IN_CLIENT, problem), datetime.now(UTC)
        ending = Ending(
            failure, client.name, [GrabState.DOWNLOADING], GrabState.LOST, "is lost", remove=False, follow=False
        )
        event = await self.db.run(lambda: end(self.jobs, grab, ending, now))
        if event is None:
            return
        self.jobs.wake()
        log.warning("download.lost", release=grab.title, client=client.name, correlation=grab.correlation)
        self.bus.publish(event)
        self.bus.publish(QueueChanged(correlation=grab.correlation))


def _of(grab: Grab, by_hash: Mapping[str, Download]) -> Download | None:
    """What it is for its client, that may cut a v2 hash to 40 digits."""
    names = (cut for name in grab.hashes for cut in (name, name[:40]))
    return next((by_hash[name] for name in names if name in by_hash), None)
