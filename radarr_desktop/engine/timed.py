"""What is done by itself, and how often."""

from __future__ import annotations

from datetime import timedelta

from radarr_desktop.engine.downloads.removing import SWEEP
from radarr_desktop.engine.imports.importer import RETRY
from radarr_desktop.engine.monitoring.clients import JOB as CHECK_CLIENTS
from radarr_desktop.engine.schedule import FEED, Timed
from radarr_desktop.engine.search.backlog import JOB as SEARCH_BACKLOG
from radarr_desktop.engine.search.sources import JOB as SYNC_INDEXERS

TIMED = (
    Timed("due_feeds", FEED, first=timedelta(minutes=1)),
    Timed(CHECK_CLIENTS, timedelta(hours=1), first=timedelta(minutes=2)),
    Timed(SEARCH_BACKLOG, timedelta(minutes=10), first=timedelta(minutes=10)),
    Timed("refresh_movies", timedelta(days=1), first=timedelta(hours=6)),
    Timed(SWEEP, timedelta(minutes=10), first=timedelta(minutes=10)),
    Timed(RETRY, timedelta(minutes=15), first=timedelta(minutes=15)),
    Timed("rescan_library", timedelta(days=1), first=timedelta(hours=3)),
    Timed(SYNC_INDEXERS, timedelta(hours=6), first=timedelta(minutes=5)),
    Timed("housekeeping", timedelta(days=1), first=timedelta(hours=2)),
)
