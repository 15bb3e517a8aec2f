"""Indexers are asked here, all at once; each answers for itself."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from datetime import UTC, datetime
from typing import Any

import structlog

from radarr_desktop.domain.blocklist import Subject
from radarr_desktop.domain.events import IndexerAnswered, SearchStarted
from radarr_desktop.domain.failure_reading import of_error
from radarr_desktop.domain.failures import Failure, Reason
from radarr_desktop.domain.indexer_tally import Answer
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine import correlation
from radarr_desktop.engine.attempts import Postponed
from radarr_desktop.engine.budget import OverBudget, Urgency, urgency
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.plugins.host import CALL_LIMIT, Live, PluginHost
from radarr_desktop.engine.search.hindrance import LOOKS, hindrance, waits
from radarr_desktop.engine.search.offers import Offer, told_by
from radarr_desktop.plugin_api import Indexer, IndexerSettings, NotFound, PluginError, Query, Rejected
from radarr_desktop.store import failures, tally
from radarr_desktop.store.database import Database

GRACE = 0.25
"""Seconds between the end of an indexer's call and the end of waiting for it: what it came to is still heard."""

Places = tuple[tuple[int, frozenset[int]], ...]
"""Ids of indexers that are asked when movies are searched, with the tags of each, most preferred first."""

log = structlog.get_logger(__name__)


class Asking:
    """Questions to all indexers."""

    def __init__(self, db: Database, bus: Bus, plugins: PluginHost) -> None:
        self._db = db
        self._bus = bus
        self._plugins = plugins
        self._late: set[asyncio.Task[Offer]] = set()
        """Still asked, for decisions that were made without them: what comes of it counts for the indexer alone."""

    async def about(
        self, movie: Movie, only: Collection[int] | None = None, *, picking: bool = False
    ) -> AsyncIterator[Offer]:
        """What each has of a movie, as the answers come; ``only`` those with these ids, None: all that are for it.

        ``picking``: the user chooses among what is found.

        Each may take as long as its user has patience with it. One that is slower still counts while another one is
        waited for. Closing it stops those that still search.
        """
        indexers = (
            self._for(movie, picking=picking)
            if only is None
            else [live for live in self._plugins.indexers() if live.id in only]
        )
        info = movie.info
        query = Query(info.title, info.year, info.imdb_id, info.tmdb_id)
        names = tuple(live.name for live in indexers)
        self._bus.publish(
            SearchStarted(correlation=correlation.current(), movie_id=movie.id, title=movie.title, indexers=names)
        )
        most = max((patience_of(live) for live in indexers), default=0.0)
        waited = {
            asyncio.create_task(self._one(live, "search", lambda plugin: plugin.search(query), movie, most)): live
            for live in indexers
        }
        try:
            async for offer in _in_time(waited):
                yield offer
        except (GeneratorExit, asyncio.CancelledError):
            for task in waited:
                task.cancel()
            raise
        self._late.update(waited)
        for task in waited:
            task.add_done_callback(self._late.discard)

    def postpone(self, movie: Movie) -> None:
        """Raise ``Postponed`` where a search that is in no hurry has to wait: for one of the movie's indexers, or
        for a client that could fetch what is found."""
        if held := hindrance(self._plugins):
            raise Postponed(LOOKS, waits(held))
        able = [live for live in self._for(movie) if not math.isinf(live.wait(Urgency.BACKLOG))]
        booked = {live.name: live.book() for live in able}
        seconds = max(booked.values(), default=0.0)
        if seconds > 0:
            names = ", ".join(name for name, wait in booked.items() if wait > 0)
            raise Postponed(seconds, f"It waits for {names}, to keep within the requests an hour.")

    async def feed(self, live: Live[Indexer[Any]], question: Callable[[Indexer[Any]], Awaitable[Any]]) -> Offer:
        """A page of an indexer's newest releases."""
        with urgency(Urgency.FEED):
            return await self._one(live, "feed", question)

    async def stop(self) -> None:
        """Wait for nobody any more."""
        for task in list(self._late):
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    def feeds(self) -> list[Live[Indexer[Any]]]:
        """All whose newest releases are followed, most preferred first."""
        return [live for live in self._plugins.indexers() if terms_of(live).feed]

    def ids_for(self, movie: Movie, *, picking: bool = False) -> list[int]:
        """Ids of the indexers that are asked about a movie."""
        return ids_among(self.places(picking=picking), movie)

    def places(self, *, picking: bool = False) -> Places:
        """What ``ids_among`` needs to know, to be asked anywhere."""
        return tuple((live.id, frozenset(live.stored.tags)) for live in self.searched(picking=picking))

    def searched(self, *, picking: bool = False) -> list[Live[Indexer[Any]]]:
        """All that are asked when movies are searched, most preferred first; ``picking``: for the user to choose."""
        terms = [(live, terms_of(live)) for live in self._plugins.indexers()]
        return [live for live, one in terms if (one.interactive_search if picking else one.automatic_search)]

    def _for(self, movie: Movie, *, picking: bool = False) -> list[Live[Indexer[Any]]]:
        ids = self.ids_for(movie, picking=picking)
        if not ids:
            why, todo = "No indexer is set up.", "Add one in the settings."
            if self.searched(picking=picking):
                why, todo = "No indexer has one of its tags.", "Give an indexer one of them, or none at all."
            elif self._plugins.indexers():
                why, todo = "No indexer is on for such a search.", "Switch that on in an indexer's settings."
            raise Problem(Kind.CONFLICT, f"{movie.title} cannot be searched.", why, todo)
        return [live for live in self._plugins.indexers() if live.id in ids]

    async def _one(
        self,
        live: Live[Indexer[Any]],
        kind: str,
        question: Callable[[Indexer[Any]], Awaitable[Any]],
        movie: Movie | None = None,
        limit: float = CALL_LIMIT,
    ) -> Offer:
        left_alone, began, error = live.guard.is_open(), time.monotonic(), None
        try:
            offer = Offer(live, tuple(await self._plugins.call(live, question, limit=limit)))
        except PluginError as fault:
            error = fault
            log.warning("indexer.failed", indexer=live.name, problem=str(fault))
            refused = isinstance(fault, NotFound | Rejected)
            offer = Offer(live, tuple(fault.found), problem=told_by(live, fault), refused=refused)
        is_asked = not isinstance(error, OverBudget) or bool(offer.releases)
        if not left_alone and is_asked:  # that it is not asked is no failure of its own
            answer = Answer(datetime.now(UTC), kind, time.monotonic() - began, len(offer.releases), offer.problem)
            await self._note(live, answer, error)
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

    async def _note(self, live: Live[Indexer[Any]], answer: Answer, error: PluginError | None) -> None:
        """Count it; an indexer that was removed meanwhile has no statistics any more."""

        def work() -> None:
            tally.add(live.id, answer)
            if error is not None:
                reason = Reason.SERVER_ERROR if isinstance(error, NotFound | Rejected) else of_error(error)
                failure, subject = Failure(reason, str(error)), Subject(0, "", indexer=live.name)
                failures.add(failure, subject, answer.at, blocked=False)

        await self._db.run(work)


