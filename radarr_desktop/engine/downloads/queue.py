"""The queue: every open grab with what its client says, and the verbs on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from radarr_desktop.domain.events import QueueChanged
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import OPEN_STATES, Grab, GrabState, HistoryKind, QueueItem
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.downloads.ending import history_of
from radarr_desktop.engine.downloads.removing import Hindrance, Remover
from radarr_desktop.engine.downloads.track import Tracker
from radarr_desktop.engine.downloads.watching import Watch
from radarr_desktop.engine.plugins.host import Live, PluginHost, problem_of
from radarr_desktop.plugin_api import DownloadClient, Order, PluginError
from radarr_desktop.store import grabs, history
from radarr_desktop.store.database import Database
from radarr_desktop.store.kept import Kept

Verb = Callable[[DownloadClient[Any], Sequence[str]], Awaitable[None]]
"""What a client is to do with the torrents of these hashes."""
_BY_USER = "Removed by you."


class Downloads:
    """What the user sees and does of downloads."""

    def __init__(
        self, db: Database, bus: Bus, plugins: PluginHost, tracker: Tracker, watch: Watch, remover: Remover
    ) -> None:
        self._db = db
        self._bus = bus
        self._plugins = plugins
        self._tracker = tracker
        self._watch = watch
        self._remover = remover
        self._open = Kept(db, _open)

    async def queue(self) -> list[QueueItem]:
        """Open grabs, those that need the user first, then oldest first."""
        found, titles = await self._open.get()
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

    async def pause(self, *grab_ids: int) -> None:
        """Stop downloads for now."""
        await self._change(grab_ids, lambda plugin, ids: plugin.pause(*ids))

    async def resume(self, *grab_ids: int) -> None:
        """Let downloads go on."""
        await self._change(grab_ids, lambda plugin, ids: plugin.resume(*ids))

    async def order(self, order: Order, *grab_ids: int) -> None:
        """Tell the clients to do this with downloads."""
        await self._change(grab_ids, lambda plugin, ids: plugin.order(order, *ids))

    async def remove(self, *grab_ids: int, from_client: bool = True, force: bool = False) -> None:
        """Take downloads out of the queue; ``from_client`` deletes their data. To give one up is another verb.

        Those that their client does not let go stay in the queue. Data that another torrent uses stays; what is being
        imported is refused, and what a private tracker is still owed unless ``force``.
        """
        found = [await self.get(id) for id in grab_ids]
        ended = next((grab for grab in found if grab.state not in OPEN_STATES), None)
        if ended is not None:
            raise Problem(Kind.CONFLICT, f"{ended.title} is not in the queue any more.")
        kept: dict[int, Problem] = {}
        if from_client:
            shared = await self._sharing(found, force=force)
            alone = [grab for grab in found if grab.id not in shared]
            kept = await self._tell(alone, lambda plugin, ids: plugin.remove(*ids, delete_files=True))
            others = [grab for grab in found if grab.id in shared]
            kept |= await self._tell(others, lambda plugin, ids: plugin.remove(*ids, delete_files=False))
        gone = [grab for grab in found if grab.id not in kept]
        now = datetime.now(UTC)

        def work() -> None:
            for grab in gone:
                if grabs.move(grab.id, OPEN_STATES, GrabState.REMOVED, _BY_USER):  # else it ended meanwhile
                    history.happened(history_of(grab, HistoryKind.IGNORED, now, {"message": _BY_USER}))

        await self._db.run(work)
        for grab in gone:
            self._bus.publish(QueueChanged(correlation=grab.correlation))
        _raise_first(kept)

    async def hindrances(self, grab_id: int) -> list[Hindrance]:
        """What speaks against taking a download's torrent and data from its client now."""
        return await self._remover.hindrances(await self.get(grab_id))

    async def _sharing(self, found: Sequence[Grab], *, force: bool) -> set[int]:
        """Those whose files must stay; raises a ``Problem`` for one that must stay as a whole."""
        shared = set()
        for grab in found:
            try:
                against = [] if grab.state is GrabState.SENDING else await self._remover.hindrances(grab)
            except PluginError as error:
                raise problem_of(error) from error
            stays = next((one for one in against if not one.only_files and not (force and one.is_owed)), None)
            if stays is not None:
                what, todo = f"{grab.title} was not removed.", "Wait for that, or leave it with its client."
                raise Problem(Kind.CONFLICT, what, stays.sentence, todo)
            if against and any(one.only_files for one in against):
                shared.add(grab.id)
        return shared

    def _item(self, grab: Grab, movie_title: str, client: str) -> QueueItem:
        download, seen = self._tracker.last(grab)
        return QueueItem(grab, movie_title, client, download, seen, self._watch.troubles.get(grab.id))

    async def _change(self, grab_ids: Sequence[int], work: Verb) -> None:
        found = [await self.get(id) for id in grab_ids]
        sent = [grab for grab in found if grab.state is not GrabState.SENDING]
        if found and not sent:
            what, why = f"{found[0].title} is not being downloaded yet.", "Its client has not taken it yet."
            raise Problem(Kind.CONFLICT, what, why, "Try again in a moment.")
        _raise_first(await self._tell(sent, work))

    async def _tell(self, found: Sequence[Grab], work: Verb) -> dict[int, Problem]:
        """One call of each client for all of its downloads; why not, by grab, where a client refused."""
        by_client: dict[int, list[Grab]] = {}
        for grab in found:
            if grab.state is not GrabState.SENDING:
                by_client.setdefault(grab.client_id, []).append(grab)
        refused: dict[int, Problem] = {}
        for client_id, mine in by_client.items():
            try:
                await self._ask(self._client(mine[0]), [grab.hashes[0] for grab in mine], work)
            except Problem as problem:
                refused |= {grab.id: problem for grab in by_client[client_id]}
        if by_client:
            await self._tracker.look()
        return refused

    def _client(self, grab: Grab) -> Live[DownloadClient[Any]]:
        client = next((one for one in self._plugins.clients() if one.id == grab.client_id), None)
        if client is None:
            todo = "Set the client up again, or remove the download without its data."
            raise Problem(Kind.CONFLICT, f"The download client of {grab.title} is not set up any more.", todo=todo)
        return client

    async def _ask(self, client: Live[DownloadClient[Any]], ids: Sequence[str], work: Verb) -> None:
        try:
            await self._plugins.call(client, lambda plugin: work(plugin, ids))
        except PluginError as error:
            raise problem_of(error) from error


def _open() -> tuple[list[Grab], dict[int, str]]:
    found = grabs.open_grabs()
    return found, grabs.titles_of_movies(grab.movie_id for grab in found)


def _raise_first(refused: dict[int, Problem]) -> None:
    for problem in refused.values():
        raise problem
