"""Files that leave the library: into the trash of their disk, with what belongs to them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from radarr_desktop.domain.events import Event, MovieRemoved
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.operations import JournalEntry, Operation, Step
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.domain.side_files import SideFile
from radarr_desktop.engine.journal import moves
from radarr_desktop.store import history, movies, side_files


def to_trash(movie: Movie, slots: Sequence[Slot], sides: Sequence[SideFile]) -> tuple[Step, ...]:
    """The steps that remove the files of these slots; what the user put beside them stays. The call blocks."""
    trash = moves.Bin(movie.id)
    steps = []
    for slot in slots:
        if slot.file is None:
            continue
        root = Path(slot.root_folder)
        ours = [side.path for side in sides if side.slot_id == slot.id and side.owned]
        steps += [trash.step(root, Path(path)) for path in (slot.file.path, *ours) if os.path.lexists(path)]
    return tuple(steps)


def closed(operation: Operation, entries: Sequence[JournalEntry], methods: Mapping[int, str]) -> list[Event]:
    """The movie leaves the collection, or only its files do. Runs in the transaction that closes it."""
    id_ = operation.movie_id
    movie = movies.get(id_)
    if movie is None:
        raise Problem(Kind.NOT_FOUND, "The movie was removed meanwhile.")
    if operation.data.get("whole", False):
        movies.delete(id_)
        return [MovieRemoved(correlation=operation.correlation, movie_id=id_, title=operation.title)]
    for slot in movie.slots:
        if slot.file is not None and operation.slot_id in (0, slot.id):
            movies.remove_file(slot.file.id)
            history.happened(
                HistoryEntry(
                    id=0,
                    movie_id=id_,
                    kind=HistoryKind.FILE_DELETED,
                    at=datetime.now(UTC),
                    title=slot.file.path,
                    quality_id=slot.file.quality.id,
                    correlation=operation.correlation,
                    data={
                        "operation": str(operation.id),
                        "reason": "Manual",
                        "size": str(slot.file.size),
                        "releaseGroup": slot.file.group,
                    },
                )
            )
    for entry in entries:
        side_files.forget(entry.source)
    return []
