"""What becomes true with a rename. Runs on the writer thread, in the transaction that closes it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from radarr_desktop.domain.events import Event
from radarr_desktop.domain.operations import Holdings, JournalEntry, Operation
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.store import history, holdings


def close(operation: Operation, entries: Sequence[JournalEntry], methods: Mapping[int, str]) -> list[Event]:
    """The rows get the new paths, and history tells them."""
    now = holdings.of(operation.movie_id)
    if now is None:
        raise Problem(Kind.NOT_FOUND, "The movie was removed while its files were renamed.")
    then = _moved(now, operation.data)
    holdings.change(operation.movie_id, now, then)
    for old, new in zip(now.files, then.files, strict=True):
        if old.path != new.path:
            history.happened(_history(operation, (now.folder, old.path), (then.folder, new.path), old.quality.id))
    if not now.files:
        history.happened(_history(operation, (now.folder, now.folder), (then.folder, then.folder), 0))
    return []


def _moved(now: Holdings, data: Mapping[str, object]) -> Holdings:
    paths = data["paths"]
    assert isinstance(paths, Mapping)
    roots = tuple((slot_id, str(data.get("root") or root)) for slot_id, root in now.roots)
    return replace(
        now,
        folder=str(data["folder"]),
        files=tuple(replace(file, path=paths.get(file.path, file.path)) for file in now.files),
        side_files=tuple(replace(side, path=paths.get(side.path, side.path)) for side in now.side_files),
        roots=roots,
    )


def _history(operation: Operation, old: tuple[str, str], new: tuple[str, str], quality_id: int) -> HistoryEntry:
    return HistoryEntry(
        id=0,
        movie_id=operation.movie_id,
        kind=HistoryKind.RENAMED,
        at=datetime.now(UTC),
        title=Path(new[1]).name,
        quality_id=quality_id,
        correlation=operation.correlation,
        data={
            "operation": str(operation.id),
            "sourcePath": old[1],
            "sourceRelativePath": old[1].removeprefix(f"{old[0]}{os.sep}"),
            "path": new[1],
            "relativePath": new[1].removeprefix(f"{new[0]}{os.sep}"),
        },
    )