async def _in_time(asked: dict[asyncio.Task[Offer], Live[Indexer[Any]]]) -> AsyncIterator[Offer]:
    """Answers as they come, until nobody is left whom anybody has patience with; these stay in ``asked``."""
    began = time.monotonic()
    while asked:
        longest = max(patience_of(live) for live in asked.values()) + GRACE
        done, _ = await asyncio.wait(
            asked, timeout=max(0.0, began + longest - time.monotonic()), return_when=asyncio.FIRST_COMPLETED
        )
        for task in done:
            del asked[task]
            yield await task
        if not done:
            break
    for live in asked.values():
        yield Offer(live, problem=f"{live.name} did not answer within {patience_of(live):g} s.")


def ids_among(places: Places, movie: Movie) -> list[int]:
    """Those of them that are for a movie: one with tags is only for movies with one of them."""
    return [id_ for id_, tags in places if not tags or not tags.isdisjoint(movie.tags)]


def terms_of(live: Live[Indexer[Any]]) -> IndexerSettings:
    """What its user wants of an indexer; those that do not ask have what is usual."""
    settings = live.plugin.settings
    return settings if isinstance(settings, IndexerSettings) else IndexerSettings()


def patience_of(live: Live[Indexer[Any]]) -> float:
    """Seconds a search waits for it."""
    return float(terms_of(live).patience)
