"""The reputation of every group, in memory, and the events behind it."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog

from radarr_desktop.domain.events import (
    BlocklistChanged,
    Event,
    GrabFailed,
    MovieImported,
    OperationDone,
    OperationUndone,
    ReleaseInspected,
    ReputationChanged,
)
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import Quality
from radarr_desktop.domain.reputation.evidence import Evidence
from radarr_desktop.domain.reputation.groups import group_names
from radarr_desktop.domain.reputation.standing import Reputation, Standing, add_up, reputation_of
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.reputation import reading
from radarr_desktop.store import evidence
from radarr_desktop.store.database import Database

JOB = "gather_evidence"
log = structlog.get_logger(__name__)

_TELLING = (MovieImported, GrabFailed, ReleaseInspected, OperationDone, OperationUndone, BlocklistChanged)
"""What may have made evidence."""
SETTLING = 0.2
"""Seconds: of many imports at once each tells twice."""
AT_ONCE = 200
"""Rows read in one transaction: others want to write meanwhile."""


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """A group, and how it stands for each quality that it has events of."""

    name: str
    """The key it is known by."""
    written: str
    """As it is written most."""
    events: int
    last: datetime
    qualities: tuple[tuple[Quality, Standing], ...]


class Reputations:
    """Told by what happens, never by looking again at what did not change."""

    def __init__(self, db: Database, bus: Bus, jobs: Jobs) -> None:
        self.current = Reputation()
        """As of now: whoever decides takes it once, and so judges all by the same."""
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._gathering = asyncio.Lock()
        self._is_told = False
        jobs.handle(JOB, self._job)
        for event in _TELLING:
            bus.subscribe(event, self._happened)

    async def start(self) -> None:
        """Read what is known; what happened without us having looked (an older version) is a job."""
        await self.refresh()
        if await self._db.read(_is_behind):
            await self._jobs.enqueue(JOB, priority=-10)

    async def refresh(self) -> None:
        """Weigh all events anew: they fade from day to day."""
        now = datetime.now(UTC)
        self.current = await self._db.read(lambda: add_up(evidence.facts(), now))

    async def gather(self) -> int:
        """Read what happened since the last time; how many events that were."""
        new: list[Evidence] = []
        async with self._gathering:
            taken_back = False
            while await self._db.read(_is_behind):
                some, back = await self._db.run(_some)
                new += some
                taken_back = taken_back or back
            if taken_back:
                await self.refresh()
            else:
                self.current = self.current.joined_by(reputation_of(new, datetime.now(UTC)))
        if new or taken_back:
            self._bus.publish(ReputationChanged())
        return len(new)

    async def groups(self) -> list[GroupStanding]:
        """Every group of which something is known, most events first."""
        known = self.current
        return await self._db.read(lambda: _groups(known, evidence.every()))

    async def events(self, group: str) -> list[Evidence]:
        """What a group's reputation is made of, newest first; ``group`` in any spelling. Raises ``Problem``."""
        names = group_names(group)
        found = await self._db.read(lambda: evidence.of_group(names[0])) if len(names) == 1 else []
        if not found:
            raise Problem(Kind.NOT_FOUND, f"Nothing has happened yet with releases of {group or 'no group'}.")
        return found

    def _happened(self, event: Event) -> Awaitable[None] | None:
        """Soon, and once for all that happens until then."""
        if self._is_told:
            return None
        self._is_told = True
        return self._gather_soon()

    async def _gather_soon(self) -> None:
        await asyncio.sleep(SETTLING)
        self._is_told = False
        try:
            await self.gather()
        except Problem as problem:  # nothing is lost: it is read with what happens next
            log.info("reputation.not_gathered", problem=str(problem))

    async def _job(self, payload: Mapping[str, Any]) -> None:
        await self.gather()


def _is_behind() -> bool:
    """Is there a row that tells something and was not read yet?"""
    return any(evidence.newer(source, last, 1) for source, last in evidence.marks().items())


def _some() -> tuple[list[Evidence], bool]:
    """Read some rows of each source: the events they made, and whether others were taken back."""
    new: list[Evidence] = []
    taken_back = False
    for source, last in evidence.marks().items():
        end = evidence.newest(source)
        if end == last:
            continue
        rows = evidence.newer(source, last, AT_ONCE)
        for row in rows:
            events, back = reading.take_in(source, row)
            new += events
            taken_back = taken_back or back
        evidence.mark(source, rows[-1][0] if len(rows) == AT_ONCE else end)
    return new, taken_back


def _groups(known: Reputation, events: Sequence[Evidence]) -> list[GroupStanding]:
    last: dict[str, datetime] = {}
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        for name in event.names:
            last[name] = event.at
            written[name][event.group if len(event.names) == 1 else name] += 1
    counts = {name: sum(tally.events for tally in known.groups[name].values()) for name in known.groups}
    found = [
        GroupStanding(name, written[name].most_common(1)[0][0], counts[name], last[name], _qualities(known, name))
        for name in known.groups
        if name in last
    ]
    return sorted(found, key=lambda group: (-group.events, group.name))


def _qualities(known: Reputation, name: str) -> tuple[tuple[Quality, Standing], ...]:
    return tuple((quality, known.standing(name, quality)) for quality in known.qualities(name))
