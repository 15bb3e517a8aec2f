"""Choose the movie among a download's files. The calls block."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

from radarr_desktop.domain.decision.contents import rivals, videos
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.torrent import TorrentEntry
from radarr_desktop.plugin_api import DownloadFile


def choose_video(folder: Path, files: Sequence[DownloadFile], title: str) -> Path:
    """The one video of a finished download: no sample or extra, whole, and inside the download's folder."""
    wanted = [TorrentEntry(file.path, file.size) for file in files if file.wanted]
    found = videos(wanted)
    if not found:
        names = ", ".join(entry.path for entry in wanted[:3]) or "nothing"
        what = f"{title} holds no video."
        raise Problem(Kind.REFUSED, what, f"It holds {names}.", "Remove it and try the next release.")
    if others := rivals(found):
        names = ", ".join(entry.path for entry in (found[0], *others)[:3])
        why = f"Which one is the movie cannot be told: {names}."
        raise Problem(Kind.REFUSED, f"{title} holds {len(others) + 1} videos.", why, "Import the right one by hand.")
    return checked(folder, found[0])


def checked(folder: Path, entry: TorrentEntry) -> Path:
    """A file of a download, proven to be a whole regular file below its folder."""
    path = folder / entry.path
    if not folder.is_absolute() or not folder.is_dir():
        why = "The client may run elsewhere and call the folder by another name."
        raise Problem(Kind.STORAGE, f"{folder} cannot be found here.", why, "Check the client's folder.")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Problem(Kind.REFUSED, f"{entry.path} leads out of the download's folder.", "Nothing was imported.")
    try:
        found = path.lstat()
    except OSError as fault:
        what = f"{path} is not there."
        raise Problem(Kind.STORAGE, what, "The client says it is finished.", "Check it in the client.") from fault
    if not stat.S_ISREG(found.st_mode):
        raise Problem(Kind.REFUSED, f"{entry.path} is not a regular file.", "Nothing was imported.")
    if found.st_size != entry.size:
        why = f"It has {found.st_size:,} bytes of {entry.size:,}."
        raise Problem(Kind.STORAGE, f"{path} is not whole.", why, "Let the client check it again.")
    return path


def video_in(path: Path) -> Path:
    """The video of a file or folder the user pointed at."""
    if path.is_file():
        return checked(path.parent, TorrentEntry(path.name, path.stat().st_size))
    if not path.is_dir():
        raise Problem(Kind.NOT_FOUND, f"There is no file or folder {path}.", field="path")
    files = [
        DownloadFile(found.relative_to(path).as_posix(), found.stat().st_size)
        for found in path.rglob("*")
        if found.is_file() and not found.is_symlink()
    ]
    return choose_video(path, files, path.name)
