"""Releases that are taken later, unless something better comes: rows that survive a restart, judged again when due."""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Sequence
from datetime import UTC, datetime, timedelta

from radarr_desktop.domain.decision import Candidate
from radarr_desktop.domain.decision.checks.later import ready_at
from radarr_desktop.domain.events import Event, GrabFailed, MovieChanged, PluginsChanged, QueueChanged, RulesChanged
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Pending, PendingReason, StoredRelease
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.decisions.judge import Judged
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.store import pending as store
from radarr_desktop.store.database import Database
from radarr_desktop.store.kept import Kept

JOB = "pending"
AWAY_PAUSE = timedelta(minutes=5)
"""After which a torrent that could not be fetched is tried again."""
KEPT = timedelta(days=14)


class Waiting:
    """What waits, and when it is looked at again. The judging itself is the pipeline's."""

    def __init__(self, db: Database, bus: Bus, jobs: Jobs) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._every = Kept(db, store.every)
        self._is_empty = False
        """Was nothing found at the last look, and nothing put off since? Every change of a movie asks."""
        bus.subscribe(MovieChanged, self._changed)
        bus.subscribe(GrabFailed, self._changed)
        bus.subscribe(RulesChanged, self._changed)
        bus.subscribe(PluginsChanged, self._changed)

    async def all(self, movie_id: int = 0) -> Sequence[Pending]:
        """What waits, of one movie or (0) of all, oldest first."""
        return await (self._db.read(lambda: store.of_movie(movie_id)) if movie_id else self._every.get())

    async def get(self, pending_id: int) -> Pending:
        """One of them."""
        found = await self._db.read(lambda: store.get(pending_id))
        if found is None:
            raise Problem(Kind.NOT_FOUND, f"Nothing waits under the number {pending_id} any more.")
        return found

    async def forget(self, found: Pending) -> None:
        """It waits no more."""
        await self._db.run(lambda: store.forget(found.slot_id, [found.release.id]))
        self._bus.publish(QueueChanged())

    async def forget_old(self) -> None:
        """Drop what has waited for two weeks: nobody has it any more."""
        await self._db.run(lambda: store.forget_before(datetime.now(UTC) - KEPT))

    async def known(self) -> dict[int, set[int]]:
        """Ids of the releases that wait, by slot."""
        return await self._db.read(store.known)

    async def settle(
        self, movie: Movie, judged: Sequence[Judged], away: Collection[int], known: Collection[int], *, grabbed: bool
    ) -> None:
        """After a movie's releases were judged: keep what waits, drop what was taken or refused.

        ``away`` are the ids of those that could not be fetched, ``known`` of those that waited already.
        """
        now = datetime.now(UTC)
        keep: dict[int, tuple[PendingReason, datetime]] = {}
        for each in judged:
            id_ = each.candidate.release_id
            if each.verdict.waits and not grabbed:
                keep[id_] = (PendingReason.DELAY, ready_at(each.candidate, each.situation))
            elif id_ in away and not grabbed:
                keep[id_] = (PendingReason.AWAY, now + AWAY_PAUSE)
        gone = set(known) & ({each.candidate.release_id for each in judged} - set(keep))
        if not keep and not known:
            return
        self._is_empty = self._is_empty and not keep

        def work() -> None:
            store.forget(movie.slot.id, gone)
            for id_, (reason, due) in keep.items():
                store.put_off(movie.slot.id, id_, reason, now, max(due, now))

        await self._db.run(work)
        self._is_empty = self._is_empty and not keep
        if gone or set(keep) - set(known):
            self._bus.publish(QueueChanged(correlation=correlation.current()))
        if keep:
            await self._look_again(movie.id, min(due for _, due in keep.values()))
        elif grabbed and set(known) - gone:
            await self._look_again(movie.id, now)

    async def candidates(self, movie_id: int = 0) -> dict[int, list[Candidate]]:
        """What waits as the pipeline takes it, by movie."""
        found: dict[int, list[Candidate]] = {}
        for each in await self.all(movie_id):
            found.setdefault(each.movie_id, []).append(candidate_of(each.release))
        return found

    def _changed(self, event: Event) -> Awaitable[None] | None:
        """Something it is judged by is different now."""
        if self._is_empty or (isinstance(event, PluginsChanged) and event.kind != "indexer"):
            return None
        return self._judge_again(event.movie_id if isinstance(event, MovieChanged | GrabFailed) else 0)

    async def _judge_again(self, movie_id: int) -> None:
        """All that waits, or (a movie's id) what waits of it."""
        self._is_empty = True  # what is put off during the look takes it back
        waiting = await self.all()
        self._is_empty = self._is_empty and not waiting
        for each in {one.movie_id for one in waiting if movie_id in (0, one.movie_id)}:
            await self._look_again(each, datetime.now(UTC))

    async def _look_again(self, movie_id: int, at: datetime) -> None:
        pause = max(0.0, (at - datetime.now(UTC)).total_seconds())
        # at once means after this: a job that runs already may have read what was before
        moment = at.replace(second=0, microsecond=0) if pause else at
        payload = {"movie_id": movie_id, "at": moment.isoformat()}
        await self._jobs.enqueue(JOB, payload, delay=pause, priority=1)


def candidate_of(stored: StoredRelease) -> Candidate:
    """A release as it was remembered."""
    return Candidate(
        stored.release, stored.parsed, stored.indexer_id, stored.indexer, stored.indexer_priority, stored.id
    )
