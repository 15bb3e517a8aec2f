"""What becomes true with an import. Runs on the writer thread, in the transaction that closes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from radarr_desktop.domain.events import Event, MovieImported, QueueChanged
from radarr_desktop.domain.movie import MovieFile
from radarr_desktop.domain.operations import Action, JournalEntry, Operation
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import OPEN_STATES, Grab, GrabState, HistoryEntry, HistoryKind
from radarr_desktop.engine.imports.told import Told
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.notifications.notices import announce
from radarr_desktop.store import grabs, journal, movies


def close(operation: Operation, entries: Sequence[JournalEntry], methods: Mapping[int, str], jobs: Jobs) -> list[Event]:
    """Make the file the slot's, end the grab, write history, see to it that people are told."""
    now, link = datetime.now(UTC), next(entry for entry in entries if entry.action is Action.LINK)
    movie = movies.get(operation.movie_id)
    if movie is None or all(slot.id != operation.slot_id for slot in movie.slots):
        raise Problem(Kind.NOT_FOUND, "The movie was removed while its file was imported.")
    grab = grabs.get(operation.grab_id) if operation.grab_id else None
    file = movies.set_file(_file(operation, link, grab, now))
    if grab is not None:
        grabs.move(grab.id, OPEN_STATES, GrabState.IMPORTED)
    journal.happened(_history(operation, link, grab, file, methods[link.id]))
    event = MovieImported(
        correlation=operation.correlation,
        at=now,
        movie_id=movie.id,
        grab_id=operation.grab_id,
        movie_title=movie.title,
        path=link.target,
        size=file.size,
        quality=file.quality.name,
        method=methods[link.id],
        replaced=str(operation.data.get("replaced", "")),
        operation=operation.id,
    )
    announce(jobs, event)
    return [event, QueueChanged(correlation=operation.correlation)]


def _file(operation: Operation, entry: JournalEntry, grab: Grab | None, now: datetime) -> MovieFile:
    name = str(operation.data["parsed"])
    parsed = grab.parsed if grab and grab.parsed.name == name else parse_release(name)
    parsed = Told.of(operation.data.get("told", {})).amend(parsed)
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
        original_path=entry.source,
        release_size=grab.size if grab else 0,
        flags=grab.flags if grab else frozenset(),
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
            "droppedPath": entry.source,
            "importedPath": entry.target,
            "releaseGroup": file.group,
            "size": str(file.size),
            "method": method,
            "replaced": str(operation.data.get("replaced", "")),
        },
    )
