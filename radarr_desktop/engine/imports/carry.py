"""Carry out what the journal says: all of it, or nothing; after a crash, forward or back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Action, JournalEntry
from radarr_desktop.engine.imports import place
from radarr_desktop.engine.imports.commit import Commit, closed
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.store import journal
from radarr_desktop.store.database import Database

log = structlog.get_logger(__name__)


class Carrier:
    """Works on the entries of one import at a time: old files to the trash, then the new one to its place."""

    def __init__(self, db: Database, jobs: Jobs) -> None:
        self._db = db
        self._jobs = jobs

    async def carry_out(self, entries: Sequence[JournalEntry], *, keep_free: int, again: bool = False) -> Commit:
        """Make it so and commit; what fails is taken back. ``again``: a crash may have done a part of it already."""
        link, placed = entries[-1], ""
        try:
            for entry in entries[:-1]:
                await asyncio.to_thread(place.trash, Path(entry.source), Path(entry.target))
            if again:
                placed = await asyncio.to_thread(place.placed_by, link)
            placed = placed or await self._place(link, keep_free)
            method = placed
            done = await self._db.run(lambda: closed(link, method, datetime.now(UTC), self._jobs))
        except Problem as problem:
            log.info("import.withdrawn", target=link.target, problem=str(problem))
            await self.take_back(entries, placed=bool(placed))
            raise
        self._jobs.wake()
        return done

    async def settle(self, entries: Sequence[JournalEntry], *, keep_free: int) -> Commit | None:
        """End what a crash interrupted. Raises ``Problem`` where it cannot be ended yet, or had to be taken back."""
        log.info("import.recovering", target=entries[-1].target)
        if missing := await asyncio.to_thread(_missing_disk, entries):
            what, why = f"The folder {missing} is missing or empty.", "Its disk is probably not mounted."
            raise Problem(Kind.STORAGE, what, why, "Mount it, then try again.")
        if entries[-1].action is Action.TRASH:  # a removal that was not committed
            await self.take_back(entries, placed=False)
            return None
        return await self.carry_out(entries, keep_free=keep_free, again=True)

    async def take_back(self, entries: Sequence[JournalEntry], *, placed: bool) -> None:
        """Leave no trace of it; what cannot be undone without a loss is left and told."""
        for entry in reversed(entries):
            if entry.action is Action.LINK:
                undone = await asyncio.to_thread(place.take_back, entry, placed=placed)
            else:
                undone = await asyncio.to_thread(place.untrash, Path(entry.source), Path(entry.target))
            if not undone:
                log.warning("import.left_in_place", path=entry.target)

        def work() -> None:
            for entry in entries:
                journal.withdraw(entry.id)

        await self._db.run(work)

    async def _place(self, link: JournalEntry, keep_free: int) -> str:
        """A copy under way does not outlive its caller: who is cancelled waits for the thread to end."""
        stop = threading.Event()
        work = asyncio.ensure_future(asyncio.to_thread(place.place, link, keep_free=keep_free, stop=stop))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            stop.set()
            await asyncio.wait([work])
            work.exception()  # looked at, or asyncio would complain
            raise


def _missing_disk(entries: Sequence[JournalEntry]) -> Path | None:
    """The root folder that cannot be the one the journal was written for."""
    for entry in entries:
        source, target = Path(entry.source), Path(entry.target)
        if entry.action is Action.LINK:
            root = Path(entry.data["root"])
            gone = not root.is_dir()
        else:  # the old file must be at one of its two places
            root = target.parents[2]
            gone = not root.is_dir() or (not source.exists() and not target.exists() and not any(root.iterdir()))
        if gone:
            return root
    return None
