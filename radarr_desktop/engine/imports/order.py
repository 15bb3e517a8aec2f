"""What is to be imported, where to, and by which steps: decided before anything is done."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from radarr_desktop.domain.decision import Verdict
from radarr_desktop.domain.media import MediaFacts
from radarr_desktop.domain.media_notes import media_notes
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.operations import Change, OperationKind
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab
from radarr_desktop.domain.side_files import SideFile
from radarr_desktop.engine.imports.sides import Side
from radarr_desktop.engine.imports.told import Told
from radarr_desktop.engine.journal import disk, moves, place
from radarr_desktop.engine.library import presence
from radarr_desktop.engine.library.names import NameMaker, Provenance
from radarr_desktop.plugin_api import IndexerFlag
from radarr_desktop.store import looks, movies
from radarr_desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Order:
    """One file to import, and what was found out about it."""

    movie: Movie
    slot: Slot
    source: Path
    parsed: ParsedRelease
    title: str
    grab: Grab | None = None
    allow_copy: bool = False
    media: MediaFacts | None = None
    origin: str = ""
    """Where it came from, if that is not the source: an archive."""
    part_id: int = 0
    """Of a torrent with many movies."""
    against: str = ""
    """What the evaluator has against it, where the user wants it all the same."""
    told: Told = field(default_factory=Told)
    """What the user said of it; ``parsed`` has it already."""


def check_upgrade(movie: Movie, grab: Grab, verdict: Verdict) -> None:
    """The file may have changed since the grab: the evaluator was asked again, of the frozen snapshot."""
    if not verdict.accepted and not grab.by_user:
        what = f"{grab.title} is not better than what {movie.title} has now."
        raise Problem(Kind.CONFLICT, what, " ".join(verdict.rejections), "Remove the download.")


async def check_root(db: Database, root: Path) -> None:
    """The root folder must be there, and not the empty place where a disk is mounted at other times."""
    is_used, remembered = await db.read(lambda: (movies.any_below(str(root)), looks.disk_of(str(root))))
    if not is_used:
        return
    empty, seen = await asyncio.to_thread(lambda: (is_empty(root), presence.disk_of(root)))
    if empty:
        known = await db.read(lambda: movies.files_below(str(root)))
        what = f"The folder {root} is empty, but {known} files were put there."
        todo = "Mount it, then try again. If it is empty on purpose, put any file into it."
        raise Problem(Kind.STORAGE, what, "Its disk is probably not mounted.", todo)
    if seen != remembered:
        await presence.require(db, root)


def check_owner(order: Order, target: Path) -> None:
    """No other movie may have the name. Called inside a reading transaction."""
    if str(order.source) in (str(target), order.slot.file.path if order.slot.file else ""):
        raise Problem(Kind.CONFLICT, f"{order.source} is in the library already.", "There is nothing to import.")
    owner = movies.file_at(str(target))
    if owner is not None and not _is_ours(order, target):
        named = movies.get(owner.movie_id)
        whose = named.title if named else "another movie"
        raise Problem(Kind.CONFLICT, f"{target.name} belongs to {whose} already.", "Nothing was changed.")


def check_free(order: Order, target: Path) -> None:
    """Nobody else may have put a file there. The call blocks."""
    if not _is_ours(order, target) and os.path.lexists(target):
        raise disk.problem_of(FileExistsError(), order.source, target)


def _is_ours(order: Order, target: Path) -> bool:
    return order.slot.file is not None and order.slot.file.path == str(target)


def is_empty(folder: Path) -> bool:
    """Is it a folder with nothing in it?"""
    try:
        return not any(folder.iterdir())
    except OSError:
        return False


def target_of(order: Order, maker: NameMaker, *, spare: int = 0) -> Path:
    """Where the file goes, its name cut to what the file system takes, less the bytes to ``spare``."""
    folder, grab = Path(order.movie.folder), order.grab
    size = grab.size if grab and grab.size else order.media.size if order.media else 0
    flags = grab.flags if grab else frozenset[IndexerFlag]()
    came = Provenance(order.parsed, order.title, order.source.stem, order.media, size, flags)
    limit = disk.longest_name(Path(order.slot.root_folder)) - spare
    return folder / maker.file(order.movie, came, order.source.suffix.lower(), limit=limit)


@dataclass(frozen=True, slots=True)
class Terms:
    """How files may be brought into the library."""

    allow_copy: bool
    keep_free: int
    """Bytes."""
    finishes: bool
    """Is anything set that files get once they have their place?"""


def plan(order: Order, target: Path, sides: Sequence[Side], old_sides: Sequence[SideFile], terms: Terms) -> Change:
    """What is to be done: what is replaced to the trash first, then the new to its place, the movie before the rest."""
    root, stamp = _root_of(target, order.slot), moves.stamp(datetime.now(UTC), order.movie.id)
    old = order.slot.file.path if order.slot.file is not None else ""
    gone = [Path(path) for path in (old, *(side.path for side in old_sides)) if path and os.path.lexists(path)]
    links = [place.link_step(order.source, target, root=root, allow_copy=terms.allow_copy)]
    for side in sides:
        step = place.link_step(side.source, side.target, root=root, allow_copy=terms.allow_copy)
        beside = {"kind": side.name.kind.value, "language": side.name.language, "tags": list(side.name.tags)}
        links.append(replace(step, data={**step.data, "side": beside}))
    return Change(
        OperationKind.IMPORT,
        order.movie.id,
        order.title,
        (*(moves.trash_step(_root_of(path, order.slot), path, stamp) for path in gone), *links),
        slot_id=order.slot.id,
        grab_id=order.grab.id if order.grab else None,
        data=_data(order, target, terms, old),
    )


def _data(order: Order, target: Path, terms: Terms, old: str) -> dict[str, Any]:
    """What the closing transaction must know."""
    data: dict[str, Any] = {"parsed": order.parsed.name, "keep_free": terms.keep_free}
    if old:
        data["replaced"] = old
    if order.media is not None:
        notes = media_notes(order.parsed, order.media, order.movie.info.original_language)
        data |= {"media": msgspec.to_builtins(order.media), "notes": msgspec.to_builtins(notes)}
    if terms.finishes:
        data |= {"finish": True, "new_folder": not target.parent.is_dir()}
    optional = {
        "origin": order.origin,
        "part": order.part_id,
        "against": order.against,
        "told": order.told.values(),
    }
    return data | {key: value for key, value in optional.items() if value}


def _root_of(path: Path, slot: Slot) -> Path:
    """The folder that must be there: the slot's root, or what is above the movie's folder elsewhere."""
    root = Path(slot.root_folder)
    return root if root in path.parents else path.parents[1]
