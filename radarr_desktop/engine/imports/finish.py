"""What a file gets once it has its place: permissions, group and date as set. The calls block.

It comes after the journal is closed: a file without them is in the library all the same. A hard link is the download's
own file under a second name, so that gets them too.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from radarr_desktop.domain.movie import Movie
from radarr_desktop.engine.settings import FileDate, MediaSettings, group_id


def date_of(movie: Movie, wanted: FileDate) -> date | None:
    """The day that a movie's file is given; None where it keeps its own."""
    info = movie.info
    if wanted is FileDate.CINEMAS:
        return info.in_cinemas
    if wanted is FileDate.RELEASE:
        return min((day for day in (info.digital_release, info.physical_release) if day), default=None)
    return None


def finish(files: Sequence[Path], folders: Sequence[Path], media: MediaSettings, day: date | None) -> list[str]:
    """Give them what is set; what the system refused, as sentences. The first file is the movie's: it gets the day."""
    return [*_permitted(files, folders, media), *(_dated(files[0], day) if day and files else ())]


def _permitted(files: Sequence[Path], folders: Sequence[Path], media: MediaSettings) -> Iterator[str]:
    if not media.set_permissions or os.name == "nt":
        return
    mode, group = int(media.chmod_folder, 8), group_id(media.chown_group) if media.chown_group else -1
    if group is None:
        yield f"There is no group {media.chown_group} on this machine any more."
        group = -1
    plain = [(path, mode & 0o666) for path in files]
    for path, wanted in [*plain, *((folder, mode) for folder in folders)]:
        try:
            os.chmod(path, wanted)  # noqa: PTH101  a link is never followed: these are regular files and folders
            if group != -1:
                os.chown(path, -1, group)
        except OSError as fault:
            yield f"{path} keeps its permissions: {fault.strerror}."


def _dated(file: Path, day: date) -> Iterator[str]:
    moment = datetime.combine(day, time(), UTC).timestamp()
    try:
        with contextlib.suppress(OverflowError):
            os.utime(file, (file.stat().st_atime, moment))
    except OSError as fault:
        yield f"{file} keeps its date: {fault.strerror}."
