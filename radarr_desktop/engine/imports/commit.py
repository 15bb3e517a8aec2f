"""What becomes true with an import. Runs on the writer thread, in the transaction that closes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from radarr_desktop.domain.events import Event, MovieImported, QueueChanged
from radarr_desktop.domain.media import MediaFacts, MediaNote
from radarr_desktop.domain.movie import MovieFile
from radarr_desktop.domain.operations import Action, JournalEntry, Operation
from radarr_desktop.domain.parsing import parse_path, parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import (
    OPEN_STATES,
    PACK_ENDS,
    Grab,
    GrabState,
    HistoryEntry,
    HistoryKind,
    PartState,
)
from radarr_desktop.domain.side_files import SideFile, SideKind
from radarr_desktop.engine.downloads import filing
from radarr_desktop.engine.imports.told import Told
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.notifications.notices import announce
from radarr_desktop.store import grabs, history, movies, packs, side_files

FINISH = "finish_import"
"""The job that gives files their permissions and dates: after a crash too."""


def close(operation: Operation, entries: Sequence[JournalEntry], methods: Mapping[int, str], jobs: Jobs) -> list[Event]:
    """Make the file the slot's, end the grab, write history, see to it that people are told."""
    now, links = datetime.now(UTC), [entry for entry in entries if entry.action is Action.LINK]
    link, sides = links[0], links[1:]
    title = movies.title_of(operation.movie_id, operation.slot_id)
    if title is None:
        raise Problem(Kind.NOT_FOUND, "The movie was removed while its file was imported.")
    grab = grabs.get(operation.grab_id) if operation.grab_id else None
    file = movies.set_file(_file(operation, link, grab, now))
    _set_sides(operation, entries, sides, now)
    if grab is not None:
        _end(grab, int(operation.data.get("part", 0)))
        jobs.row(filing.JOB, {"grab_id": grab.id}, correlation_id=operation.correlation)()
    history.happened(_history(operation, link, grab, file, methods[link.id]))
    if operation.data.get("finish"):
        jobs.row(FINISH, _to_finish(operation, links), correlation_id=operation.correlation, priority=5)()
    event = MovieImported(
        correlation=operation.correlation,
        at=now,
        movie_id=operation.movie_id,
        grab_id=operation.grab_id,
        movie_title=title,
        path=link.target,
        size=file.size,
        quality=file.quality.name,
        method=methods[link.id],
        replaced=str(operation.data.get("replaced", "")),
        operation=operation.id,
    )
    announce(jobs, event)
    return [event, QueueChanged(correlation=operation.correlation)]


def _end(grab: Grab, part_id: int) -> None:
    """The grab is imported; one with many movies when all of them are."""
    if part_id:
        packs.change(part_id, PartState.IMPORTED)
        if any(part.state not in PACK_ENDS for part in packs.of_grab(grab.id)):
            return
    grabs.move(grab.id, OPEN_STATES, GrabState.IMPORTED)


def _set_sides(
    operation: Operation, entries: Sequence[JournalEntry], sides: Sequence[JournalEntry], now: datetime
) -> None:
    for entry in entries:
        if entry.action is Action.TRASH:
            side_files.forget(entry.source)
    for entry in sides:
        told = entry.data["side"]
        kind, language, tags = SideKind(told["kind"]), str(told["language"]), tuple(told["tags"])
        side_files.put(
            SideFile(
                0, operation.movie_id, operation.slot_id, entry.target, kind, language, tags, owned=True, added=now
            )
        )


def _to_finish(operation: Operation, links: Sequence[JournalEntry]) -> dict[str, Any]:
    folder = str(Path(links[0].target).parent)
    replaced = operation.data.get("replaced")
    left = str(Path(replaced).parent) if replaced else ""
    return {
        "movie_id": operation.movie_id,
        "files": [entry.target for entry in links],
        "folders": [folder] if operation.data.get("new_folder") else [],
        "emptied": left if left != folder else "",
    }


def _file(operation: Operation, entry: JournalEntry, grab: Grab | None, now: datetime) -> MovieFile:
    data = operation.data
    name = str(data["parsed"])
    read = parse_path if "/" in name else parse_release  # a part of a pack may be told by its folder
    parsed = grab.parsed if grab and grab.parsed.name == name else read(name)
    told = Told.of(operation.data.get("told", {}))
    parsed = told.amend(parsed)
    return MovieFile(
        id=0,
        movie_id=operation.movie_id,
        slot_id=operation.slot_id,
        path=entry.target,
        size=int(entry.data["size"]),
        added=now,
        quality=parsed.quality,
        revision=parsed.revision,
        group=parsed.group,
        release_title=operation.title,
        original_path=str(data.get("origin", entry.source)),
        release_size=grab.size if grab and "part" not in data else 0,
        flags=grab.flags if grab else frozenset(),
        media=msgspec.convert(data["media"], MediaFacts) if "media" in data else None,
        notes=msgspec.convert(data.get("notes", ()), tuple[MediaNote, ...]),
        languages=told.languages,
        editions=told.editions,
    )


def _history(
    operation: Operation, entry: JournalEntry, grab: Grab | None, file: MovieFile, method: str
) -> HistoryEntry:
    return HistoryEntry(
        id=0,
        movie_id=operation.movie_id,
        kind=HistoryKind.IMPORTED,
        at=file.added,
        title=operation.title,
        quality_id=file.quality.id,
        download_id=grab.hashes[0].upper() if grab else "",
        correlation=operation.correlation,
        data={
            "operation": str(operation.id),
            "fileId": str(file.id),
            "droppedPath": file.original_path,
            "importedPath": entry.target,
            "releaseGroup": file.group,
            "size": str(file.size),
            "method": method,
            "replaced": str(operation.data.get("replaced", "")),
            **({"against": str(operation.data["against"])} if "against" in operation.data else {}),
            **({"notes": " ".join(note.sentence for note in file.notes)} if file.notes else {}),
        },
    )
