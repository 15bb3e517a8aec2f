"""The newest releases of every indexer: each looked at in its own time, and read back to where it was left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from radarr_desktop.domain.events import FeedMissed
from radarr_desktop.domain.feed import Place, gap, place_of, reaches
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.plugins.host import Live
from radarr_desktop.engine.search.asking import Asking, terms_of
from radarr_desktop.engine.search.offers import Offer
from radarr_desktop.plugin_api import Indexer, Release
from radarr_desktop.store import feeds as store
from radarr_desktop.store.database import Database

MOST_PAGES = 10
"""Pages that one look goes back: what is further is searched movie by movie."""
TOLD = timedelta(days=1)
"""So long a gap is told."""
SLACK = timedelta(minutes=1)
"""A look may come so much early: timers are not exact."""

log = structlog.get_logger(__name__)


class Feeds:
    """Looks at feeds; what was read counts once it has gone through the pipeline (``read``)."""

    def __init__(self, db: Database, bus: Bus, asking: Asking) -> None:
        self._db = db
        self._bus = bus
        self._asking = asking

    async def places(self) -> dict[int, Place]:
        """How far each indexer's feed was read."""
        return await self._db.read(store.places)

    async def missed(self) -> list[str]:
        """What may have been missed in the last day, as sentences."""
        since = datetime.now(UTC) - TOLD
        return [one.missed for one in (await self.places()).values() if one.missed_at and one.missed_at > since]

    async def due(self) -> list[Live[Indexer[Any]]]:
        """The indexers whose time has come."""
        places, now = await self.places(), datetime.now(UTC)
        return [live for live in self._asking.feeds() if _is_due(live, places.get(live.id), now)]

    async def look(self, indexers: Sequence[Live[Indexer[Any]]] | None = None) -> list[tuple[Offer, Place | None]]:
        """What is new in each feed (None: of all), and how far it will then have been read."""
        places = await self.places()
        chosen = self._asking.feeds() if indexers is None else indexers
        return list(await asyncio.gather(*(self._look(live, places.get(live.id)) for live in chosen)))

    async def read(self, looked: Sequence[tuple[Offer, Place | None]]) -> None:
        """What was looked at has been dealt with: the next look goes back to here."""
        done = [(offer.indexer, place) for offer, place in looked if place is not None]

        def work() -> None:
            for live, place in done:
                store.put(live.id, place)

        await self._db.run(work)
        for live, place in done:
            if place.missed_at == place.at:
                log.warning("feed.missed", indexer=live.name, problem=place.missed)
                self._bus.publish(
                    FeedMissed(correlation=correlation.current(), indexer=live.name, problem=place.missed)
                )

    async def _look(self, live: Live[Indexer[Any]], before: Place | None) -> tuple[Offer, Place | None]:
        now = datetime.now(UTC)
        offer = await self._asking.feed(live, lambda plugin: plugin.recent())
        if offer.problem:
            return offer, None
        found = list(offer.releases)
        if before is None or not before.guids or not found or reaches(before, found):
            return offer, place_of(found, now, before)
        return await self._back(offer, found, before, now)

    async def _back(
        self, offer: Offer, newest: list[Release], before: Place, now: datetime
    ) -> tuple[Offer, Place | None]:
        """Page back until the last look's newest; a page that does not come is asked for again at the next look."""
        live, found, page = offer.indexer, list(newest), 0
        while page < MOST_PAGES:
            page += 1
            older = await self._asking.feed(live, _page(page))
            if older.problem:
                return replace(offer, releases=tuple(found)), None
            if not older.releases:
                page -= 1
                break
            found += older.releases
            if reaches(before, older.releases):
                return replace(offer, releases=tuple(found)), place_of(newest, now, before)
        told = gap(live.name, before, found, pages=page)
        place = replace(place_of(newest, now, before), missed=told, missed_at=now)
        return replace(offer, releases=tuple(found)), place


def _page(number: int) -> Callable[[Indexer[Any]], Awaitable[Sequence[Release]]]:
    return lambda plugin: plugin.older(number)


def _is_due(live: Live[Indexer[Any]], place: Place | None, now: datetime) -> bool:
    pause = timedelta(minutes=terms_of(live).feed_minutes)
    return place is None or place.at > now or place.at + pause <= now + SLACK
