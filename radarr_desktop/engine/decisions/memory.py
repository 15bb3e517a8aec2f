"""Keeping the memory fit: what is too old is forgotten, what an older program read out of names is read again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from radarr_desktop.engine.decisions.reading import Reader
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import releases, verdicts
from radarr_desktop.store import settings as store
from radarr_desktop.store.database import Database

AT_ONCE = 2000
"""Rows changed in one transaction: others want to write meanwhile."""
READ_BY = "names_read_by"
"""Setting: the version of the program that read the stored names."""

log = structlog.get_logger(__name__)


class Memory:
    """What was decided long ago."""

    def __init__(self, db: Database, settings: AppSettings, reader: Reader, version: str) -> None:
        self._db = db
        self._settings = settings
        self._reader = reader
        self._version = version

    async def read_anew(self) -> None:
        """Once with every new version of the program: it may know more of names than the one before."""
        if await self._db.read(lambda: store.get(READ_BY)) == self._version:
            return
        last = 0
        while some := await self._db.read(partial(releases.names, last, AT_ONCE)):
            parsed = await self._reader.read([title for _, title in some])
            read = [(id_, one) for (id_, _), one in zip(some, parsed, strict=True)]
            await self._db.run(partial(releases.read_again, read))
            last = some[-1][0]
        await self._db.run(lambda: store.put(READ_BY, self._version))
        log.info("memory.read_anew", version=self._version)

    async def forget(self) -> int:
        """Drop what is too old; how many verdicts that were."""
        before = datetime.now(UTC) - timedelta(days=(await self._settings.memory()).keep_days)
        gone = await self._all(lambda: verdicts.forget(before, AT_ONCE))
        await self._db.run(lambda: verdicts.forget_shared(before))
        unseen = await self._all(lambda: releases.forget(before, AT_ONCE))
        if gone or unseen:
            log.info("memory.forgot", verdicts=gone, releases=unseen)
        return gone

    async def _all(self, some: Callable[[], int]) -> int:
        gone = 0
        while count := await self._db.run(some):
            gone += count
            await asyncio.sleep(0)
        return gone
