"""What has happened: frozen facts, in the past tense, published after the commit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from radarr_desktop.domain.collecting import Collecting
from radarr_desktop.domain.decision.verdict import Outcome
from radarr_desktop.domain.operations import OperationKind
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.plugin_api import Download


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events."""

    correlation: str = ""
    """Runs from a search through grab and download to the import."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, kw_only=True)
class MovieAdded(Event):
    movie_id: int
    title: str


@dataclass(frozen=True, kw_only=True)
class MovieChanged(Event):
    movie_id: int


@dataclass(frozen=True, kw_only=True)
class MovieRemoved(Event):
    movie_id: int
    title: str


@dataclass(frozen=True, kw_only=True)
class SearchStarted(Event):
    movie_id: int
    title: str
    indexers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class IndexerAnswered(Event):
    """One indexer's part of a search."""

    movie_id: int | None
    indexer: str
    releases: int
    problem: str = ""
    """Why it gave nothing, as a sentence."""


@dataclass(frozen=True, kw_only=True)
class ReleaseJudged(Event):
    movie_id: int
    release_title: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SearchFinished(Event):
    movie_id: int
    found: int
    accepted: int
    grabbed: str = ""
    """Title of the release that was taken, if any."""


@dataclass(frozen=True, kw_only=True)
class ReleasesFound(Event):
    """One indexer's part of an interactive search, judged and remembered: others may still be searching."""

    movie_id: int
    indexer: str
    releases: tuple[StoredRelease, ...] = ()
    """Best first."""
    problem: str = ""
    """Why there are none, as a sentence."""
    again: datetime | None = None
    """When the indexer may be asked again, where it is left alone now."""


@dataclass(frozen=True, kw_only=True)
class FeedMissed(Event):
    """An indexer's feed did not reach back to what was seen last: releases in between may have been missed."""

    indexer: str
    problem: str


@dataclass(frozen=True, kw_only=True)
class RulesChanged(Event):
    """Profiles, custom formats or settings of deciding were changed: the same release may get another answer."""


@dataclass(frozen=True, kw_only=True)
class ReleaseInspected(Event):
    """A torrent's file list was read before anything was downloaded."""

    movie_id: int
    release_title: str
    files: int
    accepted: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ReleaseGrabbed(Event):
    movie_id: int
    grab_id: int
    movie_title: str
    release_title: str
    indexer: str
    client: str
    quality: str
    size: int


@dataclass(frozen=True, kw_only=True)
class GrabFailed(Event):
    movie_id: int
    release_title: str
    problem: Problem
    """Its ``cause`` is a code of ``failures``."""
    grab_id: int = 0


@dataclass(frozen=True, kw_only=True)
class DownloadProgressed(Event):
    """Coalesced by the window to ten a second."""

    grab_id: int
    movie_id: int
    download: Download


@dataclass(frozen=True, kw_only=True)
class DownloadCompleted(Event):
    grab_id: int
    movie_id: int
    release_title: str


@dataclass(frozen=True, kw_only=True)
class MovieImported(Event):
    movie_id: int
    grab_id: int | None
    movie_title: str
    path: str
    size: int
    quality: str
    method: str
    """``hardlink``, ``reflink`` or ``copy``."""
    replaced: str = ""
    operation: int = 0
    """What takes it back when it is undone."""


@dataclass(frozen=True, kw_only=True)
class ImportProgressed(Event):
    """An archive is being unpacked, or a file copied: told ten times a second at most."""

    movie_id: int
    grab_id: int | None
    path: str
    step: str
    """``unpack`` or ``copy``."""
    done: int
    """Bytes."""
    size: int


@dataclass(frozen=True, kw_only=True)
class ImportBlocked(Event):
    """An import waits for the user."""

    movie_id: int
    grab_id: int | None
    movie_title: str
    problem: Problem


@dataclass(frozen=True, kw_only=True)
class OperationDone(Event):
    """Files of the library were changed, and the rows with them."""

    operation_id: int
    kind: OperationKind
    movie_id: int
    title: str


@dataclass(frozen=True, kw_only=True)
class OperationUndone(Event):
    operation_id: int
    kind: OperationKind
    """Of what was undone."""
    movie_id: int
    title: str


@dataclass(frozen=True, kw_only=True)
class RenameProgressed(Event):
    """One movie has its new names, or the reason why not."""

    job_id: int
    done: int
    total: int
    movie_id: int
    title: str
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class RenameFinished(Event):
    job_id: int
    renamed: int
    problems: tuple[str, ...] = ()
    """A sentence for each movie that was left out."""


@dataclass(frozen=True, kw_only=True)
class QueueChanged(Event):
    """Rows came, went or changed state (not mere progress)."""


@dataclass(frozen=True, kw_only=True)
class BlocklistChanged(Event):
    """Entries came or went."""


@dataclass(frozen=True, kw_only=True)
class ReputationChanged(Event):
    """Something became of a release that says more of its group."""


@dataclass(frozen=True, kw_only=True)
class SlowModeChanged(Event):
    """Download clients were slowed down, or are no more."""

    slow: bool | None
    """None: none that can be answers."""


@dataclass(frozen=True, kw_only=True)
class PluginsChanged(Event):
    kind: str


@dataclass(frozen=True, kw_only=True)
class NoticeSent(Event):
    notifier: str
    title: str


@dataclass(frozen=True, kw_only=True)
class NoticeAnswered(Event):
    """The user pressed a button of a notice; see ``NoticeAction``."""

    notifier_id: int
    key: str
    target: str


@dataclass(frozen=True, kw_only=True)
class WhatIfProgressed(Event):
    """A replay has come so far; a few times a second."""

    done: int
    total: int
    """Releases."""


@dataclass(frozen=True, kw_only=True)
class WatchFoldersChanged(Event):
    """Folders that are watched came, went or were changed."""


@dataclass(frozen=True, kw_only=True)
class InboxRefused(Event):
    """Something in a watched folder could not be taken; media waits there to be imported by hand."""

    path: str
    is_media: bool
    problem: Problem


@dataclass(frozen=True, kw_only=True)
class ManualImportProgressed(Event):
    """One more file of a manual import is done, or could not be imported."""

    done: int
    total: int
    path: str
    movie_id: int
    problem: str = ""
    """Why it could not, as a sentence."""


@dataclass(frozen=True, kw_only=True)
class CollectionProgressed(Event):
    """A look through a collection, or an adoption, has come so far; a few times a second."""

    scan_id: int
    done: int
    total: int
    """Places found so far; more may come while folders are opened."""


@dataclass(frozen=True, kw_only=True)
class CollectionChanged(Event):
    """A look through a collection began, waits, was stopped or has ended; or what it found was changed."""

    scan_id: int


@dataclass(frozen=True, kw_only=True)
class CollectionAdopted(Event):
    """An adoption has ended, was stopped, or (``problem``) waits to be tried again."""

    scan_id: int
    job_id: int
    adopted: int
    """Of this try."""
    refused: int = 0
    """Places of this try that could not be adopted, and have their reason now."""
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class CollectingChanged(Event):
    """A page of an indexer was read for statistics, or that began, was stopped or ended."""

    indexer_id: int
    collecting: Collecting


@dataclass(frozen=True, kw_only=True)
class AdoptionUndone(Event):
    """Movies that an adoption had added were taken out of the library; their files are where they were."""

    scan_id: int
    movies: int
    kept: int
    """Of which something changed meanwhile."""
