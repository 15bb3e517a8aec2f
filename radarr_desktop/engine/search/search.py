"""The verbs of searching: for one movie, by hand, the feeds, what was dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import structlog

from radarr_desktop.domain.decision import Candidate, Outcome, Verdict
from radarr_desktop.domain.events import IndexerAnswered, SearchFinished, SearchStarted
from radarr_desktop.domain.movie import Movie, is_available
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, StoredRelease
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.decisions.judge import Judge, Judged
from radarr_desktop.engine.decisions.reading import Reader
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.engine.plugins.host import Live, PluginHost, problem_of
from radarr_desktop.engine.search.acquire import Acquired, Pipeline
from radarr_desktop.engine.search.inspect import look_into
from radarr_desktop.engine.search.offers import Offer, candidates, told_by
from radarr_desktop.plugin_api import Indexer, PluginError, Query, Release
from radarr_desktop.store import movies as movie_store
from radarr_desktop.store import releases as store
from radarr_desktop.store.database import Database

DROPPED = "dropped by you"
_FINAL = frozenset({"movie", "quality", "size", "blocklist", "contents"})
"""Checks whose answer about a release stays what it is; seeders, queue and calendar change by themselves."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Dropped:
    """What came of a dropped torrent: a grab, or movies to choose from."""

    name: str
    grab: Grab | None = None
    movie: Movie | None = None
    choices: tuple[Movie, ...] = ()
    doubt: str = ""
    """Why it is not sure which of them, as a sentence."""


