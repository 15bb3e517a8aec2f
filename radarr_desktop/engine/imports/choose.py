"""Choose the movie among a download's files, as they lie on the disk. The calls block."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from radarr_desktop.domain.decision.contents import RIVAL, WORST, suffix
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.side_files import SideKind, side_kind
from radarr_desktop.engine.imports.roles import Found, Role, Sorted, shown, sort
from radarr_desktop.engine.imports.scan import Scan, scan, scan_these
from radarr_desktop.plugin_api import DownloadFile

_NEEDED = frozenset({Role.MOVIE, Role.PART, Role.ARCHIVE, Role.VOLUME})
_CAUSES = {
    Role.ARCHIVE: Reason.PACKED,
    Role.DANGEROUS: Reason.DANGEROUS_CONTENT,
    Role.PART: Reason.SEVERAL_MOVIES,
}


def look(folder: Path, files: Sequence[DownloadFile]) -> Scan:
    """A finished download: what its client fetched must be there, whole and inside; what it left out does not count.

    Files that others put into the download's own folder count too: somebody may have unpacked it already.
    """
    if not folder.is_absolute() or not folder.is_dir():
        what, why = (
            f"{folder} cannot be found here.",
            "The client may run elsewhere and call the folder by another name.",
        )
        raise Problem(Kind.STORAGE, what, why, "Check the client's folder.", cause=Reason.PATH_NOT_FOUND)
    if strange := next((file.path for file in files if _leads_out(file.path)), ""):
        what = f"{shown(strange)} leads out of the download's folder."
        raise Problem(Kind.REFUSED, what, "Nothing was imported.", cause=Reason.DANGEROUS_CONTENT)
    wanted = [file for file in files if file.wanted]
    expected, _ = sort([Found(file.path, file.size) for file in wanted])
    for file in expected:
        if file.role in _NEEDED:
            require_whole(folder, file)
    own = _own_folder(files)
    if not own or not stat.S_ISDIR((folder / own).lstat().st_mode):
        return scan_these(folder, [file.path for file in wanted])
    return scan(folder, below=own, without={file.path for file in files if not file.wanted})


def require_whole(folder: Path, file: Sorted) -> None:
    """A file of a download must be a whole regular file below its folder."""
    path, name = folder / file.path, shown(file.path)
    if not path.resolve().is_relative_to(folder.resolve()):
        what = f"{name} leads out of the download's folder."
        raise Problem(Kind.REFUSED, what, "Nothing was imported.", cause=Reason.DANGEROUS_CONTENT)
    try:
        found = path.lstat()
    except OSError as fault:
        what, why = f"{path} is not there.", "The client says it is finished."
        raise Problem(Kind.STORAGE, what, why, "Check it in the client.", cause=Reason.FILES_MISSING) from fault
    if not stat.S_ISREG(found.st_mode):
        what = f"{name} is not a regular file."
        raise Problem(Kind.REFUSED, what, "Nothing was imported.", cause=Reason.DANGEROUS_CONTENT)
    if found.st_size != file.size:
        why = f"It has {found.st_size:,} bytes of {file.size:,}."
        raise Problem(Kind.STORAGE, f"{path} is not whole.", why, "Let the client check it again.")


def features(found: Scan) -> list[Sorted]:
    """The videos that may be movies of their own, largest first: none is a mere extra of another."""
    videos = found.of(Role.MOVIE)
    return [file for file in videos if file.size >= videos[0].size * RIVAL]


def is_packed(found: Scan) -> bool:
    """Does the movie lie in an archive? A video beside it may be a trailer."""
    videos = found.of(Role.MOVIE, Role.PART)
    sizes = {file.path: file.size for file in found.files}
    packed = sum(sizes.get(path, 0) for archive in found.archives for path in archive.volumes)
    return bool(found.archives) and packed > sum(file.size for file in videos) and not found.of(Role.UNFINISHED)


def movie_in(found: Scan, title: str) -> Sorted:
    """The one video that is the movie. Raises ``Problem`` where there is none, or which it is cannot be told."""
    harmful = next((file for file in found.of(Role.DANGEROUS) if suffix(file.path) in WORST), None)
    if harmful is not None:
        why, todo = f"It holds {_name(harmful)}. {harmful.why}", "Remove it and take another release."
        what = f"{title} was not imported."
        raise Problem(Kind.REFUSED, what, why, todo, cause=Reason.DANGEROUS_CONTENT)
    if found.verdict:
        role = next((role for role in (Role.PART, Role.ARCHIVE, Role.DANGEROUS) if found.of(role)), None)
        cause = _CAUSES[role] if role else Reason.NO_VIDEO
        what = f"{title} holds no video that can be imported."
        raise Problem(Kind.REFUSED, what, found.verdict, "Remove it and take another release.", cause=cause)
    videos = features(found)
    if len(videos) > 1:
        names = ", ".join(_name(file) for file in videos[:3])
        what, why = f"{title} holds {len(videos)} videos.", f"Which one is the movie cannot be told: {names}."
        raise Problem(Kind.REFUSED, what, why, "Import the right one by hand.", cause=Reason.SEVERAL_MOVIES)
    return videos[0]


def given(path: Path) -> tuple[Scan, Sorted | None]:
    """A folder the user pointed at; or a file, with those that lie beside it under its name, and that file."""
    if not path.exists():
        raise Problem(Kind.NOT_FOUND, f"There is no file or folder {path}.", field="path")
    if path.is_dir():
        return scan(path), None
    beside = [name for name in os.listdir(path.parent) if name.startswith(path.stem) and name != path.name]  # noqa: PTH208  names are all that is needed
    found = scan_these(path.parent, [path.name, *(name for name in beside if side_kind(name) is not SideKind.EXTRA)])
    pointed = next(file for file in found.files if file.path == path.name)
    return found, pointed if pointed.role in (Role.MOVIE, Role.SAMPLE, Role.EXTRA) else None


def video_in(path: Path) -> Path:
    """The video of a file or folder the user pointed at."""
    found, pointed = given(path)
    return found.place(pointed or movie_in(found, path.name))


def _leads_out(path: str) -> bool:
    return path.startswith("/") or ".." in PurePosixPath(path).parts


def _own_folder(files: Sequence[DownloadFile]) -> str:
    """The folder that all files of a download lie in, and nobody else's; empty where there is none."""
    tops = {PurePosixPath(file.path).parts[0] for file in files if "/" in file.path}
    return tops.pop() if len(tops) == 1 and all("/" in file.path for file in files) else ""


def _name(file: Sorted) -> str:
    return shown(PurePosixPath(file.path).name)
