"""A file that was in the library's folders before the program knew of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.domain.parsing import parse_path
from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.domain.side_files import SideFile, SideKind, read_side, side_kind
from radarr_desktop.engine.imports.roles import Role
from radarr_desktop.engine.imports.scan import scan


def file_of(movie: Movie, path: Path, size: int, now: datetime) -> MovieFile:
    """As the movie's file, with what its path tells."""
    parsed = parse_path(str(path))
    return MovieFile(
        id=0,
        movie_id=movie.id,
        slot_id=movie.slot.id,
        path=str(path),
        size=size,
        added=now,
        quality=parsed.quality,
        revision=parsed.revision,
        group=parsed.group,
        release_title=path.stem,
        original_path=str(path),
    )


def sides_beside(video: Path, folder: str) -> list[SideFile]:
    """What lies beside the file in the movie's own folder, of no movie yet: known, but the user's.

    Blocks; raises ``Problem``.
    """
    if not folder:
        return []
    found = scan(Path(folder))
    beside = [file for file in found.files if _is_beside(file.role, file.path) and found.place(file) != video]
    read = [(file, read_side(file.path, video.stem)) for file in beside]
    return [
        SideFile(0, 0, 0, str(found.place(file)), name.kind, name.language, name.tags, owned=False)
        for file, name in read
    ]


def _is_beside(role: Role, path: str) -> bool:
    return role in (Role.SUBTITLE, Role.EXTRA) or (
        role is Role.IGNORED and side_kind(path) in (SideKind.NFO, SideKind.IMAGE)
    )


def happened(file: MovieFile, correlation: str) -> HistoryEntry:
    """What the history says of it."""
    return HistoryEntry(
        id=0,
        movie_id=file.movie_id,
        kind=HistoryKind.IMPORTED,
        at=file.added,
        title=file.release_title,
        quality_id=file.quality.id,
        correlation=correlation,
        data={
            "fileId": str(file.id),
            "droppedPath": file.path,
            "importedPath": file.path,
            "releaseGroup": file.group,
            "size": str(file.size),
            "method": "found",
        },
    )
