"""The verbs of giving up on a download: block it, remove it, take the next best; or wait longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog

from radarr_desktop.domain.events import BlocklistChanged, GrabFailed, QueueChanged
from radarr_desktop.domain.failures import STRATEGIES, Failure, Reason
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import OPEN_STATES, Grab, HistoryEntry, HistoryKind
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.downloads.blocklist import BY_USER, remember, subject_of
from radarr_desktop.engine.downloads.ending import NEXT, Ending, end, history_of
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.engine.search.next_best import NextBest, NextBestReleases
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import grabs, history, operations, strikes
from radarr_desktop.store.database import Database

LONGEST_WAIT = 365.0
"""Days."""
_NONE = timedelta()
_SAFETY = timedelta(minutes=2)
"""After which the next best is taken by a job, if the program ended before the verb did it."""

log = structlog.get_logger(__name__)


class Failures:
    """Once, whatever happens in between: the grab's row says whether it was given up."""

    def __init__(
        self,
        db: Database,
        bus: Bus,
        jobs: Jobs,
        plugins: PluginHost,
        settings: AppSettings,
        candidates: NextBestReleases,
    ) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._plugins = plugins
        self._settings = settings
        self._candidates = candidates

    async def fail(
        self,
        grab_id: int,
        reason: Reason = Reason.MANUALLY_REJECTED,
        sentence: str = "",
        *,
        remove: bool | None = None,
        follow: bool | None = None,
    ) -> None:
        """Give a download up: it leaves the queue, is blocked as its reason says, and is followed.

        ``remove`` says whether it leaves its client too, None: what is set there; ``follow`` whether the next best is
        taken, None: the settings. What a private tracker is still owed is waited for before it leaves its client.
        """
        grab = await self._open(grab_id)
        if follow is None:
            follow = await self._is_followed(grab)
        failure = Failure(reason, sentence or _usual(reason))
        await self._end(grab, failure, remove=remove, follow=follow)

    async def try_next(self, grab_id: int, reason: Reason | None = None, sentence: str = "") -> Grab:
        """Give a download up and take the next best now; nothing is changed where there is none."""
        grab = await self._open(grab_id)
        if await self._candidates.look(grab) is None:
            what, why = f"There is no other release to take instead of {grab.title}.", "None that is stored would do."
            raise Problem(Kind.NOT_FOUND, what, why, "Search again, or wait longer.")
        chosen = reason or Reason.MANUALLY_REJECTED
        await self._end(grab, Failure(chosen, sentence or _usual(chosen)), remove=True, follow=True, pause=_SAFETY)
        acquired = await self._candidates.take(grab)
        if acquired.grab is None:
            what, why = f"{grab.title} was given up, nothing was taken instead.", " ".join(acquired.problems)
            await self._jobs.enqueue(NEXT, {"grab_id": grab.id}, correlation_id=grab.correlation)
            raise Problem(Kind.NOT_FOUND, what, why, "It is tried again by a search.")
        return acquired.grab

    async def next_best(self, grab_id: int) -> NextBest | None:
        """What would be taken if this download were given up."""
        return await self._candidates.look(await self._open(grab_id))

    async def wait_longer(self, grab_id: int, days: float = 2) -> datetime:
        """Do nothing about a download for so many days, then begin to count anew; until when."""
        if not 0 < days <= LONGEST_WAIT:
            raise Problem(Kind.BAD_INPUT, f"{days:g} days cannot be meant.", "It goes up to 365.", field="days")
        grab = await self._open(grab_id)
        until = datetime.now(UTC) + timedelta(days=days)

        def work() -> None:
            grabs.wait_longer(grab.id, until)
            strikes.forget(grab.id)

        await self._db.run(work)
        log.info("download.waits", release=grab.title, until=until.isoformat())
        self._bus.publish(QueueChanged(correlation=grab.correlation))
        return until

    async def fail_history(self, entry_id: int) -> None:
        """What was taken once is wrong after all: it is blocked, and the next best is taken."""
        entry = await self._db.read(lambda: history.entry(entry_id))
        if entry is None or entry.kind not in (HistoryKind.GRABBED, HistoryKind.IMPORTED):
            raise Problem(Kind.NOT_FOUND, f"There is no grab {entry_id} in the history.")
        grab = await self._db.read(lambda: _grab_of(entry))
        if grab is None:
            raise Problem(Kind.NOT_FOUND, f"Nothing is known any more of {entry.title}.", todo="Block it by its name.")
        if grab.state in OPEN_STATES:
            await self.fail(grab.id)
            return
        failure, now = Failure(Reason.MANUALLY_REJECTED, BY_USER), datetime.now(UTC)
        follow = await self._is_followed(grab)

        def work() -> None:
            remember(failure, subject_of(grab), now)
            told = {"message": failure.sentence, "reason": failure.code}
            history.happened(history_of(grab, HistoryKind.FAILED, now, told))
            if follow:
                self._jobs.row(NEXT, {"grab_id": grab.id}, correlation_id=grab.correlation)()

        await self._db.run(work)
        self._jobs.wake()
        self._bus.publish(BlocklistChanged(correlation=grab.correlation))

    async def _open(self, grab_id: int) -> Grab:
        grab = await self._db.read(lambda: grabs.get(grab_id))
        if grab is None:
            raise Problem(Kind.NOT_FOUND, f"There is no download {grab_id}.")
        if grab.state not in OPEN_STATES:
            raise Problem(Kind.CONFLICT, f"{grab.title} is not in the queue any more.")
        return grab

    async def _is_followed(self, grab: Grab) -> bool:
        return (await self._settings.downloads()).follows(by_user=grab.by_user)

    async def _end(
        self, grab: Grab, failure: Failure, *, remove: bool | None, follow: bool, pause: timedelta = _NONE
    ) -> None:
        now = datetime.now(UTC)
        client = next((one.name for one in self._plugins.clients() if one.id == grab.client_id), "")
        ending = Ending(failure, client, remove=remove, follow=follow, pause=pause)

        def work() -> GrabFailed | None:
            if any(operation.grab_id == grab.id for operation in operations.open_operations()):
                what, todo = f"{grab.title} cannot be given up now.", "Wait a moment."
                raise Problem(Kind.CONFLICT, what, "It is being put into the library.", todo)
            return end(self._jobs, grab, ending, now)

        event = await self._db.run(work)
        if event is None:
            raise Problem(Kind.CONFLICT, f"{grab.title} is not in the queue any more.")
        self._jobs.wake()
        log.warning("download.failed", release=grab.title, reason=failure.code, why=failure.sentence)
        self._bus.publish(event)
        self._bus.publish(BlocklistChanged(correlation=grab.correlation))
        self._bus.publish(QueueChanged(correlation=grab.correlation))


def _usual(reason: Reason) -> str:
    return BY_USER if reason is Reason.MANUALLY_REJECTED else f"{STRATEGIES[reason].label}."


def _grab_of(entry: HistoryEntry) -> Grab | None:
    """The newest grab that an entry of the history is about."""
    digest = entry.download_id.lower()
    return next((one for one in grabs.of_movie(entry.movie_id) if digest in one.hashes), None)
