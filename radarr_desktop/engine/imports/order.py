"""What is to be imported, where to, and by which steps: decided before anything is done."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from radarr_desktop.domain.decision import Verdict
from radarr_desktop.domain.media import MediaFacts
from radarr_desktop.domain.media_notes import media_notes
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.naming import path_key
from radarr_desktop.domain.operations import Change, OperationKind
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab
from radarr_desktop.domain.side_files import SideFile
from radarr_desktop.engine.imports.sides import Side
from radarr_desktop.engine.imports.told import Told
from radarr_desktop.engine.journal import disk, moves, place
from radarr_desktop.engine.library.names import NameMaker, Provenance
from radarr_desktop.plugin_api import IndexerFlag
from radarr_desktop.store import movies


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
    moves: bool = False
    """Will it be taken away from where it is?"""
    told: Told = field(default_factory=Told)
    """What the user said of it; ``parsed`` has it already."""


def check_upgrade(movie: Movie, grab: Grab, verdict: Verdict) -> None:
    """The file may have changed since the grab: the evaluator was asked again, of the frozen snapshot."""
    if not verdict.accepted and not grab.by_user:
        what = f"{grab.title} is not better than what {movie.title} has now."
        raise Problem(Kind.CONFLICT, what, " ".join(verdict.rejections), "Remove the download.")


def check_owner(order: Order, target: Path) -> None:
    """No other movie may have the name. Called inside a reading transaction."""
    if str(order.source) in (str(target), order.slot.file.path if order.slot.file else ""):
        raise Problem(Kind.CONFLICT, f"{order.source} is in the library already.", "There is nothing to import.")
    owner = movies.file_at(str(target))
    if owner is not None and owner.slot_id != order.slot.id:
        named = movies.get(owner.movie_id)
        whose = named.title if named else "another movie"
        raise Problem(Kind.CONFLICT, f"{target.name} belongs to {whose} already.", "Nothing was changed.")


def check_free(order: Order, target: Path) -> None:
    """Nobody else may have put a file there. The call blocks."""
    old = order.slot.file.path if order.slot.file is not None else ""
    if str(target) == old or not os.path.lexists(target):
        return
    is_alias = path_key(str(target)) == path_key(old) and target.name not in os.listdir(target.parent)  # noqa: PTH208  names are all that is needed
    if not is_alias:  # else it is the old file, on a disk that takes capitals for small letters
        raise disk.problem_of(FileExistsError(), order.source, target)


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
    shelf, trash = Path(order.slot.root_folder), moves.Bin(order.movie.id)
    root = moves.below(shelf, target)
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
        (*(trash.step(shelf, path) for path in gone), *links),
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
        "moves": order.moves,
    }
    return data | {key: value for key, value in optional.items() if value}
