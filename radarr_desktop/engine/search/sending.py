"""The last steps of a grab: remember it, send it, confirm. Once, whatever happens in between."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import structlog

from radarr_desktop.domain.events import QueueChanged, ReleaseGrabbed
from radarr_desktop.domain.failure_reading import of_error
from radarr_desktop.domain.failures import Failure, Reason
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, GrabState, HistoryEntry, HistoryKind
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.downloads.ending import REMOVE, Ending, end
from radarr_desktop.engine.downloads.terms import terms_of
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.notifications.notices import announce
from radarr_desktop.engine.plugins.host import Live, PluginHost, problem_of
from radarr_desktop.engine.search.hindrance import NO_CLIENT
from radarr_desktop.engine.search.outbox import Outbox
from radarr_desktop.plugin_api import DownloadClient, PluginError, Rejected, Terms, Torrent
from radarr_desktop.store import grabs, history, movies, releases
from radarr_desktop.store.database import Database

JOB = "send_grab"

log = structlog.get_logger(__name__)


class Sender:
    """Gives torrents to download clients."""

    def __init__(self, db: Database, bus: Bus, jobs: Jobs, plugins: PluginHost, outbox: Outbox) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._plugins = plugins
        self._outbox = outbox
        self._recording = asyncio.Lock()
        self._at_it: set[int] = set()
        """Ids of grabs that are being sent right now."""
        jobs.handle(JOB, self._again)

    def client(self, torrent: Torrent | None = None) -> Live[DownloadClient[Any]]:
        """The download client new grabs go to; what is behind an address is for one that runs elsewhere."""
        clients = self._plugins.clients()
        if torrent is not None and torrent.url:
            clients = [client for client in clients if client.plugin.host]
        if not clients:
            raise Problem(Kind.CONFLICT, "Nothing can be downloaded.", *NO_CLIENT)
        return next((client for client in clients if not client.guard.is_open()), clients[0])

    async def resume(self) -> None:
        """After a start: grabs that were not confirmed are sent again."""
        async with self._recording:
            await self._sweep()
        for grab in await self._db.read(lambda: grabs.in_states([GrabState.SENDING])):
            await self._jobs.enqueue(JOB, {"grab_id": grab.id}, priority=10, correlation_id=grab.correlation)

    async def record(self, grab: Grab, torrent: Torrent, *, beside: Collection[str] | None) -> Grab:
        """Remember a grab; before that its torrent is safe.

        ``beside``: not while another one is on its way, but for those with these hashes, which it is better than.
        None: whatever is on its way.

        The same torrent again is the grab there is already.
        """
        async with self._recording:
            try:
                await asyncio.to_thread(self._outbox.put, torrent)
                recorded = await self._db.run(lambda: _recorded(grab, beside))
            except Problem:
                await self._sweep()
                raise
            except OSError as fault:
                why = f"Its torrent could not be kept in the data folder: {fault.strerror}."
                raise Problem(Kind.STORAGE, f"{grab.title} was not taken.", why, "Make room there.") from fault
            if recorded.state is not GrabState.SENDING:
                await self._sweep()
            return recorded

    async def send_or_queue(self, grab: Grab) -> Grab:
        """Send now, or leave a job behind that will."""
        if grab.state is not GrabState.SENDING:
            return grab
        try:
            return await self._send(grab, follow=False)  # who chose it goes on to the next by itself
        except PluginError as error:
            log.warning("grab.waits", release=grab.title, problem=str(error))
            await self._jobs.enqueue(JOB, {"grab_id": grab.id}, delay=5.0, correlation_id=grab.correlation)
            self._bus.publish(QueueChanged(correlation=grab.correlation))
            return await self._db.read(lambda: grabs.get(grab.id)) or grab

    async def _again(self, payload: Mapping[str, Any]) -> None:
        grab = await self._db.read(lambda: grabs.get(payload["grab_id"]))
        if grab is not None and grab.state is GrabState.SENDING:
            await self._send(grab, follow=True)

    async def _send(self, grab: Grab, *, follow: bool) -> Grab:
        """Give a recorded grab to its client. One that does not answer now gets it later: ``PluginError``."""
        if grab.id in self._at_it:
            return grab
        self._at_it.add(grab.id)
        try:
            torrent = await asyncio.to_thread(self._outbox.get, grab)
            if torrent is None:
                why, todo = "It was deleted from the data folder.", "Search again."
                problem = Problem(Kind.STORAGE, f"The torrent of {grab.title} is gone.", why, todo)
                return await self._gave_up(grab, problem, Reason.STORAGE_ERROR, follow=follow)
            client = next((one for one in self._plugins.clients() if one.id == grab.client_id), None) or self.client(
                torrent
            )
            offered = replace(torrent, terms=await self._terms(client, grab))
            added = await self._plugins.call(client, lambda plugin: plugin.add(offered))
        except Rejected as error:
            return await self._gave_up(grab, problem_of(error), of_error(error), follow=follow)
        except PluginError as error:
            said = str(error)
            await self._db.run(lambda: grabs.move(grab.id, [GrabState.SENDING], GrabState.SENDING, said))
            raise
        finally:
            self._at_it.discard(grab.id)
        return await self._confirm(grab, replace(grab, hashes=(added,)) if torrent.url else grab, client)

    async def _terms(self, client: Live[DownloadClient[Any]], grab: Grab) -> Terms:
        stored = await self._db.read(lambda: releases.get(grab.release_id))
        found_by = (
            live.plugin.settings for live in self._plugins.indexers() if stored and live.id == stored.indexer_id
        )
        return terms_of(client.plugin.settings, next(found_by, None), unseen=grab.unseen)

    async def _confirm(self, kept: Grab, grab: Grab, client: Live[DownloadClient[Any]]) -> Grab:
        """``kept`` is what it lies in the outbox as; behind an address it had another hash."""
        id_ = grab.correlation or correlation.current()

        def work() -> ReleaseGrabbed | None:
            if not grabs.move(grab.id, [GrabState.SENDING], GrabState.DOWNLOADING):
                return None
            grabs.give_to(grab.id, client.id, grab.hashes)
            history.happened(_grabbed(grab, client.name))
            event = ReleaseGrabbed(
                correlation=id_,
                movie_id=grab.movie_id,
                grab_id=grab.id,
                movie_title=grabs.titles_of_movies([grab.movie_id]).get(grab.movie_id, ""),
                release_title=grab.title,
                indexer=grab.indexer,
                client=client.name,
                quality=grab.parsed.quality.name,
                size=grab.size,
            )
            announce(self._jobs, event)
            return event

        event = await self._db.run(work)
        self._jobs.wake()
        await asyncio.to_thread(self._outbox.remove, kept)
        if event is not None:
            log.info("release.grabbed", release=grab.title, client=client.name, grab_id=grab.id)
            self._bus.publish(event)
            self._bus.publish(QueueChanged(correlation=grab.correlation))
        sent = await self._db.read(lambda: grabs.get(grab.id)) or grab
        if sent.state in (GrabState.FAILED, GrabState.REMOVED):  # given up while the client took it
            await self._jobs.enqueue(REMOVE, {"grab_id": grab.id, "at": "sent"}, correlation_id=grab.correlation)
        return sent

    async def _gave_up(self, grab: Grab, problem: Problem, reason: Reason, *, follow: bool) -> Grab:
        now, failure = datetime.now(UTC), Failure(reason, str(problem))
        ending = Ending(failure, states=[GrabState.SENDING], how="was not taken", remove=False, follow=follow)
        event = await self._db.run(lambda: end(self._jobs, grab, ending, now))
        self._jobs.wake()
        await asyncio.to_thread(self._outbox.remove, grab)
        log.warning("grab.failed", release=grab.title, problem=str(problem))
        if event is not None:
            self._bus.publish(event)
        raise problem

    async def _sweep(self) -> None:
        """Drop torrents that no grab waits to send: what a crash or a refusal left behind."""
        waiting = await self._db.read(lambda: grabs.in_states([GrabState.SENDING]))
        await asyncio.to_thread(self._outbox.keep_only, waiting)


def _recorded(grab: Grab, beside: Collection[str] | None) -> Grab:
    """In one transaction: is it there already, may it be, remember it."""
    if movies.get(grab.movie_id) is None:
        raise Problem(Kind.NOT_FOUND, f"{grab.title} was not taken.", "Its movie was removed meanwhile.")
    for other in grabs.open_grabs():
        if not set(other.hashes).isdisjoint(grab.hashes):
            if other.movie_id == grab.movie_id:
                return other
            whose = grabs.titles_of_movies([other.movie_id])[other.movie_id]
            why, todo = f"The same torrent is in the queue for {whose}.", "Remove it there first."
            raise Problem(Kind.CONFLICT, f"{grab.title} was not taken.", why, todo)
        if beside is not None and other.slot_id == grab.slot_id and set(other.hashes).isdisjoint(beside):
            raise Problem(Kind.CONFLICT, f"{grab.title} was not taken.", f"Already in the queue: {other.title}.")
    return grabs.insert(grab)


def _grabbed(grab: Grab, client: str) -> HistoryEntry:
    facts = {
        "indexer": grab.indexer,
        "downloadClient": client,
        "size": str(grab.size),
        "releaseGroup": grab.parsed.group,
        "customFormatScore": str(grab.score),
        "torrentInfoHash": grab.hashes[0].upper(),
    }
    return _history(grab, HistoryKind.GRABBED, datetime.now(UTC), facts)


def _history(grab: Grab, kind: HistoryKind, at: datetime, data: dict[str, str]) -> HistoryEntry:
    quality, digest = grab.parsed.quality.id, grab.hashes[0].upper()
    return HistoryEntry(0, grab.movie_id, kind, at, grab.title, quality, digest, grab.correlation, data)
