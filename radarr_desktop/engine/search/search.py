"""The verbs of searching: for one movie, by hand, the feeds, what waits, what was dropped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import structlog

from radarr_desktop.domain.blocklist import Subject
from radarr_desktop.domain.decision import Candidate, Outcome, Purpose, Verdict
from radarr_desktop.domain.events import BlocklistChanged, ReleasesFound, RulesChanged, SearchFinished
from radarr_desktop.domain.failures import Failure, Reason
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, StoredRelease
from radarr_desktop.engine import correlation
from radarr_desktop.engine.budget import Urgency, urgency
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.decisions.judge import Judge
from radarr_desktop.engine.downloads.blocklist import BY_USER, remember
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.engine.plugins.host import problem_of
from radarr_desktop.engine.search import waiting
from radarr_desktop.engine.search.acquire import Acquired, Pipeline
from radarr_desktop.engine.search.asking import Asking
from radarr_desktop.engine.search.feeds import Feeds
from radarr_desktop.engine.search.offers import Met, Offer
from radarr_desktop.engine.search.turns import Turns
from radarr_desktop.plugin_api import PluginError, Release
from radarr_desktop.store import movies as movie_store
from radarr_desktop.store import releases as store
from radarr_desktop.store.database import Database

DROPPED = "dropped by you"
_FINAL = frozenset({"sample", "contents"})
"""Checks whose answer about a release stays what it is; all others hang on rules, the library, or the time."""

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
    against: tuple[str, ...] = ()
    """Why it would not have been taken by itself; it also replaces a better file."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A release of an indexer's feed, and the movie it is of."""

    release: StoredRelease
    movie: Movie


