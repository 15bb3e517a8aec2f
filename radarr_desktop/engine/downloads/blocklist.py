"""The verbs of the blocklist, and how a failure gets onto it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from radarr_desktop.domain.blocklist import Blocked, FailureStatistics, Scope, Subject
from radarr_desktop.domain.events import BlocklistChanged, RulesChanged
from radarr_desktop.domain.failures import Failure, Reason
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab
from radarr_desktop.domain.terms import TermError, check_term
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import blocklist as store
from radarr_desktop.store import failures, movies
from radarr_desktop.store.database import Database

BY_USER = "Blocked by you."
LONGEST_VALUE = 1000
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class BlockedPage:
    """Some entries, and how many there are in all."""

    entries: list[Blocked]
    total: int


class Blocklist:
    """What is never taken, or not for a while."""

    def __init__(self, db: Database, bus: Bus, jobs: Jobs, settings: AppSettings) -> None:
        self._db = db
        jobs.handle("clear_blocklist", self._clear)
        self._bus = bus
        self._settings = settings

    async def all(self, movie_id: int = 0) -> list[Blocked]:
        """Every entry, or those that hold for one movie; newest first."""
        return await self._db.read(lambda: store.all_of(movie_id))

    async def page(
        self,
        *,
        page: int = 1,
        page_size: int = 50,
        sort: str = "date",
        descends: bool = True,
        movie_ids: Sequence[int] = (),
    ) -> BlockedPage:
        """One page; the first is 1."""
        offset = (max(1, page) - 1) * page_size
        entries, total = await self._db.read(
            lambda: store.page(offset=offset, limit=page_size, sort=sort, descends=descends, movie_ids=movie_ids)
        )
        return BlockedPage(entries, total)

    async def add(
        self, scope: Scope, value: str, *, movie_id: int = 0, reason: str = "", days: int | None = None
    ) -> Blocked:
        """Block a release's name, a hash, a group or a pattern: for one movie or (0) all, for some days or for good."""
        value = _checked(scope, value)
        if days is not None and not 1 <= days <= 36_500:
            raise Problem(Kind.BAD_INPUT, f"{days:,} days cannot be meant.", "It goes from 1 to 36,500.", field="days")
        if movie_id and await self._db.read(lambda: movies.get(movie_id)) is None:
            raise Problem(Kind.NOT_FOUND, f"There is no movie {movie_id}.", field="movie_id")
        now = datetime.now(UTC)
        entry = Blocked(
            id=0,
            movie_id=movie_id,
            title=value,
            reason=reason.strip()[:LONGEST_VALUE] or BY_USER,
            added=now,
            scope=scope,
            info_hash=value if scope is Scope.HASH else "",
            group=value if scope is Scope.GROUP else "",
            pattern=value if scope is Scope.PATTERN else "",
            cause=Reason.MANUALLY_REJECTED.value,
            expires=None if days is None else now + timedelta(days=days),
        )
        added = await self._db.run(lambda: store.put(entry))
        log.info("blocklist.added", scope=scope.value, value=value)
        self._changed()
        return added

    async def remove(self, *ids: int) -> None:
        """Let what these entries are about be taken again; raises a ``Problem`` for those that are not there."""
        there = await self._db.run(lambda: store.remove(ids))
        if there:
            self._changed()
        if missing := sorted(set(ids) - set(there)):
            raise Problem(Kind.NOT_FOUND, f"There is no entry {missing[0]} on the blocklist.")

    async def clear(self) -> int:
        """Let everything be taken again; how many entries there were."""
        gone = await self._db.run(store.clear)
        self._changed()
        return gone

    async def _clear(self, payload: Mapping[str, Any]) -> None:
        await self.clear()

    async def statistics(self, days: int = 90) -> FailureStatistics:
        """What failed in the last days, by reason, group, indexer and day."""
        now = datetime.now(UTC)
        since = (now - timedelta(days=max(1, days) - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return await self._db.read(lambda: failures.statistics(since, now))

    async def expire(self) -> int:
        """Drop the entries whose time is over, and failures nobody remembers; how many entries were."""
        now = datetime.now(UTC)
        before = now - timedelta(days=(await self._settings.memory()).keep_days)

        def work() -> int:
            failures.forget(before)
            return store.expire(now)

        gone = await self._db.run(work)
        if gone:
            log.info("blocklist.expired", count=gone)
            self._changed()
        return gone

    def _changed(self) -> None:
        self._bus.publish(BlocklistChanged())
        self._bus.publish(RulesChanged())


def remember(failure: Failure, subject: Subject, now: datetime, *, block: bool = True) -> Blocked | None:
    """In the transaction that makes it a fact: count a failure, and block the release if its strategy says so."""
    attempts = failures.count(failure, subject) + 1
    blocks = block and failure.strategy.block is not None
    failures.add(failure, subject, now, blocked=blocks)
    if not blocks:
        return None
    return store.put(
        Blocked(
            id=0,
            movie_id=subject.movie_id,
            title=subject.title,
            reason=failure.sentence,
            added=now,
            info_hash=subject.info_hash,
            indexer=subject.indexer,
            group=subject.group,
            cause=failure.code,
            attempts=attempts,
            expires=failure.strategy.blocked_until(attempts, now),
            automatic=failure.reason is not Reason.MANUALLY_REJECTED,
        )
    )


def subject_of(grab: Grab, client: str = "") -> Subject:
    """What of a grab is remembered when it fails."""
    return Subject(grab.movie_id, grab.title, short_hash(grab.hashes), grab.indexer, grab.parsed.group, client, grab.id)


def short_hash(hashes: Iterable[str]) -> str:
    """The hash that indexers tell, of those a torrent has; empty where it has none of that kind."""
    return next((one for one in hashes if len(one) == 40), "")


def _checked(scope: Scope, value: str) -> str:
    """The value as it is kept; raises a ``Problem`` for one that cannot be looked for."""
    value = value.strip()
    if not value or len(value) > LONGEST_VALUE:
        what = "There is nothing to block." if not value else f"{len(value):,} characters are too many."
        raise Problem(Kind.BAD_INPUT, what, todo="Give a name, a hash, a group or a pattern.", field="value")
    if scope is Scope.HASH:
        value = value.lower()
        if not _HASH.fullmatch(value):
            why = "A torrent's hash has 40 digits, or 64, of 0 to 9 and a to f."
            raise Problem(Kind.BAD_INPUT, f"{value[:80]} is no hash.", why, field="value")
        return value[:40]
    if scope is Scope.PATTERN:
        try:
            check_term(value)
        except TermError as fault:
            raise Problem(Kind.BAD_INPUT, str(fault), field="value") from None
    return value
