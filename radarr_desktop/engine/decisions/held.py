"""Which files a movie had: of what quality, from when to when, and why each made room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.domain.operations import Operation, OperationKind, OperationState
from radarr_desktop.domain.quality import BY_ID, UNKNOWN, Quality, Revision
from radarr_desktop.domain.records import HistoryEntry, HistoryKind

_ENDINGS = {
    OperationKind.IMPORT: "It was replaced by {title}.",
    OperationKind.DELETE: "It was removed.",
    OperationKind.UNDO: "What had brought it was undone.",
    OperationKind.RENAME: "",
}


@dataclass(frozen=True, slots=True)
class HeldFile:
    """One file that a movie had, or has."""

    slot_id: int
    path: str
    title: str
    """Of the release it came as."""
    quality: Quality
    revision: Revision
    group: str
    size: int
    since: datetime
    until: datetime | None = None
    """None: it is there."""
    ended: str = ""
    """Why it is not there any more, as a sentence."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A moment at which the file of a slot became another one, or none."""

    at: datetime
    slot_id: int
    file: HeldFile | None
    why: str


def held_files(movie: Movie, operations: Sequence[Operation], history: Sequence[HistoryEntry]) -> list[HeldFile]:
    """Newest first, from the operations on its files and from what the disk was found to have."""
    turns = [*_of_operations(operations), *_of_disk(movie, history)]
    held: list[HeldFile] = []
    now: dict[int, HeldFile] = {}
    for turn in sorted(turns, key=lambda turn: turn.at):
        before = now.pop(turn.slot_id, None)
        if before is not None and turn.file is not None and _is_same(before, turn.file):
            now[turn.slot_id] = replace(before, path=turn.file.path)
            continue
        if before is not None:
            held.append(replace(before, until=turn.at, ended=turn.why))
        if turn.file is not None:
            now[turn.slot_id] = turn.file
    held += now.values()
    return sorted(held, key=lambda file: file.since, reverse=True)


def _of_operations(operations: Sequence[Operation]) -> list[_Turn]:
    turns = []
    for operation in operations:
        if operation.state is OperationState.OPEN:
            continue
        before = {file.slot_id: file for file in operation.before.files} if operation.before else {}
        after = {file.slot_id: file for file in operation.after.files} if operation.after else {}
        why = _ENDINGS[operation.kind].format(title=operation.title)
        for slot_id in before.keys() | after.keys():
            if before.get(slot_id) != after.get(slot_id):
                file = after.get(slot_id)
                turns.append(_Turn(operation.at, slot_id, _held(file, operation.at) if file else None, why))
    return turns


def _of_disk(movie: Movie, history: Sequence[HistoryEntry]) -> list[_Turn]:
    """What no operation did: files that were found, and files that were gone."""
    slot_id = movie.slot.id
    turns = []
    for entry in history:
        told = entry.data
        if entry.kind is HistoryKind.IMPORTED and told.get("method") == "found":
            quality, size = BY_ID.get(entry.quality_id, UNKNOWN), int(told.get("size", 0))
            group, path = str(told.get("releaseGroup", "")), str(told.get("importedPath", ""))
            file = HeldFile(slot_id, path, entry.title, quality, Revision(), group, size, entry.at)
            turns.append(_Turn(entry.at, slot_id, file, "Another file was found in its place."))
        elif entry.kind is HistoryKind.FILE_DELETED and told.get("reason") == "MissingFromDisk":
            turns.append(_Turn(entry.at, slot_id, None, "It was gone from the disk."))
    return turns


def _held(file: MovieFile, at: datetime) -> HeldFile:
    return HeldFile(file.slot_id, file.path, file.release_title, file.quality, file.revision, file.group, file.size, at)


def _is_same(one: HeldFile, other: HeldFile) -> bool:
    """Under another name, perhaps."""
    return (one.title, one.size, one.quality) == (other.title, other.size, other.quality)
