"""Indexers are asked here, all at once; each answers for itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import structlog

from radarr_desktop.domain.blocklist import Subject
from radarr_desktop.domain.events import IndexerAnswered, SearchStarted
from radarr_desktop.domain.failure_reading import of_error
from radarr_desktop.domain.failures import Failure
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.engine.search.offers import Offer, told_by
from radarr_desktop.plugin_api import Indexer, PluginError, Query
from radarr_desktop.store import failures
from radarr_desktop.store.database import Database

log = structlog.get_logger(__name__)


class Asking:
    """Questions to all indexers."""

    def __init__(self, db: Database, bus: Bus, plugins: PluginHost) -> None:
        self._db = db
        self._bus = bus
        self._plugins = plugins

    async def about(self, movie: Movie) -> AsyncIterator[Offer]:
        """What each has of a movie, as the answers come. Closing it stops those that still search."""
        info = movie.info
        query = Query(info.title, info.year, info.imdb_id, info.tmdb_id)
        indexers = self._for(movie)
        if not indexers:
            why, todo = "No indexer is set up.", "Add one in the settings."
            if self._plugins.indexers():
                why, todo = "No indexer has one of its tags.", "Give an indexer one of them, or none at all."
            raise Problem(Kind.CONFLICT, f"{movie.title} cannot be searched.", why, todo)
        names = tuple(live.name for live in indexers)
        self._bus.publish(
            SearchStarted(correlation=correlation.current(), movie_id=movie.id, title=movie.title, indexers=names)
        )
        asked = [asyncio.create_task(self._one(live, lambda plugin: plugin.search(query), movie)) for live in indexers]
        try:
            for answer in asyncio.as_completed(asked):
                yield await answer
        finally:
            for task in asked:
                task.cancel()

    async def recent(self) -> list[Offer]:
        """The newest releases of each."""
        indexers = self._plugins.indexers()
        return list(await asyncio.gather(*(self._one(live, lambda plugin: plugin.recent()) for live in indexers)))

    async def _count(self, live: Live[Indexer[Any]], error: PluginError) -> None:
        failure, subject = Failure(of_error(error), str(error)), Subject(0, "", indexer=live.name)
        await self._db.run(lambda: failures.add(failure, subject, datetime.now(UTC), blocked=False))

    def _for(self, movie: Movie) -> list[Live[Indexer[Any]]]:
        """An indexer with tags is only for movies with one of them."""
        ours = set(movie.tags)
        return [live for live in self._plugins.indexers() if not live.stored.tags or ours & set(live.stored.tags)]

    async def _one(
        self,
        live: Live[Indexer[Any]],
        question: Callable[[Indexer[Any]], Awaitable[Any]],
        movie: Movie | None = None,
    ) -> Offer:
        left_alone = live.guard.is_open()
        try:
            offer = Offer(live, tuple(await self._plugins.call(live, question)))
        except PluginError as error:
            log.warning("indexer.failed", indexer=live.name, problem=str(error))
            if not left_alone:  # that it is asked nothing for a while is no failure of its own
                await self._count(live, error)
            offer = Offer(live, problem=told_by(live, error))
        self._bus.publish(
            IndexerAnswered(
                correlation=correlation.current(),
                movie_id=movie.id if movie else None,
                indexer=live.name,
                releases=len(offer.releases),
                problem=offer.problem,
            )
        )
        return offer
