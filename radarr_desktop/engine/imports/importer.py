"""The import: journal, place, commit; a crash at any point is rolled forward or back."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.events import ImportBlocked, MovieChanged, MovieImported, QueueChanged
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.naming import MAX_NAME, file_name
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Action, Grab, GrabState, JournalEntry
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.imports import place, video
from radarr_desktop.engine.imports.commit import Commit, closed
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.engine.plugins.host import PluginHost, problem_of
from radarr_desktop.engine.settings import AppSettings, MediaSettings
from radarr_desktop.plugin_api import NotFound, PluginError
from radarr_desktop.store import grabs, journal, profiles
from radarr_desktop.store import movies as movie_store
from radarr_desktop.store.database import Database

JOB = "import"
_WAITING = (GrabState.COMPLETED, GrabState.BLOCKED)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported: decided, nothing done yet."""

    movie: Movie
    slot: Slot
    source: Path
    parsed: ParsedRelease
    title: str
    grab: Grab | None
    allow_copy: bool


class Imports:
    """One import at a time: disks like it, and two can never want the same name."""

    def __init__(
        self, db: Database, bus: Bus, jobs: Jobs, plugins: PluginHost, movies: Movies, settings: AppSettings
    ) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._plugins = plugins
        self._movies = movies
        self._settings = settings
        self._one = asyncio.Lock()
        jobs.handle(JOB, self._job)

    async def recover(self) -> None:
        """At the start, before anything else: end what a crash interrupted."""
        async with self._one:
            interrupted: dict[tuple[int, int], list[JournalEntry]] = {}
            for entry in await self._db.read(journal.open_entries):
                interrupted.setdefault((entry.movie_id, entry.slot_id), []).append(entry)
            for entries in interrupted.values():
                log.info("import.recovering", target=entries[-1].target)
                await self._redo(entries)
        for grab in await self._db.read(lambda: grabs.in_states([GrabState.COMPLETED])):
            await self._jobs.enqueue(JOB, {"grab_id": grab.id}, correlation_id=grab.correlation, priority=5)

    async def retry(self, grab_id: int, *, allow_copy: bool = False) -> None:
        """Try a blocked import again; ``allow_copy`` for this one."""
        grab = await self._db.read(lambda: grabs.get(grab_id))
        if grab is None or grab.state not in _WAITING:
            raise Problem(Kind.CONFLICT, "This download does not wait for an import.")
        payload: dict[str, Any] = {"grab_id": grab_id} | ({"allow_copy": True} if allow_copy else {})
        await self._jobs.enqueue(JOB, payload, correlation_id=grab.correlation, priority=10)

    async def file(self, path: str, movie_id: int) -> MovieFile:
        """Import a file or folder by hand: the user says which movie it is."""
        movie = await self._movies.get(movie_id)
        source = await asyncio.to_thread(video.video_in, Path(path))
        parsed = parse_release(source.stem)
        async with self._one:
            with correlation.correlated():
                await self._import(Order(movie, movie.slot, source, parsed, source.stem, None, allow_copy=False))
        file = (await self._movies.get(movie_id)).file
        assert file is not None
        return file

    async def _job(self, payload: Mapping[str, Any]) -> None:
        async with self._one:
            grab = await self._db.read(lambda: grabs.get(payload["grab_id"]))
            if grab is None or grab.state not in _WAITING:
                return
            try:
                await self._import(await self._order(grab, allow_copy=bool(payload.get("allow_copy", False))))
            except Problem as problem:
                if problem.kind is Kind.UNREACHABLE:
                    raise  # the client is away: the job waits for it
                await self._block(grab, problem)

    async def _order(self, grab: Grab, *, allow_copy: bool) -> Order:
        movie = await self._movies.get(grab.movie_id)
        slot = next(slot for slot in movie.slots if slot.id == grab.slot_id)
        await self._check_upgrade(movie, slot, grab)
        client = next((one for one in self._plugins.clients() if one.id == grab.client_id), None)
        if client is None:
            raise Problem(Kind.CONFLICT, f"The download client of {grab.title} is not set up any more.")
        try:
            downloads = await self._plugins.call(client, lambda plugin: plugin.downloads())
            files = await self._plugins.call(client, lambda plugin: plugin.files(grab.hashes[0]))
        except NotFound as error:
            raise Problem(Kind.NOT_FOUND, f"{client.name} does not know {grab.title} any more.") from error
        except PluginError as error:
            raise problem_of(error) from error
        names = frozenset(grab.hashes) | {one[:40] for one in grab.hashes}
        download = next((each for each in downloads if each.hashes & names), None)
        if download is None:
            raise Problem(Kind.NOT_FOUND, f"{client.name} does not know {grab.title} any more.")
        source = await asyncio.to_thread(video.choose_video, Path(download.folder), files, grab.title)
        return Order(movie, slot, source, grab.parsed, grab.title, grab, allow_copy)

    async def _check_upgrade(self, movie: Movie, slot: Slot, grab: Grab) -> None:
        """The file may have changed since the grab: the same question is asked again, of the frozen snapshot."""
        profile = await self._db.read(lambda: profiles.get_profile(slot.profile_id))
        if slot.file is None or profile is None or grab.by_user:
            return
        old, new = (slot.file.quality, slot.file.revision), (grab.parsed.quality, grab.parsed.revision)
        if not profile.is_upgrade(old, new):
            what = f"{grab.title} is not better than what {movie.title} has now."
            raise Problem(Kind.CONFLICT, what, f"The file is {slot.file.quality.name}.", "Remove it, or import anyway.")

    async def _import(self, order: Order) -> None:
        media = await self._settings.media()
        target = await asyncio.to_thread(_target, order, media)
        await self._check_name(order, target)
        entries = await self._db.run(lambda: [journal.begin(entry) for entry in _plan(order, target)])
        allow_copy = media.allow_copies or order.allow_copy
        await self._carry_out(entries, allow_copy=allow_copy, keep_free=media.minimum_free_mb << 20)

    async def _carry_out(self, entries: Sequence[JournalEntry], *, allow_copy: bool, keep_free: int) -> None:
        """All of it, or nothing."""
        try:
            for entry in entries:
                await self._perform(entry, allow_copy=allow_copy, keep_free=keep_free)
        except Problem as problem:
            await self._take_back(entries)
            log.info("import.withdrawn", target=entries[-1].target, problem=str(problem))
            raise

    async def _take_back(self, entries: Sequence[JournalEntry]) -> None:
        for entry in reversed(entries):
            await asyncio.to_thread(place.take_back, entry)
            await self._db.run(partial(journal.withdraw, entry.id))

    async def _perform(self, entry: JournalEntry, *, allow_copy: bool, keep_free: int) -> None:
        source, target = Path(entry.source), Path(entry.target)
        if entry.action is Action.TRASH:
            await asyncio.to_thread(place.trash, source, target)
            return
        size = int(entry.data["size"])
        method = await asyncio.to_thread(place.placed_by, source, target, size)
        if not method:
            method = await asyncio.to_thread(
                place.place, source, target, entry.id, allow_copy=allow_copy, keep_free=keep_free
            )
        await self._committed(entry, method)

    async def _committed(self, entry: JournalEntry, method: str) -> None:
        done: Commit = await self._db.run(lambda: closed(entry, method, datetime.now(UTC)))
        log.info("movie.imported", movie=done.movie.title, path=entry.target, method=method)
        facts = {"correlation": entry.correlation, "movie_id": done.movie.id}
        self._bus.publish(
            MovieImported(
                **facts,  # type: ignore[arg-type]
                grab_id=entry.grab_id,
                movie_title=done.movie.title,
                path=entry.target,
                size=done.file.size,
                quality=done.file.quality.name,
                method=method,
                replaced=str(entry.data.get("replaced", "")),
            )
        )
        self._bus.publish(MovieChanged(**facts))  # type: ignore[arg-type]
        self._bus.publish(QueueChanged(correlation=entry.correlation))

    async def _redo(self, entries: Sequence[JournalEntry]) -> None:
        media = await self._settings.media()
        with correlation.correlated(entries[-1].correlation):
            allow_copy = media.allow_copies or bool(entries[-1].data.get("allow_copy"))
            try:
                if all(entry.action is Action.TRASH for entry in entries):  # a removal that was not committed
                    await self._take_back(entries)
                else:
                    await self._carry_out(entries, allow_copy=allow_copy, keep_free=media.minimum_free_mb << 20)
            except Problem as problem:
                log.warning("import.not_recovered", target=entries[-1].target, problem=str(problem))

    async def _block(self, grab: Grab, problem: Problem) -> None:
        await self._db.run(lambda: grabs.set_state(grab.id, GrabState.BLOCKED, str(problem)))
        title = (await self._movies.get(grab.movie_id)).title
        log.warning("import.blocked", release=grab.title, problem=str(problem))
        self._bus.publish(
            ImportBlocked(
                correlation=grab.correlation,
                movie_id=grab.movie_id,
                grab_id=grab.id,
                movie_title=title,
                problem=problem,
            )
        )
        self._bus.publish(QueueChanged(correlation=grab.correlation))

    async def _check_name(self, order: Order, target: Path) -> None:
        owner = await self._db.read(lambda: movie_store.file_at(str(target)))
        ours = order.slot.file is not None and order.slot.file.path == str(target)
        if owner is not None and not ours:
            title = (await self._movies.get(owner.movie_id)).title
            raise Problem(Kind.CONFLICT, f"{target.name} belongs to {title} already.", "Nothing was changed.")
        if not ours and await asyncio.to_thread(target.exists):
            what, why = f"{target} is there already.", "It was not put there by this program."
            raise Problem(Kind.CONFLICT, what, why, "Move it away, then try again.")


