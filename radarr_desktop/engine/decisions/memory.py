"""Forgetting: verdicts and releases that are older than the user wants to keep go, a few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import releases, verdicts
from radarr_desktop.store.database import Database

AT_ONCE = 2000
"""Rows removed in one transaction: others want to write meanwhile."""

log = structlog.get_logger(__name__)


class Memory:
    """What was decided long ago."""

    def __init__(self, db: Database, settings: AppSettings) -> None:
        self._db = db
        self._settings = settings

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
