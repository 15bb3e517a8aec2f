"""The next best of the releases that are stored already: taken when a download fails, without asking any indexer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog

from radarr_desktop.domain import amounts
from radarr_desktop.domain.blocklist import Blocks
from radarr_desktop.domain.decision import Candidate, Purpose, Situation, Verdict, rank_key
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.records import Grab, GrabState, StoredRelease
from radarr_desktop.engine import correlation
from radarr_desktop.engine.decisions.judge import Judge
from radarr_desktop.engine.downloads.ending import NEXT
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.search.acquire import Acquired, Pipeline
from radarr_desktop.engine.search.waiting import candidate_of
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import grabs, movies, releases
from radarr_desktop.store.database import Database

_ENDED = frozenset({GrabState.FAILED, GrabState.LOST, GrabState.REMOVED})

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class NextBest:
    """What would be taken if a download failed now."""

    release: StoredRelease
    of: int
    """How many stored releases there are to choose from."""
    sentence: str


class NextBestReleases:
    """Judges what is stored as of now: verdicts of then may be wrong today."""

    def __init__(self, db: Database, jobs: Jobs, settings: AppSettings, judge: Judge, pipeline: Pipeline) -> None:
        self._db = db
        self._jobs = jobs
        self._settings = settings
        self._judge = judge
        self._pipeline = pipeline
        jobs.handle(NEXT, self._job)

    async def look(self, grab: Grab) -> NextBest | None:
        """What would be taken; nothing is changed or remembered."""
        movie = await self._movie(grab)
        stored = await self._stored(grab)
        if movie is None or not stored:
            return None
        candidates = [candidate_of(one) for one in stored]
        judged = await self._judge.if_(movie, candidates, _purpose(grab), lambda now: _without(now, grab))
        good: list[tuple[Candidate, Verdict]] = [pair for pair in judged if pair[1].accepted]
        if not good:
            return None
        best, verdict = min(good, key=lambda pair: rank_key(*pair))
        release = next(one for one in stored if one.id == best.release_id)
        return NextBest(replace(release, verdict=verdict), len(stored), _sentence(release, len(stored)))

    async def take(self, grab: Grab) -> Acquired:
        """Take it, unless something newer is on its way for the same slot or arrived there."""
        movie = await self._movie(grab)
        if movie is None or await self._db.read(lambda: _is_followed(grab)):
            return Acquired()
        found = [candidate_of(one) for one in await self._stored(grab)]
        acquired = await self._pipeline.run([(movie, found)], _purpose(grab), seen=False)
        if acquired.grab is not None:
            log.info("next_best.taken", failed=grab.title, taken=acquired.grab.title, of=len(found))
        return acquired

    async def _job(self, payload: Mapping[str, Any]) -> None:
        grab = await self._db.read(lambda: grabs.get(payload["grab_id"]))
        if grab is None or await self._db.read(lambda: _is_followed(grab)):
            return
        with correlation.correlated(grab.correlation):
            acquired = await self.take(grab)
            if acquired.grab is None and not acquired.away and (await self._settings.downloads()).search_again:
                log.info("next_best.none", failed=grab.title, stored=acquired.found)
                search = {"movie_id": grab.movie_id, "by_user": grab.by_user}
                await self._jobs.enqueue("search_movie", search, correlation_id=grab.correlation)

    async def _movie(self, grab: Grab) -> Movie | None:
        """With the one slot that the grab was for."""
        movie = await self._db.read(lambda: movies.get(grab.movie_id))
        slot = next((each for each in movie.slots if each.id == grab.slot_id), None) if movie else None
        return replace(movie, slots=(slot,)) if movie and slot else None

    async def _stored(self, grab: Grab) -> Sequence[StoredRelease]:
        """All that was ever seen of the movie, but for the release itself."""
        stored = await self._db.read(lambda: releases.of_movie(grab.movie_id))
        hashes = {one[:40] for one in grab.hashes}
        return [one for one in stored if one.id != grab.release_id and one.release.info_hash not in hashes]


def _purpose(grab: Grab) -> Purpose:
    """What the user picked is followed by what the user would be given."""
    return Purpose.USER if grab.by_user else Purpose.SEARCH


def _is_followed(grab: Grab) -> bool:
    """Is there a newer grab for the same slot that did not end badly?"""
    return any(
        one.slot_id == grab.slot_id and one.id > grab.id and one.state not in _ENDED
        for one in grabs.of_movie(grab.movie_id)
    )


def _without(situation: Situation, grab: Grab) -> Situation:
    """As if the grab had failed."""
    hashes = {one[:40] for one in grab.hashes}
    queued = tuple(one for one in situation.queued if hashes.isdisjoint(one.hashes))
    blocked: Blocks = replace(situation.blocked, hashes=situation.blocked.hashes | hashes)
    return replace(situation, queued=queued, blocked=blocked, last_grab=None)


def _sentence(stored: StoredRelease, count: int) -> str:
    release = stored.release
    who = stored.parsed.group or release.title
    seeds = "" if release.seeders is None else f", {release.seeders:,}\N{NO-BREAK SPACE}seeds"
    size = f", {amounts.size(release.size)}" if release.size else ""
    of = f"The next best of {count} stored releases" if count > 1 else "The only other stored release"
    return f"{of} is {who}{size}{seeds}."
