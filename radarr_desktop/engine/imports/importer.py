"""The import of finished downloads, and of files the user points at."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.failures import reason_of
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import ParsedRelease, parse_path, parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import UNKNOWN
from radarr_desktop.domain.records import Grab, GrabState, Job
from radarr_desktop.engine import correlation
from radarr_desktop.engine.decisions.judge import Judge
from radarr_desktop.engine.imports import choose
from radarr_desktop.engine.imports.features import Feature, Features
from radarr_desktop.engine.imports.left import WAITING, LeftDownloads, is_tried_again
from radarr_desktop.engine.imports.order import Order, check_upgrade
from radarr_desktop.engine.imports.packs import Packs
from radarr_desktop.engine.imports.placer import Placer
from radarr_desktop.engine.imports.told import Told
from radarr_desktop.engine.imports.unpacking import sweep
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.store import grabs, operations, profiles
from radarr_desktop.store import movies as movie_store
from radarr_desktop.store.database import Database

JOB = "import"
RETRY = "retry_imports"

log = structlog.get_logger(__name__)


class Imports:
    """What was downloaded, and what the user points at, into the library."""

    def __init__(
        self,
        db: Database,
        jobs: Jobs,
        movies: Movies,
        judge: Judge,
        features: Features,
        placer: Placer,
        packs: Packs,
        left: LeftDownloads,
    ) -> None:
        self._db = db
        self._jobs = jobs
        self._movies = movies
        self._judge = judge
        self._features = features
        self._placer = placer
        self._packs = packs
        self._left = left
        self._one = asyncio.Lock()
        """Downloads are looked through one by one: disks like it."""
        jobs.handle(JOB, self._job)
        jobs.handle(RETRY, self._retry_all)

    async def recover(self) -> None:
        """At the start: what was downloaded and not imported is imported now, and nothing half unpacked is left."""

        def work() -> tuple[list[Path], list[str]]:
            roots = {folder.path for folder in profiles.all_folders()} | movie_store.roots()
            entries = [entry for one in operations.open_operations() for entry in operations.steps(one.id)]
            return [Path(root) for root in sorted(roots)], [entry.source for entry in entries]

        roots, needed = await self._db.read(work)
        for root in roots:
            await asyncio.to_thread(sweep, root, needed)
        for grab in await self._db.read(lambda: grabs.in_states([GrabState.COMPLETED])):
            await self._jobs.enqueue(JOB, {"grab_id": grab.id}, correlation_id=grab.correlation, priority=5)

    async def retry(self, grab_id: int, *, allow_copy: bool = False) -> Job:
        """Try a blocked import again; ``allow_copy`` for this one."""
        grab = await self._db.read(lambda: grabs.get(grab_id))
        if grab is None or grab.state not in WAITING:
            raise Problem(Kind.CONFLICT, "This download does not wait for an import.")
        payload: dict[str, Any] = {"grab_id": grab_id} | ({"allow_copy": True} if allow_copy else {})
        return await self._jobs.enqueue(JOB, payload, correlation_id=grab.correlation, priority=10)

    async def _retry_all(self, payload: Mapping[str, Any]) -> None:
        """A full disk has room again, a folder its permissions: nobody need tell."""
        for grab in await self._db.read(lambda: grabs.in_states([GrabState.BLOCKED])):
            if is_tried_again(reason_of(grab.cause)):
                await self._jobs.enqueue(JOB, {"grab_id": grab.id}, correlation_id=grab.correlation)

    async def file(
        self, path: str, movie_id: int, *, told: Told | None = None, grab_id: int = 0, moves: bool = False
    ) -> MovieFile:
        """Import a file or folder by hand: the user says which movie it is, and perhaps what else it is.

        With a grab, that is ended by it; of one that holds many movies, this part is. What the evaluator has against
        it is remembered, and hinders nobody. ``moves``: the file will be taken away from where it is.
        """
        told = told or Told()
        grab = await self._db.read(lambda: grabs.get(grab_id)) if grab_id else None
        found, pointed = await asyncio.to_thread(choose.given, Path(path))
        with correlation.correlated():
            movie, slot = await self._of(movie_id, grab)
            key = f"by-hand-{movie_id}-{correlation.current()}"
            async with self._features.opened(found, slot, key, movie_id=movie_id) as opened:
                video = pointed or choose.movie_in(opened.scan, Path(path).name)
                feature = await self._features.look_into(opened, video, minutes=0)
                if moves:
                    await self._check_free(feature.path)
                part = await self._packs.part_at(grab, feature.path) if grab else None
                read = grab.parsed if grab and part is None else parse_path(str(feature.path))
                told = told.completed(read, feature.media)
                parsed = told.amend(read)
                verdict = await self._judge.of_file(movie, slot, parsed, feature.video.size)
                sure, against = told, " ".join(verdict.rejections)

                async def prepare() -> Order:
                    order = _order(*await self._of(movie_id, grab), feature, parsed, grab)
                    order = replace(order, told=sure, against=against, moves=moves)
                    if part is None:
                        return order
                    await self._packs.give(part, movie_id)
                    return replace(order, title=feature.path.stem, part_id=part.id)

                file = await self._placer.place(movie_id, feature, prepare)
                assert file is not None
                return file

    async def _check_free(self, path: Path) -> None:
        """Nothing is taken from a movie that has it."""
        owner = await self._db.read(lambda: movie_store.file_at(str(path)))
        if owner is not None:
            what, why = f"{path.name} was not imported.", "It is another movie's file, which would lose it."
            raise Problem(Kind.CONFLICT, what, why, "Link it, or remove it from that movie first.")

    async def _job(self, payload: Mapping[str, Any]) -> None:
        grab = await self._waiting(payload["grab_id"])
        if grab is None:
            return
        try:
            async with self._one:
                if await self._waiting(grab.id) is not None:
                    await self._import_grab(grab, allow_copy=bool(payload.get("allow_copy", False)))
        except Problem as problem:
            if await self._left.refused(grab, problem):
                raise
        except Exception:
            mistake = Problem(Kind.INTERNAL, "The program made a mistake here.", "The log has more.")
            await self._left.refused(grab, mistake)
            raise

    async def _waiting(self, grab_id: int) -> Grab | None:
        grab = await self._db.read(lambda: grabs.get(grab_id))
        return grab if grab is not None and grab.state in WAITING else None

    async def _import_grab(self, grab: Grab, *, allow_copy: bool) -> None:
        movie, slot = await self._of(grab.movie_id, grab)
        if not await self._is_wanted(grab, movie, slot):
            return
        finished = await self._features.finished(grab)
        if finished is None:
            await self._left.not_ready(grab)
            return
        found, key = finished.scan, f"download-{grab.id}"
        async with self._features.opened(found, slot, key, movie_id=movie.id, grab_id=grab.id) as opened:
            if await self._packs.is_one(grab, opened):
                await self._packs.take_apart(grab, opened, allow_copy=allow_copy)
                return
            video = await asyncio.to_thread(choose.movie_in, opened.scan, grab.title)
            feature = await self._features.look_into(opened, video, minutes=movie.info.runtime)
            parsed = grab.parsed
            if parsed.quality == UNKNOWN:  # a magnet link without a name: only the client knows what it was
                names = (feature.path.stem, finished.name)
                parsed = max(map(parse_release, names), key=lambda each: each.quality != UNKNOWN)

            async def prepare() -> Order | None:
                if await self._waiting(grab.id) is None:
                    return None
                movie, now = await self._of(grab.movie_id, grab)
                if now != slot and not await self._is_wanted(grab, movie, now):
                    return None
                return replace(_order(movie, now, feature, parsed, grab), allow_copy=allow_copy)

            await self._placer.place(movie.id, feature, prepare)

    async def _of(self, movie_id: int, grab: Grab | None) -> tuple[Movie, Slot]:
        """The movie, and the slot a release was taken for, whatever its name says."""
        movie = await self._movies.get(movie_id)
        return movie, next((each for each in movie.slots if grab and each.id == grab.slot_id), movie.slot)

    async def _is_wanted(self, grab: Grab, movie: Movie, slot: Slot) -> bool:
        """The evaluator is asked again, of the frozen snapshot: the file may have changed since the grab."""
        verdict = await self._judge.of_grab(movie, slot, grab)
        if not verdict.accepted and not grab.by_user and slot.file is not None and slot.file.added > grab.added:
            await self._left.outdone(grab, " ".join(verdict.rejections))
            return False
        check_upgrade(movie, grab, verdict)
        return True


def _order(movie: Movie, slot: Slot, feature: Feature, parsed: ParsedRelease, grab: Grab | None) -> Order:
    title = grab.title if grab else feature.path.stem
    origin = str(feature.origin) if feature.origin != feature.path else ""
    return Order(movie, slot, feature.path, parsed, title, grab, media=feature.media, origin=origin)
