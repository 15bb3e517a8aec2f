"""How a grab ends badly: its state, its past, its block and what follows become true together or not at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from radarr_desktop.domain.events import GrabFailed
from radarr_desktop.domain.failures import Failure
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import OPEN_STATES, Grab, GrabState, HistoryEntry, HistoryKind
from radarr_desktop.engine.downloads.blocklist import remember, subject_of
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.notifications.notices import announce
from radarr_desktop.store import grabs, history

REMOVE = "remove_download"
"""Job: the torrent of a grab goes from its client, as soon as it may."""
NEXT = "next_best"
"""Job: the next best stored release of a grab's movie is taken."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a grab ends."""

    failure: Failure
    client: str = ""
    """Its name, for statistics."""
    states: Collection[GrabState] = OPEN_STATES
    """From which it ends; in any other it has ended before."""
    to: GrabState = GrabState.FAILED
    how: str = "was given up"
    """In a sentence about the release."""
    remove: bool | None = None
    """Does the torrent go from its client? None: as is set there."""
    follow: bool = True
    """Is the next best release taken?"""
    pause: timedelta = timedelta()
    """Before that."""


def end(jobs: Jobs, grab: Grab, ending: Ending, now: datetime) -> GrabFailed | None:
    """In a transaction; None if it had ended before. After the commit: wake the jobs, publish the event."""
    failure = ending.failure
    if not grabs.move(grab.id, ending.states, ending.to, failure.sentence, failure.code):
        return None
    blocked = remember(failure, subject_of(grab, ending.client), now)
    told = {
        "message": failure.sentence,
        "reason": failure.code,
        "indexer": grab.indexer,
        "downloadClient": ending.client,
        "blockedUntil": _until(blocked.expires) if blocked else "",
    }
    history.happened(history_of(grab, HistoryKind.FAILED, now, told))
    todo = "The next best release is taken." if ending.follow else "Search again."
    event = GrabFailed(
        correlation=grab.correlation,
        movie_id=grab.movie_id,
        release_title=grab.title,
        problem=Problem(Kind.REFUSED, f"{grab.title} {ending.how}.", failure.sentence, todo, cause=failure.code),
        grab_id=grab.id,
    )
    announce(jobs, event)
    if ending.remove is not False:
        jobs.row(REMOVE, {"grab_id": grab.id, "asked": ending.remove}, correlation_id=grab.correlation)()
    if ending.follow:
        jobs.row(NEXT, {"grab_id": grab.id}, correlation_id=grab.correlation, priority=5, pause=ending.pause)()
    return event


def history_of(grab: Grab, kind: HistoryKind, at: datetime, data: dict[str, str]) -> HistoryEntry:
    """What happened to a grab."""
    quality, digest = grab.parsed.quality.id, grab.hashes[0].upper()
    return HistoryEntry(0, grab.movie_id, kind, at, grab.title, quality, digest, grab.correlation, data)


def _until(expires: datetime | None) -> str:
    return "for good" if expires is None else expires.isoformat(timespec="minutes")