def _target(order: Order, media: MediaSettings) -> Path:
    """Where the file goes, its name cut to what the file system takes."""
    folder = Path(order.movie.folder)
    name = file_name(order.movie, order.parsed, order.source.suffix.lower(), media.naming)
    try:
        limit = os.pathconf(folder.parent, "PC_NAME_MAX")
    except (OSError, ValueError):
        limit = MAX_NAME
    if len(name.encode()) > limit:
        name = file_name(order.movie, order.parsed, order.source.suffix.lower(), media.naming, limit=limit)
    return folder / name


def _plan(order: Order, target: Path) -> list[JournalEntry]:
    """The journal's rows: the old file to the trash first, then the new one to its place."""
    now = datetime.now(UTC)
    ids = {
        "movie_id": order.movie.id,
        "slot_id": order.slot.id,
        "grab_id": order.grab.id if order.grab else None,
        "correlation": correlation.current(),
    }
    data: dict[str, Any] = {
        "size": order.source.stat().st_size,
        "title": order.title,
        "allow_copy": order.allow_copy,
        "parsed": order.parsed.name,
    }
    entries = []
    if order.slot.file is not None:
        old = Path(order.slot.file.path)
        data["replaced"] = str(old)
        if old.exists():
            gone = place.trash_target(Path(order.slot.root_folder), old, f"{now:%Y%m%d-%H%M%S}-{order.movie.id}")
            entries.append(JournalEntry(0, Action.TRASH, str(old), str(gone), True, now, **ids))  # type: ignore[arg-type]
    entries.append(JournalEntry(0, Action.LINK, str(order.source), str(target), True, now, data=data, **ids))  # type: ignore[arg-type]
    return entries
