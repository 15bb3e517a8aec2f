"""A movie that lies in an archive: unpacked beside the library, gone again when it has its place there."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.imports.scan import Scan, scan
from radarr_desktop.engine.imports.volumes import ArchiveSet
from radarr_desktop.engine.journal import disk

FOLDER = ".radarr-desktop-unpacked"
"""In the root folder, so that what comes out gets its place by a link and not by another copy."""
_OURS = re.compile(r"(download|by-hand)-\d")
"""The keys of downloads and of imports by hand."""
MOST_ARCHIVES = 4
"""The movie, and subtitles that are packed by themselves."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def unpacked(
    found: Scan, root: Path, key: str, *, allowed: bool, keep_free: int, progress: Callable[[int, int], None]
) -> AsyncIterator[Scan]:
    """What comes out of a download's archives, for as long as it is needed. ``progress`` gets bytes, and of how many.

    ``root`` must have been proven to be the disk it should be. Raises ``Problem`` when the largest cannot be unpacked.
    """
    # here: ctypes and zipfile, which a program that unpacks nothing never needs
    from radarr_desktop.engine.imports.archives import unpack
    from radarr_desktop.engine.imports.unpacker import Bounds

    sizes = {file.path: file.size for file in found.files}
    archives = sorted(found.archives, key=lambda one: -_size(one, sizes))[:MOST_ARCHIVES]
    total, before = sum(_size(one, sizes) for one in archives), 0
    folder = root / FOLDER / key
    try:
        await asyncio.to_thread(_made_anew, folder, root)
        for number, archive in enumerate(archives):
            far = before

            def tell(done: int, far: int = far) -> None:
                progress(min(far + done, total), total)

            try:
                bounds = Bounds(keep_free=keep_free)
                place = folder / str(number)
                await unpack(found.root, archive, place, allowed=allowed, bounds=bounds, progress=tell)
            except Problem as problem:
                if number == 0:
                    raise
                log.info("archive.left", archive=archive.first, problem=str(problem))
            before += _size(archive, sizes)
        yield await asyncio.to_thread(scan, folder)
    finally:
        await asyncio.shield(asyncio.to_thread(_remove, folder))


def sweep(root: Path, needed: Collection[str]) -> None:
    """At the start: take away what a crash left of unpacked archives, but for files that an open change still needs.

    The call blocks.
    """
    if (root / FOLDER).is_symlink():
        return  # it leads to what is not ours
    with contextlib.suppress(OSError):
        for folder in (root / FOLDER).iterdir():
            if _OURS.match(folder.name) and not any(Path(path).is_relative_to(folder) for path in needed):
                log.info("archive.swept", folder=str(folder))
                _remove(folder)


def _made_anew(folder: Path, root: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    try:
        disk.make_folders(folder, root, [])
    except OSError as fault:
        raise disk.problem_of(fault, root, folder / "movie") from fault


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        folder.parent.rmdir()


def _size(archive: ArchiveSet, sizes: dict[str, int]) -> int:
    return sum(sizes.get(path, 0) for path in archive.volumes)
