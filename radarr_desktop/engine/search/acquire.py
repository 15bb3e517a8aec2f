"""The pipeline: from what indexers offer to a grab. RSS, search, pushed and dropped releases all enter here."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog

from radarr_desktop.domain.decision import Candidate, Outcome, Purpose, rank_key
from radarr_desktop.domain.events import ReleaseJudged
from radarr_desktop.domain.matching import Match
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.decisions.judge import Judge, Judged
from radarr_desktop.engine.decisions.reading import Reader
from radarr_desktop.engine.library.index import LibraryIndex
from radarr_desktop.engine.search.inspect import Inspected
from radarr_desktop.engine.search.looking import Looker
from radarr_desktop.engine.search.offers import Offer, candidates
from radarr_desktop.engine.search.sending import Sender
from radarr_desktop.engine.search.waiting import Waiting
from radarr_desktop.plugin_api import PluginError, RateLimited, Release, Unreachable
from radarr_desktop.store import movies as movie_store
from radarr_desktop.store.database import Database

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Acquired:
    """What came of one run of the pipeline."""

    found: int = 0
    accepted: int = 0
    grab: Grab | None = None
    """The last one taken."""
    problems: tuple[str, ...] = ()
    away: frozenset[int] = frozenset()
    """Ids of releases that were good enough, but their indexer could not be asked for the torrent."""

    @property
    def postponed(self) -> bool:
        """Was nothing taken that may be taken soon?"""
        return bool(self.away) and self.grab is None


class Pipeline:
    """Each step hands its result to the next; nothing flows back."""

    def __init__(
        self,
        db: Database,
        bus: Bus,
        looker: Looker,
        library: LibraryIndex,
        reader: Reader,
        judge: Judge,
        waiting: Waiting,
        sender: Sender,
    ) -> None:
        self._db = db
        self._bus = bus
        self._library = library
        self.looker = looker
        self._reader = reader
        self._judge = judge
        self._waiting = waiting
        self._sender = sender

    async def acquire(self, offers: Sequence[Offer], purpose: Purpose, *, movie: Movie | None = None) -> Acquired:
        """Run offers through the pipeline, for one searched movie or (None) the whole library."""
        found = await self.read(offers)
        problems = [offer.problem for offer in offers if offer.problem]
        wanted = [(movie, await self.doubted(movie, found))] if movie is not None else await self.match(found)
        acquired = await self.run(wanted, purpose)
        return replace(acquired, found=len(found), problems=(*problems, *acquired.problems))

    async def read(self, offers: Sequence[Offer]) -> list[Candidate]:
        """What indexers offered, each torrent once, with its name read."""
        return await candidates(offers, self._reader)

    async def run(
        self, wanted: Sequence[tuple[Movie, Sequence[Candidate]]], purpose: Purpose, *, seen: bool = True
    ) -> Acquired:
        """Judge what was found of each movie, then take the best of each or keep it for later."""
        accepted, taken = 0, None
        problems: list[str] = []
        away: frozenset[int] = frozenset()
        judged, known = await self.judge(wanted, purpose, seen=seen), await self._waiting.known()
        for (movie, _), theirs in zip(wanted, judged, strict=True):
            accepted += sum(each.verdict.accepted for each in theirs)
            taking, there = await self._take_best(movie, theirs), known.get(movie.slot.id, ())
            await self._waiting.settle(movie, theirs, taking.away, there, grabbed=taking.grab is not None)
            taken, problems, away = taking.grab or taken, [*problems, *taking.problems], away | taking.away
        found = sum(len(theirs) for _, theirs in wanted)
        return Acquired(found, accepted, taken, tuple(problems), away)

    async def judge(
        self, wanted: Sequence[tuple[Movie, Sequence[Candidate]]], purpose: Purpose, *, seen: bool = True
    ) -> list[list[Judged]]:
        """Evaluate and remember; of each movie the best first."""
        judged = await self._judge.judge_all(wanted, purpose, seen=seen)
        for (movie, _), theirs in zip(wanted, judged, strict=True):
            theirs.sort(key=lambda each: rank_key(each.candidate, each.verdict))
            for each in theirs:
                self._bus.publish(
                    ReleaseJudged(
                        correlation=correlation.current(),
                        movie_id=movie.id,
                        release_title=each.candidate.release.title,
                        outcome=each.verdict.outcome,
                        reason=next(iter(each.verdict.rejections), ""),
                    )
                )
            await asyncio.sleep(0)
        return judged

    async def take(self, movie: Movie, judged: Judged, *, by_user: bool, force: bool = False) -> Grab:
        """Inspect one judged release and grab it; ``force`` takes what was rejected."""
        inspected = await self.looker.look(movie, judged, force=force)
        if inspected.torrent is None or (inspected.check.outcome is not Outcome.ACCEPTED and not force):
            raise Problem(Kind.REFUSED, f"{judged.candidate.release.title} was not taken.", inspected.check.sentence)
        return await self.grab(movie, judged, inspected, by_user=by_user, alone=not force, look=not force)

    async def take_by_user(self, movie: Movie, judged: Judged, *, force: bool) -> Grab:
        """The same for what the user picked; what waits for this movie is looked at again."""
        grab = await self.take(movie, judged, by_user=True, force=force)
        there = (await self._waiting.known()).get(movie.slot.id, ())
        await self._waiting.settle(movie, [judged], (), there, grabbed=True)
        return grab

    async def grab(
        self, movie: Movie, judged: Judged, inspected: Inspected, *, by_user: bool, alone: bool, look: bool
    ) -> Grab:
        """Record that it is to be sent, then send it: a crash in between sends it again.

        ``look``: a magnet link is looked into as soon as its files are known, before they are fetched.
        """
        candidate, torrent = judged.candidate, inspected.torrent
        assert torrent is not None
        client = self._sender.client(torrent)
        grab = Grab(
            id=0,
            movie_id=movie.id,
            slot_id=movie.slot.id,
            release_id=candidate.release_id,
            client_id=client.id,
            title=candidate.release.title,
            hashes=torrent.hashes,
            parsed=candidate.parsed,
            score=judged.verdict.score,
            size=inspected.size or candidate.release.size,
            indexer=candidate.indexer,
            state=GrabState.SENDING,
            added=datetime.now(UTC),
            correlation=correlation.current(),
            by_user=by_user,
            flags=candidate.release.flags,
            private=inspected.private,
            unseen=look and not torrent.data,
        )
        beside = frozenset(one for each in judged.situation.queued for one in each.hashes) if alone else None
        return await self._sender.send_or_queue(await self._sender.record(grab, torrent, beside=beside))

    async def movie_of(self, parsed: ParsedRelease, release: Release | None = None) -> Match:
        """Which movie of the library a name means."""
        return (await self._library.current()).match(parsed, release)

    async def doubted(self, movie: Movie, found: Sequence[Candidate]) -> list[Candidate]:
        """What a search for one movie found; what may be of another one of the library as well is marked."""
        library = await self._library.current()
        marked = []
        for place, candidate in enumerate(found):
            if place % 100 == 99:
                await asyncio.sleep(0)
            match = library.match(candidate.parsed, candidate.release)
            doubtful = not match.movie_id and movie.id in match.choices
            marked.append(replace(candidate, doubt=match.doubt.value) if doubtful else candidate)
        return marked

    async def match(self, found: Sequence[Candidate]) -> list[tuple[Movie, list[Candidate]]]:
        """The movies of the library that releases are of; the rest is nobody's."""
        library = await self._library.current()
        groups: dict[int, list[Candidate]] = {}
        for place, candidate in enumerate(found):
            if place % 100 == 99:
                await asyncio.sleep(0)
            if movie_id := library.match(candidate.parsed, candidate.release).movie_id:
                groups.setdefault(movie_id, []).append(candidate)
        return await self.movies_of(groups) if groups else []

    async def movies_of(self, groups: Mapping[int, Sequence[Candidate]]) -> list[tuple[Movie, list[Candidate]]]:
        """Movies, by their ids, with what was found of them and what waits already: the best of both is taken."""
        waiting = await self._waiting.candidates()
        movies = await self._db.read(lambda: [movie_store.get(movie_id) for movie_id in groups])
        found = []
        for movie in movies:
            if movie is not None:
                there = {(each.indexer_id, each.release.guid) for each in groups[movie.id]}
                more = [one for one in waiting.get(movie.id, ()) if (one.indexer_id, one.release.guid) not in there]
                found.append((movie, [*groups[movie.id], *more]))
        return found

    async def _take_best(self, movie: Movie, judged: Sequence[Judged]) -> Acquired:
        """The best accepted release that also passes a look inside; an indexer that fails is not asked again."""
        problems: list[str] = []
        silent: set[int] = set()
        away: list[int] = []
        for each in judged:
            if not each.verdict.accepted:
                break
            if each.candidate.indexer_id in silent:
                away.append(each.candidate.release_id)
                continue
            try:
                self._sender.client()
                grab = await self.take(movie, each, by_user=False)
                return Acquired(grab=grab, problems=tuple(problems), away=frozenset(away))
            except (Problem, PluginError) as problem:
                log.info("release.passed_over", release=each.candidate.release.title, problem=str(problem))
                problems.append(str(problem))
                if isinstance(problem, Problem) and problem.kind is Kind.CONFLICT:
                    break  # nothing to do with this release: no client, or another one is on its way
                if isinstance(problem, Unreachable | RateLimited):
                    silent.add(each.candidate.indexer_id)
                    away.append(each.candidate.release_id)
        return Acquired(problems=tuple(problems), away=frozenset(away))
