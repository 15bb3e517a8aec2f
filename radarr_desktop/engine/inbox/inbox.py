"""Look at watched folders, wait until what lies in them is at rest, and take it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import structlog

from radarr_desktop.domain.events import InboxRefused
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.watching import Afterwards, WatchFolder
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.inbox import entries as disk
from radarr_desktop.engine.inbox.ears import Ears
from radarr_desktop.engine.inbox.entries import DONE, FAILED, Entry, EntryKind
from radarr_desktop.engine.inbox.taking import Taking
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.notifications.notices import announce
from radarr_desktop.store import watching as store
from radarr_desktop.store.database import Database

REST = 1.0
"""Seconds between two looks that must find the same before a file counts as whole."""
POLL, LOOK = 15.0, 60.0
"""Seconds between looks where the system does not tell of changes, and where it does (should it forget to)."""
LATER = 60.0
"""Seconds after which something is tried again that another part of the world is to blame for."""

_LATER = frozenset({Kind.UNREACHABLE, Kind.RATE_LIMITED, Kind.LOGIN, Kind.DISK_FULL, Kind.STORAGE})

log = structlog.get_logger(__name__)


class Inbox:
    """A task that looks again when something was heard, or when something is not at rest yet."""

    def __init__(self, db: Database, bus: Bus, jobs: Jobs, taking: Taking, *, rest: float = REST) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._taking = taking
        self._rest = rest
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._is_ending = False
        self._ears: Ears | None = None
        self._problems: dict[int, str] = {}
        self._seen: dict[tuple[int, str], tuple[Entry, float]] = {}
        self._later: dict[tuple[int, str], float] = {}

    def start(self) -> None:
        """Begin."""
        loop = asyncio.get_running_loop()

        def heard() -> None:
            loop.call_soon_threadsafe(self._wake.set)

        self._ears, self._is_ending = Ears(heard), False
        self._task = asyncio.create_task(self._run(), name="inbox")

    async def stop(self) -> None:
        """End; what is being taken is taken up again at the next start."""
        self._is_ending = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        if self._ears is not None:
            await asyncio.to_thread(self._ears.close)
            self._ears = None

    def wake(self) -> None:
        """Look now."""
        self._wake.set()

    def with_state(self, folder: WatchFolder) -> WatchFolder:
        """A folder with how it is now."""
        polled = self._ears is not None and folder.path in self._ears.deaf_at
        return replace(folder, problem=self._problems.get(folder.id, ""), polled=polled)

    async def _run(self) -> None:
        while not self._is_ending:  # a wait that ends as it is cancelled loses the cancellation
            self._wake.clear()
            pause = LOOK
            try:
                pause = await self._look()
            except Problem as problem:
                log.warning("inbox.not_looked", problem=str(problem))
            except Exception:
                log.exception("inbox.failed")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause)
                await asyncio.sleep(self._rest / 10)  # who copies many files is heard many times

    async def _look(self) -> float:
        """At all folders; seconds until the next look at the latest."""
        assert self._ears is not None
        folders = [folder for folder in await self._db.read(store.folders) if folder.enabled]
        restless, there = False, []
        for folder in folders:
            try:
                found = await asyncio.to_thread(disk.entries, Path(folder.path))
            except OSError as fault:
                self._problems[folder.id] = f"{folder.path} cannot be looked at: {fault.strerror}."
                continue
            self._problems.pop(folder.id, None)
            there.append(folder.path)
            restless |= await self._look_at(folder, [entry for entry in found if _is_wanted(folder, entry)])
        if await asyncio.to_thread(self._ears.listen, there) or restless:
            return self._rest
        return POLL if self._ears.deaf_at or len(there) < len(folders) else LOOK

    async def _look_at(self, folder: WatchFolder, found: Sequence[Entry]) -> bool:
        """Take what is at rest; is there something that is not?"""
        told = await self._db.read(lambda: store.told(folder.id))
        names = {entry.name for entry in found}
        if told.keys() - names:
            await self._db.run(lambda: store.keep_only(folder.id, names))
        restless = False
        for entry in found:
            key, known = (folder.id, entry.name), told.get(entry.name)
            if known is not None and known[:2] == (entry.size, entry.mtime):
                await self._put_away(folder, entry, FAILED if known[2] else DONE)
            elif self._later.get(key, 0.0) <= time.monotonic():
                if await self._is_at_rest(folder, entry):
                    await self._take(folder, entry)
                else:
                    restless = True
        for key in [key for key in self._seen if key[0] == folder.id and key[1] not in names]:
            del self._seen[key]
            self._later.pop(key, None)
        return restless

    async def _is_at_rest(self, folder: WatchFolder, entry: Entry) -> bool:
        """The same at two looks, no name that says otherwise, and nobody writes."""
        key, now = (folder.id, entry.name), time.monotonic()
        before, since = self._seen.get(key, (None, now))
        if before != entry:
            self._seen[key] = (entry, now)
            return False
        if entry.is_unfinished or now - since < self._rest:
            return False
        path = Path(folder.path, entry.name)

        def written() -> bool:
            return any(map(disk.is_written, disk.files_of(path)))

        try:
            return not await asyncio.to_thread(written)
        except Problem:  # gone, or more in it than any movie has
            return False

    async def _take(self, folder: WatchFolder, entry: Entry) -> None:
        path = Path(folder.path, entry.name)
        with correlation.correlated():
            try:
                await self._taking.take(path, entry.kind, folder.afterwards)
            except Problem as problem:
                if problem.kind in _LATER:
                    log.info("inbox.later", path=str(path), problem=str(problem))
                    self._later[folder.id, entry.name] = time.monotonic() + LATER
                else:
                    await self._refuse(folder, entry, problem)
                return
            log.info("inbox.taken", path=str(path), kind=entry.kind.value)
            await self._put_away(folder, entry, DONE)

    async def _refuse(self, folder: WatchFolder, entry: Entry, problem: Problem) -> None:
        """Tell people, once; media stays where it is for them to import by hand."""
        path, why = Path(folder.path, entry.name), str(problem)
        event = InboxRefused(
            correlation=correlation.current(),
            path=str(path),
            is_media=entry.kind is EntryKind.MEDIA,
            problem=problem,
        )

        def work() -> None:
            store.tell(folder.id, entry.name, entry.size, entry.mtime, why)
            announce(self._jobs, event)

        await self._db.run(work)
        self._jobs.wake()
        log.warning("inbox.refused", path=str(path), problem=why)
        self._bus.publish(event)
        await self._put_away(folder, entry, FAILED)

    async def _put_away(self, folder: WatchFolder, entry: Entry, into: str) -> None:
        path = Path(folder.path, entry.name)
        stays = into == FAILED and entry.kind is EntryKind.MEDIA
        if stays:
            return
        if folder.afterwards is Afterwards.KEEP:
            if into == DONE:
                await self._db.run(lambda: store.tell(folder.id, entry.name, entry.size, entry.mtime, ""))
            return
        try:
            if folder.afterwards is Afterwards.DELETE and into == DONE and entry.kind is not EntryKind.MEDIA:
                await asyncio.to_thread(path.unlink, missing_ok=True)
            else:
                await asyncio.to_thread(disk.put_away, path, into)
        except (OSError, Problem) as fault:
            log.warning("inbox.not_put_away", path=str(path), problem=str(fault))
            if into == DONE:
                await self._db.run(lambda: store.tell(folder.id, entry.name, entry.size, entry.mtime, ""))


def _is_wanted(folder: WatchFolder, entry: Entry) -> bool:
    return folder.media if entry.kind is EntryKind.MEDIA else folder.torrents