class Search:
    """Everything that makes the pipeline run."""

    def __init__(
        self,
        db: Database,
        bus: Bus,
        jobs: Jobs,
        asking: Asking,
        turns: Turns,
        movies: Movies,
        judge: Judge,
        pipeline: Pipeline,
    ) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._asking = asking
        self._turns = turns
        self.feeds = Feeds(db, bus, asking)
        self._movies = movies
        self._judge = judge
        self._pipeline = pipeline
        jobs.handle("search_movie", self._search_job)
        jobs.handle("feed", self._feed_job)
        jobs.handle("due_feeds", self._due_feeds_job)
        jobs.handle(waiting.JOB, self._waiting_job)

    async def run(self, movie_id: int, *, by_user: bool = True) -> Acquired:
        """Search a movie on all indexers and take the best release, if one is good enough."""
        with correlation.correlated():
            movie = await self._movies.get(movie_id)
            acquired, offers = await self._run(movie, Purpose.USER if by_user else Purpose.SEARCH)
            if not acquired.found and acquired.problems and len(acquired.problems) == len(offers):
                raise Problem(Kind.UNREACHABLE, f"{movie.title} could not be searched.", " ".join(acquired.problems))
            if acquired.postponed:
                what = f"The release of {movie.title} that was chosen could not be fetched."
                raise Problem(Kind.UNREACHABLE, what, " ".join(acquired.problems), "It is tried again.")
            return acquired

    async def by_itself(self, movie_id: int, indexers: Collection[int]) -> frozenset[int]:
        """The same for the backlog, on these indexers alone; the ids of those that answered."""
        movie = await self._movies.get(movie_id)
        _, offers = await self._run(movie, Purpose.SEARCH, indexers)
        return _answered(offers)

    async def _run(
        self, movie: Movie, purpose: Purpose, only: Collection[int] | None = None
    ) -> tuple[Acquired, list[Offer]]:
        offers = [offer async for offer in self._asking.about(movie, only)]
        acquired = await self._pipeline.acquire(offers, purpose, movie=movie)
        await self._turns.searched(movie, _answered(offers))
        await self._searched(movie, acquired)
        return acquired, offers

    async def releases(self, movie_id: int) -> list[StoredRelease]:
        """Search a movie and show everything found, judged, best first; nothing is taken.

        Each indexer's part is told as it comes (``ReleasesFound``); cancelled, what was judged stays remembered.
        """
        with correlation.correlated():
            movie = await self._movies.get(movie_id)
            found: list[StoredRelease] = []
            problems, asked = [], 0
            async for offer in self._asking.about(movie, picking=True):
                theirs = await self._judged(movie, offer)
                found += theirs
                asked += 1
                problems += [offer.problem] if offer.problem else []
                self._bus.publish(
                    ReleasesFound(
                        correlation=correlation.current(),
                        movie_id=movie.id,
                        indexer=offer.indexer.name,
                        releases=tuple(theirs),
                        problem=offer.problem,
                        again=offer.again,
                    )
                )
            found = sorted(_each_once(found), key=_rank)
            accepted = sum(bool(each.verdict and each.verdict.accepted) for each in found)
            await self._searched(movie, Acquired(len(found), accepted))
            if not found and len(problems) == asked:
                raise Problem(Kind.UNREACHABLE, f"{movie.title} could not be searched.", " ".join(problems))
            return found

    async def recent(self) -> list[Recent]:
        """The newest releases of every indexer that are of movies of the library, judged; nothing is taken."""
        with correlation.correlated():
            offers = [offer for offer, _ in await self.feeds.look()]
            wanted = await self._pipeline.match(await self._pipeline.read(offers))
            judged = await self._pipeline.judge(wanted, Purpose.RECENT)
            places = [
                (movie, each.candidate.release_id)
                for (movie, _), theirs in zip(wanted, judged, strict=True)
                for each in theirs
            ]
            stored = await self._db.read(lambda: [store.get(release_id, movie.id) for movie, release_id in places])
            return [Recent(each, movie) for each, (movie, _) in zip(stored, places, strict=True) if each]

    async def feed(self, *, due: bool = False) -> Acquired:
        """Run what is new on every indexer (``due``: whose time has come) through the pipeline.

        What cannot change is passed over.
        """
        with correlation.correlated():
            looked = await self.feeds.look(await self.feeds.due() if due else None)
            offers = [await self._undecided(offer) for offer, _ in looked]
            acquired = await self._pipeline.acquire(offers, Purpose.RECENT)
            await self.feeds.read(looked)
            return acquired

    async def grab(self, release_id: int, movie_id: int, *, force: bool = False) -> Grab:
        """Take this release; ``force`` although it was rejected."""
        with correlation.correlated():
            movie = await self._movies.get(movie_id)
            stored = await self._db.read(lambda: store.get(release_id, movie_id))
            if stored is None:
                raise Problem(Kind.NOT_FOUND, "This release is not known.", todo="Search again.")
            (judged,) = await self._judge.judge(movie, [waiting.candidate_of(stored)], Purpose.USER)
            if not judged.verdict.accepted and not force:
                why = " ".join(judged.verdict.rejections)
                raise Problem(Kind.REFUSED, f"{stored.release.title} was not taken.", why, "Grab it anyway?")
            try:
                return await self._pipeline.take_by_user(movie, judged, force=force)
            except PluginError as error:
                raise problem_of(error) from error

    async def drop(self, item: bytes | str, *, movie_id: int = 0) -> Dropped:
        """Take a .torrent or a magnet link the user has: match it, judge it, grab it."""
        looked = await self._pipeline.looker.given(item)
        several = bool(movie_id) and looked.reason is Reason.SEVERAL_MOVIES  # the user knows what it is
        if looked.torrent is None or (looked.check.outcome is not Outcome.ACCEPTED and not several):
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
            (judged,) = await self._judge.judge(movie, [Candidate(release, parsed, 0, DROPPED)], Purpose.USER)
            grab = await self._pipeline.grab(movie, judged, looked, by_user=True, alone=False, look=True)
        return Dropped(torrent.name, grab, movie, against=tuple(judged.verdict.rejections))

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
        movie_id, by_user = int(payload["movie_id"]), bool(payload.get("by_user", False))
        if not payload.get("many"):
            await self.run(movie_id, by_user=by_user)
            return
        self._asking.postpone(await self._movies.get(movie_id))
        with urgency(Urgency.BACKLOG):
            await self.run(movie_id, by_user=by_user)

    async def _feed_job(self, payload: Mapping[str, Any]) -> None:
        await self.feed()

    async def _due_feeds_job(self, payload: Mapping[str, Any]) -> None:
        await self.feed(due=True)

    async def _waiting_job(self, payload: Mapping[str, Any]) -> None:
        """What waits of one movie is judged again."""
        await self._pipeline.run(await self._pipeline.movies_of({int(payload["movie_id"]): []}), Purpose.RECENT)

    async def movie_of(self, parsed: ParsedRelease) -> Movie | None:
        """The movie of the library that a name surely means."""
        match = await self._pipeline.movie_of(parsed)
        return await self._movies.get(match.movie_id) if match.movie_id else None

    async def block(self, release_id: int, movie_id: int, reason: str = BY_USER) -> None:
        """Never take this release for this movie."""
        stored = await self._db.read(lambda: store.get(release_id, movie_id))
        if stored is None:
            raise Problem(Kind.NOT_FOUND, "This release is not known.", todo="Search again.")
        release, now, failure = stored.release, datetime.now(UTC), Failure(Reason.MANUALLY_REJECTED, reason)
        subject = Subject(movie_id, release.title, release.info_hash, stored.indexer, stored.parsed.group)
        await self._db.run(lambda: remember(failure, subject, now))
        await self._judge.judge(await self._movies.get(movie_id), [waiting.candidate_of(stored)], Purpose.USER)
        self._bus.publish(BlocklistChanged())
        self._bus.publish(RulesChanged())

    async def _judged(self, movie: Movie, offer: Offer) -> list[StoredRelease]:
        if not offer.releases:  # nobody who found something waits for it
            return []
        found = await self._pipeline.doubted(movie, await self._pipeline.read([offer]))
        (judged,) = await self._pipeline.judge([(movie, found)], Purpose.USER)
        ids = [each.candidate.release_id for each in judged]
        return await self._db.read(lambda: store.some(ids, movie.id))


def _answered(offers: Sequence[Offer]) -> frozenset[int]:
    return frozenset(offer.indexer.id for offer in offers if offer.answered)


def _is_final(verdict: Verdict) -> bool:
    return any(check.name in _FINAL and check.outcome is Outcome.REJECTED for check in verdict.checks)


def _rank(stored: StoredRelease) -> tuple[bool, tuple[int, ...], str]:
    verdict = stored.verdict
    order = verdict.order if verdict else ()
    return (not (verdict and verdict.accepted), tuple(-points for points in order), stored.release.title)


def _each_once(found: Sequence[StoredRelease]) -> list[StoredRelease]:
    """The same torrent on two indexers counts for the preferred one."""
    met = Met()
    preferred = sorted(found, key=lambda one: (one.indexer_priority, one.indexer_id))
    return [each for each in preferred if met.first(each.release, each.indexer_id)]
