"""The verbs of watched folders: which there are, and how they are."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path

from radarr_desktop.domain.events import WatchFoldersChanged
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.watching import Afterwards, WatchFolder
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.inbox.inbox import Inbox
from radarr_desktop.engine.library.shelves import plain_path, unreadable
from radarr_desktop.store import profiles
from radarr_desktop.store import watching as store
from radarr_desktop.store.database import Database


class WatchFolders:
    """Changed here; the inbox hears of it at once."""

    def __init__(self, db: Database, bus: Bus, inbox: Inbox) -> None:
        self._db = db
        self._bus = bus
        self._inbox = inbox

    async def all(self) -> list[WatchFolder]:
        """Every watched folder, with how it is now."""
        return [self._inbox.with_state(folder) for folder in await self._db.read(store.folders)]

    async def add(self, folder: WatchFolder) -> WatchFolder:
        """Watch one more."""
        return await self._save(replace(folder, id=0))

    async def change(self, folder: WatchFolder) -> WatchFolder:
        """Watch it otherwise."""
        await self._known(folder.id)
        return await self._save(folder)

    async def remove(self, folder_id: int) -> None:
        """Watch it no more; what lies in it stays."""
        await self._known(folder_id)
        await self._db.run(lambda: store.remove(folder_id))
        self._changed()

    async def _save(self, folder: WatchFolder) -> WatchFolder:
        path = plain_path(folder.path)
        if problem := await asyncio.to_thread(_unfit, path, folder.afterwards):
            raise Problem(Kind.BAD_INPUT, f"{folder.path} cannot be watched.", problem, field="path")
        if not (folder.torrents or folder.media):
            what = "There is nothing to watch for."
            raise Problem(Kind.BAD_INPUT, what, todo="Choose torrents, media or both.", field="torrents")
        shelves = [Path(root.path) for root in await self._db.read(profiles.all_folders)]
        others = [Path(each.path) for each in await self._db.read(store.folders) if each.id != folder.id]
        for other in (*shelves, *others):
            if path == other or other in path.parents or path in other.parents:
                what, why = f"{path} cannot be watched.", f"It is {other}, lies in it, or {other} lies in it."
                raise Problem(Kind.CONFLICT, what, why, "Choose a folder beside it.", field="path")
        wanted = replace(folder, path=str(path))
        saved = await self._db.run(lambda: store.save(wanted))
        self._changed()
        return self._inbox.with_state(saved)

    async def _known(self, folder_id: int) -> None:
        if folder_id not in {folder.id for folder in await self._db.read(store.folders)}:
            raise Problem(Kind.NOT_FOUND, f"There is no watched folder {folder_id}.")

    def _changed(self) -> None:
        self._inbox.wake()
        self._bus.publish(WatchFoldersChanged())


def _unfit(path: Path, afterwards: Afterwards) -> str:
    if problem := unreadable(path):
        return problem
    if afterwards is not Afterwards.KEEP and not os.access(path, os.W_OK):
        return "It cannot be written, so nothing could be put away. Keep the files, or check owner and permissions."
    return ""
