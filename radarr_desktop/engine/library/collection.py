"""An existing collection: looked through place by place, matched with reasons, adopted when the user says so.

What was found is kept in rows, so a crash or a restart loses at most the places that were being looked at. Nothing on
the disk is moved, renamed or written.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.collection import UNDER_WAY, CollectionItem, CollectionScan, ItemState, ScanState
from radarr_desktop.domain.events import AdoptionUndone, CollectionAdopted, CollectionChanged, CollectionProgressed
from radarr_desktop.domain.operations import OperationKind
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import HistoryKind, Job, JobState
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.imports.roles import shown
from radarr_desktop.engine.jobs import Jobs, current_job
from radarr_desktop.engine.library.adopt import Adoption, Terms
from radarr_desktop.engine.library.finds import places
from radarr_desktop.engine.library.placing import Placing
from radarr_desktop.engine.library.shelves import RootFolders, plain_path, unreadable
from radarr_desktop.store import collection as store
from radarr_desktop.store import history, operations, profiles
from radarr_desktop.store.database import Database

JOB = "scan_collection"
ADOPT = "adopt_collection"
UNDO = "undo_adoption"
LOOKED_AT, MATCHED = 100, 20
"""Places between two commits, of the two steps; between them it can be paused."""
TOLD_EVERY = 0.25
"""Seconds between two events of progress."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Adopted:
    """One adoption, and how many movies it added."""

    job: Job
    movies: int


