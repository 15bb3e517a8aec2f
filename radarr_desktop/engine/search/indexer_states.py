"""How each indexer is doing: its health, how it answered lately, and how far its feed was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from radarr_desktop.domain.feed import Place
from radarr_desktop.domain.indexer_tally import Tally, tally
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.plugins.politeness import IndexerLimits
from radarr_desktop.store import feeds
from radarr_desktop.store import tally as store
from radarr_desktop.store.database import Database

COUNTED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class IndexerState:
    """One that is set up."""

    id: int
    name: str
    enabled: bool
    priority: int
    """1 is the most preferred: the same torrent counts for it, and of equal releases its own is taken."""
    weight: int
    """Points that its releases have before freeleech and group count."""
    state: str
    """``ok``, ``failing``, ``broken`` (needs the user) or ``disabled``."""
    problem: str
    """As a sentence."""
    left_alone_until: datetime | None
    tally: Tally
    """Of the last seven days."""
    feed: Place | None
    """None: it was never looked at."""
    limits: IndexerLimits | None
    """What it was asked in the last hour, and what it may still be asked; None where it is off."""


class IndexerStates:
    """What is told of indexers."""

    def __init__(self, db: Database, plugins: PluginHost) -> None:
        self._db = db
        self._plugins = plugins

    async def all(self) -> list[IndexerState]:
        """Every indexer that is set up, most preferred first."""
        since = datetime.now(UTC) - COUNTED
        answers, places = await self._db.read(lambda: (store.since(since), feeds.places()))
        found = await self._plugins.instances(PluginKind.INDEXER)
        limits = {one.id: one for one in self._plugins.limits()}
        return [
            IndexerState(
                id=one.id,
                name=one.name,
                enabled=one.enabled,
                priority=one.priority,
                weight=_weight(one.settings),
                state=one.state,
                problem=one.problem,
                left_alone_until=one.disabled_until,
                tally=tally(answers.get(one.id, ())),
                feed=places.get(one.id),
                limits=limits.get(one.id),
            )
            for one in sorted(found, key=lambda one: (one.priority, one.id))
        ]

    async def forget_old(self) -> None:
        """Drop answers that count no more."""
        await self._db.run(lambda: store.forget(datetime.now(UTC) - COUNTED))


def _weight(settings: Mapping[str, Any]) -> int:
    told = settings.get("weight")  # of a plugin that has one of its own, it may be anything
    return told if isinstance(told, int) else 0
