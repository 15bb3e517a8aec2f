"""From the files of a download to a movie that may be imported: unpacked where it must be, and looked into."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from radarr_desktop.domain.events import ImportProgressed
from radarr_desktop.domain.media import MediaFacts
from radarr_desktop.domain.movie import Slot
from radarr_desktop.domain.records import Grab
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.imports.choose import is_packed, look
from radarr_desktop.engine.imports.examine import examined
from radarr_desktop.engine.imports.finished import FinishedDownloads
from radarr_desktop.engine.imports.probe import Prober
from radarr_desktop.engine.imports.roles import Sorted
from radarr_desktop.engine.imports.scan import Scan
from radarr_desktop.engine.imports.unpacking import unpacked
from radarr_desktop.engine.library import presence
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Arrived:
    """A finished download, by its client's name for it, and its files."""

    name: str
    scan: Scan


@dataclass(frozen=True, slots=True)
class Opened:
    """The files of a download, and the archive that they came out of, if they did."""

    scan: Scan
    archive: Path | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """One video that was looked into, among the files it came with."""

    scan: Scan
    video: Sorted
    media: MediaFacts | None
    origin: Path
    """Where it came from: the archive it was in, or its own place."""

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.scan.place(self.video)


class Features:
    """Opens downloads and looks into their videos."""

    def __init__(
        self, db: Database, bus: Bus, settings: AppSettings, prober: Prober, finished: FinishedDownloads
    ) -> None:
        self._db = db
        self._bus = bus
        self._settings = settings
        self._prober = prober
        self._finished = finished
        self._unpacking = asyncio.Lock()
        """One archive after the other: disks like it."""

    async def finished(self, grab: Grab) -> Arrived | None:
        """What its client has fetched; None while it has not finished, or does not know it yet."""
        finished = await self._finished.of(grab)
        if finished is None:
            return None
        return Arrived(finished.name, await asyncio.to_thread(look, finished.folder, finished.files))

    @asynccontextmanager
    async def opened(
        self, found: Scan, slot: Slot, key: str, *, movie_id: int, grab_id: int | None = None
    ) -> AsyncIterator[Opened]:
        """The files; where the movie is packed, what comes out of the archives, for as long as that is needed."""
        if not is_packed(found):
            yield Opened(found)
            return
        root, settings, id_ = Path(slot.root_folder), await self._settings.media(), correlation.current()
        await presence.check(self._db, root)
        archive = found.root / found.archives[0].first

        def tell(done: int, size: int) -> None:
            self._bus.publish(
                ImportProgressed(
                    correlation=id_,
                    movie_id=movie_id,
                    grab_id=grab_id,
                    path=str(archive),
                    step="unpack",
                    done=done,
                    size=size,
                )
            )

        keep_free = settings.minimum_free_mb << 20
        what_comes_out = unpacked(found, root, key, allowed=settings.unpack, keep_free=keep_free, progress=tell)
        async with AsyncExitStack() as stack:
            async with self._unpacking:
                scan = await stack.enter_async_context(what_comes_out)
            yield Opened(scan, archive)

    async def look_into(self, opened: Opened, video: Sorted, *, minutes: int) -> Feature:
        """Raises ``Problem`` for what is no whole movie; ``minutes`` as in ``examined``."""
        path = opened.scan.place(video)
        media = await examined(self._prober, path, minutes=minutes)
        return Feature(opened.scan, video, media, opened.archive or path)
