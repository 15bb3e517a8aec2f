"""Send a grab to a download client, once, whatever happens in between."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.events import GrabFailed, QueueChanged, ReleaseGrabbed
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, GrabState, HistoryEntry, HistoryKind
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import Live, PluginHost, problem_of
from radarr_desktop.engine.secrets import write_private
from radarr_desktop.plugin_api import DownloadClient, PluginError, Rejected, Torrent
from radarr_desktop.store import grabs, journal
from radarr_desktop.store.database import Database

JOB = "send_grab"

log = structlog.get_logger(__name__)


class Outbox:
    """Torrents lie here, private, from the decision until a client has them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, torrent: Torrent) -> None:
        """Keep a torrent safe; it may hold the user's passkey."""
        write_private(self._path(torrent.hashes), torrent.data or torrent.magnet.encode())

    def get(self, grab: Grab) -> Torrent | None:
        """The torrent of a grab, if it still lies here."""
        try:
            content = self._path(grab.hashes).read_bytes()
        except FileNotFoundError:
            return None
        if content.startswith(b"d"):
            return Torrent(grab.title, grab.hashes, data=content)
        return Torrent(grab.title, grab.hashes, magnet=content.decode())

    def remove(self, grab: Grab) -> None:
        """The client has it."""
        self._path(grab.hashes).unlink(missing_ok=True)

    def _path(self, hashes: tuple[str, ...]) -> Path:
        return self._folder / f"{hashes[0]}.torrent"


class Sender:
    """The last steps of a grab: send it, then confirm."""

    def __init__(self, db: Database, bus: Bus, jobs: Jobs, plugins: PluginHost, outbox: Outbox) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._plugins = plugins
        self.outbox = outbox
        jobs.handle(JOB, self._again)

    def client(self) -> Live[DownloadClient[Any]]:
        """The download client new grabs go to."""
        clients = self._plugins.clients()
        if not clients:
            why, todo = "No download client is set up.", "Add one in the settings; the built-in one needs no account."
            raise Problem(Kind.CONFLICT, "Nothing can be downloaded.", why, todo)
        return next((client for client in clients if not client.guard.is_open()), clients[0])

    async def resume(self) -> None:
        """After a start: grabs that were not confirmed are sent again."""
        for grab in await self._db.read(lambda: grabs.in_states([GrabState.SENDING])):
            await self._jobs.enqueue(JOB, {"grab_id": grab.id}, priority=10, correlation_id=grab.correlation)

    async def send(self, grab: Grab) -> Grab:
        """Give a recorded grab to its client. A client that does not answer now gets it later."""
        torrent = self.outbox.get(grab)
        if torrent is None:
            return await self._gave_up(grab, Problem(Kind.INTERNAL, f"The torrent of {grab.title} is gone."))
        client = next((one for one in self._plugins.clients() if one.id == grab.client_id), None) or self.client()
        try:
            await self._plugins.call(client, lambda plugin: plugin.add(torrent))
        except Rejected as error:
            return await self._gave_up(grab, problem_of(error))
        except PluginError as error:
            problem = str(error)
            await self._db.run(lambda: grabs.set_state(grab.id, GrabState.SENDING, problem))
            raise
        return await self._confirm(grab, client)

    async def send_or_queue(self, grab: Grab) -> Grab:
        """Send now, or leave a job behind that will."""
        try:
            return await self.send(grab)
        except PluginError as error:
            log.warning("grab.waits", release=grab.title, problem=str(error))
            await self._jobs.enqueue(JOB, {"grab_id": grab.id}, delay=5.0, correlation_id=grab.correlation)
            self._bus.publish(QueueChanged(correlation=grab.correlation))
            return await self._db.read(lambda: grabs.get(grab.id)) or grab

    async def _again(self, payload: Mapping[str, Any]) -> None:
        grab = await self._db.read(lambda: grabs.get(payload["grab_id"]))
        if grab is not None and grab.state is GrabState.SENDING:
            await self.send(grab)

    async def _confirm(self, grab: Grab, client: Live[DownloadClient[Any]]) -> Grab:
        def work() -> str:
            if grabs.move(grab.id, [GrabState.SENDING], GrabState.DOWNLOADING):
                journal.happened(_grabbed(grab, client.name))
            return grabs.titles_of_movies([grab.movie_id])[grab.movie_id]

        movie_title = await self._db.run(work)
        self.outbox.remove(grab)
        log.info("release.grabbed", release=grab.title, client=client.name, grab_id=grab.id)
        self._bus.publish(
            ReleaseGrabbed(
                correlation=grab.correlation or correlation.current(),
                movie_id=grab.movie_id,
                grab_id=grab.id,
                movie_title=movie_title,
                release_title=grab.title,
                indexer=grab.indexer,
                client=client.name,
                quality=grab.parsed.quality.name,
                size=grab.size,
            )
        )
        self._bus.publish(QueueChanged(correlation=grab.correlation))
        return await self._db.read(lambda: grabs.get(grab.id)) or grab

    async def _gave_up(self, grab: Grab, problem: Problem) -> Grab:
        await self._db.run(lambda: grabs.set_state(grab.id, GrabState.FAILED, str(problem)))
        self.outbox.remove(grab)
        log.warning("grab.failed", release=grab.title, problem=str(problem))
        event = GrabFailed(
            correlation=grab.correlation, movie_id=grab.movie_id, release_title=grab.title, problem=problem
        )
        self._bus.publish(event)
        raise problem


def _grabbed(grab: Grab, client: str) -> HistoryEntry:
    return HistoryEntry(
        0,
        grab.movie_id,
        HistoryKind.GRABBED,
        datetime.now(UTC),
        grab.title,
        grab.parsed.quality.id,
        grab.hashes[0].upper(),
        grab.correlation,
        {
            "indexer": grab.indexer,
            "downloadClient": client,
            "size": str(grab.size),
            "releaseGroup": grab.parsed.group,
            "customFormatScore": str(grab.score),
            "torrentInfoHash": grab.hashes[0].upper(),
        },
    )