class Search:
    """Everything that makes the pipeline run."""

    def __init__(
        self,
        db: Database,
        bus: Bus,
        jobs: Jobs,
        plugins: PluginHost,
        movies: Movies,
        reader: Reader,
        judge: Judge,
        pipeline: Pipeline,
    ) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._plugins = plugins
        self._movies = movies
        self._reader = reader
        self._judge = judge
        self._pipeline = pipeline
        jobs.handle("search_movie", self._search_job)
        jobs.handle("search_missing", self._missing_job)
        jobs.handle("feed", self._feed_job)

    async def run(self, movie_id: int, *, by_user: bool = True) -> Acquired:
        """Search a movie on all indexers and take the best release, if one is good enough."""
        with correlation.correlated():
            movie = await self._movies.get(movie_id)
            offers = await self._ask_all(movie)
            acquired = await self._pipeline.acquire(offers, movie=movie, by_user=by_user)
            await self._searched(movie, acquired)
            if not acquired.found and acquired.problems and len(acquired.problems) == len(offers):
                raise Problem(Kind.UNREACHABLE, f"{movie.title} could not be searched.", " ".join(acquired.problems))
            if acquired.postponed and acquired.grab is None:
                what = f"The release of {movie.title} that was chosen could not be fetched."
                raise Problem(Kind.UNREACHABLE, what, " ".join(acquired.problems), "It is tried again.")
            return acquired

    async def releases(self, movie_id: int) -> list[StoredRelease]:
        """Search a movie and show everything found, judged, best first; nothing is taken."""
        with correlation.correlated():
            movie = await self._movies.get(movie_id)
            offers = await self._ask_all(movie)
            found = await candidates(offers, self._reader)
            judged = await self._pipeline.judge(movie, found, by_user=True)
            problems = tuple(offer.problem for offer in offers if offer.problem)
            await self._searched(movie, Acquired(len(found), sum(each.verdict.accepted for each in judged)))
            if not found and problems and len(problems) == len(offers):
                raise Problem(Kind.UNREACHABLE, f"{movie.title} could not be searched.", " ".join(problems))
            order = {each.candidate.release_id: place for place, each in enumerate(judged)}
            stored = await self._db.read(lambda: [store.get(id_, movie_id) for id_ in order])
            return [release for release in stored if release is not None]

    async def feed(self) -> Acquired:
        """Run the newest releases of every indexer through the pipeline; what cannot change is passed over."""
        with correlation.correlated():
            offers = await self._gather(None, lambda plugin: plugin.recent())
            return await self._pipeline.acquire([await self._undecided(offer) for offer in offers])

    async def grab(self, release_id: int, movie_id: int, *, force: bool = False) -> Grab:
        """Take this release; ``force`` although it was rejected."""
        with correlation.correlated():
            movie = await self._movies.get(movie_id)
            stored = await self._db.read(lambda: store.get(release_id, movie_id))
            if stored is None:
                raise Problem(Kind.NOT_FOUND, "This release is not known.", todo="Search again.")
            judged = await self._judge_one(movie, stored)
            if not judged.verdict.accepted and not force:
                why = " ".join(judged.verdict.rejections)
                raise Problem(Kind.REFUSED, f"{stored.release.title} was not taken.", why, "Grab it anyway?")
            try:
                return await self._pipeline.take(movie, judged, by_user=True, force=force)
            except PluginError as error:
                raise problem_of(error) from error

    async def drop(self, item: bytes | str, *, movie_id: int = 0) -> Dropped:
        """Take a .torrent or a magnet link the user has: match it, judge it, grab it."""
        looked = look_into(item, "")
        if looked.torrent is None or looked.check.outcome is not Outcome.ACCEPTED:
            raise Problem(Kind.BAD_INPUT, "This cannot be downloaded.", looked.check.sentence)
        torrent = looked.torrent
        parsed = parse_release(torrent.name)
        if movie_id:
            movie = await self._movies.get(movie_id)
        else:
            match = await self._pipeline.movie_of(parsed)
            if not match.movie_id:
                choices = [await self._movies.get(each) for each in match.choices]
                return Dropped(torrent.name, choices=tuple(choices), doubt=match.doubt)
            movie = await self._movies.get(match.movie_id)
        with correlation.correlated():
            digest = torrent.hashes[0]
            release = Release(
                f"dropped-{digest}", torrent.name, size=looked.size, info_hash=digest if len(digest) == 40 else ""
            )
            judged = await self._judge.judge(movie, [Candidate(release, parsed, 0, DROPPED)], by_user=True)
            grab = await self._pipeline.grab(movie, judged[0], looked, by_user=True, alone=False)
        return Dropped(torrent.name, grab, movie)

    async def _judge_one(self, movie: Movie, stored: StoredRelease) -> Judged:
        priority = await self._db.read(lambda: store.priority_of(stored.id))
        candidate = Candidate(stored.release, stored.parsed, stored.indexer_id, stored.indexer, priority)
        return (await self._judge.judge(movie, [candidate], by_user=True))[0]

    async def _ask_all(self, movie: Movie) -> list[Offer]:
        info = movie.info
        query = Query(info.title, info.year, info.imdb_id, info.tmdb_id)
        indexers = self._plugins.indexers()
        if not indexers:
            why, todo = "No indexer is set up.", "Add one in the settings."
            raise Problem(Kind.CONFLICT, f"{movie.title} cannot be searched.", why, todo)
        names = tuple(live.name for live in indexers)
        self._bus.publish(
            SearchStarted(correlation=correlation.current(), movie_id=movie.id, title=movie.title, indexers=names)
        )
        return await self._gather(movie.id, lambda plugin: plugin.search(query))

    async def _gather(self, movie_id: int | None, question: Callable[[Indexer[Any]], Awaitable[Any]]) -> list[Offer]:
        async def one(live: Live[Indexer[Any]]) -> Offer:
            try:
                offer = Offer(live, tuple(await self._plugins.call(live, question)))
            except PluginError as error:
                log.warning("indexer.failed", indexer=live.name, problem=str(error))
                offer = Offer(live, problem=told_by(live, error))
            self._bus.publish(
                IndexerAnswered(
                    correlation=correlation.current(),
                    movie_id=movie_id,
                    indexer=live.name,
                    releases=len(offer.releases),
                    problem=offer.problem,
                )
            )
            return offer

        return list(await asyncio.gather(*(one(live) for live in self._plugins.indexers())))

    async def _undecided(self, offer: Offer) -> Offer:
        """Without what was rejected for good. The rest may have been in the way of a crash, or come out meanwhile."""
        guids = [release.guid for release in offer.releases]
        decided = await self._db.read(lambda: store.newest_verdicts(offer.indexer.id, guids))
        done = {guid for guid, verdicts in decided.items() if verdicts and all(map(_is_final, verdicts))}
        return replace(offer, releases=tuple(one for one in offer.releases if one.guid not in done))

    async def _searched(self, movie: Movie, acquired: Acquired) -> None:
        await self._db.run(lambda: movie_store.searched(movie.id, datetime.now(UTC)))
        taken = acquired.grab.title if acquired.grab else ""
        log.info("search.finished", movie=movie.title, found=acquired.found, taken=taken)
        self._bus.publish(
            SearchFinished(
                correlation=correlation.current(),
                movie_id=movie.id,
                found=acquired.found,
                accepted=acquired.accepted,
                grabbed=taken,
            )
        )

    async def _search_job(self, payload: Mapping[str, Any]) -> None:
        await self.run(int(payload["movie_id"]), by_user=bool(payload.get("by_user", False)))

    async def _missing_job(self, payload: Mapping[str, Any]) -> None:
        today = datetime.now(UTC).date()
        for movie in await self._movies.all():
            if movie.monitored and movie.file is None and is_available(movie, today):
                await self._jobs.enqueue(
                    "search_movie", {"movie_id": movie.id}, priority=-10, correlation_id=correlation.new()
                )

    async def _feed_job(self, payload: Mapping[str, Any]) -> None:
        await self.feed()


def _is_final(verdict: Verdict) -> bool:
    return any(check.name in _FINAL and check.outcome is Outcome.REJECTED for check in verdict.checks)
