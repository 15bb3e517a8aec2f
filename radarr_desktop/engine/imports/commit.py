"""The one transaction that ends an import. Runs on the writer thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from radarr_desktop.domain.events import MovieImported
from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import OPEN_STATES, Grab, GrabState, HistoryEntry, HistoryKind, JournalEntry
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.notifications.notices import announce
from radarr_desktop.store import grabs, journal, movies


@dataclass(frozen=True, slots=True)
class Commit:
    """What became true."""

    movie: Movie
    file: MovieFile
    event: MovieImported


def closed(entry: JournalEntry, method: str, now: datetime, jobs: Jobs) -> Commit:
    """Close the journal, make the file the slot's, end the grab, write history, see to it that people are told."""
    movie = movies.get(entry.movie_id)
    if movie is None or all(slot.id != entry.slot_id for slot in movie.slots):
        raise Problem(Kind.NOT_FOUND, "The movie was removed while its file was imported.")
    grab = grabs.get(entry.grab_id) if entry.grab_id else None
    file = movies.set_file(_file(entry, grab, now))
    for other in journal.open_entries():
        if other.movie_id == entry.movie_id and other.slot_id == entry.slot_id:
            journal.close(other.id, method if other.id == entry.id else "rename")
    if grab is not None:
        grabs.move(grab.id, OPEN_STATES, GrabState.IMPORTED)
    journal.happened(_history(entry, grab, file, method))
    event = MovieImported(
        correlation=entry.correlation,
        at=now,
        movie_id=movie.id,
        grab_id=entry.grab_id,
        movie_title=movie.title,
        path=entry.target,
        size=file.size,
        quality=file.quality.name,
        method=method,
        replaced=str(entry.data.get("replaced", "")),
    )
    announce(jobs, event)
    return Commit(movie, file, event)


def _file(entry: JournalEntry, grab: Grab | None, now: datetime) -> MovieFile:
    name = str(entry.data["parsed"])
    parsed = grab.parsed if grab and grab.parsed.name == name else parse_release(name)
    return MovieFile(
        id=0,
        movie_id=entry.movie_id,
        slot_id=entry.slot_id,
        path=entry.target,
        size=int(entry.data["size"]),
        added=now,
        quality=parsed.quality,
        revision=parsed.revision,
        group=parsed.group,
        release_title=str(entry.data["title"]),
        original_path=entry.source,
        release_size=grab.size if grab else 0,
        flags=grab.flags if grab else frozenset(),
    )


def _history(entry: JournalEntry, grab: Grab | None, file: MovieFile, method: str) -> HistoryEntry:
    return HistoryEntry(
        id=0,
        movie_id=entry.movie_id,
        kind=HistoryKind.IMPORTED,
        at=file.added,
        title=str(entry.data["title"]),
        quality_id=file.quality.id,
        download_id=grab.hashes[0].upper() if grab else "",
        correlation=entry.correlation,
        data={
            "fileId": str(file.id),
            "droppedPath": entry.source,
            "importedPath": entry.target,
            "releaseGroup": file.group,
            "size": str(file.size),
            "method": method,
            "replaced": str(entry.data.get("replaced", "")),
        },
    )
