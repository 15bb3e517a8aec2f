"""What is to be imported, where to, and by which steps: decided before anything is done."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from radarr_desktop.domain.decision import Verdict
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.naming import MAX_NAME, NameFacts, Naming, file_name
from radarr_desktop.domain.operations import Change, OperationKind
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab
from radarr_desktop.engine.imports.told import Told
from radarr_desktop.engine.journal import disk, moves, place
from radarr_desktop.store import movies
from radarr_desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Order:
    """One file to import."""

    movie: Movie
    slot: Slot
    source: Path
    parsed: ParsedRelease
    title: str
    grab: Grab | None
    allow_copy: bool
    told: Told = field(default_factory=Told)
    """What the user said of it; ``parsed`` has it already."""


def check_upgrade(movie: Movie, grab: Grab, verdict: Verdict) -> None:
    """The file may have changed since the grab: the evaluator was asked again, of the frozen snapshot."""
    if not verdict.accepted and not grab.by_user:
        what = f"{grab.title} is not better than what {movie.title} has now."
        raise Problem(Kind.CONFLICT, what, " ".join(verdict.rejections), "Remove the download.")


async def check_root(db: Database, root: Path) -> None:
    """The root folder must be there, and not the empty place where a disk is mounted at other times."""
    known = await db.read(lambda: movies.files_below(str(root)))
    if known and await asyncio.to_thread(is_empty, root):
        what = f"The folder {root} is empty, but {known} files were put there."
        todo = "Mount it, then try again. If it is empty on purpose, put any file into it."
        raise Problem(Kind.STORAGE, what, "Its disk is probably not mounted.", todo)


async def check_name(db: Database, order: Order, target: Path) -> None:
    """Nobody else may have the name."""
    if str(order.source) in (str(target), order.slot.file.path if order.slot.file else ""):
        raise Problem(Kind.CONFLICT, f"{order.source} is in the library already.", "There is nothing to import.")
    owner = await db.read(lambda: movies.file_at(str(target)))
    ours = order.slot.file is not None and order.slot.file.path == str(target)
    if owner is not None and not ours:
        named = await db.read(lambda: movies.get(owner.movie_id))
        whose = named.title if named else "another movie"
        raise Problem(Kind.CONFLICT, f"{target.name} belongs to {whose} already.", "Nothing was changed.")
    if not ours and await asyncio.to_thread(os.path.lexists, target):
        raise disk.problem_of(FileExistsError(), order.source, target)


def is_empty(folder: Path) -> bool:
    """Is it a folder with nothing in it?"""
    try:
        return not any(folder.iterdir())
    except OSError:
        return False


def target_of(order: Order, naming: Naming) -> Path:
    """Where the file goes, its name cut to what the file system takes."""
    folder = Path(order.movie.folder)
    limit = MAX_NAME
    if hasattr(os, "pathconf") and folder.parent.is_dir():
        limit = min(limit, os.pathconf(folder.parent, "PC_NAME_MAX"))
    facts = NameFacts(order.movie.info, order.parsed, original=order.title, filename=order.source.stem)
    return folder / file_name(facts, order.source.suffix.lower(), naming, limit=limit)


def plan(order: Order, target: Path, *, allow_copy: bool, keep_free: int) -> Change:
    """What is to be done: the old file to the trash first, then the new one to its place."""
    data: dict[str, Any] = {"parsed": order.parsed.name, "keep_free": keep_free}
    if said := order.told.values():
        data["told"] = said
    steps = []
    link = place.link_step(order.source, target, root=_root_of(target, order.slot), allow_copy=allow_copy)
    if order.slot.file is not None:
        old = Path(order.slot.file.path)
        data["replaced"] = str(old)
        if os.path.lexists(old):
            at = moves.stamp(datetime.now(UTC), order.movie.id)
            steps.append(moves.trash_step(_root_of(old, order.slot), old, at))
    return Change(
        OperationKind.IMPORT,
        order.movie.id,
        order.title,
        (*steps, link),
        slot_id=order.slot.id,
        grab_id=order.grab.id if order.grab else None,
        data=data,
    )


def _root_of(path: Path, slot: Slot) -> Path:
    """The folder that must be there: the slot's root, or what is above the movie's folder elsewhere."""
    root = Path(slot.root_folder)
    return root if root in path.parents else path.parents[1]
