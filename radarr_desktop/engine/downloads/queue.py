"""The queue: every open grab with what its client says, and the verbs on it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from radarr_desktop.domain.events import QueueChanged
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import OPEN_STATES, Blocked, Grab, GrabState, HistoryEntry, HistoryKind, QueueItem
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.downloads.track import Seen, Tracker
from radarr_desktop.engine.plugins.host import Live, PluginHost, problem_of
from radarr_desktop.plugin_api import DownloadClient, PluginError
from radarr_desktop.store import grabs, journal
from radarr_desktop.store.database import Database


class Downloads:
    """What the user sees and does of downloads."""

    def __init__(self, db: Database, bus: Bus, plugins: PluginHost, tracker: Tracker) -> None:
        self._db = db
        self._bus = bus
        self._plugins = plugins
        self._tracker = tracker

    async def queue(self) -> list[QueueItem]:
        """Open grabs, those that need the user first, then oldest first."""

        def work() -> tuple[list[Grab], dict[int, str]]:
            found = grabs.open_grabs()
            return found, grabs.titles_of_movies(grab.movie_id for grab in found)

        found, titles = await self._db.read(work)
        names = {client.id: client.name for client in self._plugins.clients()}
        items = [self._item(grab, titles[grab.movie_id], names.get(grab.client_id, "")) for grab in found]
        return sorted(items, key=lambda item: (item.grab.state is not GrabState.BLOCKED, item.grab.id))

    async def get(self, grab_id: int) -> Grab:
        """One grab."""
        grab = await self._db.read(lambda: grabs.get(grab_id))
        if grab is None:
            raise Problem(Kind.NOT_FOUND, f"There is no download {grab_id}.")
        return grab

    async def refresh(self) -> None:
        """Ask the clients now."""
        await self._tracker.look()

    async def pause(self, grab_id: int) -> None:
        """Stop a download for now."""
        grab, client = await self._with_client(grab_id)
        await self._ask(client, lambda plugin: plugin.pause(grab.hashes[0]))

    async def resume(self, grab_id: int) -> None:
        """Let a download go on."""
        grab, client = await self._with_client(grab_id)
        await self._ask(client, lambda plugin: plugin.resume(grab.hashes[0]))

    async def remove(self, grab_id: int, *, from_client: bool = True, block: bool = False) -> None:
        """Take a download out of the queue; ``from_client`` deletes its data, ``block`` never takes it again."""
        grab = await self.get(grab_id)
        if grab.state not in OPEN_STATES:
            raise Problem(Kind.CONFLICT, f"{grab.title} is not in the queue any more.")
        if from_client and grab.state is not GrabState.SENDING:
            _, client = await self._with_client(grab_id)
            await self._ask(client, lambda plugin: plugin.remove(grab.hashes[0], delete_files=True))
        now = datetime.now(UTC)
        reason = "Blocked by you." if block else "Removed by you."

        def work() -> None:
            if not grabs.move(grab.id, OPEN_STATES, GrabState.REMOVED, reason):
                return  # it ended meanwhile
            if block:
                digest = next((one for one in grab.hashes if len(one) == 40), "")
                grabs.block(grab.movie_id, digest, grab.title, grab.indexer, reason, now)
            journal.happened(
                HistoryEntry(
                    0,
                    grab.movie_id,
                    HistoryKind.FAILED if block else HistoryKind.IGNORED,
                    now,
                    grab.title,
                    grab.parsed.quality.id,
                    grab.hashes[0].upper(),
                    grab.correlation,
                    {"message": reason},
                )
            )

        await self._db.run(work)
        self._bus.publish(QueueChanged(correlation=grab.correlation))

    def _item(self, grab: Grab, movie_title: str, client: str) -> QueueItem:
        seen = self._tracker.seen.get(grab.id, Seen())
        return QueueItem(grab, movie_title, client, seen.download, seen.at)

    async def _with_client(self, grab_id: int) -> tuple[Grab, Live[DownloadClient[Any]]]:
        grab = await self.get(grab_id)
        client = next((one for one in self._plugins.clients() if one.id == grab.client_id), None)
        if client is None:
            todo = "Set the client up again, or remove the download without its data."
            raise Problem(Kind.CONFLICT, f"The download client of {grab.title} is not set up any more.", todo=todo)
        return grab, client

    async def _ask(self, client: Live[DownloadClient[Any]], work: Any) -> None:
        try:
            await self._plugins.call(client, work)
        except PluginError as error:
            raise problem_of(error) from error
        await self._tracker.look()


class Blocklist:
    """Releases that are never taken again."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def all(self) -> list[Blocked]:
        """Every entry, newest first."""
        return await self._db.read(grabs.blocked)

    async def remove(self, blocked_id: int) -> None:
        """Let a release be taken again."""
        if blocked_id not in {entry.id for entry in await self.all()}:
            raise Problem(Kind.NOT_FOUND, f"There is no entry {blocked_id} on the blocklist.")
        await self._db.run(lambda: grabs.unblock(blocked_id))
