"""Statistics of the releases that were seen or collected lately; counted aside where they are many."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.statistics import ReleaseStatistics, Tallies
from radarr_desktop.engine.decisions.aside import Aside
from radarr_desktop.engine.reputation.report import report
from radarr_desktop.engine.reputation.reputations import Reputations
from radarr_desktop.store import seen as store
from radarr_desktop.store.database import Database

USUAL_DAYS = 180
IN_A_THREAD = 500
"""Releases counted in this process; for more the other one is worth its start."""
BATCH = 2000

_parsed = msgspec.json.Decoder(ParsedRelease)


class Statistics:
    """Asked by people, seldom: nothing is kept."""

    def __init__(self, db: Database, aside: Aside, reputations: Reputations) -> None:
        self._db = db
        self._aside = aside
        self._reputations = reputations

    async def seen(self, days: int = USUAL_DAYS) -> ReleaseStatistics:
        """What the releases of these days were like."""
        since = datetime.now(UTC) - timedelta(days=days)
        rows = await self._db.read(lambda: store.names(since))
        tallies = Tallies()
        if len(rows) <= IN_A_THREAD:
            tallies.add(await asyncio.to_thread(_counted, rows))
            return tallies.statistics(days)
        for start in range(0, len(rows), BATCH):
            tallies.add(await self._aside.run(_counted, rows[start : start + BATCH]))
        return await asyncio.to_thread(tallies.statistics, days)

    async def report(self, days: int = USUAL_DAYS) -> str:
        """The same with the groups' reputation, as a page of HTML that needs nothing else."""
        statistics, groups = await self.seen(days), await self._reputations.groups()
        return await asyncio.to_thread(report, statistics, groups, datetime.now(UTC))


def _counted(rows: Sequence[tuple[Any, ...]]) -> Tallies:
    tallies = Tallies()
    for parsed, size, minutes in rows:
        tallies.count(_parsed.decode(parsed), size, minutes)
    return tallies.packed()
