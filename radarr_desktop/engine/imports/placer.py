"""Give a movie's file its place in the library, with what lies beside it, and afterwards what is set for it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.movie import MovieFile
from radarr_desktop.domain.naming import spare_for
from radarr_desktop.domain.operations import Change, OperationKind
from radarr_desktop.domain.side_files import SideFile
from radarr_desktop.engine.imports.commit import FINISH, close
from radarr_desktop.engine.imports.features import Feature
from radarr_desktop.engine.imports.finish import date_of, finish
from radarr_desktop.engine.imports.order import Order, Terms, check_free, check_owner, check_root, plan, target_of
from radarr_desktop.engine.imports.sides import Side, sides_of
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.journal import disk
from radarr_desktop.engine.journal.changes import Changes
from radarr_desktop.engine.library.names import NameMaker, Names
from radarr_desktop.engine.settings import AppSettings, FileDate, MediaSettings
from radarr_desktop.store import movies, side_files
from radarr_desktop.store.database import Database

log = structlog.get_logger(__name__)


class Placer:
    """Plans an import and has it carried out."""

    def __init__(self, db: Database, jobs: Jobs, settings: AppSettings, names: Names, changes: Changes) -> None:
        self._db = db
        self._settings = settings
        self._names = names
        self.changes = changes
        changes.on_close(OperationKind.IMPORT, partial(close, jobs=jobs))
        jobs.handle(FINISH, self._finish)

    async def place(self, order: Order, feature: Feature) -> MovieFile:
        """Only while nobody else changes files (``Changes.alone``). Raises ``Problem``; then nothing was changed."""
        settings = await self._settings.media()
        await check_root(self._db, Path(order.slot.root_folder))
        target = await asyncio.to_thread(_target, order, await self._names.maker(settings.naming), feature, settings)
        old = await self._db.read(partial(_surroundings, order, target))
        change = await asyncio.to_thread(_planned, order, feature, target, settings, old)
        done = await self.changes.carry_out(change)
        log.info("movie.imported", movie=order.movie.title, path=str(target), steps=len(change.steps))
        assert done.after is not None
        return next(file for file in done.after.files if file.slot_id == order.slot.id)

    async def _finish(self, payload: Mapping[str, Any]) -> None:
        movie = await self._db.read(lambda: movies.get(int(payload["movie_id"])))
        settings = await self._settings.media()
        if movie is None:
            return
        files, folders = map(Path, payload["files"]), map(Path, payload["folders"])
        day = date_of(movie, settings.file_date)
        for sentence in await asyncio.to_thread(finish, list(files), list(folders), settings, day):
            log.warning("import.not_finished", movie=movie.title, problem=sentence)
        if settings.delete_empty_folders and payload["emptied"]:
            await asyncio.to_thread(disk.prune, Path(payload["emptied"]), Path(movie.slot.root_folder))


def _target(order: Order, maker: NameMaker, feature: Feature, settings: MediaSettings) -> Path:
    """The movie's new name: shorter, where what comes along has an ending longer than the usual room for it."""
    target = target_of(order, maker)
    sides = sides_of(feature.scan, feature.video, target, settings.extras, ())
    spare = spare_for([side.target.name.removeprefix(target.stem) for side in sides], target.suffix)
    return target_of(order, maker, spare=spare) if spare else target


def _surroundings(order: Order, target: Path) -> list[SideFile]:
    """The slot's own files beside its movie, which go with it. Raises ``Problem`` where the name is another's."""
    check_owner(order, target)
    known = side_files.of_movie(order.movie.id)
    return [side for side in known if side.slot_id == order.slot.id and side.owned]


def _planned(order: Order, feature: Feature, target: Path, settings: MediaSettings, old: Sequence[SideFile]) -> Change:
    check_free(order, target)
    terms = Terms(
        allow_copy=settings.allow_copies or order.allow_copy,
        keep_free=settings.minimum_free_mb << 20,
        finishes=_finishes(settings),
    )
    return plan(order, target, _sides(feature, target, settings, old), old, terms)


def _sides(feature: Feature, target: Path, settings: MediaSettings, old: Sequence[SideFile]) -> list[Side]:
    """What comes along; a name that is there already is somebody's, unless what has it goes away now."""
    try:
        there = set(os.listdir(target.parent))  # noqa: PTH208  names are all that is needed
    except OSError:
        there = set()
    leaves = {Path(side.path).name for side in old if Path(side.path).parent == target.parent}
    taken = {name.casefold() for name in there - leaves} | {target.name.casefold()}
    return sides_of(feature.scan, feature.video, target, settings.extras, taken)


def _finishes(settings: MediaSettings) -> bool:
    return settings.set_permissions or settings.file_date is not FileDate.NONE or settings.delete_empty_folders
