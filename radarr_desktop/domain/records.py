"""What the program remembers, as plain values: grabs, history, jobs, journal entries, stored verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from radarr_desktop.domain.decision.verdict import Verdict
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.stuck import Trouble
from radarr_desktop.plugin_api import Download, IndexerFlag, Release


class GrabState(StrEnum):
    """The way of one grab; only the last four are final."""

    SENDING = "sending"
    DOWNLOADING = "downloading"
    COMPLETED = "completed"
    """Downloaded, waits for its import."""
    BLOCKED = "blocked"
    """The import needs the user."""
    IMPORTED = "imported"
    FAILED = "failed"
    REMOVED = "removed"
    LOST = "lost"
    """The client does not know it any more."""


OPEN_STATES = frozenset({GrabState.SENDING, GrabState.DOWNLOADING, GrabState.COMPLETED, GrabState.BLOCKED})


@dataclass(frozen=True, slots=True)
class Grab:
    """One release sent to a download client, frozen with what was known when it was chosen."""

    id: int
    movie_id: int
    slot_id: int
    release_id: int
    client_id: int
    title: str
    hashes: tuple[str, ...]
    parsed: ParsedRelease
    score: int
    size: int
    indexer: str
    state: GrabState
    added: datetime
    correlation: str
    problem: str = ""
    """Why it is blocked or failed, as a sentence."""
    by_user: bool = False
    flags: frozenset[IndexerFlag] = frozenset()
    """What its indexer said of it."""
    unseen: bool = False
    """A magnet link whose files were not looked at yet; nothing of them is fetched before."""
    cause: str = ""
    """Why it is blocked or failed, as a code of ``failures``."""
    wait_until: datetime | None = None
    """The user wants nothing done about it before then."""
    private: bool = False
    """Its tracker counts what is given back."""


class PartState(StrEnum):
    """The way of one video of a torrent that holds many movies."""

    ASKED = "asked"
    """Which movie it is cannot be told."""
    WAITING = "waiting"
    IMPORTED = "imported"
    BLOCKED = "blocked"
    LEFT = "left"
    """Nobody wants it."""


PACK_ENDS = frozenset({PartState.IMPORTED, PartState.LEFT})


@dataclass(frozen=True, slots=True)
class PackPart:
    """One video of a torrent that holds many movies, and whose it is."""

    id: int
    grab_id: int
    path: str
    """Below the download's folder."""
    size: int
    state: PartState
    movie_id: int = 0
    slot_id: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A grab with what its client says of it now."""

    grab: Grab
    movie_title: str
    client: str
    download: Download | None
    seen: datetime | None = None
    """When the client last answered for it."""
    trouble: Trouble | None = None
    """Why it does not come on, where it does not."""


@dataclass(frozen=True, slots=True)
class ProfileMark:
    """One version of a quality profile: what a verdict was given by."""

    profile_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer on a release for a slot, and how long it was the answer."""

    release_id: int
    slot_id: int
    profile: ProfileMark
    first: datetime
    last: datetime
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """A release as it was seen, by whom, and the newest verdict for the movie asked about."""

    id: int
    release: Release
    indexer_id: int
    indexer: str
    parsed: ParsedRelease
    first_seen: datetime
    last_seen: datetime
    times_seen: int
    verdict: Verdict | None = None
    judged: datetime | None = None
    indexer_priority: int = 25
    """When it was last seen."""
    formats: tuple[int, ...] = ()
    """Ids of the custom formats that matched it then."""


class PendingReason(StrEnum):
    """Why an acceptable release is not taken yet."""

    DELAY = "delay"
    AWAY = "indexer away"
    """Its torrent could not be fetched; the next best was not taken instead, or there was none."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A release that is taken later, unless something better comes."""

    id: int
    movie_id: int
    slot_id: int
    release: StoredRelease
    reason: PendingReason
    added: datetime
    due: datetime
    """When it is judged again."""


class HistoryKind(StrEnum):
    """What happened to a movie; the first six are the v3 API's words."""

    GRABBED = "grabbed"
    IMPORTED = "downloadFolderImported"
    FAILED = "downloadFailed"
    FILE_DELETED = "movieFileDeleted"
    IGNORED = "downloadIgnored"
    RENAMED = "movieFileRenamed"
    UNDONE = "undone"
    ADDED = "movieAdded"
    SEARCHED = "movieSearched"
    INSPECTED = "releaseInspected"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to a movie."""

    id: int
    movie_id: int
    kind: HistoryKind
    at: datetime
    title: str
    """The release's or file's name."""
    quality_id: int = 0
    download_id: str = ""
    """Info hash, upper case as the v3 API has it."""
    correlation: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


class JobState(StrEnum):
    """``DEAD``: gave up after the last attempt, waits for the user."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """A unit of work that survives a crash."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    state: JobState
    priority: int
    """Higher goes first."""
    attempts: int
    max_attempts: int
    next_run: datetime
    created: datetime
    correlation: str
    started: datetime | None = None
    finished: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RootFolder:
    """A folder movies are kept in, with what the disk says of it."""

    id: int
    path: str
    accessible: bool = True
    free_space: int = 0
    total_space: int = 0
    unmapped: tuple[str, ...] = ()
    """Names of folders in it that belong to no movie."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A label on movies and plugin instances."""

    id: int
    label: str
