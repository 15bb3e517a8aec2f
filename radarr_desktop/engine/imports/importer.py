"""The import of finished downloads, and of files the user points at."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.events import ImportBlocked, QueueChanged
from radarr_desktop.domain.movie import MovieFile
from radarr_desktop.domain.operations import OperationKind
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import UNKNOWN
from radarr_desktop.domain.records import Grab, GrabState, HistoryEntry, HistoryKind, Job
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.decisions.judge import Judge
from radarr_desktop.engine.imports import choose
from radarr_desktop.engine.imports.commit import close
from radarr_desktop.engine.imports.finished import FinishedDownloads
from radarr_desktop.engine.imports.order import Order, check_name, check_root, check_upgrade, plan, target_of
from radarr_desktop.engine.imports.told import Told
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.journal.changes import Changes
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.engine.notifications.notices import announce
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.plugin_api import DownloadFile
from radarr_desktop.store import grabs, journal
from radarr_desktop.store.database import Database

JOB = "import"
_WAITING = (GrabState.COMPLETED, GrabState.BLOCKED)
_AWAY = (Kind.UNREACHABLE, Kind.RATE_LIMITED, Kind.LOGIN)

log = structlog.get_logger(__name__)


class Imports:
    """What was downloaded, and what the user points at, into the library."""

    def __init__(
        self,
        db: Database,
        bus: Bus,
        jobs: Jobs,
        finished: FinishedDownloads,
        movies: Movies,
        settings: AppSettings,
        judge: Judge,
        changes: Changes,
    ) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._finished = finished
        self._movies = movies
        self._settings = settings
        self._judge = judge
        self._changes = changes
        changes.on_close(OperationKind.IMPORT, partial(close, jobs=jobs))
        jobs.handle(JOB, self._job)

    async def recover(self) -> None:
        """At the start: what was downloaded and not imported is imported now."""
        for grab in await self._db.read(lambda: grabs.in_states([GrabState.COMPLETED])):
            await self._jobs.enqueue(JOB, {"grab_id": grab.id}, correlation_id=grab.correlation, priority=5)

    async def retry(self, grab_id: int, *, allow_copy: bool = False) -> Job:
        """Try a blocked import again; ``allow_copy`` for this one."""
        grab = await self._db.read(lambda: grabs.get(grab_id))
        if grab is None or grab.state not in _WAITING:
            raise Problem(Kind.CONFLICT, "This download does not wait for an import.")
        payload: dict[str, Any] = {"grab_id": grab_id} | ({"allow_copy": True} if allow_copy else {})
        return await self._jobs.enqueue(JOB, payload, correlation_id=grab.correlation, priority=10)

    async def file(self, path: str, movie_id: int, *, told: Told | None = None, grab_id: int = 0) -> MovieFile:
        """Import a file or folder by hand: the user says which movie it is, and perhaps what else it is.

        With a grab, that is ended by it.
        """
        told = told or Told()
        grab = await self._db.read(lambda: grabs.get(grab_id)) if grab_id else None
        source = await asyncio.to_thread(choose.video_in, Path(path))
        with correlation.correlated():
            async with self._changes.alone(movie_id):
                movie = await self._movies.get(movie_id)
                slot = next((each for each in movie.slots if grab and each.id == grab.slot_id), movie.slot)
                parsed = told.amend(grab.parsed if grab else parse_release(source.stem))
                title = grab.title if grab else source.stem
                order = Order(movie, slot, source, parsed, title, grab, allow_copy=False, told=told)
                return await self._import(order)

    async def _job(self, payload: Mapping[str, Any]) -> None:
        grab = await self._waiting(payload["grab_id"])
        if grab is None:
            return
        try:
            async with self._changes.alone(grab.movie_id):
                if await self._waiting(grab.id) is not None:
                    await self._import_grab(grab, allow_copy=bool(payload.get("allow_copy", False)))
        except Problem as problem:
            await self._block(grab, problem)
            if problem.kind in _AWAY:
                raise
        except Exception:
            await self._block(grab, Problem(Kind.INTERNAL, "The program made a mistake here.", "The log has more."))
            raise

    async def _waiting(self, grab_id: int) -> Grab | None:
        grab = await self._db.read(lambda: grabs.get(grab_id))
        return grab if grab is not None and grab.state in _WAITING else None

    async def _import_grab(self, grab: Grab, *, allow_copy: bool) -> None:
        movie = await self._movies.get(grab.movie_id)
        slot = next((each for each in movie.slots if each.id == grab.slot_id), movie.slot)
        verdict = await self._judge.of_grab(movie, slot, grab)
        if not verdict.accepted and not grab.by_user and slot.file is not None and slot.file.added > grab.added:
            await self._outdone(grab, " ".join(verdict.rejections))
            return
        check_upgrade(movie, grab, verdict)
        finished = await self._finished.of(grab)
        if finished is None:
            log.info("import.not_ready", release=grab.title)
            await self._db.run(lambda: grabs.move(grab.id, _WAITING, GrabState.DOWNLOADING))
            self._bus.publish(QueueChanged(correlation=grab.correlation))
            return
        source = await asyncio.to_thread(_movie_in, finished.folder, finished.files, grab.title)
        parsed = grab.parsed
        if parsed.quality == UNKNOWN:  # a magnet link without a name: only the client knows what it was
            parsed = max(map(parse_release, (source.stem, finished.name)), key=lambda each: each.quality != UNKNOWN)
        await self._import(Order(movie, slot, source, parsed, grab.title, grab, allow_copy))

    async def _outdone(self, grab: Grab, why: str) -> None:
        """Something better was imported while it was still downloading: it may go on seeding, nobody need look."""
        now, digest = datetime.now(UTC), grab.hashes[0].upper()
        told = {"message": f"Something better was imported meanwhile. {why}"}

        def work() -> None:
            if grabs.move(grab.id, _WAITING, GrabState.REMOVED, told["message"]):
                quality = grab.parsed.quality.id
                journal.happened(
                    HistoryEntry(
                        0, grab.movie_id, HistoryKind.IGNORED, now, grab.title, quality, digest, grab.correlation, told
                    )
                )

        await self._db.run(work)
        log.info("import.outdone", release=grab.title)
        self._bus.publish(QueueChanged(correlation=grab.correlation))

    async def _import(self, order: Order) -> MovieFile:
        media = await self._settings.media()
        await check_root(self._db, Path(order.slot.root_folder))
        target = await asyncio.to_thread(target_of, order, media.naming)
        await check_name(self._db, order, target)
        allow_copy, keep_free = media.allow_copies or order.allow_copy, media.minimum_free_mb << 20
        change = await asyncio.to_thread(plan, order, target, allow_copy=allow_copy, keep_free=keep_free)
        done = await self._changes.carry_out(change)
        log.info("movie.imported", movie=order.movie.title, path=str(target))
        assert done.after is not None
        return next(file for file in done.after.files if file.slot_id == order.slot.id)

    async def _block(self, grab: Grab, problem: Problem) -> None:
        """Keep the reason. A client that is away is waited for; everything else needs the user."""
        waits = problem.kind in _AWAY

        def work() -> ImportBlocked | None:
            before = grabs.get(grab.id)
            moved = grabs.move(grab.id, _WAITING, GrabState.COMPLETED if waits else GrabState.BLOCKED, str(problem))
            if waits or not moved or before is None:
                return None
            event = ImportBlocked(
                correlation=grab.correlation,
                movie_id=grab.movie_id,
                grab_id=grab.id,
                movie_title=grabs.titles_of_movies([grab.movie_id]).get(grab.movie_id, ""),
                problem=problem,
            )
            if (before.state, before.problem) != (GrabState.BLOCKED, str(problem)):  # people were told of this
                announce(self._jobs, event)
            return event

        event = await self._db.run(work)
        self._jobs.wake()
        log.warning("import.waits" if waits else "import.blocked", release=grab.title, problem=str(problem))
        if event is not None:
            self._bus.publish(event)
        self._bus.publish(QueueChanged(correlation=grab.correlation))


def _movie_in(folder: Path, files: Sequence[DownloadFile], title: str) -> Path:
    found = choose.look(folder, files)
    return found.place(choose.movie_in(found, title))