class Collection:
    """One look at a time through each folder."""

    def __init__(
        self, db: Database, bus: Bus, jobs: Jobs, folders: RootFolders, placing: Placing, adoption: Adoption
    ) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._folders = folders
        self._placing = placing
        self._adoption = adoption
        self._told = 0.0

    async def start(self, path: str) -> CollectionScan:
        """Look through a folder that holds movies; one that is being looked through already goes on."""
        root = plain_path(path)
        if problem := await asyncio.to_thread(unreadable, root):
            raise Problem(Kind.BAD_INPUT, f"{shown(path)} cannot be looked through.", problem, field="path")
        known = next((scan for scan in await self.scans() if scan.root == str(root)), None)
        if known is not None and known.state in UNDER_WAY:
            return await self.resume(known.id)
        id_ = correlation.new()

        def work() -> CollectionScan:
            scan = store.begin(str(root), datetime.now(UTC), id_)
            self._row(scan)
            return scan

        scan = await self._db.run(work)
        self._jobs.wake()
        self._bus.publish(CollectionChanged(correlation=id_, scan_id=scan.id))
        return scan

    async def scans(self) -> list[CollectionScan]:
        """Every folder that was looked through, the newest first."""
        return await self._db.read(store.scans)

    async def scan(self, scan_id: int) -> CollectionScan:
        """One of them."""
        scan = await self._db.read(lambda: store.scan(scan_id))
        if scan is None:
            raise Problem(Kind.NOT_FOUND, f"There is no scan {scan_id}.")
        return scan

    async def items(
        self, scan_id: int, states: Sequence[ItemState] = (), *, text: str = "", page: int = 1, page_size: int = 100
    ) -> tuple[list[CollectionItem], int]:
        """One page of what was found, by path, and how many there are; ``text`` is looked for in path and title."""
        await self.scan(scan_id)
        offset = (max(1, page) - 1) * page_size
        return await self._db.read(lambda: store.items(scan_id, states, text=text, offset=offset, limit=page_size))

    async def pause(self, scan_id: int) -> CollectionScan:
        """Leave it as it is until it is resumed, over a restart too."""
        return await self._move(scan_id, UNDER_WAY, ScanState.PAUSED)

    async def resume(self, scan_id: int) -> CollectionScan:
        """Go on where it was."""
        return await self._move(scan_id, UNDER_WAY, ScanState.RUNNING)

    async def stop(self, scan_id: int) -> CollectionScan:
        """Look no further; what was found is kept and can be adopted."""
        return await self._move(scan_id, UNDER_WAY, ScanState.STOPPED)

    async def choose(self, item_id: int, tmdb_id: int) -> CollectionItem:
        """Say which movie a place is; 0 leaves it out."""
        item = await self._adoption.chosen(item_id, tmdb_id)
        self._bus.publish(CollectionChanged(scan_id=item.scan_id))
        return item

    async def adopt(
        self, scan_id: int, item_ids: Sequence[int] = (), *, profile_id: int = 0, monitored: bool = True
    ) -> Job:
        """Take places into the library as they are: these, or all that are certain."""
        scan = await self.scan(scan_id)
        if not item_ids and not scan.counts.get(ItemState.CERTAIN):
            raise Problem(Kind.CONFLICT, "There is nothing certain to adopt.", todo="Choose a movie for a place first.")
        await self._adoption.check(item_ids, profile_id)
        shelf = await self._shelf(Path(scan.root))
        terms = asdict(Terms(shelf, profile_id, monitored))
        chosen = list(item_ids) or await self._db.read(lambda: store.ids(scan_id, ItemState.CERTAIN))
        payload = {"scan_id": scan_id, "item_ids": chosen, "terms": terms}
        return await self._jobs.enqueue(ADOPT, payload, priority=5)

    async def _shelf(self, root: Path) -> str:
        """The root folder that this is, or lies in; it becomes one where it is none."""
        known = [Path(folder.path) for folder in await self._db.read(profiles.all_folders)]
        around = next((each for each in known if each == root or each in root.parents), None)
        return str(around) if around else (await self._folders.add(str(root))).path

    def _row(self, scan: CollectionScan) -> None:
        """In the transaction that says it runs: no crash, and no job about to end, leaves one nobody goes on with."""
        self._jobs.row(JOB, {"scan_id": scan.id}, correlation_id=scan.correlation, again=True)()

    async def _move(self, scan_id: int, before: frozenset[ScanState], to: ScanState) -> CollectionScan:
        scan, finished = await self.scan(scan_id), datetime.now(UTC) if to is ScanState.STOPPED else None

        def work() -> bool:
            moved = store.move(scan_id, before, to, "", finished)
            if moved and to is ScanState.RUNNING:
                self._row(scan)
            return moved

        if not await self._db.run(work):
            state = (await self.scan(scan_id)).state
            raise Problem(Kind.CONFLICT, f"This scan has ended: it is {state.value}.", todo="Start a new one.")
        self._jobs.wake()
        self._bus.publish(CollectionChanged(scan_id=scan_id))
        return await self.scan(scan_id)

    async def scan_job(self, payload: Mapping[str, Any]) -> None:
        """Look on, from where it was."""
        scan_id = int(payload["scan_id"])
        waits = await self._db.run(
            lambda: store.move(scan_id, (ScanState.RUNNING, ScanState.WAITING), ScanState.RUNNING)
        )
        if not waits:
            return  # paused or stopped before it began
        try:
            await self._look_through(await self.scan(scan_id))
        except Problem as problem:
            said = str(problem)
            await self._db.run(lambda: store.move(scan_id, (ScanState.RUNNING,), ScanState.WAITING, said))
            raise
        finally:
            self._bus.publish(CollectionChanged(correlation=correlation.current(), scan_id=scan_id))

    async def _look_through(self, scan: CollectionScan) -> None:
        root = Path(scan.root)
        if not scan.total:
            await self._list(scan.id, root)
        while await self._db.read(lambda: store.state_of(scan.id)) is ScanState.RUNNING:
            items = await self._db.read(lambda: store.unfinished(scan.id, LOOKED_AT))
            if not items:
                await self._end(scan)
                return
            if fresh := [item for item in items if item.state is ItemState.NEW]:
                await self._placing.read(scan.id, root, fresh)
            else:
                await self._placing.match(root, items[:MATCHED])
            await self._tell(scan)

    async def _end(self, scan: CollectionScan) -> None:
        now = datetime.now(UTC)
        await self._db.run(lambda: store.move(scan.id, (ScanState.RUNNING,), ScanState.DONE, "", now))
        log.info("collection.scanned", root=scan.root)

    async def _list(self, scan_id: int, root: Path) -> None:
        try:
            found, foreign = await asyncio.to_thread(places, root)
        except OSError as fault:
            what, why = f"{root} cannot be read.", f"The system says: {fault.strerror}."
            raise Problem(Kind.STORAGE, what, why, "Check the disk, its owner and permissions.") from fault
        if foreign:
            log.warning("collection.names_not_text", names=[shown(name) for name in foreign[:10]], count=len(foreign))
        await self._db.run(lambda: store.put_places(scan_id, found))

    async def stop_adopting(self, job_id: int) -> None:
        """Adopt no more; what is in the library by now stays there."""
        job = await self._jobs.get(job_id)
        if job.kind != ADOPT:
            raise Problem(Kind.NOT_FOUND, f"There is no adoption {job_id}.")
        await self._jobs.cancel(job_id)

    async def adoptions(self) -> list[Adopted]:
        """What was added in one go, newest first, as far as it is remembered."""
        jobs = await self._jobs.of_kind(ADOPT)
        there = await self._db.read(lambda: [len(history.added_under(job.correlation)) for job in jobs])
        return [Adopted(job, movies) for job, movies in zip(jobs, there, strict=True)]

    async def undo_adoption(self, job_id: int) -> Job:
        """Take the movies that it added out of the library again; no file is touched, and each can be undone."""
        job = await self._jobs.get(job_id)
        if job.kind != ADOPT:
            raise Problem(Kind.NOT_FOUND, f"There is no adoption {job_id}.")
        if job.state in (JobState.QUEUED, JobState.RUNNING):
            raise Problem(Kind.CONFLICT, "This adoption has not ended.", todo="Stop it first.")
        if all(scan.id != job.payload["scan_id"] for scan in await self.scans()):
            what, why = "This adoption cannot be undone any more.", "Its folder was looked through again since."
            raise Problem(Kind.CONFLICT, what, why, "Remove the movies one by one; their files can stay.")
        payload = {"scan_id": job.payload["scan_id"], "adoption": job.correlation}
        return await self._jobs.enqueue(UNDO, payload, priority=5)

    async def undo_job(self, payload: Mapping[str, Any]) -> None:
        """One after the other."""
        scan = await self.scan(int(payload["scan_id"]))
        added = await self._db.read(lambda: history.added_under(str(payload["adoption"])))
        items = await self._db.read(lambda: store.adopted(scan.id))
        id_, kept = correlation.current(), 0
        for item_id, movie_id in items.items():
            if movie_id in added:
                kept += not await self._adoption.give_back(Path(scan.root), item_id)
                if self._is_time():
                    self._bus.publish(CollectionChanged(correlation=id_, scan_id=scan.id))
        gone = await self._db.read(lambda: operations.count_under(id_, OperationKind.DELETE))  # before a crash too
        self._bus.publish(AdoptionUndone(correlation=id_, scan_id=scan.id, movies=gone, kept=kept))
        self._bus.publish(CollectionChanged(correlation=id_, scan_id=scan.id))

    async def adopt_job(self, payload: Mapping[str, Any]) -> None:
        """Adopt one after the other."""
        scan = await self.scan(int(payload["scan_id"]))
        terms = Terms(**payload["terms"])
        ids, said = list(map(int, payload["item_ids"])), ""
        try:
            for done, item_id in enumerate(ids):
                await self._adoption.adopt(Path(scan.root), item_id, terms)
                await self._tell(scan, done + 1, len(ids))
        except Problem as problem:
            said = str(problem)
            raise
        finally:
            id_ = correlation.current()
            adopted, refused = await self._db.read(  # before a crash too
                lambda: (history.count_under(id_, HistoryKind.IMPORTED), store.count_among(ids, ItemState.DOUBTFUL))
            )
            self._bus.publish(
                CollectionAdopted(
                    correlation=id_,
                    scan_id=scan.id,
                    job_id=current_job(),
                    adopted=adopted,
                    refused=refused,
                    problem=said,
                )
            )
            self._bus.publish(CollectionChanged(correlation=id_, scan_id=scan.id))

    def _is_time(self) -> bool:
        """Was nothing told for a while?"""
        if time.monotonic() - self._told < TOLD_EVERY:
            return False
        self._told = time.monotonic()
        return True

    async def _tell(self, scan: CollectionScan, done: int = 0, total: int = 0) -> None:
        if not self._is_time():
            return
        if not total:
            now = await self.scan(scan.id)
            done, total = now.done, now.total
        self._bus.publish(CollectionProgressed(correlation=scan.correlation, scan_id=scan.id, done=done, total=total))
