"""What becomes of a finished download that is not imported: left to seed, waited for, given up, or shown to people."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog

from radarr_desktop.domain.events import ImportBlocked, QueueChanged
from radarr_desktop.domain.failure_reading import of_problem
from radarr_desktop.domain.failures import Blame, Failure, Reason
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, GrabState, HistoryEntry, HistoryKind
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.downloads.blocklist import remember, subject_of
from radarr_desktop.engine.downloads.failing import Failures
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.notifications.notices import announce
from radarr_desktop.store import grabs, history
from radarr_desktop.store.database import Database

WAITING = (GrabState.COMPLETED, GrabState.BLOCKED)
"""States of a grab that waits for its import."""
_AWAY = (Kind.UNREACHABLE, Kind.RATE_LIMITED, Kind.LOGIN)
_SPOILT = frozenset(
    {Reason.CORRUPTED_DOWNLOAD, Reason.DANGEROUS_CONTENT, Reason.NO_VIDEO, Reason.WRONG_MOVIE, Reason.HASH_MISMATCH}
)
"""What another release may do better; what a person might still make use of is shown instead."""
_MENDED = frozenset({Reason.PERMISSION_DENIED, Reason.PATH_NOT_FOUND, Reason.FILES_MISSING})
"""What somebody mends without telling us."""

log = structlog.get_logger(__name__)


def is_tried_again(cause: Reason | None) -> bool:
    """May the import go well later, without anybody asking for it?"""
    if cause is None:
        return False
    return cause in _MENDED or Failure(cause, "").strategy.blame is Blame.WORLD


class LeftDownloads:
    """Keeps why, and tells it."""

    def __init__(self, db: Database, bus: Bus, jobs: Jobs, failures: Failures) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._failures = failures

    async def not_ready(self, grab: Grab) -> None:
        """Its client has not finished it after all, or does not know it yet."""
        log.info("import.not_ready", release=grab.title)
        await self._db.run(lambda: grabs.move(grab.id, WAITING, GrabState.DOWNLOADING))
        self._bus.publish(QueueChanged(correlation=grab.correlation))

    async def outdone(self, grab: Grab, why: str) -> None:
        """Something better was imported while it was still downloading: it may go on seeding, nobody need look."""
        now, digest = datetime.now(UTC), grab.hashes[0].upper()
        told = {"message": f"Something better was imported meanwhile. {why}"}

        def work() -> None:
            if grabs.move(grab.id, WAITING, GrabState.REMOVED, told["message"]):
                quality = grab.parsed.quality.id
                history.happened(
                    HistoryEntry(
                        0, grab.movie_id, HistoryKind.IGNORED, now, grab.title, quality, digest, grab.correlation, told
                    )
                )

        await self._db.run(work)
        log.info("import.outdone", release=grab.title)
        self._bus.publish(QueueChanged(correlation=grab.correlation))

    async def refused(self, grab: Grab, problem: Problem) -> bool:
        """Give up a spoilt download, for the next best; show all else to people. May it go well by itself, later?

        What the user took in spite of all is never given up for them.
        """
        failure = of_problem(problem)
        if failure.reason in _SPOILT and not grab.by_user:
            log.warning("import.spoilt", release=grab.title, problem=str(problem))
            await self._failures.fail(grab.id, failure.reason, failure.sentence)
            return False
        waits = problem.kind in _AWAY
        await self._keep(grab, problem, failure, waits=waits)
        return waits or is_tried_again(failure.reason)

    async def _keep(self, grab: Grab, problem: Problem, failure: Failure, *, waits: bool) -> None:
        """A client that is away is waited for; everything else is counted and told to people, once."""

        def work() -> ImportBlocked | None:
            before, state = grabs.get(grab.id), GrabState.COMPLETED if waits else GrabState.BLOCKED
            moved = grabs.move(grab.id, WAITING, state, str(problem), failure.code)
            if waits or not moved or before is None:
                return None
            event = ImportBlocked(
                correlation=grab.correlation,
                movie_id=grab.movie_id,
                grab_id=grab.id,
                movie_title=grabs.titles_of_movies([grab.movie_id]).get(grab.movie_id, ""),
                problem=problem,
            )
            if (before.state, before.problem) != (GrabState.BLOCKED, str(problem)):
                remember(failure, subject_of(grab), datetime.now(UTC), block=False)
                announce(self._jobs, event)
            return event

        event = await self._db.run(work)
        self._jobs.wake()
        log.warning("import.waits" if waits else "import.blocked", release=grab.title, problem=str(problem))
        if event is not None:
            self._bus.publish(event)
        self._bus.publish(QueueChanged(correlation=grab.correlation))
